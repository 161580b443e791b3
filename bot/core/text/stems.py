"""The stems of words: what a text is compared by, in its own language.

Words are stemmed by Snowball's algorithms, then folded, so that no accent keeps two texts apart.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

from bot.core.text.folding import fold_long

_NAMES = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eo": "esperanto",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Which of Snowball's algorithms a language has; of another, whole words are compared."""

LONGEST = 40
"""Characters of a word; a longer one is no word (a key, an address)."""

_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_WIDE}]+|[^\W_{_WIDE}]+(?:['’][^\W_{_WIDE}]+)*")
_AFTER_APOSTROPHE = re.compile(r"['’].*")
_DOTTED = str.maketrans({"İ": "i", "I": "ı"})
_HATS = str.maketrans({"â": "a", "î": "i", "û": "u"})


class _Stemmers(threading.local):
    """The stemmers of one thread: none may be used by two at once."""

    def __init__(self) -> None:
        self._known: dict[str, Stemmer.Stemmer | None] = {}

    def of(self, primary: str) -> Stemmer.Stemmer | None:
        if primary not in self._known:
            name = _NAMES.get(primary)
            self._known[primary] = Stemmer.Stemmer(name) if name is not None else None
        return self._known[primary]


_stemmers = _Stemmers()


def stems(text: str, lang: str) -> list[str]:
    """Return the stem of each word of a text, in order.

    Chinese and Japanese, which put no space between words, are taken apart into pairs of letters.

    Args:
        text: Without markup.
        lang: A BCP 47 tag.
    """
    return [stem for _, stem in words_and_stems(text, lang)]


def words_and_stems(text: str, lang: str) -> list[tuple[str, str]]:
    """Return each word of a text as it is written, with its stem, in order."""
    primary = lang.partition("-")[0]
    found: list[tuple[str, str]] = []
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        if len(word) > LONGEST:
            continue
        if "\u3040" <= word[0] <= "\ufaff":
            found.extend((pair, pair) for pair in _pairs(word))
            continue
        stem = _stem(word, primary)
        if stem:
            found.append((word, stem))
    return found


def terms(text: str, lang: str) -> str:
    """Return the stems of a text as the index of passages has them: ``en_forget en_map``."""
    return " ".join(term_of(stem, lang) for stem in stems(text, lang))


def term_of(stem: str, lang: str) -> str:
    """Return a stem with its language before it, so that each language counts its own words."""
    return f"{lang.partition('-')[0]}_{stem}"


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


@lru_cache(maxsize=1 << 16)
def _stem(word: str, primary: str) -> str:
    if primary == "tr":
        word = _AFTER_APOSTROPHE.sub("", word).translate(_DOTTED).lower().translate(_HATS)
    else:
        word = word.lower().replace("’", "'")
    stemmer = _stemmers.of(primary)
    return fold_long(stemmer.stemWord(word) if stemmer is not None else word).replace("'", "")
