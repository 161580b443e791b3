"""What trails an essay: sources, credits, bios, promotion, goodbyes, later updates."""

import re


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


TRAILING_HEADING = re.compile(
    r"[\W\d_]*(?:(?:additional |further |more |external |useful |other |some |related |"
    r"suggested |recommended |selected |all |my |the )*(?:references?|sources?|reading|"
    r"readings|resources?|links?|posts?|articles?|bibliography|works cited|footnotes?|"
    r"endnotes?|citations?|notes?|credits?|materials?|media)(?: (?:and|&|/) \w+)?|"
    r"see also|read (?:more|next|also)|further (?:reading|info\w*)|related(?: \w+)?|"
    r"acknowledge?ments?|thanks(?: to)?|special thanks|about (?:the|this|me|"
    r"us)?\s?(?:author|post|article|blog|writer|series|me|us)?|author|bio|comments?|"
    r"webmentions?|change ?log|updates?(?: .{0,30})?|edits?|revision history|history|"
    r"errata|corrections?|addendum|appendix(?: .{0,40})?|subscribe.{0,30}|newsletter|"
    r"follow (?:me|us).{0,20}|license|licence|copyright|disclaimers?|disclosure|"
    r"share(?: (?:this|on).{0,20})?|support.{0,20}|tags?|categories|navigation|"
    r"table of contents|previous(?: post)?|next(?: post)?|p\.?s\.?|postscript|"
    r"contact(?: me| us)?|get in touch|colophon|image credits?|tl;?dr|download.{0,20}|"
    r"where to find me|stay (?:in touch|connected)|meta(?:data)?|"
    r"quellen(?:angaben|verzeichnis)?|literatur(?:verzeichnis|hinweise)?|"
    r"weiterführende.{0,20}|links? (?:und|zum).{0,20}|fußnoten|danksagung|danke|"
    r"über (?:den|die|mich|uns).{0,20}|nachtrag|aktualisierung.{0,20}|verwandte.{0,20}|"
    r"weitere.{0,20}|haftungsausschluss|bildnachweise?|sources? et .{0,20}|références?|"
    r"liens?(?: utiles)?|pour aller plus loin|en savoir plus|bibliographie|"
    r"notes de bas de page|remerciements?|à propos.{0,30}|mise à jour.{0,20}|crédits?|"
    r"à lire (?:aussi|ensuite)|ressources|fuentes|referencias|enlaces.{0,20}|"
    r"bibliografía|lecturas.{0,20}|para saber más|notas|agradecimientos?|sobre (?:el|la|"
    r"mí).{0,20}|actualización.{0,20}|créditos|artículos relacionados|recursos|"
    r"fontes?|referências.{0,20}|links? (?:úteis|relacionados)|leia (?:também|mais)|"
    r"leituras?.{0,20}|saiba mais|notas de rodapé|agradecimentos?|sobre (?:o|a|"
    r"mim).{0,20}|atualização.{0,20}|posts relacionados|fonti|riferimenti|collegamenti|"
    r"letture.{0,20}|per approfondire|note|ringraziamenti|sull['’]autor.{0,10}|"
    r"aggiornamento.{0,20}|crediti|risorse|bibliografia|sitografia|kaynak(?:lar|ça)?|"
    r"referanslar|ileri okuma.{0,10}|daha fazla.{0,20}|dipnotlar|teşekkür(?:ler)?|"
    r"yazar hakkında|hakkında|güncelleme.{0,20}|ilgili.{0,20}|bağlantılar|notlar|"
    r"ek okuma|bronnen|referenties|verder lezen|meer lezen|voetnoten|dankwoord|"
    r"over de auteur|bijwerking|gerelateerd.{0,20}|источники|ссылки.{0,20}|литература|"
    r"примечания|благодарности|об авторе|обновление.{0,20}|читайте также|по теме|źródła|"
    r"bibliografia|przypisy|linki|podziękowania|o autorze|aktualizacja.{0,20}|"
    r"czytaj (?:też|więcej)|powiązane.{0,20}|"
    r"参考(?:文献|資料|リンク|サイト)?|関連(?:記事|リンク|ページ)?|脚注|謝辞|"
    r"著者について|追記.{0,20}|更新.{0,20}|出典|参考资料|"
    r"参考链接|相关(?:文章|阅读|链接)|延伸阅读|致谢|关于作者|版权.{0,10}|参考(?:資料|"
    r"連結)|참고.{0,10}|출처|관련.{0,10}|"
    r"감사의.{0,10}|مصادر|المصادر|مراجع|المراجع|روابط.{0,10}|منابع|پی‌نوشت|πηγές|αναφορές|"
    r"σύνδεσμοι|källor|referenser|kilder|länkar|lenker|संदर्भ|स्रोत|referensi|"
    r"sumber)[\W\d_]*",
    re.IGNORECASE,
)
"""The heading of a section that trails the essay."""

