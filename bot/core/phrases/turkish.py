"""What the bot says in Turkish."""

from bot.core.phrases.texts import Phrases

TURKISH = Phrases(
    ends_by_asking="Sonunda şunu soruyor:",
    invitation="Okuduktan sonra sizde ne kaldı?",
    notice=(
        "Bu başlıktaki yanıtlar yazar için saklanır. Sizden neyin saklandığını `/privacy` gösterir."
    ),
    notice_buttons_only=(
        "Düğmeyle verilen yanıtlar yazar için saklanır; bir iletide Uygulamalar > Keep this "
        "response seçerseniz o da. Sizden neyin saklandığını `/privacy` gösterir."
    ),
    minutes="{minutes} dk okuma",
    answer="Yanıtla",
    answer_too="Siz de yanıtlayın",
    edit="Düzenle",
    withdraw="Geri çek",
    read="Oku",
    on_the_blog="Blogda",
    open_thread="Başlığı aç",
    share="Burada paylaş",
    discuss="Tartışmayı başlat",
    newer="Geri",
    older="İleri",
    page="Sayfa {page} / {pages}",
    choose_a_question="Hangi soruyu yanıtlamak istersiniz?",
    choose_an_essay="Bir yazı açın",
    modal_title="Yanıtınız",
    modal_answer="Yanıtınız",
    modal_show="Başlıkta göster",
    modal_quote="Blogda alıntılanabilir",
    modal_named="Alıntılanırsa adımla birlikte",
    answered="{reader} yanıtlıyor",
    kept_and_shown="Yazar için saklandı ve başlıkta gösterildi.",
    kept_privately="Yazar için saklandı. Başlıkta gösterilmiyor.",
    not_shown="Yazar için saklandı ama gösterilmedi: {reason}",
    handed_back=(
        "Yanıtınız şu anda saklanamadı. Kaybolmasın diye metniniz aşağıda; lütfen bir dakika "
        "sonra yeniden deneyin."
    ),
    withdrawn="Geri çekildi: hiçbir şey saklanmıyor. Metniniz, gerekirse diye, aşağıda.",
    not_yours="Bunu yalnızca yazan yapabilir. Kendi yanıtınız için *Siz de yanıtlayın*.",
    gone="Bu artık burada değil. `/post` yazıyı yeniden bulur.",
    responses_none="Henüz yanıt yok.",
    responses_one="Şimdilik bir yanıt.",
    responses_many="Şimdilik {count} yanıt.",
    on_the_shelf="Rafta: okunabilir, burada başlığı yok.",
    tag_heading="{tag} üzerine yazılar",
    discussed="tartışıldı",
    is_shown="başlıkta gösteriliyor",
    is_not_shown="başlıkta gösterilmiyor",
    may_be_quoted="alıntılanabilir",
    by_name="adıyla",
    is_highlighted="★ öne çıkarıldı",
    found="Yanıt: {count}",
    written_since="{since} tarihinden beri",
    no_match="Bununla eşleşen yanıt yok. Daha çok bulmak için bir süzgeci bırakın.",
    no_question="Soruya bağlı olmayan",
    news_since="### {since} tarihinden beri yeni",
    news_first="### Size yeni",
    news_count="Yanıt: {count}. Yazı: {essays}.",
    news_none=(
        "{since} tarihinden beri yeni bir şey yok. `/responses` bir yazıyla ya da `since: 7d` ile "
        "öncekileri gösterir."
    ),
    more="… ve {count} tane daha",
    choose_news="Bir yazıdaki yenileri okuyun",
    question_unknown=(
        "Burada “{text}” diye bir soru sorulmadı. `question` içine sorudan bir sözcük yazın ve "
        "önerilenlerden birini seçin."
    ),
    question_unclear="“{text}” birkaç sorudan biri olabilir. Önerilenlerden birini seçin:",
    reader_unknown=(
        "Burada “{text}” adlı kimse yanıt vermedi. `reader` içine adın bir parçasını yazın ve "
        "önerilenlerden birini seçin."
    ),
    reader_unclear=(
        "“{text}” birkaç okurdan biri olabilir. Önerilenlerden birini seçin ya da numarasını yazın:"
    ),
    since_unclear=(
        "“{text}” bir gün değil. `2026-03-01` gibi yazın; o kadar öncesi için `7d` ya da `2w`."
    ),
    file_too_big=(
        "Bu dosya {size} MB olurdu; Discord {most} alır. Yanıtları süzün ya da `afterword "
        "responses` ile dışa aktarın."
    ),
    only_highlighters=(
        "Yanıtları yalnızca yazarlar ve moderatörler öne çıkarabilir. Yazarların rolünü sunucuyu "
        "yöneten biri `/setup` ile belirler."
    ),
    highlight_on=(
        "Öne çıkarıldı, yalnızca yazarlar için. `highlighted` ile `/responses` bunu listeler. "
        "*Öne çıkar* yeniden seçilirse işaret kalkar."
    ),
    highlight_off="Artık öne çıkarılmış değil.",
    highlight_nothing=(
        "Yalnızca bir okurun bir yazının başlığındaki, saklanan yanıtı öne çıkarılabilir."
    ),
    digest_heading="### {since} tarihinden beri okurlar ne dedi",
    digest_unanswered="**Henüz kimsenin yanıtlamadığı**",
    digest_highlights="**Öne çıkarılan: {count}**",
    digest_read="Yenileri oku",
    digest_set="Özet: `{digest}`, {channel} kanalında.",
    digest_is_off="Özet: `off`.",
    digest_lacks=(
        "Yazarlar için özet {channel} kanalına gönderilemiyor: Afterword'e orada şu izinleri "
        "verin: {names} (Kanalı Düzenle > İzinler). Gönderilebilir olunca gelir."
    ),
    digest_homeless=(
        "Yazarlar için özetin Afterword'ün görebildiği bir kanalı yok: `/setup` komutunun "
        "`digest_channel` seçeneğiyle birini seçin."
    ),
    no_tag="“{tag}” üzerine yazı yok. Blogun etiketlerini görmek için bir harf yazın.",
    no_tag_but="“{tag}” üzerine yazı yok. Şunu mu demek istediniz: {near}?",
    privacy=(
        "**Ne saklanır.** Bir yazının başlığında yazdıklarınız ve düğmeleriyle verdiğiniz "
        "yanıtlar: metniniz, adınız ve kimliğiniz, zamanı ve hangi soruyu yanıtladığı. Yazının "
        "yazarı için saklanır; yazar okur ve dışa aktarabilir. Blogda yalnızca alıntılanmayı "
        "kabul ettiyseniz, adınızla da yalnızca bunu seçtiyseniz yayımlanır. Hiçbir şeyi "
        "eğitmek için kullanılmaz.\n"
        "**Ne yapabilirsiniz.** İletinizi düzenleyin veya silin, kopyası izler. Aşağıdaki "
        "düğmelerle her şeyi isteyin veya sildirin. İletiler siz silene dek Discord'da kalır; "
        "burada silinen yeniden toplanmaz."
    ),
    privacy_nothing="Sizden burada ya da başka yerde hiçbir şey saklanmıyor.",
    privacy_count="Sizden saklanan: burada {here}, toplam {everywhere}.",
    privacy_hand_over="Bana ver",
    privacy_here="Buradakileri sil",
    privacy_everywhere="Her yerdekileri sil",
    privacy_sure="{count} yanıt kalıcı olarak silinsin mi? Kimse geri getiremez.",
    privacy_forgotten="Silindi: {count}. Burada gösterilen yanıtlar kaldırılıyor.",
    not_shown_here="Bu yazı Discord'da gösterilemiyor. Lütfen blogda okuyun.",
    apology="Bizde bir sorun oldu, not edildi. Lütfen bir dakika sonra yeniden deneyin.",
    may_not_send="bu başlıkta yazma izniniz yok.",
    is_locked="bu başlık kilitli.",
    is_timed_out="burada susturuldunuz.",
    is_slow="bu başlık yavaş kipte; göstermek için {seconds} sn sonra düzenleyin.",
    shared="{reader} paylaştı",
    kept="Yazar için saklandı.",
    empty="İçinde metin yok, bu yüzden hiçbir şey saklanmadı.",
    not_a_response="Yalnızca bir yazının başlığındaki iletiler saklanabilir.",
    taken_back="Yazarı bu yazıyı geri çekti. Üzerine söylenenler duruyor.",
    continues="Aşağıda devam ediyor",
    not_yet="Henüz saklanmadı: veritabanı meşgul. Saklandığında bu ileti söyler.",
    not_kept_now="Şu anda saklanamadı. Lütfen bir dakika sonra yeniden deneyin.",
    kept_newer="Bu soruya verdiğiniz daha yeni bir yanıt saklanıyor.",
    shown_later="Yazar için saklandı. Discord izin verir vermez başlıkta gösterilecek.",
    not_kept_yet=(
        "Yanıtınız henüz saklanmadı: veritabanı meşgul. Saklandığında bu ileti söyler. Hiç "
        "saklanamazsa diye metniniz aşağıda."
    ),
    withdrawn_soon=(
        "Geri çekildi: artık saklanmıyor, başlıktaki iletisi birkaç dakika içinde kalkar. "
        "Metniniz, gerekirse diye, aşağıda."
    ),
    not_withdrawn_yet=(
        "Yanıtınız henüz geri çekilmedi: veritabanı meşgul. Birkaç dakika boyunca yeniden denenir; "
        "bittiğinde bu ileti söyler."
    ),
    not_withdrawn="Yanıtınız geri çekilemedi, hâlâ saklanıyor. Lütfen sonra yeniden deneyin.",
    not_deleted_yet=(
        "Henüz hiçbir şey silinmedi: veritabanı meşgul. Birkaç dakika boyunca yeniden denenir; "
        "bittiğinde bu ileti söyler."
    ),
    not_deleted="Hiçbir şey silinemedi. Lütfen sonra yeniden deneyin.",
    no_thread_yet="Bu yazının başlığı henüz açılmadı. Açılınca yanıtlayabilirsiniz.",
    cannot_check=(
        "Discord orada yazıp yazamayacağınızı söylemiyor; yeniden denemek için yanıtınızı "
        "düzenleyin."
    ),
    out_of_sight=(
        "{place} içinde Afterword'ün sakladığı {count} ileti ya da başlık artık görünmüyor. "
        "Discord her biri için onaylamadıkça hiçbir şey silinmez; bir saat sonra yeniden bakılır. "
        "Bilerek silindilerse yapacak bir şey yok. Değilse Afterword'ün orada Kanalı Görüntüle ve "
        "Mesaj Geçmişini Oku izinlerini denetleyin."
    ),
    tag_required=(
        "{channel} forumu etiket istiyor ve bir yazının onunkilerden hiçbiri yok: yazının "
        "etiketlerini foruma ekleyin (Kanalı Düzenle > Etiketler) ya da gönderide etiket "
        "zorunluluğunu kapatın. Sonra kendiliğinden başlar."
    ),
    invalid_form=(
        "Discord bir yazının bir parçasını kabul etmiyor ({detail}): `afterword preview` ile bakın "
        "ve yazının dosyasında değiştirin."
    ),
    title_blocked=(
        "AutoMod bir yazının başlığını engelliyor: Afterword'ün rolünü muaf tutun (Sunucu "
        "Ayarları > AutoMod) ya da başlığı değiştirin."
    ),
    channel_gone="{channel} kanalı artık yok: `/setup` ile başka bir kanal seçin.",
    no_access=(
        "Afterword {channel} kanalını göremiyor: Kanalı Görüntüle iznini verin (Kanalı Düzenle > "
        "İzinler)."
    ),
    wrong_kind=(
        "{channel} içinde yazı yayımlanamaz: `/setup` ile bir forum ya da metin kanalı seçin."
    ),
    no_permission=(
        "Discord {channel} içinde izin eksikliğinden reddediyor: `/setup` komutunun saydığı "
        "izinleri Afterword'e verin (Kanalı Düzenle > İzinler)."
    ),
    two_factor=(
        "Bu sunucu moderatörlerden iki adımlı doğrulama istiyor: Afterword uygulamasının sahibi "
        "Discord hesabında açmalı."
    ),
    no_history=(
        "Afterword'e {channel} içinde Mesaj Geçmişini Oku iznini verin (Kanalı Düzenle > İzinler)."
    ),
    thread_locked=(
        "{channel} içindeki bir yazının başlığı kilitli: kilidi açın ya da Afterword'e Alt "
        "Başlıkları Yönet iznini verin."
    ),
    too_many_threads=(
        "Sunucuda Discord'un izin verdiği kadar etkin başlık var; hiçbir yazı başlayamıyor: "
        "sessiz olanları kapatın."
    ),
    content_blocked=(
        "AutoMod, Afterword'ün {channel} içindeki bir iletisini engelliyor: rolünü muaf tutun "
        "(Sunucu Ayarları > AutoMod)."
    ),
    link_blocked=(
        "Discord bir yazıdaki bağlantıyı zararlı sayıyor: yazının dosyasında değiştirin."
    ),
    too_fast="Discord yavaşlamayı istiyor; yeniden denenecek.",
    thread_asleep="Başlığı arşivde; uyanınca sürer.",
    overloaded="Discord aşırı yüklü; yeniden denenecek.",
    refused="Discord reddediyor ({status}, kod {code}); yeniden denenecek.",
    lacking=(
        "Afterword {server} sunucusunda #{channel} içinde yayımlayamaz: şu izinleri verin: {names} "
        "(Kanalı Düzenle > İzinler)."
    ),
    no_answer="Discord yanıt vermedi; yeniden denenecek.",
    unshowable=(
        "{essay} Discord'da gösterilemiyor ({reason}): `afterword check` dosyasının hangi "
        "satırında olduğunu söyler. Orası değişince kendiliğinden başlar."
    ),
    other_name=(
        "Discord “{title}” adını bir başlık için kabul etmiyor; başlığın adı “{name}”. Dilerseniz "
        "değiştirin; Afterword dokunmaz."
    ),
    moderated_tags=(
        "#{channel} forumunun şu etiketlerini yalnızca moderatörler kullanabilir: {tags}. Yazılar "
        "bunları alsın isterseniz Afterword'e Alt Başlıkları Yönet iznini verin."
    ),
    tags_missing=(
        "#{channel} etiket istiyor ve {count} yazının onunkilerden hiçbiri yok; başlayamazlar. "
        "Etiketlerini foruma ekleyin ya da gönderide etiket zorunluluğunu kapatın."
    ),
    nearly_full=(
        "{server} içinde {count} etkin başlık var; Discord yaklaşık {most} tanesine izin verir. "
        "Sessiz olanları kapatın."
    ),
    gap_heading="**Şu anda okunamıyor.** Orada yazılanlar, okunabilir olunca okunur:",
    gap_line="{place}, {since} tarihinden beri: {reason}",
    gap_outage="Discord bu sunucuda kesinti yaşıyor.",
    gap_removed="Afterword bu sunucuda değil.",
    gap_hidden="Afterword kanalı göremiyor: Kanalı Görüntüle iznini verin.",
    gap_permissions="Afterword'e orada şu izinleri verin: {names} (Kanalı Düzenle > İzinler).",
    waits_heading="**Bekleyenler:**",
    waits_line="{post}: {reason}",
    permissions={
        "view_channel": "Kanalı Görüntüle",
        "read_message_history": "Mesaj Geçmişini Oku",
        "embed_links": "Bağlantı Yerleştir",
        "send_messages_in_threads": "Alt Başlıklarda Mesaj Gönder",
        "send_messages": "Mesaj Gönder",
        "create_posts": "Gönderi Oluştur",
        "create_public_threads": "Herkese Açık Alt Başlık Oluştur",
        "manage_threads": "Alt Başlıkları Yönet",
    },
)
