"""What looks like a closing question and is none: rhetoric, offers, questions to others."""

import re


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_LEAD = (
    r"^(?:(?:so|and|but|well|now|ok(?:ay)?|oh|also|seriously|honestly|really|after all|p\.?s\.?)"
    r"[\s,:–—-]+)*"
)

LEAD_IN = re.compile(
    r"^[¿\W]*(?:(?:so|and|but|well|now|then|ok(?:ay)?|oh|also|again|und|aber|also|dann|"
    r"et|mais|alors|y|pero|"
    r"entonces|e|mas|então|ma|allora|en|maar|dus|ve|ama|peki|и|а|но|ну|a|i|ale|więc)\b[\s,:–—-]+)*",
    re.IGNORECASE,
)
"""Words before a question that say nothing."""

OFFER = _pattern(
    r"^(?:anything|something) (?:unclear|missing|wrong|else|to add|not clear)\b",
    r"^(?:next|in (?:the|my|our) next|in part|stay tuned|coming (?:up|next|soon)|"
    r"part \w+:)",
    r"\bwould you (?:share|consider|like to (?:share|join|support|help|subscribe))\b",
    r"\b(?:ask(?:s|ed|ing)?|told) (?:them|him|her|themselves|himself|herself)\b",
    r"^(?!.*\bquestions?\b.*:).*\b(?:asked|wondered|wonders|replied|fragte|fragt sich|"
    r"demanda|preguntó|perguntou|"
    r"chiese|chiede|sordu|soruyor|vroeg|спросил\w*|спрашивает|zapytał\w*|問うた|聞いた|"
    r"问道)\b.*[:：,«“\"]",
    r"^see you\b",
    r"\b(?:too much to ask|what else (?:is|was|were) there|what (?:other )?choice|"
    r"how else|who else (?:but|could|would))\b",
    r"^(?:maybe|perhaps|vielleicht|peut-être|quizás?|tal vez|talvez|forse|belki|"
    r"misschien|может(?: быть)?|może|たぶん|也许|ربما)\b[^:]{0,45}\?",
    r"^(?:do|are|did) you (?:want|need|have (?:a|any) (?:questions?|project|idea)|"
    r"looking|wish)\b",
    r"^(?:don['’]t|haven['’]t|can['’]t) (?:have|want|know|got|wait|find)\b",
    _LEAD + r"(?:do you |did you )?(?:(?:have|got|any|still|more|other|further|a|some|"
    r"burning) )*(?:questions?|queries|feedback|comments?|corrections?|concerns|issues|"
    r"problems)\b(?:(?: or|,|/| and|, or) (?:\w+ )?\w+)*(?: (?:about|on|for|with|"
    r"regarding) .{1,50})?\s?\?",
    _LEAD + r"(?:want|wanna|wish|care|fancy|would you like|do you want|did you want|looking|"
    r"like|need|needing) (?:to |more|me |a |an |some |help|for |updates|us )",
    _LEAD + r"(?:(?:are )?you )?(?:interested|curious|intrigued|ready|stuck|hungry|eager|keen|"
    r"excited|tired|hooked|convinced)\b(?! (?:what|how|why|whether))(?: (?:in|to|for|"
    r"about|on|of|by)\b.{0,80})?\s?\?",
    _LEAD + r"(?:did you )?(?:like|liked|love|loved|enjoy|enjoyed|find|found) (?:this|the|my|"
    r"what|it|reading|these)(?: \w+){0,4}(?: useful| helpful| interesting|"
    r" valuable)?\s?\?",
    r"\b(?:was|is) this (?:post|article|page|guide|tutorial|essay|story|content|helpful|"
    r"useful)\b.{0,30}\?",
    _LEAD + r"(?:do you |did you |have you )?(?:found?|find|spot(?:ted)?|notice[d]?|see|saw|"
    r"seen|catch) (?:a|an|any|some|something) (?:\w+ )?(?:typo|mistake|error|bug|issue|"
    r"problem|wrong|inaccura)",
    _LEAD + r"(?:did|have) you (?:make|made|try|tried|cook|cooked|bake|baked) (?:this|my|our)\b",
    _LEAD + r"(?:have|got) (?:a|an|something|any) (?:\w+ )?(?:idea|project|story|"
    r"topic|correction)s?\b.{0,40}\?",
    r"^are you (?:a|an) .{0,60}\b(?:looking|searching|interested|in need)\b",
    r"^hai (?:provato|fatto) quest|^(?:avete|hai) (?:provato|fatto) (?:la|questa) (?:mia )?ricetta",
    r"^¿?(?:has|habéis|han) (?:probado|hecho|preparado) (?:est[ae]|la|mi) (?:receta|torta|tarta)",
    r"^(?:vous avez|avez-vous|tu as|as-tu) (?:testé|essayé|réalisé) (?:cette|ma|la) recette",
    r"^(?:hast du|habt ihr) (?:das|dieses|mein) rezept",
    r"^(?:já )?(?:fez|testou|fizeram|provou) (?:essa|esta|a minha|a) receita",
    r"what are you waiting for",
    r",\s*why not\b",
    r"^takıl\w* (?:bir )?(?:yer|nokta|konu)",
    r"why not (?:just )?(?:give|try|join|check|start|take|subscribe|drop|come|head)",
    r"^(?:how|what) (?:can|may|could) (?:i|we) help",
    r"ready to (?:get|start|try|take|dive|learn|join)",
    r"\b(?:subscribe|newsletter|sign up|hire me|buy me|sponsor|patreon|ko-fi|follow me|"
    r"contact (?:me|us)|download|free trial|book a|demo)\b",
    r"^(?:new here|missed (?:it|the|part)|prefer (?:video|audio|to)|can['’]t wait|"
    r"don['’]t (?:have|want|know) (?:a|an|to|how)|having (?:trouble|issues|problems)|"
    r"not sure (?:where|how|what|if)|why (?:wait|don['’]t you)|how about (?:giving|"
    r"trying|we)|shall we)\b",
    r"^(?:haben sie |habt ihr |hast du |noch |offene |gibt es )*(?:fragen|anregungen|"
    r"feedback|interesse|lust|bock|neugierig|kommentare)\b.{0,60}\?",
    r"^(?:hat|haben) (?:dir|euch|ihnen) (?:der|die|das|dieser|diese)\b.{0,40}gefallen",
    r"^gefällt (?:dir|euch|ihnen)",
    r"^(?:du |ihr |sie )?(?:willst|möchtest|wollt|möchtet|möchten sie|wollen sie)(?: du|"
    r" ihr)? (?:mehr|keine|auch|wissen|lernen|nichts)",
    r"^(?:auf der suche|brauchst|brauchen sie|benötig)",
    r"^(?:des |une |d['’]autres |avez-vous (?:des|une) |vous avez (?:des|une) |"
    r"as-tu (?:des|une) )*(?:questions?|remarques?|suggestions?)\b.{0,40}\?",
    r"^(?:envie|besoin|intéressé|prêts?|curieux)\b.{0,60}\?",
    r"^vous (?:souhaitez|voulez|cherchez|avez aimé)|^(?:cet? (?:article|billet) vous a)|"
    r"^ça vous (?:a plu|intéresse)",
    r"^¿?(?:dudas|preguntas|comentarios|sugerencias)\s?\?",
    r"^¿?(?:has|habéis|han) (?:encontrado|visto) (?:algún|un|alguna|una) (?:error|errata|fallo)",
    r"^(?:achou|encontrou|acharam|encontraram) (?:um|algum) erro",
    r"^(?:hai|avete) (?:trovato|notato) (?:un|qualche) error",
    r"^(?:fehler|tippfehler) (?:gefunden|entdeckt)|^(?:une |vous avez (?:vu|trouvé) une )?"
    r"(?:erreur|coquille)\b.{0,20}\?|^(?:un |des )?commentaires?\s?\?|^(?:fout|typefout) gevonden",
    r"^vond (?:je|jij|jullie|u)\b",
    r"^¿?(?:tienes?|tenéis|tienen|alguna?|más|aún tienes|te quedan?) ?(?:alguna |más |"
    r"dudas|preguntas?|duda|comentarios?|sugerencias?)\b.{0,40}\?",
    r"^¿?(?:quieres|queréis|te gustaría|deseas|os gustaría|necesitas|buscas|te interesa|"
    r"te animas|list[oa]s?|preparad[oa]s?)\b.{0,70}\?",
    r"^¿?(?:te|os|les) (?:ha gustado|gustó|ha servido|sirvió)",
    r"^(?:ficou (?:com )?|tem |têm |alguma |restou )*(?:alguma )?(?:dúvidas?|perguntas?|"
    r"sugest(?:ão|ões)|interessad[oa]s?)\b.{0,40}\?",
    r"^(?:quer|querem|gostaria|deseja|precisa|gostou|gostaram|curtiu|pront[oa]s?|bora|"
    r"vamos|aí,? curti\w+|e aí,? (?:curti|gost)\w+)\b.{0,60}\?",
    r"^(?:hai |avete |qualche |altre )*(?:domand[ae]|dubbi[o]?|"
    r"suggeriment[oi])\b.{0,40}\?",
    r"^(?:vuoi|volete|ti interessa|vi interessa|ti è piaciut|vi è piaciut|pront[oiae]|"
    r"cerchi|hai bisogno)",
    r"^(?:başka |herhangi bir )*(?:soru(?:nuz|larınız|n)?|öneri(?:niz|leriniz)?|"
    r"yorum(?:unuz|larınız)?)\b.{0,30} (?:mı|mi|mu|mü)\b",
    r"^(?:daha fazla|beğendiniz mi|hazır mısın|yardıma mı|ilginizi çekti mi)",
    r"^(?:(?:heb je|hebben jullie|nog) )*(?:vragen|opmerkingen|interesse|zin|hulp|"
    r"benieuwd|suggesties)\b.{0,40}\?",
    r"^(?:wil|wilt|zoek) (?:je|jij|u|jullie)? ?(?:meer|weten|ook|een)|^klaar (?:om|voor)",
    r"^(?:есть |остались |у вас (?:есть |остались )?|ещё )*(?:вопросы|замечания|"
    r"предложения)\b.{0,30}\?",
    r"^(?:хотите|хочешь|нужна|нужен|понравил|готовы|интересно\?|ищете)",
    r"^(?:masz |macie |jakieś )*(?:pytania|uwagi|sugestie)\b.{0,30}\?",
    r"^(?:chcesz|chcecie|podoba|spodoba|zainteres|potrzebuj|gotow|szuka)",
    r"(?:ご質問|質問)(?:は|が)?(?:あり|ござい)ま",
    r"(?:働き|参加し|始め|学び|てみ)ませんか",
    r"興味(?:は|が)?(?:あり|ござい)ま",
    r"^(?:还)?有(?:任何|什么)?(?:问题|疑问)[吗嗎]?",
    r"^想(?:要)?(?:了解|知道|学|看)(?:更多)?",
    r"^(?:질문|궁금한 점)(?:이|있)",
    r"^هل (?:لديك|عندك) (?:أي )?(?:سؤال|أسئلة|استفسار)",
    r"^έχετε (?:κάποια )?(?:ερώτηση|απορί|ερωτήσεις)",
    r"^har (?:du|ni|dere) (?:några |noen |nogle )?(?:frågor|spørsmål|spørgsmål)",
    r"^vill du (?:veta|läsa) mer",
)
"""A question that sells, offers help or asks for an action."""

