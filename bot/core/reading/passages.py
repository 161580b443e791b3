"""The passages of an essay: its paragraphs and lists, each under its heading."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.core.closing.blocks import Block, all_blocks
from bot.core.closing.sentences import without_title_marks

LONGEST = 100_000
"""Characters of a body that are read; no essay is as long."""

MOST = 2_000
"""Passages of an essay that are kept."""


class Passage(NamedTuple):
    """A paragraph of an essay, or a list as a whole with the line that leads into it.

    Attributes:
        heading: The nearest above it, without markup; "" above the first.
        text: Without markup; a list has a line for each of its items.
    """

    heading: str
    text: str


def passages(body: str) -> list[Passage]:
    """Return the passages of an essay's body, in order.

    Code, tables, pictures, footnotes and what is not the essay's own text are left out.
    """
    found: list[Passage] = []
    heading = ""
    for (kind, _), blocks in groupby(_blocks(body), key=_of_one_passage):
        texts = [without_title_marks(block.text).strip() for block in blocks]
        if kind == "heading":
            heading = texts[-1]
        else:
            text = "\n".join(text for text in texts if any(map(str.isalnum, text)))
            if text and kind == "item" and found and _introduces(found[-1], heading):
                text = f"{found.pop().text}\n{text}"
            if text:
                found.append(Passage(heading, text))
    return found[:MOST]


def told_together(found: Sequence[Passage], places: range) -> str:
    """Return the text of passages that stand side by side, with an empty line between two."""
    return "\n\n".join(found[place].text for place in places)


def _introduces(before: Passage, heading: str) -> bool:
    """Return whether a passage leads into the list below it."""
    return before.heading == heading and before.text.endswith((":", "\uff1a"))


def _blocks(body: str) -> Iterator[Block]:
    for block in all_blocks(body[:LONGEST]):
        if block.kind in {"paragraph", "quote", "item", "heading"}:
            yield block


def _of_one_passage(block: Block) -> tuple[str, int]:
    """Return what two blocks share that are one passage: the list that they are items of."""
    return block.kind, block.group if block.kind == "item" else block.start
