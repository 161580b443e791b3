"""Limits the depth and the searches of the Markdown parser, without losing text."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_DEEPEST = 18
"""Quotes and lists in each other, a list being two; markdown-it-py leaves out what is below 20."""


def limits_plugin(md: MarkdownIt) -> None:
    """Teach the parser to keep the text that lies too deep, and to pass over lone brackets."""
    md.block.ruler.before("table", "deepest", _read_deepest)
    md.inline.ruler.before("link", "lone_bracket", _read_lone_bracket)


def _read_deepest(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what lies as deep as the parser goes as a paragraph: deeper it would leave text out."""
    if state.level < _DEEPEST or silent:
        return False
    line = start
    while line < end and not state.isEmpty(line):
        line += 1
    text = state.getLines(start, line, state.blkIndent, keepLastLF=False)
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)  # without the signs of quotes that are deeper still
    token.content = "\n".join(line.lstrip("> \t") for line in text.split("\n"))
    token.map, token.children = [start, line], []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _read_lone_bracket(state: StateInline, silent: bool) -> bool:
    """Read a bracket that none follows as text at once: a link's end is looked for far and wide."""
    if state.src[state.pos] not in "![^" or state.html_terminator_last("]") > state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
    return True
