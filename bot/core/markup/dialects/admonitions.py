"""Reads ``!!! note "Title"`` and ``??? tip`` with an indented text, as MkDocs has them."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin

_NAMES = {
    "admonition_open": "blockquote_open",
    "admonition_close": "blockquote_close",
    "admonition_title_open": "dt_open",
    "admonition_title_close": "dt_close",
}


def admonitions_plugin(md: MarkdownIt) -> None:
    """Teach a parser admonitions, which become quotes with a title, as callouts do."""
    md.use(admon_plugin)
    md.core.ruler.after("normalize", "last_line", _end_last_line)
    md.core.ruler.after("block", "admonitions", _name_admonitions)


def _end_last_line(state: StateCore) -> None:
    """End the last line: the plugin looks at the character behind an empty one."""
    if not state.src.endswith("\n"):
        state.src += "\n"


def _name_admonitions(state: StateCore) -> None:
    if not any(token.type == "admonition_open" for token in state.tokens):
        return
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "admonition_open":
            token.meta = {"callout": str(token.meta["tag"]).lower()}
        if token.type == "admonition_close" and _is_empty(tokens):
            _put_back(tokens, state.src.split("\n"))
            continue
        token.type = _NAMES.get(token.type, token.type)
        tokens.append(token)
    state.tokens = tokens


def _is_empty(tokens: list[Token]) -> bool:
    """Return whether nothing stands below the title that was just read."""
    opened = [token.type for token in tokens[-4:]]
    return opened == ["blockquote_open", "dt_open", "inline", "dt_close"] or (
        opened[-1:] == ["blockquote_open"]
    )


def _put_back(tokens: list[Token], lines: list[str]) -> None:
    """Make a paragraph again of a line that only begins like an admonition."""
    while tokens[-1].type != "blockquote_open":
        tokens.pop()
    opening = tokens.pop()
    line = opening.map[0] if opening.map else 0
    text = Token("inline", "", 0, map=opening.map, level=opening.level + 1, children=[])
    text.content = lines[line].lstrip(" \t>")
    tokens += [
        Token("paragraph_open", "p", 1, map=opening.map, level=opening.level, block=True),
        text,
        Token("paragraph_close", "p", -1, level=opening.level, block=True),
    ]