TAG = _pattern(
    r"\b(?:eh|huh|innit|amirite|hein|né|hè)\s*\?+$",
    r"^(?!.*\b(?:what|how|who|whose|where|why|when|which|or|if|whether)\b).*n['’]t [^,]+ "
    r"(?:is|are|was|were|do|does|did|has|have|can|could|would|will) (?:it|that|they|we|you)\s*\?+$",
    r"[,–—-]\s*(?:right|huh|eh|no|yes|yeah|ok(?:ay)?|hey|amirite|innit|correct|true|"
    r"(?:is|are|was|were|do|does|did|has|have|ca|could|would|should|wo|ai)n['’]?t (?:it|"
    r"they|he|she|we|you|i|that|there)|(?:is|are|was|were|do|does|did|has|have|can|"
    r"could|would|should|will) (?:it|they|he|she|we|you|i|there)|don['’]t you (?:think|"
    r"agree)|you know|see|shall we|would(?:n['’]t)? you(?: say| agree)?)\s*\?+$",
    r"[,–—-]\s*(?:oder|nicht wahr|gell|ne|nicht|stimmt['’]?s|was|odr|oder nicht|non|"
    r"hein|n['’]est-ce pas|pas vrai|¿?(?:no|verdad|cierto|eh|vale)|né|não é|certo|não|"
    r"tá|vero|giusto|neh|toch|hè|niet waar|niet|не так ли|правда|да|верно|так ведь|"
    r"prawda|nie|co|czyż nie|eller hur|va|ikke sant|vel|ne)\s*\?+$",
    r"\bdeğil mi\s*\?+$",
    r"(?:よね|だよね|でしょ|ですよね|よな)[?？]+$",
    r"(?:不是吗|对吧|对吗|是吧|不是嗎|對吧|好吗)[?？]+$",
    r"(?:그렇죠|그쵸|않나요|지요)\?+$",
    r"(?:أليس كذلك|صحيح)؟$",
    r"έτσι δεν είναι\s?[;;]$",
    r"^не правда ли",
    r",\s*(?:kim bilir|wer weiß|qui sait|quién sabe|quem sabe|chissà|кто знает|kto wie|"
    r"who knows)\s*\?+$",
)
"""A statement with a tag ("right?") at its end."""

