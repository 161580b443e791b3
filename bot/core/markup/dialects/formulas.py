r"""Reads formulas: ``\\(a\\)`` and ``\\[a\\]``, ``\(a\)`` and ``\[a\]``, and ``$$`` on lines.

Markdown makes ``(a)`` of ``\(a\)``: it is a formula only if it looks like one. ``\[1\]`` does not.
"""

import re
from bisect import bisect_left

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from bot.core.markup.dialects.rules import ENDS_TEXT, line_start

_INLINE = re.compile(
    r"\\\\\((?P<round>(?:(?!\\\\[()]).)+)\\\\\)"
    r"|\\\\\[(?P<square>(?:(?!\\\\\[(?!\d)|\\\\\]).)+)\\\\\]"
    r"|\\\((?P<one_round>(?:(?!\\[()]).)+)\\\)"
    r"|\\\[(?P<one_square>(?:(?!\\[\[\]]).)+)\\\]",
    re.DOTALL,
)
_LOOKS = re.compile(
    r"\\[a-z]{2,}|[\^=]|[<>+*/]|\w_\{?\w{1,3}(?!\w)|^\s*[^\W\d]'?\s*$", re.IGNORECASE
)
_LOOKS_SET_OFF = re.compile(r"\\[a-z]{2,}|[\^=]", re.IGNORECASE)
_PROSE = re.compile(r"(?<![\\\w{])[^\W\d_]{4,}(?![\w]*\})|https?:")
_CLOSERS = {"\\\\[": r"\\\\\]", "\\[": r"(?<!\\)\\\]", "$$": r"\$\$"}
_BLANK = r"\n[ \t>]*(?=\n)"


def formulas_plugin(md: MarkdownIt) -> None:
    """Teach a parser formulas that are not between single dollar signs."""
    md.block.ruler.before("fence", "formula", _read_block, ENDS_TEXT)
    md.inline.ruler.before("escape", "formula", _read_inline)


def is_formula(text: str, *, is_set_off: bool = False) -> bool:
    """Return whether a text looks like a formula; one that is set off must look so more."""
    looks = _LOOKS_SET_OFF if is_set_off else _LOOKS
    return looks.search(text) is not None and _PROSE.search(text) is None


def _read_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    found = _INLINE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    text = found[found.lastgroup or 0]
    is_sure = found.lastgroup in {"round", "square"}
    if not is_sure and not is_formula(text, is_set_off=found.lastgroup == "one_square"):
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = " ".join(text.split())
    state.pos = found.end()
    return True


def _read_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = line_start(state, start)
    opener = next((one for one in _CLOSERS if state.src.startswith(one, begin)), "")
    if not opener or state.is_code_block(start):
        return False
    begin += len(opener)
    closing = _next(state, _CLOSERS[opener] + _LABEL, begin)
    if closing < 0 or (opener != "$$" and 0 <= _next(state, _BLANK, begin) < closing):
        return False
    if state.src.find(opener, begin, closing) >= 0 or not state.src[begin:closing].strip():
        return False
    if opener == "\\[" and not is_formula(state.src[begin:closing], is_set_off=True):
        return False
    last = start
    while last < end and state.eMarks[last] < closing:
        last += 1
    if last >= end:
        return False
    if not silent:
        _push(state, start, last, opener)
    return True


_LABEL = r"[ \t.,;]*(?:\([^()\n]{1,40}\)|\{#?[^{}\n]{1,40}\})?[ \t]*$"
"""What may stand behind a formula: its number."""


def _push(state: StateBlock, start: int, last: int, opener: str) -> None:
    text = state.getLines(start, last + 1, state.sCount[start], keepLastLF=False).strip()
    text = text.removeprefix(opener)
    closing = list(re.finditer(_CLOSERS[opener] + _LABEL, text, re.MULTILINE))[-1]
    token = state.push("math_block", "math", 0)
    text = text[: closing.start()]
    token.content = text if "\n" in text else text.strip()
    token.map = [start, last + 1]
    state.line = last + 1


def _next(state: StateBlock, pattern: str, start: int) -> int:
    """Return where a pattern is found next, -1 if nowhere; a text is searched once for each."""
    known: dict[str, list[int]] = state.env.setdefault("formulas", {})
    if pattern not in known:
        known[pattern] = [one.start() for one in re.finditer(pattern, state.src, re.MULTILINE)]
    places = known[pattern]
    number = bisect_left(places, start)
    return places[number] if number < len(places) else -1
