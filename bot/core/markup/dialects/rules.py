"""What the rules of several dialects do: find a line, end a paragraph, read what a mark holds."""

import unicodedata

from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

ENDS_TEXT: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
"""For a rule whose blocks need no empty line above them."""


def line_start(state: StateBlock, line: int) -> int:
    """Return where the text of a line begins, behind its indent and the marks of what it is in."""
    return state.bMarks[line] + state.tShift[line]


def read_within(state: StateInline, start: int, end: int) -> None:
    """Read a stretch of the text as Markdown, and nothing beyond it."""
    limit = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.posMax = limit


def title_tokens(title: str, at: Token) -> list[Token]:
    """Return the tokens of a title that is read where another token is."""
    made = [
        Token("dt_open", "dt", 1, map=at.map, level=at.level),
        Token("inline", "", 0, map=at.map, level=at.level + 1, content=title, children=[]),
        Token("dt_close", "dt", -1, level=at.level),
    ]
    for token in made:
        token.block = True
    return made


def is_latin_word(sign: str) -> bool:
    """Return whether a sign belongs to a word of a script that puts spaces between words.

    Chinese and Japanese put none: there a mark may stand right beside a word.
    """
    return sign == "_" or (sign.isalnum() and unicodedata.east_asian_width(sign) not in "WF")
