"""Telling languages apart, in a sentence or two by script and by their smallest words."""

import re

from bot.core.text.language_detection import sure_language, words_in

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("fa", re.compile(r"[\u067e\u0686\u0698\u06af\u06cc]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("uk", re.compile(r"[іїєґ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
"""The first of which a text has enough wins: Japanese has Chinese characters too."""

_LEAST_SHARE = 0.1  # of the letters: a quotation in another script does not make the text one

_SMALL_WORDS = {
    "en": "the of and to in is that it for was you with this not are but have what i we be on my",
    "de": "der die das und ist nicht ich ein eine zu den mit sich auf für es wie wir ihr auch was",
    "fr": "le la les des et est une un que pas pour dans vous ce je qui en avec il mais cette nous",
    "es": "el la los las de que y en un una es por con no para se lo como más pero qué yo tu",
    "pt": "os as de que em um uma é não para com se por mais como você isso mas eu do da na ao",
    "it": "il la le di che e è un una non per in con si lo come più ma mi voi della sono gli",
    "nl": "de het een en van is dat niet ik je in op te met voor zijn maar wat ook jij er",
    "tr": "bir ve bu da de için ne mi ile çok ama gibi o daha ben siz değil olarak mı kadar",
    "pl": "w i na z nie się do to że jest jak co o ale tak po wy czy od dla mnie już",
    "sv": "och att det i en är som på jag du inte för av med har den till om ett vad så",
    "da": "og at det i en er som på jeg du ikke for af med har den til om et hvad så",
    "nb": "og at det i en er som på jeg du ikke for av med har den til om et hva så",
    "id": "yang dan di itu ini dengan untuk tidak dari saya ada ke anda kamu apa pada akan",
}
_BY_WORD: dict[str, list[str]] = {}
for _code, _line in _SMALL_WORDS.items():
    for _word in _line.split():
        _BY_WORD.setdefault(_word, []).append(_code)
_LETTERS = {
    "de": "ß",
    "es": "ñ¿¡",
    "fr": "œùêèàî",
    "pl": "łąęśżźćń",
    "pt": "ãõ",
    "sv": "å",
    "tr": "ğşı",
}
"""Letters that are at home in one of these languages, or much oftener there."""

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 2_000


def tongue(text: str) -> str | None:
    """Return the language that `text` is written in, None if nothing tells.

    Where words are too few for a certain guess, the smallest of them decide between lists of words;
    they do not tell Danish from Norwegian.
    """
    if found := sure_language(words_in(text[-_LONGEST:])):
        return found
    scores = _scores(text[-_LONGEST:])
    return max(scores, key=lambda code: scores[code]) if scores else None


def _scores(sample: str) -> dict[str, float]:
    """Return how much speaks for each language; a script that few share speaks for itself."""
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return {}
    for code, script in _SCRIPTS if not sample.isascii() else ():
        found = len(script.findall(sample))
        if found >= letters * _LEAST_SHARE:
            return {code: float(found)}
    scores: dict[str, float] = {}
    for word in _WORD.findall(sample.lower().replace("i\u0307", "i")):
        codes = _BY_WORD.get(word, ())
        for code in codes:
            scores[code] = scores.get(code, 0.0) + 1 / len(codes)
    for code, own in _LETTERS.items():
        if count := sum(sample.count(letter) for letter in own):
            scores[code] = scores.get(code, 0.0) + count / 2
    return scores
