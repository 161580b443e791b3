"""Makes characters visible that control a terminal or change the direction of text."""

import re

_ORDERS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0, DEL and C1: a terminal obeys them
    r"\u2028\u2029"  # line ends of Unicode's own
    r"\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
)
_MARKS = r"\u061c\u200e\u200f"
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u05ff\u0600-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
    r"|[\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_ORDER = re.compile(f"[{_ORDERS}]")
_ORDER_OR_MARK = re.compile(f"[{_ORDERS}{_MARKS}]")
_LINE_END = re.compile(r"\r?\n")
_ANY_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]")
"""Halves of a character, marks of a file's or an annotation's, and what no XML may hold."""

_PICTURES = 0x2400
"""Where Unicode's pictures of control characters begin: ␀ for NUL, ␛ for ESC."""

_SPACE, _DELETE, _PICTURE_OF_DELETE = 0x20, 0x7F, "\u2421"


def visible(text: str) -> str:
    """Return text whose control characters are seen instead of obeyed; idempotent.

    ESC becomes ``␛``; what has no picture is named as in ``<U+202E>``. Line breaks and tabs stay.
    Marks of direction stay where a right-to-left script is written, which needs them; elsewhere
    they only hide something.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    dirty = _ORDER if _RIGHT_TO_LEFT.search(text) else _ORDER_OR_MARK
    return dirty.sub(lambda found: _shown(found[0]), text)


def visible_line(text: str) -> str:
    """Return text as `visible` does, on one line: a line break is seen as ``␊``."""
    return visible(_LINE_END.sub("\u240a", text))


def without_controls(text: str) -> str:
    """Return text without what controls a page that it is shown on; idempotent.

    Line breaks of every kind become one kind. Tabs stay, and marks of direction as in `visible`.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _NO_TEXT.sub("", _ANY_LINE_END.sub("\n", text))
    dirty = _ORDER if _RIGHT_TO_LEFT.search(text) else _ORDER_OR_MARK
    return dirty.sub("", text)


def escape_in_json(line: str) -> str:
    """Return JSON that says exactly the same, and in which no terminal finds anything to obey."""
    return _ORDER_OR_MARK.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _shown(char: str) -> str:
    code = ord(char)
    if code < _SPACE:
        return chr(_PICTURES + code)
    return _PICTURE_OF_DELETE if code == _DELETE else f"<U+{code:04X}>"
