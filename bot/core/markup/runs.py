"""Text with its marks, and how it is written in Discord's markup."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal
from urllib.parse import unquote

from bot.core.markup.escaping import BREAK, URL, escape_label, escape_words, is_label

MarkKind = Literal["strong", "emphasis", "strike", "underline", "link", "raised", "lowered"]
RunKind = Literal["text", "code", "image"]

_DELIMITERS: dict[MarkKind, str] = {
    "strong": "**",
    "emphasis": "*",
    "strike": "~~",
    "underline": "__",
}
_BRACKET = re.compile(r"[\[\]]")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>]")

_MERGING = frozenset("*_~")
_SIGNS: dict[MarkKind, str] = {"strike": "~", "underline": "_"}
"""What a delimiter is made of that an address may hold; stars are always encoded."""

EMOJI = re.compile(
    "(?:[0-9#*]\ufe0f?\u20e3|[\u203c\u2049\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u24c2"
    "\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f\ufe0f\u20e3\u200d]|[^\\s\x00-\x7f]\ufe0f)+"
)
"""What makes Discord show a link as it was typed, if it stands in its text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch of text carries.

    Attributes:
        kind: ``raised`` and ``lowered`` are gone once addresses are resolved: Discord has no such
            marks, and digits have signs of their own for it.
        number: Tells two links side by side apart.
        preview: Whether Discord may show what the link leads to beneath the message.
    """

    kind: MarkKind
    address: str = ""
    number: int = 0
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    r"""A stretch of text with the same marks, outermost first; a newline in it is a hard break.

    Attributes:
        text: As it is read, without markup; for an image what it shows.
        address: Where an image is.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    kind: RunKind = "text"
    address: str = ""

    @property
    def link(self) -> Mark | None:
        """The outermost link that it stands in, if any."""
        return next((mark for mark in self.marks if mark.kind == "link"), None)


def write(runs: Iterable[Run]) -> str:
    """Return the runs as Discord's markup, as if they began a line."""
    clear = _without_false_labels([_without_clashes(run) for run in runs])
    return _write(clear, 0, starts_line=True)


def plain_text(runs: Iterable[Run]) -> str:
    """Return what a reader sees of the runs, without markup."""
    return "".join(run.text for run in runs)


class _Text:
    """Markup that grows part by part, in time that depends on the parts alone."""

    def __init__(self, *, starts_line: bool) -> None:
        self._starts_line = starts_line
        self._parts: list[str] = []
        self._last = ""

    @property
    def starts_line(self) -> bool:
        """Whether what comes next begins a line."""
        return self._starts_line or self._last == "\n"

    def add(self, part: str) -> None:
        """Add a part, kept apart from the one before where Discord would read them as one."""
        if not part:
            return
        if _would_merge(self._last, part):
            self._parts.append(BREAK)
        self._parts.append(part)
        self._last = part[-1]
        self._starts_line = self._starts_line and not part.strip(" ")

    def __str__(self) -> str:
        return "".join(self._parts)


def _write(runs: Sequence[Run], depth: int, *, starts_line: bool) -> str:
    if len(runs) == 1 and len(runs[0].marks) == depth:  # a shorter way, which most runs can go
        return _write_one(runs[0], starts_line=starts_line)
    written = _Text(starts_line=starts_line)
    for mark, group in groupby(runs, key=_mark_at(depth)):
        inside = list(group)
        if mark is None:
            _write_leaves(inside, written)
        elif _is_autolink(mark, inside):
            written.add(mark.address if mark.preview else f"<{mark.address}>")
        else:
            inner = _write(inside, depth + 1, starts_line=written.starts_line)
            written.add(_wrap(mark, inner))
    return str(written)


def _is_autolink(mark: Mark, runs: Sequence[Run]) -> bool:
    return bool(mark.address) and unquote(plain_text(runs)) == unquote(mark.address)


def _mark_at(depth: int) -> Callable[[Run], Mark | None]:
    def mark_of(run: Run) -> Mark | None:
        return run.marks[depth] if len(run.marks) > depth else None

    return mark_of


def _would_merge(last: str, after: str) -> bool:
    """Whether two neighbours would be read as one delimiter, such as ``*a*`` and ``**b**``."""
    return (last in _MERGING and after[0] in _MERGING) or last == after[0] == "`"


def _write_leaves(runs: Sequence[Run], written: _Text) -> None:
    is_linked = runs[0].link is not None
    for kind, group in groupby(runs, key=lambda run: run.kind):
        if kind == "text":
            text = "".join(run.text for run in group)
            written.add(_write_text(text, starts_line=written.starts_line, is_linked=is_linked))
        else:
            written.add(BREAK.join(_write_code(run.text) for run in group))


def _write_one(run: Run, *, starts_line: bool) -> str:
    if run.kind != "text":
        return _write_code(run.text)
    return _write_text(run.text, starts_line=starts_line, is_linked=run.link is not None)


