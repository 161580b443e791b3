"""Shows an essay in Discord's dialect of Markdown, whole and in messages.

Discord has no tables, footnotes, images or fourth heading, underlines what CommonMark makes bold,
and turns every line break into a visible one. Here Markdown is read into a small tree, the tree is
written as blocks of Discord's markup, and the blocks are packed into messages.
"""

from bot.core.markup.errors import CannotShowError, show_errors
from bot.core.markup.escaping import as_written, escape, unescape, written
from bot.core.markup.rendering import plain, render
from bot.core.markup.shortening import one_line, quote, shorten
from bot.core.markup.splitting.messages import excerpt, pages, split
from bot.core.markup.writing.blocks import Block, Note, Rendered
from bot.core.markup.writing.resolving import FindNote

__all__ = [
    "Block",
    "CannotShowError",
    "FindNote",
    "Note",
    "Rendered",
    "as_written",
    "escape",
    "excerpt",
    "one_line",
    "pages",
    "plain",
    "quote",
    "render",
    "shorten",
    "show_errors",
    "split",
    "unescape",
    "written",
]
