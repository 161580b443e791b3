"""The words that somebody searches for, in whatever they typed."""

import re
import unicodedata
from itertools import product

from bot.core.text.folding import fold

MOST_WORDS = 8
"""More are not looked for: what has eight of the words is what was meant."""

MOST_DOTS = 5
"""So many letters i of a word are tried with and without a dot: thirty-two spellings."""

_WORD = re.compile(r"[^\W_]+")


def search_words(text: str) -> tuple[str, ...]:
    """Return the words in a text, in lower case and with their accents; none if it has none."""
    plain = unicodedata.normalize("NFC", text).lower().replace("i\u0307", "i")
    return tuple(dict.fromkeys(_WORD.findall(plain)))[:MOST_WORDS]


def folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same words folded, as essays are searched by."""
    return tuple(part for word in words for part in _WORD.findall(fold(word)))


def spellings(word: str) -> tuple[str, ...]:
    """Return how a word may stand in a full-text index that keeps the dotless ı apart from i.

    The index (SQLite's unicode61) takes accents off, and leaves letters such as ß and ø.
    """
    plain = fold(word)
    parts = plain.split("i", MOST_DOTS)
    dotted = [
        "".join(f"{part}{dot}" for part, dot in zip(parts, [*dots, ""], strict=True))
        for dots in product("iı", repeat=len(parts) - 1)
    ]
    return tuple(dict.fromkeys([*dotted, word]))
