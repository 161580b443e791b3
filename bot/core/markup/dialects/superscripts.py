"""Reads superscripts and subscripts: ``x^2^``, ``1^st^``, ``H~2~O``.

Only what is unmistakable: ``x^2``, ``a^2+b^2``, ``~5``, ``~/path`` and ``so~nice~`` stay.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from bot.core.markup.dialects.rules import is_latin_word

_RAISED = re.compile(r"\^(?P<text>(?:[^\s^~\\\[\]<>`*]|\\[ ,.()*-]){1,40})\^(?!\^)")
_LOWERED = re.compile(r"~(?P<text>[\w+\-\u2212=(),.]{1,20})~(?!~)")
_NUMBER = re.compile(r"[+\-\u2212]?\d+[+\-\u2212]?|[+\-\u2212]")
_WORD = re.compile(r"[^\W\d]{2,}")
_SYMBOL = re.compile(r"(?:^|[^\w])\w$")


def superscripts_plugin(md: MarkdownIt) -> None:
    """Teach a parser superscripts and subscripts."""
    md.inline.ruler.before("strikethrough", "scripts", _read)


def _read(state: StateInline, silent: bool) -> bool:
    start = state.pos
    sign = state.src[start]
    if sign not in "^~":
        return False
    found = (_RAISED if sign == "^" else _LOWERED).match(state.src, start, state.posMax)
    if found is None or not _is_script(state.src, found):
        return False
    if not silent:
        name = "sup" if sign == "^" else "sub"
        state.push(f"{name}_open", name, 1)
        state.push("text", "", 0).content = re.sub(r"\\(.)", r"\1", found["text"])
        state.push(f"{name}_close", name, -1)
    state.pos = found.end()
    return True


def _is_script(text: str, found: re.Match[str]) -> bool:
    """Return whether signs stand right behind something, and end where a word ends."""
    start, end = found.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (is_latin_word(before) or (before and before in ")]}*'’")):
        return False
    is_number = _NUMBER.fullmatch(found["text"]) is not None
    if is_latin_word(after) and not (is_number and after.isalpha()):
        return False
    if text[start] == "~" and _WORD.fullmatch(found["text"]):
        return _SYMBOL.search(text, max(0, start - 2), start) is not None
    return any(sign.isalnum() for sign in found["text"]) or is_number or not found["text"].isascii()
