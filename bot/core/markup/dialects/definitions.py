"""Reads definitions under several terms (kramdown, Hugo), and leaves abbreviations out."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from bot.core.markup.dialects.rules import ENDS_TEXT, line_start, title_tokens

_ABBREVIATION = re.compile(r"\*\[[^\[\]\n]+\]:(?:[ \t]|$)", re.MULTILINE)
_TERM = re.compile(r"(?:[^\W\d]|[*_`\[(\"“])[^\n]{0,80}(?<![.!?;,:])$")
_DEFINITION = re.compile(r"[:~][ \t]+\S")
_MOST_TERMS = 6


def definitions_plugin(md: MarkdownIt) -> None:
    """Teach a parser lists of definitions, and to leave abbreviations out."""
    md.use(deflist_plugin)
    md.block.ruler.before("deflist", "terms", _read_term)
    md.block.ruler.before("list", "abbreviation", _drop_abbreviation, ENDS_TEXT)
    md.core.ruler.after("block", "terms", _join_terms)


def _line(state: StateBlock, number: int) -> str:
    return state.src[line_start(state, number) : state.eMarks[number]].rstrip()


def _drop_abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = line_start(state, start)
    if state.is_code_block(start) or not _ABBREVIATION.match(state.src, begin, state.eMarks[start]):
        return False
    if not silent:
        state.line = start + 1
    return True


def _read_term(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a term that another term follows; the last is read with the definition."""
    if silent:
        return False
    last = start
    while last < min(end, start + _MOST_TERMS) and _is_term(state, last):
        last += 1
    if last < start + 2 or last >= end or not _DEFINITION.match(_line(state, last)):
        return False
    token = state.push("term", "", 0)
    token.map = [start, start + 1]
    state.tokens.pop()
    state.tokens += title_tokens(_line(state, start), token)
    state.tokens[-3].meta["is_one_of_many"] = True
    state.line = start + 1
    return True


def _is_term(state: StateBlock, number: int) -> bool:
    if state.isEmpty(number) or state.sCount[number] < state.blkIndent:
        return False
    return _TERM.match(_line(state, number)) is not None


def _join_terms(state: StateCore) -> None:
    """Put the terms before the last into its list."""
    tokens: list[Token] = []
    for token in state.tokens:
        first = len(tokens)
        if token.type == "dl_open":
            while first and tokens[first - 3].meta.get("is_one_of_many"):
                first -= 3
        tokens.insert(first, token)
    state.tokens = tokens
