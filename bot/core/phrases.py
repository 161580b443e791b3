"""What the bot says, in each language it speaks.

A public text is in the post's language, a private one in the reader's (design: Discuss). A
language that is missing here is answered in English.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every text of the bot in one language; braces are filled in by name."""

    ends_by_asking: str
    invitation: str
    notice: str
    notice_buttons_only: str
    minutes: str
    answer: str
    answer_too: str
    edit: str
    withdraw: str
    read: str
    on_the_blog: str
    open_thread: str
    share: str
    discuss: str
    newer: str
    older: str
    page: str
    choose_a_question: str
    choose_an_essay: str
    modal_title: str
    modal_answer: str
    modal_show: str
    modal_quote: str
    answered: str
    kept_and_shown: str
    kept_privately: str
    kept_changed: str
    not_shown: str
    handed_back: str
    withdrawn: str
    not_yours: str
    gone: str
    responses_none: str
    responses_one: str
    responses_many: str
    on_the_shelf: str
    tag_heading: str
    discussed: str
    privacy: str
    privacy_nothing: str
    privacy_count: str
    privacy_hand_over: str
    privacy_here: str
    privacy_everywhere: str
    privacy_sure: str
    privacy_forgotten: str
    apology: str
    may_not_send: str
    is_locked: str
    is_timed_out: str
    is_slow: str
    shared: str
    taken_back: str
    kept: str
    empty: str
    not_a_response: str
    continues: str
    kept_newer: str
    shown_later: str
    not_kept_yet: str
    withdrawn_soon: str
    not_withdrawn_yet: str
    not_withdrawn: str
    not_deleted_yet: str
    not_deleted: str
    no_thread_yet: str
    cannot_check: str
    out_of_sight: str


