"""The words by which authors of many languages turn to their readers, and turn from them.

Patterns are searched in one sentence, without regard to case. They name forms, not topics.
"""

import re


def _starts(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern for a sentence that begins with any of these."""
    return re.compile(r"^[¿\W]*(?:" + "|".join(alternatives) + r")", re.IGNORECASE)


def _whole(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern for a sentence that is any of these, after a word or two of lead-in."""
    lead = (
        r"(?:(?:so|and|but|well|now|ok(?:ay)?|und|also|aber|alors|et|mais|y|pero|entonces|"
        r"bueno|e|mas|então|"
        r"ma|allora|en|maar|dus|peki|ama|а|и|но|ну|так|a|i|więc|no|και|λοιπόν|och|og|men|"
        r"그래서|那么|那|"
        r"それでは|さて|dan|jadi)[\s,:–—-]+)*"
    )
    return re.compile(
        r"^[¿\W]*" + lead + r"(?:" + "|".join(alternatives) + r")[\W]*$", re.IGNORECASE
    )


GENERIC = _whole(
    r"what do you (?:all |guys |folks )?(?:think|say|reckon|make)(?: (?:of|"
    r"about) (?:this|that|it|all this|all of this))?",
    r"(?:any |your |what are your |some |got any |other |further )?(?:thoughts|"
    r"opinions)(?: on (?:this|that|it))?",
    r"(?:what|how) about you(?: all| guys)?",
    r"and you",
    r"what['’]s (?:your|yours)(?: (?:take|opinion|view|thoughts?))?",
    r"what is your (?:take|opinion|view|thought)s?(?: on (?:this|that|it))?",
    r"do you (?:all )?(?:dis)?agree(?: or (?:disagree|not))?(?: with (?:this|that|me))?",
    r"agree(?: or disagree)?",
    r"am i (?:wrong|right|crazy)",
    r"what say you",
    r"does (?:this|that|it) resonate(?: with you)?",
    r"what would you say",
    r"your turn",
    r"what are your thoughts(?: (?:about|on) (?:this|that|it))?",
    r"was (?:denk(?:t|st|en)|mein(?:t|st|en)|sag(?:t|st|en)|halt(?:et|en)|"
    r"hältst) (?:ihr|du|sie)(?: dazu| davon| darüber)?",
    r"(?:und |und was ist mit |und wie ist das bei |und wie (?:ist|sieht|geht) (?:es|"
    r"das) (?:bei )?)?(?:du|ihr|sie|euch|dir|ihnen)(?: aus)?",
    r"wie (?:seht|siehst|sehen) (?:ihr|du|sie) das",
    r"(?:was ist |wie ist )?(?:eure|deine|ihre) meinung(?: dazu)?",
    r"seht ihr das (?:auch so|anders)",
    r"(?:et )?(?:vous|toi)(?:[ ,]+(?:qu['’]en (?:pensez-vous|penses-tu|dites-vous)))?",
    r"qu['’]en (?:pensez-vous|penses-tu|dites-vous|dis-tu)",
    r"(?:votre|vos|un|des|ton) avis",
    r"(?:quel est|quels sont) (?:votre|vos|ton) avis",
    r"vous en pensez quoi",
    r"(?:êtes-vous|vous êtes|es-tu|t['’]es) d['’]accord(?: avec (?:moi|ça|cela))?",
    r"(?:y )?(?:tú|usted(?:es)?|vosotr[oa]s|vos)(?:[, ]+¿?qu[eé] (?:opinas|piensas|"
    r"crees|opináis|pensáis|opinan|piensan))?",
    r"qu[eé] (?:opinas|piensas|crees|opináis|pensáis|creéis|opinan|piensan|opina|"
    r"te parece|os parece|les parece)(?: (?:tú|ustedes|vosotros|de esto|al respecto|"
    r"sobre esto))?",
    r"cuál es (?:tu|su|vuestra) opinión(?: al respecto)?",
    r"(?:estás|estáis|están) de acuerdo(?: conmigo)?",
    r"(?:e )?(?:você|vocês|vcs?|tu|aí)(?:[, ]+o que (?:você |vocês )?(?:acham?|pensam?))?",
    r"(?:o )?que (?:é que )?(?:você|vocês|vcs?|tu)? ?(?:acham?|achas|pensam?|pensas|"
    r"achou|acharam)(?: (?:disso|sobre isso|disto|a respeito))?",
    r"qual (?:é )?a (?:sua|tua|vossa) opinião(?: sobre isso)?",
    r"concordam?(?: comigo)?",
    r"(?:e )?(?:tu|voi)(?:[, ]+(?:che )?(?:cosa )?ne pens(?:i|ate))?",
    r"(?:voi |tu )?(?:che |che cosa |cosa )?ne (?:pens(?:i|ate)|dic[ei]|dite)",
    r"(?:siete|sei) d['’]accordo(?: con me)?",
    r"qual è (?:la )?(?:tua|vostra) opinione",
    r"wat (?:vind|denk|zeg) (?:jij|je|u)(?: (?:ervan|daarvan|hiervan))?",
    r"wat (?:vinden|denken) jullie(?: (?:ervan|daarvan|hiervan))?",
    r"(?:jij|jullie|u)",
    r"wat is (?:jouw|jullie|uw) mening",
    r"(?:bu konuda |bu konu hakkında |bununla ilgili )?(?:siz |sen )?(?:bu konuda |"
    r"bu konu hakkında )?ne düşünüyorsun(?:uz)?",
    r"(?:sizce|sence)",
    r"(?:ya )?(?:siz|sen)(?: ne (?:düşünüyorsun(?:uz)?|dersin(?:iz)?))?",
    r"ne dersin(?:iz)?",
    r"katılıyor musun(?:uz)?",
    r"siz(?:in|ce)? (?:bu konudaki )?(?:fikriniz|düşünceniz|görüşünüz|fikirleriniz|"
    r"düşünceleriniz) (?:ne|nedir|neler)",
    r"(?:а )?(?:что|как) (?:вы|ты) (?:об этом |обо всём этом )?(?:думаете|думаешь|"
    r"считаете|считаешь|скажете)(?: об этом| по этому поводу)?",
    r"как (?:вы )?(?:считаете|думаете)",
    r"(?:вы|ты)",
    r"(?:а )?(?:как )?у (?:вас|тебя)",
    r"(?:какое )?ваше мнение",
    r"(?:вы )?согласны(?: со мной)?",
    r"(?:co|jak) (?:(?:wy|ty) )?(?:o tym )?(?:sądzi(?:cie|sz)|myśli(?:cie|sz)|"
    r"uważa(?:cie|sz))(?: o tym)?",
    r"(?:ty|wy)(?:[, ]+co (?:o tym )?(?:sądzi|myśli)(?:cie|sz))?",
    r"jakie (?:jest )?(?:wasze|twoje) zdanie",
    r"zgadza(?:sz|cie) się(?: ze mną)?",
    r"(?:皆さん|みなさん|皆様|みなさま|あなた|君)?(?:は|"
    r"なら)?[、, ]?(?:この件について|これについて)?(?:どう(?:思い|お考え|考え|"
    r"感じ)(?:ます|になります|です|でしょう)か?|どうでしょう(?:か)?|"
    r"いかがでしょう(?:か)?|どうですか)",
    r"(?:对此)?[，, ]?(?:你|您|你们|大家|各位)?(?:们)?(?:是)?(?:觉得呢|怎么看(?:呢|"
    r"待)?|怎么想(?:呢)?|怎么认为|觉得如何|"
    r"觉得怎么样|认为呢|有什么看法(?:呢)?|呢|怎麼看|覺得呢)",
    r"(?:여러분(?:은|의)?|당신(?:은|의)?)? ?(?:어떻게 생각하(?:시나요|세요|십니까|"
    r"시는지요)|생각은 어떠(?:신가요|세요|십니까)|어떠신가요)",
    r"(?:و)?(?:ما|ماذا) (?:هو )?(?:رأيك|رأيكم|تعتقد|تظن)(?: (?:أنت|أنتم|في ذلك|في هذا|"
    r"بهذا))?",
    r"وأنت(?:م)?(?:[، ]+ما رأيك(?:م)?)?",
    r"(?:و)?ماذا عنك(?:م)?",
    r"نظر شما (?:چیست|چیه)",
    r"شما چ(?:ه|ی) (?:فکر می[‌ ]?کنید|می[‌ ]?گویید)",
    r"شما چطور",
    r"εσ(?:ύ|είς)(?:[, ]+τι (?:γνώμη έχετε|πιστεύετε|λέτε|νομίζετε|λες|πιστεύεις))?",
    r"τι (?:πιστεύετε|λέτε|νομίζετε|γνώμη έχετε|λες|πιστεύεις|νομίζεις)(?: γι['’ ]αυτό)?",
    r"συμφωνείτε",
    r"vad (?:tycker|tänker|säger) (?:du|ni)(?: om (?:det|detta))?",
    r"(?:du|ni)",
    r"hva (?:synes|tenker|mener) (?:du|dere)(?: om det)?",
    r"hvad (?:synes|tænker|mener) (?:du|i)(?: om det)?",
    r"(?:dere|hvad med dig|hva med deg)",
    r"आप(?:का|की)? क्या (?:सोचते हैं|विचार है|राय है|ख्याल है)",
    r"आप(?:की|का) (?:राय|विचार) क्या है",
    r"bagaimana (?:menurut (?:kamu|anda|kalian)|dengan(?:mu| anda| kamu))",
    r"(?:bagaimana|apa) pendapat(?:mu| anda| kalian| kamu)",
    r"menurut(?:mu| kalian| anda)",
    r"מה (?:דעתכם|דעתך|אתם חושבים|אתה חושב)",
    r"(?:ו)?(?:מה )?(?:אתם|איתכם)",
    r"(?:а )?(?:що|як) (?:ви|ти) (?:про це )?(?:думаєте|думаєш|вважаєте)(?: про це)?",
)
"""A question that only asks for an opinion."""

INVITATION = re.compile(
    r"(?<!\w)(?:(?:i|we)(?:['’]d| would) (?:\w+ )?(?:be|love|like|appreciate|welcome|"
    r"take|really)|j['’]aimerais|"
    r"mich (?:würde|interessier)|mi piacerebbe|gostaria|isteri[mz]|хотелось бы|"
    r"send (?:it|them|me|us|your)|looking for|recommendation|"
    r"suggestion|always (?:happy|"
    r"glad|keen)|(?:add|include) (?:it|them|yours) |let (?:me|us) know|tell (?:me|us)|"
    r"comments\b|comment\b(?! (?:je|on|nous|il|elle|ça|les?|la)\b)|share (?:your|it|them|with)|"
    r"love to (?:hear|know|see|read)|"
    r"like to (?:hear|know|see)|"
    r"leave (?:a|me|your)|repl(?:y|ies)|reach out|drop (?:me|us|a)|e-?mail|"
    r"write (?:to )?me|ping me|tweet (?:at )?(?:me|us)|get in touch|\btwitter\b|mastodon|"
    r"bluesky|discord|\bslack\b|send me|feel free|curious|all ears|looking forward|"
    r"look forward|join (?:the|me|us)|hit me up|discuss|"
    r"thank(?:s| you)|stay tuned|until (?:next|then)|have a \w+ (?:day|week|weekend|evening|one)|"
    r"that['’]s (?:all|it) for|das war['’]?s|c['’]est tout pour|eso es todo|por hoje é|è tutto per|"
    r"bugünlük bu kadar|на сегодня вс[её]|see (?:you|ya)|cheers|^happy \w+ing|"
    r"have fun|enjoy|next time|"
    r"good luck|sound off|chime in|weigh in|feedback|interested (?:in|to) (?:hear|know|"
    r"see)|want to (?:hear|know)|hear (?:from|about|your)|your (?:thoughts|answer|take)|"
    r"her damit\b|kommentar|schreib|lasst? (?:es )?(?:mich|uns|mir)|freue? (?:mich|uns)|freuen uns|"
    r"erzähl|teilt|gespannt|viel (?:spa|erfolg|freude)|\bbis (?:bald|dann|zum|demn)|"
    r"danke|(?:vielen|herzlichen) dank|diskutier|sagt (?:es )?mir|verrat|"
    r"dites-|dis-(?:moi|nous)|n['’]hésite|partage|à bientôt|à la prochaine|merci|"
    r"faites-|fais-|à vos|curieu|hâte de|racont|"
    r"cuént|cuent[ae]|respond(?:e|a|ed|an|er)\b|contest(?:a|ad|en|ar)\b|"
    r"ayúd[ae]|ayud(?:ad|en)|déja|dime\b|escr[ií]b|gracias|hasta (?:la|pronto|luego)|te leo|"
    r"os leo|me encantar|me interesa|compart|coment|me gustaría (?:saber|leer|conocer)|"
    r"\bconte\b|ajud(?:e|a|em)\b|conta (?:pra|para|aí)|contem|deixe|me diga|obrigad|"
    r"até (?:a|mais|logo|"
    r"o próximo)|abraço|adoraria|quero saber|"
    r"scriv|fatemi|fammi|dimmi|ditemi|grazie|alla prossima|a presto|condivid|parliamone|"
    r"yorum|paylaş|yazın|yazabilir|bekliyor|merak ed|ulaşabilir|teşekkür|görüşmek|hoşça|"
    r"sevgiler|sağlıcakla|duymak ist|okumak ist|kalın|konuşalım|tartışalım|"
    r"reactie|reage(?:er|ren)|weten|hoor (?:het )?graag|deel je|bedankt|\btot (?:de )?volgende|"
    r"groet|benieuwd|"
    r"пишите|напишите|подел|делитесь|расскажите|спасибо|до (?:встречи|новых)|удачи|"
    r"буду рад|коммент|интересно|"
    r"komentarz|daj(?:cie)? zna|napisz|podziel|dzięk|do zobaczenia|pozdraw|czekam|ciekaw"
    r")|コメント|教えて|聞かせ|ください|ありがと|それでは|では、?また|またね|お待ち|"
    r"幸いです|嬉しいです|うれしいです|"
    r"评论|留言|告诉我|分享|欢迎|谢谢|感谢|下次|再见|讨论|期待|畅所欲言|評論|歡迎|"
    r"댓글|알려|공유|남겨|감사|고맙|기다리|궁금|"
    r"تعليق|شارك|أخبر|اكتب|شكر|نظرات|بنویسید|ممنون|سپاس|"
    r"(?<!\w)(?:σχόλι|γράψ|πείτε|ευχαριστ|μοιρα|kommentera|berätta|tack för|skriv|fortell|fortæl|"
    r"tak for|takk for|टिप्पणी|बताएं|धन्यवाद|komentar|terima kasih|sampai jumpa)|תגובות|"
    r"ספרו|תודה",
    re.IGNORECASE,
)
"""A sentence that asks for answers, gives thanks or says goodbye, without being a question."""

OPEN_CODA = _starts(
    r"i(?:['’]m asking| ask) (?:because|since|as)\b",
    r"à méditer|à réfléchir|da pensarci|para pensar|para reflexionar|para refletir|zum nachdenken",
    r"(?:only )?time(?: alone)? will tell",
    r"we(?:['’]ll| will| shall)(?: just)?(?: have to)?(?: wait and)? see",
    r"i(?: honestly| really| still)? (?:don['’]?t|do not) (?:really )?(?:know|"
    r"have (?:(?:an|the|any|a good) )?answers?)",
    r"i have no (?:idea|answer|clue)",
    r"i['’]m (?:really |still |honestly )?(?:not sure|unsure|undecided|wondering)",
    r"i wonder",
    r"no idea",
    r"hard to (?:say|tell|know)",
    r"i wish i knew",
    r"(?:but )?(?:that|this|which) (?:question )?remains",
    r"(?:that )?remains to be seen",
    r"to be continued",
    r"(?:now )?(?:that|this|it)['’]?s? (?:is )?(?:the|a|my) (?:\w+ )?question",
    r"(?:just )?(?:think|food for thought|something to)",
    r"let that sink",
    r"the (?:choice|answer|ball|decision) is (?:yours|in your|up to)",
    r"it['’]s (?:up to|your) ",
    r"you (?:decide|tell me|be the judge)",
    r"i['’]ll (?:let|leave)",
    r"your (?:call|move|turn)",
    r"the future will",
    r"(?:die )?zeit wird",
    r"(?:man|wir) (?:wird|werden) (?:es )?sehen",
    r"keine ahnung",
    r"ich weiß (?:es )?(?:auch )?nicht",
    r"mal sehen",
    r"(?:es )?bleibt (?:abzuwarten|spannend)",
    r"l['’]avenir",
    r"qui sait",
    r"je ne sais pas",
    r"on verra",
    r"(?:affaire )?à suivre",
    r"seul (?:l['’]avenir|le temps)",
    r"(?:solo )?el tiempo (?:lo )?dirá",
    r"ya veremos",
    r"no lo sé",
    r"quién sabe",
    r"(?:só )?o tempo dirá",
    r"não sei",
    r"quem sabe",
    r"veremos",
    r"(?:solo )?il tempo (?:lo |ce lo )?dirà",
    r"vedremo",
    r"non (?:lo so|saprei)",
    r"chissà",
    r"chi lo sa",
    r"(?:bunu )?zaman gösterecek",
    r".{0,60}\bbilmiyorum",
    r"göreceğiz",
    r"kim bilir",
    r"karar (?:sizin|senin)",
    r"(?:de )?tijd zal",
    r"we (?:zullen|gaan) (?:het )?(?:wel )?zien",
    r"ik weet het (?:ook )?niet",
    r"время покажет",
    r"посмотрим",
    r"не знаю",
    r"кто знает",
    r"пожив[её]м",
    r"czas pokaże",
    r"zobaczymy",
    r"nie wiem",
    r"kto wie",
    r"(?:私には)?(?:まだ)?(?:わかりません|分かりません|答えはまだ)",
    r"(?:我)?不知道",
    r"拭目以待",
    r"谁知道",
    r"(?:아직 )?(?:잘 )?모르겠",
    r"لا أعرف",
    r"لا أدري",
    r"الزمن",
)
"""A declarative last word that leaves the question before it open."""

ANSWER = _starts(
    r"you\b(?! (?:can|may|could) (?:also )?(?:find|reach|write|comment|reply|tell|leave|"
    r"e-?mail|share))",
    r"(?:it|that|this) (?:does|is|will|did|was|depends|means)\b|we (?:do|don['’]t|can|will)\b",
    r"(?:oh |well,? |hell,? )?(?:yes|no|nope|yep|yeah|maybe|perhaps|probably|absolutely|"
    r"definitely|certainly|sure|exactly|of course|obviously|clearly|not (?:really|quite|"
    r"exactly|necessarily|at all|so|yet)|never|nothing|nobody|everyone|because|simple|"
    r"easy|right|wrong|indeed|hardly|neither|both)\b(?! (?:one|of you))",
    r"(?:if (?:so|yes|not|you)|then\b|in that case|great|good\b|perfect|otherwise|"
    r"here(?:['’]s| is| are)|(?:so far,? |for me,? )?(?:the|my) answer|"
    r"i (?:think|believe|guess|doubt|suspect|say|did|do|am|was|have|had|"
    r"would|will|can|could)\b|well,? )",
    r"(?:ja|nein|doch|vielleicht|natürlich|klar|genau|weil|wenn ja|falls|dann|"
    r"die antwort|ich (?:glaube|denke|finde|habe|bin))\b",
    r"(?:oui|non|peut-être|bien sûr|parce que|si (?:oui|c['’]est)|alors|la réponse|"
    r"je (?:pense|crois))\b",
    r"(?:sí|si es así|no[,.]|quizás|tal vez|claro|porque|entonces|la respuesta|"
    r"yo (?:creo|pienso))",
    r"(?:sim|não[,.]|talvez|claro|porque|então|a resposta|eu (?:acho|penso))",
    r"(?:no[,.]|forse|certo|perché|allora|la risposta|io (?:penso|credo))",
    r"(?:evet|hayır|belki|elbette|tabii|çünkü|öyleyse|o zaman|cevap|bence)\b",
    r"(?:nee|misschien|natuurlijk|omdat|dan |het antwoord|ik (?:denk|vind))",
    r"(?:да|нет|возможно|конечно|потому|тогда|ответ|я (?:думаю|считаю))\b",
    r"(?:tak|nie[,.]|może|oczywiście|bo |wtedy|odpowiedź|ja )",
    r"はい|いいえ|まず|それは|簡単|理由は|つまり|首先|其实|那就|"
    r"もちろん|答えは|たぶん|是的|不是|当然|答案|因为|也许|네[,.]|아니|"
    r"물론|نعم|لا[،.]|بالطبع|الجواب|بله|"
    r"خیر|ναι|όχι|φυσικά",
)
"""How a sentence begins that answers the question before it, or goes on from it."""