TRAILING = _pattern(
    r"^[\W_]*(?:you(?:['’]re| are) receiving this|i['’]m (?-i:[A-Z])\w+, (?:a|an|the)\b)",
    r"^[\W_]*(?:foto|photo|photographie|fotografía|fotografia|imagen:|imagem:|immagine:|"
    r"bild|image)"
    r"(?:s|grafía)? ?(?:de|di|do|da|por|par|von|:)\b",
    r"^[\W_]*(?:slides?|video|recording|audio|podcast|repo(?:sitory)?|demo|download|playlist|"
    r"readings?|categor(?:y|ies)|labels?|etiquetas|categorías|marcadores|categorias|"
    r"classé dans|étiquettes|mots-clés|catégories?|schlagwörter|schlagworte|kategorien?|"
    r"abgelegt unter|etichette|categorie|categorieën|etiketler|kategori(?:ler)?|метки|теги|"
    r"рубрики|kategorie|tagi|タグ|カテゴリー?|标签|分类)\s?[:：]",
    r"^[\W_]*readings? from\b",
    r"^[\W_]*(?:yazar hakkında|sobre (?:el autor|la autora|o autor|a autora)|об авторе|o autorze|"
    r"über (?:den autor|die autorin)|à propos de l['’]aut|sull['’]aut|over de auteur)\b",
    r"^[\W_]*(?:soy|je suis|ich bin|eu sou|sou|sono|ik ben|ben|я) (?-i:[A-ZÀ-ÞА-Я])\w+, ",
    r"^[\W_]*(?:p\.\s?d\.|з\.?ы\.?\b|"
    r"p\.?\s?p?\.?\s?-?s\b[.: ]|updated?\b\s*[:(\d–—-]|edit(?:ed)?\b\s*[:(\d–—-]|"
    r"edits?:|addendum|"
    r"corrections?:|errata|disclaimer\b|disclosure|note to self|footnotes?|full disclosure|"
    r"credits?:|sources?:|references?:|further reading|related(?: \w+)?:|see also|read (?:more|"
    r"next|also|the (?:next|previous|full|original))|previous(?:ly)?:|previous (?:post|"
    r"article|part)|next:|next (?:post|article|part|in)\b|"
    r"up next|continue (?:reading|to)|part \w+(?: of|:)|tags?:|filed under|posted (?:in|on|by)|"
    r"originally (?:published|posted|appeared)|cross-?posted|(?:this|the) (?:post|"
    r"article|essay|story|piece|page|series|entry|blog) (?:first|originally|appeared|"
    r"also|contains|(?:was|is|has been) (?:\w+ )?(?:first|originally|cross|inspired|"
    r"written|part|also|posted|published|translated (?:by|from)|updated|adapted|based|"
    r"licen[cs]ed|"
    r"available|sponsored|brought|my entry|an? (?:translation (?:by|of)|excerpt|"
    r"adaptation|entry)|"
    r"the (?:first|second|third|fourth|fifth|last|final)))|a version of this|"
    r"first published|also (?:published|posted|available)|published (?:on|in|by)|"
    r"(?:cover|header|hero|featured|banner|title|main)? ?(?:image|photo|picture|"
    r"illustration|artwork|art|photograph)s? (?:by|from|credit|via|source|courtesy|of|"
    r":)|(?:photo|image|picture)s?[: ]|photo by|credit:|translated|translation|"
    r"written (?:by|with)|edited by|author:|by:|about the author|©|\(c\)|copyright|"
    r"licen[cs]ed?|all (?:opinions|views|rights|images|code)|opinions (?:expressed|are)|"
    r"views (?:expressed|are)|the (?:views|opinions)|reposted|repo:|code:|source code|"
    r"github:|hat tip|h/t|via:|nb:|n\.b\.|legal(?: notice)?:|affiliate (?:link|"
    r"disclosure)|(?:special |many |big |"
    r"huge )?thanks? (?:(?:so |very )?much |a lot |again )?(?:to|go(?:es)? to)\b|"
    r"(?:with )?(?:my )?(?:gratitude|acknowledg)|i(?:['’]m| am) (?:also |very |"
    r"deeply )?(?:grateful|indebted|thankful) to\b|discuss(?:ion)? (?:this|on|at)|"
    r"comments? (?:on|are|via)|view (?:comments|on)|(?:reply|respond) (?:via|by)|"
    r"share this|tweet (?:this|me|at)|webmention|"
    r"(?:you (?:may|can|are free to)|feel free to) (?:freely )?"
    r"(?:copy|reprint|republish|reuse|adapt)\b)",
    r"^[\W_]*(?:if you(?:['’]ve| have)? (?:also )?(?:\w+ )?(?:enjoy|like|love|found|"
    r"find|want(?:ed)? to (?:support|read|learn|know|get|follow|hear more|stay)|"
    r"would like to (?:support|read|learn|get)|have (?:any|a) (?:questions?|comment|"
    r"feedback|suggestion)|(?:spot|notice|see) (?:a|any|an)|need|are (?:interested|"
    r"looking)|'d like to)|(?:please )?(?:consider )?(?:subscrib|follow(?:ing)? (?:me|"
    r"us|along)|sign(?:ing)? up|join my|get (?:new|the|my|notified|updates)|"
    r"support(?:ing)? (?:me|this|my|us)|buy me|donate|sponsor|check out|click (?:here|the|"
    r"on)|download (?:the|my|it|this|here)|"
    r"find me|you can (?:also )?(?:find|follow|reach|contact (?:me|us)|subscribe|read|get|"
    r"support|"
    r"buy|also)|want more|like (?:this|what)|enjoyed? (?:this|the|what|it|reading|my)|"
    r"liked (?:this|the|what|it|my)|did you (?:like|enjoy)|"
    r"contact|hire (?:me|us)|pre-?order|available (?:now|on)|get in touch|stay tuned|questions\?|"
    r"have (?:a |any )?questions?|got (?:a |any )?questions?|any questions|"
    r"want to (?:know|learn|read|see|get|support|hear more)|interested in (?:learning|"
    r"reading|working)))",
    r"^[\W_]*(?:(?:\w+ ){1,4}(?:is|was) (?:a|an|the) (?:\w+[ -]){0,4}(?:writer|author|"
    r"developer|engineer|designer|professor|journalist|researcher|consultant|founder|"
    r"co-founder|editor|teacher|student|programmer|ceo|cto|lecturer|photographer|"
    r"blogger|entrepreneur|scientist|philosopher|director|manager)\b|"
    r"(?-i:(?:[A-Z]\w+ ){1,3})(?:teaches|writes|lives|works|studies|runs|blogs|builds)\b)",
    r"^[\W_]*(?:nachtrag|aktualisierung|quellen?:|bild(?:quelle|nachweis)?:|foto:|"
    r"titelbild|beitragsbild|haftungs|dieser (?:artikel|beitrag|text)|ursprünglich|"
    r"übersetz|wenn (?:dir|euch|ihnen) (?:der|die|das|dieser)|abonnier|folg(?:t|e) (?:mir|uns)|"
    r"newsletter|vielen dank an|danke an|weiterlesen|mise à jour|m[àa]j\b|source ?:|photo ?:|"
    r"image ?:|crédit|cet article|ce billet|publié|traduit|si (?:vous avez aimé|"
    r"cet article)|abonnez|suivez|inscrivez|merci à|lire aussi|actualización|fuentes?:|"
    r"foto:|imagen|crédito|este (?:artículo|post|texto)|publicado|traducid|"
    r"si te (?:ha gustado|gustó)|suscr[ií]b|sígue|gracias a|lee también|atualização|"
    r"fontes?:|imagem|este (?:artigo|post|texto)|esse (?:artigo|post|texto)|publicado|"
    r"traduzid|se você (?:gostou|curtiu)|assine|inscreva|siga(?:-me|-nos)?\b|agradeço|"
    r"leia também|"
    r"aggiornamento|immagine|questo (?:articolo|post)|pubblicato|tradott|se (?:ti|"
    r"vi) è piaciut|iscriv|segui(?:mi|ci|teci|temi)\b|grazie a |leggi anche|not:|"
    r"güncelleme|düzeltme|kaynak(?:lar|ça)?:|"
    r"görsel(?:ler)?:|fotoğraf(?:lar)?:|bu (?:yazı|makale|metin)|ilk olarak|çeviri|çeviren|"
    r"eğer (?:bu yazı|beğen)|abone|takip (?:et|ed)|katkıları|ayrıca bakınız|bijwerking|"
    r"bron(?:nen)?:|"
    r"afbeelding:|dit (?:artikel|bericht)|vertaal|abonneer|volg |met dank|lees ook|"
    r"обновление|upd\b|источник|фото|эта (?:статья|заметка)|перевод|если (?:вам|статья)|"
    r"подпис|спасибо .{2,40} за|читайте|aktualizacja|źródło|zdjęcie|ten (?:artykuł|wpis|"
    r"tekst)|tłumacz|jeśli (?:ci|podoba|spodoba)|subskryb|śledź|obserwuj|czytaj)",
    r"^[\W_]*(?:追記|更新|※|出典|参考|写真[:：]|画像[:：]|この記事(?:は|が)|関連記事|フォロー|"
    r"登録|前回|次回|更新[:：]|来源|图片|本文(?:由|"
    r"首发|作者|链接|采用)|原文|转载|作者[:：]|译者|版权|关注|订阅|扫码|上一篇|下一篇|"
    r"추가|출처|이미지|이 글은|구독|팔로우|تحديث|"
    r"المصدر|صورة|هذا المقال|ترجمة|تابع|اشترك|منبع|ενημέρωση|πηγή|φωτογραφία|"
    r"αυτό το άρθρο)",
)
"""A paragraph that trails the essay, by its first words."""

