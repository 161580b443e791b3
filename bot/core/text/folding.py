"""Folding text so that people find it however they type it."""

import unicodedata
from functools import lru_cache

_UNDECOMPOSED = str.maketrans({"\u0131": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart: first the Turkish dotless i."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return `text` without case, accents and surplus space, for lookup and never for display.

    The Turkish letters I with and without a dot fold to one, in either case.
    """
    return fold_long(text)


def fold_long(text: str) -> str:
    """Return the same of a text that is not worth remembering."""
    plain = text.strip()
    if plain.isascii():
        return " ".join(plain.lower().split())
    decomposed = unicodedata.normalize("NFKD", plain.casefold().translate(_UNDECOMPOSED))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())