ENGLISH = Phrases(
    ends_by_asking="It ends by asking:",
    invitation="What stays with you after reading this?",
    notice="Replies in the thread are kept for the author. `/privacy` shows what is kept of you.",
    notice_buttons_only=(
        "Answers through the button are kept for the author; so is a message on which you choose "
        "Apps > Keep this response. `/privacy` shows what is kept of you."
    ),
    minutes="{minutes} min read",
    answer="Answer",
    answer_too="Answer too",
    edit="Edit",
    withdraw="Withdraw",
    read="Read",
    on_the_blog="On the blog",
    open_thread="Open thread",
    share="Share here",
    discuss="Discuss",
    newer="Back",
    older="On",
    page="Page {page} of {pages}",
    choose_a_question="Which question do you want to answer?",
    choose_an_essay="Open an essay",
    modal_title="Your answer",
    modal_answer="Your answer",
    modal_show="Show it in the thread",
    modal_quote="May be quoted on the blog",
    answered="{reader} answers",
    kept_and_shown="Kept for the author, and shown in the thread.",
    kept_privately="Kept for the author. It is not shown in the thread.",
    kept_changed="Your answer to this question is changed.",
    not_shown="Kept for the author, but not shown: {reason}",
    handed_back=(
        "Your answer could not be kept just now. Here is your text, so that nothing is lost; "
        "please try again in a minute."
    ),
    withdrawn="Withdrawn: nothing of it is kept. Here is your text, in case you want it.",
    not_yours="Only its writer can do that. Use *Answer too* to write your own.",
    gone="That is not here any more. `/post` finds the essay again.",
    responses_none="Nobody has responded yet.",
    responses_one="One response so far.",
    responses_many="{count} responses so far.",
    on_the_shelf="On the shelf: it can be read, and has no thread here.",
    tag_heading="Essays about {tag}",
    discussed="discussed",
    privacy=(
        "**What is kept.** What you write in an essay's thread and what you answer through its "
        "buttons: your text, your name and id, when, and which question it answers. It is kept "
        "for the essay's author, who reads and may export it. It is published on the blog only "
        "if you agreed to be quoted. Nothing is used to train anything.\n"
        "**What you can do.** Edit or delete your message, and the copy follows. Have everything "
        "handed to you or deleted with the buttons below. Messages stay in Discord until you "
        "delete them there; what is deleted here is not collected again."
    ),
    privacy_nothing="Nothing of yours is kept, here or elsewhere.",
    privacy_count="Kept of you: {here} here, {everywhere} in all.",
    privacy_hand_over="Hand it to me",
    privacy_here="Delete mine here",
    privacy_everywhere="Delete mine everywhere",
    privacy_sure="Delete {count} for good? Nobody can bring this back.",
    privacy_forgotten="Deleted: {count}. Answers that were shown here are being removed.",
    apology="Something went wrong on our side; it has been noted. Please try again in a minute.",
    may_not_send="you may not write in this thread.",
    is_locked="this thread is locked.",
    is_timed_out="you are timed out here.",
    is_slow="this thread is in slow mode; edit your answer in {seconds} s to show it.",
    shared="shared by {reader}",
    kept="Kept for the author.",
    empty="There is no text in it, so nothing was kept.",
    not_a_response="Only messages in an essay's thread can be kept.",
    taken_back="Its author has taken this essay back. What was said about it stays.",
    continues="Continues below",
    kept_newer="A newer answer of yours to this question is kept.",
    shown_later="Kept for the author. It is shown in the thread as soon as Discord allows it.",
    not_kept_yet=(
        "Your answer is not kept yet: the database is busy. This message says so when it is. Here "
        "is your text, in case it never is."
    ),
    withdrawn_soon=(
        "Withdrawn: it is no longer kept, and its message in the thread goes within minutes. Here "
        "is your text, in case you want it."
    ),
    not_withdrawn_yet=(
        "Your answer is not withdrawn yet: the database is busy. It is tried again for some "
        "minutes, and this message says when it is done."
    ),
    not_withdrawn="Your answer could not be withdrawn, and is still kept. Please try again later.",
    not_deleted_yet=(
        "Nothing is deleted yet: the database is busy. It is tried again for some minutes, and "
        "this message says when it is done."
    ),
    not_deleted="Nothing could be deleted. Please try again later.",
    no_thread_yet="This essay's thread has not started yet. Please answer when it has.",
    cannot_check="Discord does not say whether you may write there; edit your answer to try again.",
    out_of_sight=(
        "In {place}, {count} messages or threads that Afterword keeps cannot be seen any more. "
        "Nothing is deleted unless Discord confirms it for each of them; they are looked for again "
        "in an hour. If they were deleted on purpose, there is nothing to do. If not, check that "
        "Afterword has View Channel and Read Message History there."
    ),
)

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
    answered="{reader} yanıtlıyor",
    kept_and_shown="Yazar için saklandı ve başlıkta gösterildi.",
    kept_privately="Yazar için saklandı. Başlıkta gösterilmiyor.",
    kept_changed="Bu soruya verdiğiniz yanıt değiştirildi.",
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
    privacy=(
        "**Ne saklanır.** Bir yazının başlığında yazdıklarınız ve düğmeleriyle verdiğiniz "
        "yanıtlar: metniniz, adınız ve kimliğiniz, zamanı ve hangi soruyu yanıtladığı. Yazının "
        "yazarı için saklanır; yazar okur ve dışa aktarabilir. Blogda yalnızca alıntılanmayı "
        "kabul ettiyseniz yayımlanır. Hiçbir şeyi eğitmek için kullanılmaz.\n"
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
)

LANGUAGES = {"en": ENGLISH, "tr": TURKISH}


def phrases(lang: str | None) -> Phrases:
    """Return the phrases of a language, or of its base language, or English.

    Args:
        lang: A post's language or a reader's locale, such as ``tr``, ``pt-BR`` or None.
    """
    base = (lang or "en").lower().replace("_", "-").split("-")[0]
    return LANGUAGES.get(base, ENGLISH)