SIGN_OFF = re.compile(
    r"[\W_]*(?:[–—-]{1,2}\s*.{1,40}|\W*(?:cheers|best|regards|best regards|kind regards|"
    r"yours|love|peace|ciao|xoxo|onward|bye|so long|fin|the end|end|until next time|"
    r"see you (?:soon|next time|there|later)|take care|happy \w+(?: \w+)?|stay (?:safe|"
    r"curious|tuned|hungry)|have fun|enjoy|good luck|thanks(?: for reading|"
    r" for listening)?(?: this far)?|thank you(?: for reading)?|#\w+|grüße|liebe grüße|"
    r"viele grüße|bis bald|viel spaß|amicalement|bisous|à bientôt|bonne (?:lecture|"
    r"journée)|saludos|un abrazo|un saludo|hasta (?:la próxima|pronto)|abraços?|"
    r"até (?:a próxima|mais|logo)|um abraço|saluti|un saluto|a presto|alla prossima|"
    r"sevgiler|saygılar|sevgiyle|hoşça ?kal\w*|görüşmek üzere|esen kalın|iyi okumalar|"
    r"groet(?:jes|en)?|tot (?:snel|de volgende)|всем \w+|до (?:встречи|скорого|связи)|"
    r"удачи|pozdrawiam|do zobaczenia|では(?:また)?|それでは|以上|おわり|完|全文完|"
    r"以上です)\W*[,.! ]*\s*(?:[A-Z]\w*\.?)?)[\W_]*",
    re.IGNORECASE,
)
"""A goodbye or signature: a whole short paragraph."""