def _write_text(text: str, *, starts_line: bool, is_linked: bool) -> str:
    if is_linked:
        return escape_label(text)
    if "://" not in text:
        return escape_words(text, starts_line=starts_line)
    written = ""
    position = 0
    for found in URL.finditer(text):
        address = _whole(found)
        starts = starts_line and not position
        written += escape_words(text[position : found.start()], starts_line=starts)
        written += f"<{address}>"
        position = found.start() + len(address)
    return written + escape_words(text[position:], starts_line=starts_line and not position)


def _whole(found: re.Match[str]) -> str:
    """Give an address such as Wikipedia's the closing parenthesis that it ends with."""
    address = found.group()
    is_open = address.count("(") > address.count(")")
    return address + ")" if is_open and found.string.startswith(")", found.end()) else address


def _write_code(text: str) -> str:
    """Write code between backticks; Discord knows one or two, three open a block."""
    if "`" not in text:
        return f"`{text}`"
    text = re.sub("`(?=`)", "`" + BREAK, text)
    left = " " if text.startswith("`") else ""
    right = " " if text.endswith("`") else ""
    return f"``{left}{text}{right}``"


def _wrap(mark: Mark, inner: str) -> str:
    core = inner.strip()
    if not core:
        return inner
    start = inner.index(core)
    before, after = inner[:start], inner[start + len(core) :]
    if mark.kind == "link":
        return before + _link(core, mark) + after
    delimiter = _DELIMITERS[mark.kind]
    return f"{before}{delimiter}{core}{delimiter}{after}"


def _link(text: str, mark: Mark) -> str:
    target = mark.address if mark.preview else f"<{mark.address}>"
    written = f"[{text}]({target})"
    if _is_read(text, mark) and not EMOJI.search(text):
        return written
    return f"{text} ({target})"


def _is_read(text: str, mark: Mark) -> bool:
    """Whether Discord reads a link, after simple-markdown's rule."""
    if _NOT_IN_ADDRESSES.search(mark.address):
        return False
    return "]" not in text if mark.preview else _is_paired(text)


def _is_paired(text: str) -> bool:
    """Whether Discord tells the brackets in a link's text from those around it.

    The one that opens a pair ends at the next that closes; one that closes none must not stand
    before one that opens.
    """
    is_open = is_stray = False
    for found in _BRACKET.finditer(text):
        opens = found.group() == "["
        if is_open:
            is_open = opens
        elif opens and is_stray:
            return False
        else:
            is_open, is_stray = opens, not opens
    return not is_open


def _without_false_labels(runs: Sequence[Run]) -> list[Run]:
    """Write words that no label can show before their address instead."""
    clear: list[Run] = []
    for mark, group in groupby(runs, key=lambda run: run.link):
        inside = list(group)
        if mark is None or _is_autolink(mark, inside) or _is_label(inside):
            clear += inside
            continue
        outside = [
            replace(run, marks=tuple(one for one in run.marks if one != mark)) for run in inside
        ]
        around = inside[-1].marks[: inside[-1].marks.index(mark)]
        clear += [*outside, Run(" (", around), Run(mark.address, (*around, mark)), Run(")", around)]
    return clear


def _is_label(runs: Sequence[Run]) -> bool:
    """Return whether Discord shows a link with these words, and nothing else in them."""
    text = plain_text(runs)
    words = "".join(run.text if run.kind == "text" else "-" for run in runs)
    return not text.strip() or (_is_paired(text) and is_label(words) and not EMOJI.search(text))


def _without_clashes(run: Run) -> Run:
    """Take out what holds the delimiter of a mark around it: Discord would end the mark there.

    Addresses are encoded; code loses the mark.
    """
    if run.kind != "code":
        return _with_clear_addresses(run) if run.marks else run
    marks = tuple(
        mark for mark in run.marks if mark.kind == "link" or _DELIMITERS[mark.kind] not in run.text
    )
    return replace(run, marks=marks)


def _with_clear_addresses(run: Run) -> Run:
    """Encode what would end an underline or a strike in the addresses that stand under one."""
    signs = [_SIGNS[mark.kind] for mark in run.marks if mark.kind in _SIGNS]
    if not signs:
        return run
    marks = tuple(
        replace(mark, address=_encoded(mark.address, signs)) if mark.kind == "link" else mark
        for mark in run.marks
    )
    if any(mark.kind == "link" for mark in marks):
        return replace(run, marks=marks)
    return replace(run, text=URL.sub(lambda found: _encoded(found.group(), signs), run.text))


def _encoded(address: str, signs: Iterable[str]) -> str:
    for sign in signs:
        if sign * 2 in address or address.endswith(sign):
            address = address.replace(sign, f"%{ord(sign):02X}")
    return address
