"""Where an essay ends: what trails it is set aside."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.closing.blocks import Block
from bot.core.closing.judging import is_answer, judged
from bot.core.closing.trailing import HASHTAGS, SIGN_OFF, TRAILING, TRAILING_HEADING
from bot.core.closing.wording import GENERIC

_LATER = re.compile(
    r"[\W_]*(?:p\.?\s?p?\.?\s?s\b\.?:?|update\b|edit\b|addendum|nachtrag|mise à jour|actualización|"
    r"atualização|aggiornamento|güncelleme|not:|追記|更新)",
    re.IGNORECASE,
)
"""How an addition begins that may have more paragraphs than one."""

_DATED = re.compile(r"\W*\w+(?: \w+){0,2}\s?:[^.?!]*\b\d{4}\W*")
"""A label and a date: "Last updated: 3 May 2024"."""

_BARE = re.compile(r"https?://\S+|\{[^}]*\}|[/~] ?\w+")
"""An address to be embedded, attributes of what stands before, a signature."""

_LONGEST_SIGN_OFF = 60
_LONGEST_NAME = 5  # words, with a greeting before it; a sentence would end in a full stop
_LONGEST_TRAILER = 600


class Ending(NamedTuple):
    """The last section of an essay.

    Attributes:
        blocks: Below its heading, without what trails the essay.
        heading: Its heading, if it has one.
    """

    blocks: tuple[Block, ...]
    heading: Block | None = None


def ending(blocks: Sequence[Block], tongue: str | None = None) -> Ending:
    """Return the last section of the essay that `blocks` end."""
    left = list(blocks)
    while left and (cut := _trailing_from(left, tongue)) is not None:
        del left[cut:]
    for index in range(len(left) - 1, -1, -1):
        if left[index].kind == "heading":
            return Ending(tuple(left[index + 1 :]), left[index])
    return Ending(tuple(left))


def _trailing_from(blocks: Sequence[Block], tongue: str | None) -> int | None:
    """Return where the last thing that trails the essay begins; None if nothing does."""
    last = len(blocks) - 1
    if _is_trailing(blocks[last], tongue):
        return last
    headings = [index for index in range(len(blocks)) if blocks[index].kind == "heading"]
    if headings and TRAILING_HEADING.fullmatch(blocks[headings[-1]].text):
        return headings[-1]
    above = headings[-1] if headings else -1
    if (label := _trailing_label(blocks, above, tongue)) is not None:
        return label
    if blocks[last].kind == "item":
        return _trailing_list(blocks)
    return _trailing_after(blocks, above)


def _is_trailing(block: Block, tongue: str | None) -> bool:
    if block.kind in {"rule", "aside", "heading"}:
        return True
    if block.kind == "quote":
        return TRAILING.search(block.text) is not None
    is_link = block.is_linked and not GENERIC.match(block.text)
    is_line = len(block.text) <= _LONGEST_SIGN_OFF and _is_closing_line(block.text)
    return bool(is_link or HASHTAGS.fullmatch(block.text) or is_line) or _is_credit(
        block.text, tongue
    )


def _is_closing_line(text: str) -> bool:
    """Return whether a short paragraph is a goodbye, a name, or says when it was written."""
    if SIGN_OFF.fullmatch(text) or _DATED.fullmatch(text) or _BARE.fullmatch(text):
        return True
    is_unfinished = text.endswith(",") or text[-1:].isalnum()
    is_name_like = len(text.split()) <= _LONGEST_NAME and (text[0].isupper() or text[0].isdigit())
    return is_unfinished and is_name_like and not is_answer(text)


def _is_credit(text: str, tongue: str | None) -> bool:
    """Return whether a paragraph is credits, promotion and the like, and ends on no question."""
    if len(text) > _LONGEST_TRAILER or not TRAILING.search(text):
        return False
    last = judged(text, 0, tongue)[-1:]
    asks = bool(last) and last[0].is_asking and last[0].is_addressed and last[0].is_open
    return _LATER.match(text) is not None or not asks


def _trailing_label(blocks: Sequence[Block], above: int, tongue: str | None) -> int | None:
    """Return where a paragraph stands for a heading ("**Sources**"), and nothing asks below it."""
    label = next(
        (
            index
            for index in range(len(blocks) - 1, above, -1)
            if blocks[index].kind == "paragraph"
            and len(blocks[index].text) <= _LONGEST_SIGN_OFF
            and TRAILING_HEADING.fullmatch(blocks[index].text)
        ),
        None,
    )
    if label is None:
        return None
    below = [one for block in blocks[label + 1 :] for one in judged(block.text, 0, tongue)]
    return None if any(one.is_asking and one.is_addressed for one in below) else label


def _trailing_list(blocks: Sequence[Block]) -> int | None:
    """Return where a list of links at the end begins, with the line that leads to it."""
    group = blocks[-1].group
    first = len(blocks) - 1
    while first and blocks[first - 1].group == group:
        first -= 1
    if not all(block.is_linked for block in blocks[first:]):
        return None
    lead = blocks[first - 1] if first else None
    is_lead = lead is not None and lead.kind == "paragraph" and lead.text.endswith(":")
    return first - 1 if is_lead else first


def _trailing_after(blocks: Sequence[Block], above: int) -> int | None:
    """Return where an update, postscript or disclaimer of several paragraphs begins."""
    for index in range(len(blocks) - 2, max(above, len(blocks) - 8), -1):
        text = blocks[index].text
        if blocks[index].kind == "paragraph" and _LATER.match(text):
            return index
    return None
