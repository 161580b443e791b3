"""Matches an essay's questions before and after an edit."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

SAME = 0.6
"""Two texts that share this much of their words are one question, reworded. Below, they are two.

"Is dreaming biological?" and "Is dreaming fundamentally biological?" share .86; "What do you
think?" and "What would you change?" share .50 (of their letters they would share .70).
"""

WORD = re.compile(r"\w+")


def align(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return, for each new text, the index of the old one that it continues, or None.

    Equal texts first, wherever they moved; then similar ones, which keep their order, the most
    similar first. No old text is continued twice.
    """
    result: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    for place, text in enumerate(new):
        same = next((index for index in sorted(free) if old[index] == text), None)
        if same is not None:
            result[place] = same
            free.discard(same)
    pairs = sorted(
        (
            (likeness, -place, -index)
            for place, text in enumerate(new)
            if result[place] is None
            for index in free
            if (likeness := _likeness(old[index], text)) >= SAME
        ),
        reverse=True,
    )
    for _, negative_place, negative_index in pairs:
        place, index = -negative_place, -negative_index
        if result[place] is None and index in free and _keeps_order(result, place, index):
            result[place] = index
            free.discard(index)
    return result


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, _words(old), _words(new), autojunk=False).ratio()


def _words(text: str) -> list[str]:
    """Return the words, or the letters of a text that is written without spaces."""
    words = WORD.findall(text.casefold())
    return words if len(words) > 1 else list(text.casefold())


def _keeps_order(result: Sequence[int | None], place: int, index: int) -> bool:
    before = all(other is None or other < index for other in result[:place])
    after = all(other is None or other > index for other in result[place + 1 :])
    return before and after