RHETORIC = _pattern(
    r"^(?:you|some|many|people|they|one|skeptics|sceptics|readers) (?:\w+ )?(?:might|may|"
    r"could|will|would)"
    r" (?:now |well |also )?(?:be )?(?:wonder|ask|think|say|object|protest)",
    r"^who (?:among us )?(?:has|have|did|does|is|would|could|can)(?:n['’]t| not| never)\b",
    r"\bwho (?:am|are|is) (?:i|we|he|she|they|you) to\b",
    r"\b(?:got|have|had) to lose\s*\?|what['’]s stopping you|what(?:['’]s| is) there to lose",
    _LEAD + r"(?:who (?:knows\b.{0,60}|says\b.{0,60}|cares|knew|said|"
    r"would have (?:thought|guessed)|"
    r"could (?:blame|argue|ask|resist|forget|have)|doesn['’]t|wouldn['’]t|can (?:blame|"
    r"argue|say))|why not\b.{0,60}|so what|what (?:could|"
    r"can)(?: possibly)? (?:possibly )?go wrong|what (?:more|else) (?:could|can|do|"
    r"would) (?:you|one|we|i|anyone) (?:want|ask|need|possibly)|"
    r"what['’]s not to (?:like|love)|what['’]s (?:the (?:worst|point|harm|big deal|"
    r"catch|fuss)|in a name|next|new|up)|what the (?:hell|heck|fuck|f)|how (?:cool|"
    r"awesome|great|neat|crazy|amazing|nice|easy|hard can|hard could|difficult can|"
    r"bad can|bad could|about that|dare)\b.{0,60}|why bother|is it any wonder|"
    r"see what i did|sounds? (?:familiar|good|fun|crazy|simple|easy|great|like)|easy|"
    r"simple|cool|nice|neat|pretty (?:cool|neat|nice)|guess what|(?:do )?you know what|"
    r"know what|remember|really|got it|get it|makes? sense|right|see|no|yes|what|huh|"
    r"wait|eh|deal|seriously|ironic|coincidence|crazy|weird|funny|surprised?|"
    r"remember\b.{0,40}|the (?:result|answer|solution|problem|best part|reason|moral|"
    r"lesson|verdict|takeaway|bottom line|catch|upshot|outcome|conclusion)s?|(?:my|"
    r"the) (?:\w+ )?(?:point|conclusion|recommendation|advice|verdict|secret))\s?[?!]+$",
    _LEAD + r"(?:is|are|was|were|does|do|did|would|could|should|can|has|have|wo|ca|"
    r"ai)n['’]?t (?:it|that|this|we|they|he|she|there|life|the|i|all|those|these|"
    r"everyone)\b",
    _LEAD + r"(?:isn|aren|wasn|weren|doesn|don|didn|wouldn|couldn|shouldn)['’]t\b(?! you\b)",
    _LEAD + r"who (?:would(?:n['’]t| not)?|does(?:n['’]t| not)|can(?:['’]t| not)?|"
    r"could(?:n['’]t)?|has(?:n['’]t)|is(?:n['’]t)|wants?|needs?) (?:not |want|need|love|"
    r"like|ever|even|say|argue|resist|really|a |an |to )",
    _LEAD + r"what (?:better|finer|greater)\b",
    _LEAD + r"how (?:else|many times) (?:could|can|would|do|must|have)",
    r"\bamirite\b",
    r",\s*(?:and |but |so |for )?(?:is|are|was|were|does|do|did)n['’]t "
    r"(?:it|that|this|we|they|there)\b",
    _LEAD + r"why (?:on earth )?would (?:you|anyone|anybody|we)\b",
    _LEAD + r"(?:may|might) (?:i|we) suggest|^can (?:i|we) get an? ",
    r"^(?:na |und |also )*(?:wer weiß(?: .{0,20})?|warum (?:auch )?nicht|na und|"
    r"was (?:will|wollen|braucht) (?:man|wir) mehr|wer hätte (?:das|es) gedacht|"
    r"wieso nicht|was soll['’]?s|und jetzt|ernsthaft|echt|wirklich|was solls|"
    r"wer braucht|wen interessiert)\b.{0,40}\?",
    r"^(?:ist|sind|war|wäre|haben) (?:das|es|wir|sie|die welt) nicht\b",
    r"^(?:et )?(?:qui sait|pourquoi pas|et alors|que demander de plus|à quoi bon|"
    r"n['’]est-ce pas|qui (?:l['’]eût|aurait) (?:cru|pensé|dit)|"
    r"vraiment|quoi de mieux|comment ne pas)\b.{0,60}\?",
    r"^¿?(?:y )?(?:quién sabe|por qué no|y qué|qué más (?:se puede|quieres|da)|"
    r"no es (?:así|cierto|verdad|maravilloso|genial)|en serio|de verdad|acaso|"
    r"quién lo (?:diría|hubiera)|qué mejor)\b.{0,60}\?",
    r"^(?:e )?(?:quem sabe|por ?que? não|e daí|quem diria|sério|será(?=\?)|não é (?:mesmo|"
    r"verdade)|o que mais|quer (?:coisa )?melhor)\b.{0,60}\?",
    r"^(?:e )?(?:chissà|chi lo sa|perché no|e allora|davvero|sul serio|chi l['’]avrebbe|"
    r"cosa (?:volere|si può volere) di più|che dire)\b.{0,40}\?",
    r"^(?:ve |peki )?(?:kim bilir|neden olmasın|ne var ki|öyle değil mi|gerçekten mi|"
    r"kim bilebilir|daha ne (?:olsun|ister)|ne gerek var|haksız mıyım)\b.{0,40}\?",
    r"^(?:en )?(?:wie weet|waarom niet|nou en|wat wil je nog meer|toch|echt)\b.{0,30}\?",
    r"^(?:и |а )?(?:кто знает|почему бы и? ?нет|ну и что|что ещё|правда|серьёзно|"
    r"кто бы мог|разве|неужели)\b.{0,60}\?",
    r"^(?:i |a )?(?:kto wie|czemu nie|dlaczego (?:by )?nie|no i co|serio|naprawdę|"
    r"czy to nie|czyż)\b.{0,60}\?",
    r"^(?:誰が知|なぜでしょう|どうしてでしょう|本当に|まさか)",
    r"不(?:正|就|也)是.{1,40}吗|岂不|何乐而不为|是不是很\w{1,6}[呢吗嗎?？]",
    r"^(?:谁知道|为什么不|难道|岂|何必|不是很|真的|誰知道)",
    r"^(?:누가 알|왜 안)",
    r"^(?:من يدري|ولم لا|لم لا|أليس)",
    r"^(?:ποιος ξέρει|γιατί όχι|σοβαρά)",
)
"""A question that wants no answer."""