NOTES = re.compile(
    r"\W*(?:\w+ )?(?:notes?|tips|notizen|anmerkungen|tipps|remarques|astuces|notas|consejos|dicas|"
    r"consigli|opmerkingen|notlar|заметки|uwagi)\W*",
    re.IGNORECASE,
)
"""A heading over notes, after which some go on."""

PARTING = re.compile(
    r"[¡\W_]*(?:(?:liebe|viele|herzliche|beste|schöne|sonnige) grüße|alles liebe|macht['’]?s gut|"
    r"cheers|hugs|love,|warmly,|see you|happy \w+ing|until (?:next|then)|talk soon|safe travels|"
    r"(?:mille |gros(?:ses)? )?bis(?:es|ous)|je vous embrasse|amitiés|cordialement|"
    r"bonnes? (?:journée|soirée|semaine|lecture|vacances|année|fêtes|continuation|route|nuit)s?|"
    r"à (?:bientôt|très vite|la semaine|mercredi|dimanche|lundi)|"
    r"(?:un |muchos |mil )?(?:abrazos?|besos?|saludos?)|nos (?:leemos|vemos)|"
    r"hasta (?:la próxima|el próximo|el \w+es|pronto|luego|mañana)|"
    r"(?:um |muitos |grande )?(?:beijos?|beijinhos|abraços?)|"
    r"boas? (?:leituras?|semana|sorte|noite|viagem|festas|férias)|"
    r"até (?:[aà] próxima|mais|já|logo|breve|amanhã)|"
    r"(?:un |tanti )?(?:baci|bacioni|abbraccio|saluti)|a (?:presto|domenica|lunedì)|"
    r"buona? (?:giornata|serata|settimana|lettura|domenica|notte|estate|viaggio|anno)|"
    r"(?:hartelijke |lieve )?groet(?:jes|en)?|liefs|tot (?:de )?(?:volgende|snel|gauw|ziens)|"
    r"sevgiler|sevgiyle|selamlar|görüşmek|kendinize|с уважением|до (?:встречи|связи)|"
    r"всем (?:добра|удачи|пока|мира|хорош\w+)|"
    r"pozdrawiam|serdecznie|ściskam|do zobaczenia)\b",
    re.IGNORECASE,
)
"""How a short paragraph begins in which the writer takes leave, and signs perhaps."""

INITIALS = re.compile(r"\W*(?:[^\W\d_]\.\W*){1,4}")
"""A signature."""

HASHTAGS = re.compile(r"(?:[#@][^\s#]+[\s,]*)+")
