"""Where an essay ends: what trails it is set aside."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.closing.blocks import Block
from bot.core.closing.judging import is_answer, judged
from bot.core.closing.trailing import (
    HASHTAGS,
    INITIALS,
    NOTES,
    PARTING,
    SIGN_OFF,
    TRAILING,
    TRAILING_HEADING,
)
from bot.core.closing.wording import GENERIC, INVITATION

_LATER = re.compile(
    r"[\W_]*(?:p\.?\s?p?\.?\s?-?s\b\.?:?|p\.\s?d\.|з\.?ы\.?\b|"
    r"update\b|edit\b|addendum|nachtrag|mise à jour|m[àa]j\b|"
    r"actualización|"
    r"atualização|aggiornamento|güncelleme|not:|追記|更新)",
    re.IGNORECASE,
)
"""How an addition begins that may have more paragraphs than one."""

_DATED = re.compile(r"\W*\w+(?: \w+){0,2}\s?:[^.?!]*\b\d{4}\W*")
"""A label and a date: "Last updated: 3 May 2024"."""

_BARE = re.compile(r"https?://\S+|\{[^}]*\}|[/~] ?\w+")
"""An address to be embedded, attributes of what stands before, a signature."""

_LEAD = re.compile(r"[^?？؟:：]+[:：]")
"""What leads to a list that was set aside."""

_LONGEST_SIGN_OFF = 60
_LONGEST_PARTING = 120
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
    if _is_trailing(blocks[last], tongue) or _is_aside(blocks, tongue):
        return last
    headings = [index for index in range(len(blocks)) if blocks[index].kind == "heading"]
    if headings and TRAILING_HEADING.fullmatch(blocks[headings[-1]].text):
        notes = NOTES.fullmatch(blocks[headings[-1]].text) is not None
        if not (notes and _asks_readers(blocks[headings[-1] + 1 :], tongue)):
            return headings[-1]
    above = headings[-1] if headings else -1
    if (label := _trailing_label(blocks, above, tongue)) is not None:
        return label
    if blocks[last].kind == "item":
        return _trailing_list(blocks)
    return _trailing_after(blocks, above)


def _is_trailing(block: Block, tongue: str | None) -> bool:
    if block.kind in {"rule", "aside", "picture", "heading"}:
        return True
    if block.kind == "quote":
        return TRAILING.search(block.text) is not None
    is_link = block.is_linked and not GENERIC.match(block.text)
    is_line = len(block.text) <= _LONGEST_SIGN_OFF and _is_closing_line(block.text)
    is_line = is_line or (len(block.text) <= _LONGEST_PARTING and _is_parting(block.text))
    return bool(is_link or HASHTAGS.fullmatch(block.text) or is_line) or _is_credit(
        block.text, tongue
    )


def _is_aside(blocks: Sequence[Block], tongue: str | None) -> bool:
    """Return whether the last paragraph is set off, by its looks and by what stands before it."""
    last, before = blocks[-1], blocks[-2:-1]
    if not last.is_set_off or not before or len(last.text) > _LONGEST_TRAILER:
        return False
    said = judged(last.text, 0, tongue)
    put = [one for one in said if one.is_asking and one.is_addressed]
    asks = all(one.is_asking for one in said) or (
        bool(put) and (put[-1] is said[-1] or INVITATION.search(said[-1].text) is not None)
    )
    return not asks and (before[0].kind == "rule" or _is_trailing(before[0], tongue))


def _is_parting(text: str) -> bool:
    return PARTING.match(text) is not None and not re.search(r"[?？؟]", text)


def _is_closing_line(text: str) -> bool:
    """Return whether a short paragraph is a goodbye, a name, a date, or a lead to nothing."""
    patterns = (SIGN_OFF, _DATED, _BARE, _LEAD, INITIALS)
    if any(pattern.fullmatch(text) for pattern in patterns):
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
    return None if _asks_readers(blocks[label + 1 :], tongue) else label


def _asks_readers(blocks: Sequence[Block], tongue: str | None) -> bool:
    said = [one for block in blocks for one in judged(block.text, 0, tongue)]
    return any(one.is_asking and one.is_addressed for one in said)


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
