"""How authors of many languages speak to their readers.

Small words mean other things next door (German "was", Polish "was"), so each language has its own.
"""

import re


def _words(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern for any of these whole words."""
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)", re.IGNORECASE)


_ADDRESSED = {
    "en": _words(
        r"you(?:['’](?:re|ve|d|ll))?",
        r"yours?",
        r"yourself",
        r"y['’]?all",
        r"anyone",
        r"anybody",
        r"who else",
        r"any of you",
        r"fellow \w+",
        r"dear reader",
        r"(?:did|have|am|was) i (?:miss|missing|missed|wrong|forget|forgotten|overlook|"
        r"right|crazy|alone|the only)\w*",
        r"what (?:am|did|have) i (?:miss|missing|missed|forget|forgotten|get wrong|got wrong|"
        r"overlook)\w*",
        r"any (?:other )?(?:ideas|thoughts|suggestions|recommendations|tips|experiences?|"
        r"opinions|takers)",
        r"(?:is|are|does|has) (?:there )?(?:someone|somebody) ",
        r"what should i (?:write|do|try|read|build|add|cover|blog|learn|"
        r"make|play|watch|pick)",
    ),
    "de": _words(
        r"du",
        r"dir",
        r"dich",
        r"deine?[nmrs]?",
        r"ihr",
        r"euch",
        r"eure?[nmrs]?",
        r"euer",
        r"jemand\w*",
        r"(?-i:Sie|Ihnen|Ihre?[nmrs]?)",
        r"wer (?:von|noch)",
        r"habt",
        r"seid",
        r"könnt",
        r"kennt",
        r"meinungen",
    ),
    "fr": _words(
        r"vous",
        r"votre",
        r"vos",
        r"tu",
        r"toi",
        r"t['’]\w+",
        r"tes",
        r"quelqu['’]un",
        r"qui d['’]autre",
    ),
    "es": _words(
        r"tú",
        r"tus?",
        r"ti",
        r"te",
        r"contigo",
        r"ustedes",
        r"usted",
        r"vosotr[oa]s",
        r"os",
        r"vuestr[oa]s?",
        r"alguien",
        r"algun[oa] de (?:vosotros|ustedes)",
        r"crees",
        r"creéis",
        r"piensas?",
        r"opinas?",
        r"opináis",
        r"sabes",
        r"has",
        r"habéis",
        r"conoces",
        r"conocéis",
        r"usas",
        r"usáis",
        r"prefieres",
        r"sueles",
        r"haces",
        r"\w{2,}(?:steis|áis|éis)",
    ),
    "pt": _words(
        r"você",
        r"vocês",
        r"vcs?",
        r"acham?",
        r"achas",
        r"alguém",
        r"e aí",
        r"seus?",
        r"suas?",
        r"já (?:usou|usaram|leu|leram|viu|viram|tentou|passou|passaram|pensou|pensaram|teve|"
        r"tiveram|conhecia|conheciam|fez|fizeram)",
    ),
    "it": _words(
        r"voi",
        r"vi",
        r"vostr[oaie]",
        r"tuo[i]?",
        r"tua",
        r"tue",
        r"qualcuno",
        r"pensi",
        r"pensate",
        r"avete",
        r"siete",
        r"hai",
        r"usate",
        r"fate",
        r"conoscete",
        r"sapete",
        r"credete",
        r"sei",
        r"preferite",
        r"preferisci",
    ),
    "nl": _words(
        r"jij",
        r"je",
        r"jou",
        r"jouw",
        r"jullie",
        r"u",
        r"uw",
        r"iemand",
    ),
    "tr": _words(
        r"sen",
        r"siz",
        r"sana",
        r"size",
        r"seni[n]?",
        r"sizi[n]?",
        r"sence",
        r"sizce",
        r"sende",
        r"sizde",
        r"kimse",
        r"m[ıiuü]s[ıiuü]n(?:[ıiuü]z)?",
        r"\w+[sd][ıiuü]n[ıiuü]z",
        r"\w+[td][ıiuü]n[ıiuü]z",
        r"\w{2,}(?:yor|r|acak|ecek|m[ıiuü]ş)s[ıiuü]n(?:[ıiuü]z)?",
        r"dersin(?:iz)?",
        r"\w+l[ae]r[ıi]n[ıi]z \w*",
        r"aran[ıi]zda",
        r"nedir fikr\w+",
    ),
    "ru": _words(
        r"ты",
        r"вы",
        r"вам",
        r"вас",
        r"вами",
        r"тебе",
        r"тебя",
        r"ваш\w*",
        r"тво[йяеи]\w*",
        r"кто-нибудь",
        r"кто-то",
        r"ви",
    ),
    "pl": _words(
        r"ty",
        r"ci",
        r"cię",
        r"ciebie",
        r"tobie",
        r"wy",
        r"was",
        r"wam",
        r"wasz\w*",
        r"tw[oó]j\w*",
        r"ktoś",
        r"ktokolwiek",
        r"\w{3,}(?:cie|liście|łyście)",
        r"(?:myśl|sądz|robi|lubi|zna|używa|uważa|wol|czyta|masz|chce|widzi)(?:isz|sz)?",
        r"macie",
    ),
    "sv": _words(
        r"du",
        r"ni",
        r"dig",
        r"deg",
        r"din",
        r"ditt",
        r"dina",
        r"dine",
        r"er",
        r"ert",
        r"dere",
        r"deres",
        r"jer",
        r"någon",
        r"nogen",
        r"noen",
    ),
    "el": _words(
        r"εσύ",
        r"εσείς",
        r"εσάς",
        r"σας",
        r"σου",
        r"κάποιος",
        r"\w{3,}ετε",
        r"\w{3,}άτε",
        r"έχεις",
    ),
    "hi": _words(
        r"आप\w*",
    ),
    "id": _words(
        r"kamu",
        r"anda",
        r"kalian",
    ),
    "uk": _words(
        r"ти",
        r"ви",
        r"вам",
        r"вас",
        r"вами",
        r"тебе",
        r"ваш\w*",
        r"хтось",
        r"тво\w+",
    ),
}
"""Someone is spoken to: the second person, "anyone", or an appeal for help."""

_UNSPACED = re.compile(
    r"あなた|皆さん|皆様|みなさん|みなさま|どう思|どうお考え|いかがで|いますか|ありませんか|ますか"
    r"|你|您|大家|各位|谁有|怎么看|有没有人|諸位|읽는|당신|여러분|생각하|하시|신가요|나요|으세요|세요|십니까"
    r"|رأيك|برأيك|تعتقد|لديك|عندك|أنت|كنت|تفضل|تستخدم|جربت|شما|نظرتان|دارید|می‌کنید|کرده‌اید"
    r"|דעתכם|אתם|אתה|לכם|לך"
)
"""The same where words are not set apart by spaces."""

_OPEN = {
    "en": _words(r"what(?:[\'’]s)?|which|how|who(?:se)?|where|when|why"),
    "de": _words(r"was|wie|welche[rsnm]?|wer|wen|wem|wo\w*|wann|warum|wieso"),
    "fr": _words(r"quel(?:le)?s?|comment|où|pourquoi|combien|qui|que|quoi|qu[\'’]\w+"),
    "es": _words(r"qué|cuál(?:es)?|cómo|quién(?:es)?|dónde|cuándo|cuánt[oa]s?"),
    "pt": _words(r"o que|que|qual|quais|como|quem|onde|quando|quant[oa]s?"),
    "it": _words(r"che|cosa|qual[ei]?|come|chi|dove|quando|quant[oaie]"),
    "nl": _words(r"wat|hoe|welke?|wie|waar\w*|wanneer"),
    "tr": _words(r"ne|neler\w*|nasıl|hangi\w*|kim\w*|nere\w*|neden|niye|kaç\w*"),
    "ru": _words(r"что|чего|чем|как\w*|кто|где|когда|почему|зачем|сколько"),
    "uk": _words(r"що|як\w*|хто|де|коли|чому|скільки"),
    "pl": _words(r"co|czego|jak\w*|któr\w*|kto|gdzie|kiedy|dlaczego|ile"),
    "sv": _words(r"vad|vilke[tn]|vilka|hur|vem|var|när|hva|hvad|hvordan|hvilke[tn]?|hvem|hvor"),
    "el": _words(r"τι|πώς|πως|ποι\w+|πού|πότε|γιατί"),
    "ar": _words(r"ما|ماذا|كيف|أي|من|متى|أين|كم"),
    "fa": _words(r"چه|چگونه|کدام|کجا|چرا|چی"),
    "id": _words(r"apa|bagaimana|siapa|mana|kapan|mengapa"),
    "hi": _words(r"क्या|कैसे|कौन|कहाँ|कब|क्यों"),
}
"""What makes a question one that yes and no do not answer."""

_OPEN_UNSPACED = re.compile(
    r"何|どんな|どう|どの|どこ|どちら|誰|什么|什麼|哪|怎|谁|多少|무엇|어떤|어떻게|누구|어디|뭐"
)

_LIKE = {"da": "sv", "nb": "sv", "no": "sv"}
"""Languages that share another's list."""


def is_addressed(text: str, tongue: str | None) -> bool:
    """Return whether `text`, in the language `tongue` if that is known, speaks to somebody."""
    return _has(_ADDRESSED, text, tongue) or _UNSPACED.search(text) is not None


def is_open(text: str, tongue: str | None) -> bool:
    """Return whether the question `text` wants more than a yes or no."""
    return _has(_OPEN, text, tongue) or _OPEN_UNSPACED.search(text) is not None


def _has(words: dict[str, re.Pattern[str]], text: str, tongue: str | None) -> bool:
    if tongue is None:
        return any(pattern.search(text) for pattern in words.values())
    pattern = words.get(_LIKE.get(tongue, tongue))
    return pattern is not None and pattern.search(text) is not None
