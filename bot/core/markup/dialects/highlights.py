"""Reads highlights and insertions: ``==highlighted==`` and ``++inserted++``.

Operators stay what they are: ``a == b``, ``a==b``, ``i++``, ``C++``.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from bot.core.markup.dialects.rules import is_latin_word

_NAMES = {"=": "mark", "+": "ins"}
_LONE_AFTER = re.compile(r"[a-z]\b(?!\+\+)", re.IGNORECASE)
_LONE_BEFORE = re.compile(r"(?:^|[^\w+])[a-z]$", re.IGNORECASE)
"""One letter beside two plus signs, which is a variable or a language."""


def highlights_plugin(md: MarkdownIt) -> None:
    """Teach a parser highlights and insertions."""
    md.inline.ruler.after("strikethrough", "pairs", _read_sign)
    md.inline.ruler2.after("strikethrough", "pairs", _pair_all)


def _read_sign(state: StateInline, silent: bool) -> bool:
    sign = state.src[state.pos]
    if sign not in _NAMES or silent:
        return False
    start, end = state.pos, state.pos + 1
    while end < state.posMax and state.src[end] == sign:
        end += 1
    if end - start == len("=="):  # more are a rule, an underline or a conflict of Git's
        before, after = state.src[max(start - 2, 0) : start], state.src[end : end + 3]
        opens = after[:1].strip() != "" and not is_latin_word(before[-1:])
        closes = before[-1:].strip() != "" and not is_latin_word(after[:1])
        if sign == "+":
            opens = opens and _LONE_AFTER.match(after) is None
            closes = closes and _LONE_BEFORE.search(before) is None
        number = len(state.tokens) + bool(state.pending)
        state.delimiters.append(Delimiter(ord(sign), 0, number, -1, opens, closes))
    state.push("text", "", 0).content = state.src[start:end]
    state.pos = end
    return True


def _pair_all(state: StateInline) -> None:
    _pair(state, state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            _pair(state, meta["delimiters"])


def _pair(state: StateInline, delimiters: Sequence[Delimiter]) -> None:
    for opener in delimiters:
        name = _NAMES.get(chr(opener.marker))
        if name is None or opener.end < 0:
            continue
        first, last = state.tokens[opener.token], state.tokens[delimiters[opener.end].token]
        first.type, first.nesting = f"{name}_open", 1
        last.type, last.nesting = f"{name}_close", -1
        first.content = last.content = ""
