"""What stands in a box: a quote is another's voice, a callout or container is the author's own."""

import re
from collections.abc import Sequence
from typing import Literal

from markdown_it.token import Token

from bot.core.closing.judging import judged
from bot.core.closing.unasked import ANNOUNCING

BoxKind = Literal["quote", "aside", "own"]
"""An ``own`` box asks its readers something, and counts like the text around it."""

_QUOTING = frozenset({"quote", "cite"})
_MARK = re.compile(r"[?？؟;]")


def box_kind(tokens: Sequence[Token], index: int) -> BoxKind:
    """Return what the box that begins at ``tokens[index]`` is."""
    opening = tokens[index]
    kind = opening.meta.get("callout") or opening.meta.get("box") or "quote"
    if kind in _QUOTING:
        return "quote"
    if kind == "group":
        return "own"
    depth = 0
    is_announced = False
    for number, token in enumerate(tokens[index:], index):
        depth += token.nesting + (token.type == "container")
        depth -= token.meta["count"] if token.type == "container_end" else 0
        if token.type == "inline":
            is_title = tokens[number - 1].type == "dt_open"
            is_announced = is_announced or (is_title and title_kind(token.content) == "heading")
            if _MARK.search(token.content) and (is_announced or _asks_readers(token.content)):
                return "own"
        if depth <= 0:
            break
    return "aside"


def title_kind(title: str) -> Literal["heading", "paragraph", "aside"]:
    """Return what the title of a box is to the questions in it."""
    if _MARK.search(title):
        return "paragraph"
    return "heading" if ANNOUNCING.search(title) else "aside"


def _asks_readers(text: str) -> bool:
    return any(one.is_asking and one.is_addressed for one in judged(text, 0, None))
