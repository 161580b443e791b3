"""Text with its marks, and how it is written in Discord's markup."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal
from urllib.parse import unquote

from bot.core.markup.escaping import BREAK, URL, escape_words, unlink

MarkKind = Literal["strong", "emphasis", "strike", "underline", "link", "raised"]
RunKind = Literal["text", "code", "image"]

_DELIMITERS: dict[MarkKind, str] = {
    "strong": "**",
    "emphasis": "*",
    "strike": "~~",
    "underline": "__",
}
_LINK = re.compile(
    r"\[(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*\]\(<[^\s<>]+>\)|\[[^\]]*\]\([^\s<>]+\)"
)
"""What Discord reads as a link, after simple-markdown's rule: brackets in its text must pair."""

EMOJI = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3\u200d]+|[^\\W\\d_]\ufe0f"
)
"""What makes Discord show a link as it was typed, if it stands in its text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch of text carries.

    Attributes:
        kind: ``raised`` is for digits alone, which have signs of their own when raised.
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


def write(runs: Iterable[Run]) -> str:
    """Return the runs as Discord's markup, as if they began a line."""
    return _write([_without_clashes(run) for run in runs], 0, starts_line=True)


def plain_text(runs: Iterable[Run]) -> str:
    """Return what a reader sees of the runs, without markup."""
    return "".join(run.text for run in runs)


def _write(runs: Sequence[Run], depth: int, *, starts_line: bool) -> str:
    written = ""
    for mark, group in groupby(runs, key=_mark_at(depth)):
        starts = starts_line if not written.strip(" ") else written.endswith("\n")
        inside = list(group)
        if mark is None:
            part = _write_leaves(inside, starts_line=starts)
        elif _is_autolink(mark, inside):
            part = mark.address if mark.preview else f"<{mark.address}>"
        else:
            part = _wrap(mark, _write(inside, depth + 1, starts_line=starts))
        if _would_merge(written, part):
            written += BREAK
        written += part
    return written


def _is_autolink(mark: Mark, runs: Sequence[Run]) -> bool:
    return bool(mark.address) and unquote(plain_text(runs)) == unquote(mark.address)


def _mark_at(depth: int) -> Callable[[Run], Mark | None]:
    def mark_of(run: Run) -> Mark | None:
        return run.marks[depth] if len(run.marks) > depth else None

    return mark_of


def _would_merge(before: str, after: str) -> bool:
    """Whether two neighbours would be read as one delimiter, such as ``*a*`` and ``**b**``."""
    if not before or not after:
        return False
    return (before[-1] in "*_~" and after[0] in "*_~") or before[-1] == after[0] == "`"


def _write_leaves(runs: Sequence[Run], *, starts_line: bool) -> str:
    written = ""
    for kind, group in groupby(runs, key=lambda run: run.kind):
        starts = starts_line if not written.strip(" ") else written.endswith("\n")
        if kind == "text":
            text = "".join(run.text for run in group)
            is_linked = any(mark.kind == "link" for mark in runs[0].marks)
            part = _write_text(text, starts_line=starts, is_linked=is_linked)
        else:
            part = BREAK.join(_write_code(run.text) for run in group)
        written += BREAK + part if _would_merge(written, part) else part
    return written


def _write_text(text: str, *, starts_line: bool, is_linked: bool) -> str:
    if is_linked:
        return unlink(escape_words(text, starts_line=starts_line))
    written = ""
    position = 0
    for found in URL.finditer(text):
        address = _whole(found)
        starts = starts_line if not position else False
        written += escape_words(text[position : found.start()], starts_line=starts)
        written += f"<{address}>"
        position = found.start() + len(address)
    starts = starts_line if not position else False
    return written + escape_words(text[position:], starts_line=starts)


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
    if _LINK.fullmatch(written) and not EMOJI.search(text):
        return written
    return f"{text} ({target})"


def _without_clashes(run: Run) -> Run:
    """Take marks off code that holds their delimiter: Discord would end them there."""
    if run.kind != "code":
        return run
    marks = tuple(
        mark for mark in run.marks if mark.kind == "link" or _DELIMITERS[mark.kind] not in run.text
    )
    return replace(run, marks=marks)
