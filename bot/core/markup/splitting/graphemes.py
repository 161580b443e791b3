"""Finds graphemes: the characters of a text that may not be cut in two."""

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"


def boundaries(text: str) -> Iterator[int]:
    """Yield the offsets at which a text may be cut, ends excluded.

    A simplification of Unicode's rule (UAX 29) that never cuts where it forbids a cut for
    combining marks, emoji sequences, flags, Hangul syllables, and CR LF.
    """
    flags = 0
    for offset in range(1, len(text)):
        before, after = text[offset - 1], text[offset]
        flags = flags + 1 if _is_flag(before) else 0
        if _continues(after) or before == _JOINER:
            continue
        if _is_flag(after) and flags % 2:
            continue
        if (before == "\r" and after == "\n") or _joins_hangul(before, after):
            continue
        yield offset


def floor(text: str, offset: int) -> int:
    """Return the last boundary at or before an offset; 0 if there is none."""
    if offset >= len(text):
        return len(text)
    last = 0
    for boundary in boundaries(text[: offset + 1]):
        last = boundary
    return last


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _continues(sign: str) -> bool:
    return (
        sign == _JOINER
        or unicodedata.category(sign) in {"Mn", "Me", "Mc"}
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
        or "\uff9e" <= sign <= "\uff9f"
    )


def _joins_hangul(before: str, after: str) -> bool:
    leads = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    if leads:
        return "\u1100" <= after <= "\u11a7" or "\uac00" <= after <= "\ud7a3"
    ends = "\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return ends and "\u1160" <= after <= "\u11ff"
