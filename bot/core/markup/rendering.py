"""From an essay's Markdown to blocks of Discord's markup."""

from bot.core.markup.errors import CannotShowError, show_errors
from bot.core.markup.parsing.markdown import read, read_line
from bot.core.markup.runs import plain_text
from bot.core.markup.writing.blocks import Rendered
from bot.core.markup.writing.resolving import FindNote
from bot.core.markup.writing.writer import Writer


@show_errors()
def render(
    markdown: str,
    *,
    address: str | None = None,
    omit: tuple[int, int] | None = None,
    find_note: FindNote | None = None,
) -> Rendered:
    """Return an essay's body in Discord's dialect.

    Args:
        markdown: The body, without front matter.
        address: The post's URL, which makes its relative links and images absolute.
        omit: Lines ``[start, end)`` of the body, from 0, to leave out: a closing block that
            the prompts repeat.
        find_note: Returns the address of what a wikilink names; without it, none leads anywhere.

    Raises:
        CannotShowError: It cannot be shown.
    """
    if omit is not None:
        start, end = omit
        lines = markdown.split("\n")
        lines[start:end] = [""] * len(lines[start:end])
        markdown = "\n".join(lines)
    writer = Writer(address, find_note)
    root, unknown = read(markdown)
    try:
        writer.write(root)
    except Exception as error:
        raise CannotShowError(error, writer.line) from error
    idle = {"rule"} if omit is None else {"rule", "heading"}
    while writer.blocks and writer.blocks[-1].kind in idle:
        writer.blocks.pop()
    notes = sorted([*unknown, *writer.notes], key=lambda note: note.line or 0)
    return Rendered(tuple(writer.blocks), tuple(notes))


def plain(markdown_inline: str) -> str:
    """Return what a line of Markdown says, without markup, on one line."""
    return " ".join(plain_text(read_line(markdown_inline)).split())