TO_ONESELF = re.compile(
    r"\b(?:did|do|am|was|have|had|will|would|could|can|might) I\b(?! (?:do|write|try|read) next)"
)
"""English only: the writer wonders about the writer."""

FOR_OTHERS = _pattern(
    r"\bf\.?a\.?q|frequently asked|common questions|q\s?(?:&|and|/|\+)\s?a\b|"
    r"questions? (?:and|&) answers?|questions? (?:to ask|you should ask|for (?:your|"
    r"the) (?:\w+ )?(?:vendor|interviewer|candidate|team|doctor|employer|manager|"
    r"provider|agency|client|customer))|interview questions|checklist|häufig|"
    r"questions fréquentes|foire aux|preguntas frecuentes|perguntas frequentes|"
    r"domande frequenti|sık(?:ça)? sorulan|veelgestelde|частые вопросы|często zadawane|"
    r"よくある質問|常见问题|자주 묻는|الأسئلة الشائعة|συχνές",
    r"(?:answers?|helps?|covers?|asks?|ask) (?:the|these|this|questions|yourself if|"
    r"your|them|him|her|it)\b.{0,40}:?$",
)
"""A heading or lead-in over questions that are put to somebody else, or answered."""

ANNOUNCING = _pattern(
    r"\bquestions?\b",
    r"\bdiscuss(?:ion)?\b",
    r"\breflect(?:ion)?s?\b",
    r"over to you",
    r"your turn",
    r"what do you think",
    r"your (?:thoughts|take|view)",
    r"\bprompts?\b",
    r"to (?:ponder|think about|consider|mull)",
    r"for (?:thought|discussion|readers)",
    r"(?:let['’]s|let us) (?:talk|discuss|chat)",
    r"ask yourself",
    r"join the (?:conversation|discussion)",
    r"how about you",
    r"what about you",
    r"\bfragen\b",
    r"diskussion",
    r"eure meinung|deine meinung|ihre meinung",
    r"und (?:ihr|du|sie)\b",
    r"(?:zum )?(?:nachdenken|weiterdenken)",
    r"et vous\b",
    r"à vous\b",
    r"réflexion|réfléchir",
    r"votre avis",
    r"preguntas?\b",
    r"debate\b",
    r"reflexion(?:ar|es)?|reflexión",
    r"(?:y|te toca a) (?:tú|ti)\b",
    r"tu (?:turno|opinión)",
    r"perguntas?\b",
    r"discussão",
    r"reflex(?:ão|ões)|refletir",
    r"e (?:você|vocês)\b",
    r"sua (?:vez|opinião)",
    r"domande\b",
    r"riflett(?:ere|iamo)|riflession",
    r"e (?:tu|voi)\b",
    r"(?:tocca|a) (?:a )?voi\b",
    r"soru(?:lar|su|m|larım)?\b",
    r"düşün(?:mek|me|elim|ce)",
    r"tartışma|tartışalım",
    r"sıra (?:sizde|sende)",
    r"ya (?:siz|sen)\b",
    r"\bvragen\b",
    r"discussie",
    r"jouw beurt",
    r"вопрос\w*",
    r"обсужд\w+",
    r"(?:а|как) (?:вы|у вас)",
    r"pytani[ae]",
    r"dyskusj\w+",
    r"a (?:ty|wy)\b",
    r"質問|問い|考えてみ|話し合",
    r"思考|讨论|問題|问题|你怎么看",
    r"질문|생각해|토론",
    r"أسئلة|للنقاش|سؤال",
    r"ερωτήσεις|ερώτηση|συζήτηση",
    r"frågor|spørgsmål|spørsmål|diskutera",
    r"प्रश्न|सवाल",
    r"pertanyaan|diskusi",
)
"""A heading or lead-in over questions to readers."""
