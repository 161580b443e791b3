"""What an essay becomes: blocks of Discord's markup, and notes on what had to change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.core.markup.runs import Run, write

BlockKind = Literal["heading", "text", "item", "code", "small", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the essay that begins a line of its own.

    Attributes:
        kind: ``small`` is Discord's small print; an ``item`` starts a list item, and ``text``
            with an indent continues it.
        runs: Its text; empty for code.
        code: Its lines, when it is a fence.
        language: The fence's, or "".
        lead: What its first line begins with, such as ``## `` or ``- ``.
        indent: What its other lines begin with.
        quote: Which quote it stands in, counted from 1; 0 is none.
        margin: What its lines begin with before the quote's sign: the indent of the list item that
            holds the quote.
        bullet: What the first line begins with instead, if the quote opens the item.
        gap: Newlines between it and the block before.
        line: Of the source, from 1; None if it was made from more than one place.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    code: str = ""
    language: str = ""
    lead: str = ""
    indent: str = ""
    quote: int = 0
    margin: str = ""
    bullet: str = ""
    gap: int = 2
    line: int | None = None

    @property
    def text(self) -> str:
        """Its markup, without the marks of the quote it stands in."""
        is_code = self.kind == "code"
        body = f"```{self.language}\n{self.code}\n```" if is_code else write(self.runs)
        return self.lead + body.replace("\n", "\n" + self.indent)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was changed or dropped on the way to Discord, and why.

    Attributes:
        line: Of the source, from 1; None if unknown.
        subject: What it is about: ``table``, ``image``, ``link``, ``shortcode``, ``html``, ...
        message: One sentence.
    """

    line: int | None
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """An essay in Discord's dialect."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The whole essay as one piece of markup, however long."""
        return compose(self.blocks)


def compose(blocks: Iterable[Block]) -> str:
    """Join blocks into one message.

    A list that goes on from the message before is moved to the left: Discord trims the
    spaces that a message begins with.
    """
    written = ""
    before: Block | None = None
    surplus: int | None = None
    for block in blocks:
        text = block.text
        if block.quote:
            text = (block.bullet or block.margin) + "> " + text.replace("\n", f"\n{block.margin}> ")
        surplus = _surplus(block, text, surplus)
        if surplus:
            text = "\n".join(_dedent(line, surplus) for line in text.split("\n"))
        if before is not None:
            written += _between(before, block)
        written += text
        before = block
    return written


def _surplus(block: Block, text: str, surplus: int | None) -> int:
    """How far to the left a block moves; ``surplus`` is for the one before, None if it is first."""
    spaces = len(text) - len(text.lstrip(" "))
    if surplus is None:
        return spaces
    return min(spaces, surplus) if block.indent or block.margin else 0


def _dedent(line: str, spaces: int) -> str:
    return line[min(spaces, len(line) - len(line.lstrip(" "))) :]


def _between(before: Block, block: Block) -> str:
    if block.quote and block.quote == before.quote:
        return "\n" + f"{block.margin}> \n" * (block.gap - 1)
    return "\n" * block.gap
