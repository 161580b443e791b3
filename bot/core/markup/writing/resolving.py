"""Prepares the text of a block: makes links absolute, and pictures links."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from bot.core.markup.dialects.obsidian import WIKILINK
from bot.core.markup.dialects.templates import UNKNOWN, fill_address
from bot.core.markup.runs import EMOJI, Mark, Run
from bot.core.markup.writing.blocks import Note
from bot.core.markup.writing.superscripts import lowered, raised

FindNote = Callable[[str], str | None]
"""Returns the address of what a wikilink names (``note``, ``note#part``, ``#part``), if any."""

PICTURE = "🖼️ "
LONGEST_ADDRESS = 500
"""Code points; a link is never cut, and has to fit into an excerpt."""

_PAIRED = re.compile(r"(?:[^()]|\([^()]*\))*")
"""Addresses whose parentheses Discord can tell from the link's own."""

_SPACES = re.compile(r"[ \t]+")
_SPACES_AT_BREAKS = re.compile(r" ?\n ?")
_UNREAD = re.compile(r"[\s<>*|\\]")
_UNREAD_UNPAIRED = re.compile(r"[\s<>*|\\()]")


class Resolver:
    """Resolves addresses against the post's own.

    Args:
        address: The post's URL; None leaves relative links out.
        find_note: Follows wikilinks; None leaves them out.
    """

    def __init__(self, address: str | None, find_note: FindNote | None = None) -> None:
        self.notes: list[Note] = []
        self._address = address
        self._find_note = find_note
        self._pictures = 0

    def resolve(self, runs: Iterable[Run], line: int | None) -> list[Run]:
        """Return the runs, tidied, with links that Discord can follow and no pictures."""
        runs = list(runs)
        is_picture = all(run.kind == "image" or not run.text.strip() for run in runs)
        resolved: list[Run] = []
        for run in runs:
            if run.kind == "image":
                resolved += self._show_picture(run, line, preview=is_picture)
            else:
                before = resolved[-1].text[-1:] if resolved else ""
                resolved += _without_emoji(self._resolve_text(run, line, before))
        return tidy(resolved)

    def _resolve_text(self, run: Run, line: int | None, before: str) -> Run:
        kinds = {mark.kind for mark in run.marks}
        text = raised(run.text) if "raised" in kinds else run.text
        text = lowered(text, before) if "lowered" in kinds else text
        marks = self._resolve_marks(run.marks, line)
        if any(mark.preview and mark.address == text for mark in run.marks):
            text = next((mark.address for mark in marks if mark.kind == "link"), text)
        if text == run.text and marks == run.marks:
            return run
        return replace(run, text=text, marks=marks)

    def _resolve_marks(self, marks: Sequence[Mark], line: int | None) -> tuple[Mark, ...]:
        resolved: list[Mark] = []
        for mark in marks:
            if mark.kind in {"raised", "lowered"} or any(
                mark.kind == outer.kind for outer in resolved
            ):
                continue
            address = mark.address and self._absolute(mark.address, "link", line)
            if mark.kind != "link" or address:
                resolved.append(replace(mark, address=address))
        return tuple(resolved)

    def _show_picture(self, run: Run, line: int | None, *, preview: bool) -> list[Run]:
        """Show a picture as a link that says what it shows.

        Discord previews it only where it stands for itself, not between words.
        """
        marks = self._resolve_marks(run.marks, line)
        text = run.text.strip() or "image"
        outside = tuple(mark for mark in marks if mark.kind != "link")
        if len(outside) == len(marks):
            self._pictures += 1
            address = self._absolute(run.address, "image", line)
            if address:
                marks = (*marks, Mark("link", address, -self._pictures, preview))
        return [Run(PICTURE, outside), Run(text, marks)]

    def _absolute(self, address: str, subject: str, line: int | None) -> str:
        """Return an address that Discord links, or "" with a note why there is none."""
        if address.startswith(WIKILINK):
            name = address.removeprefix(WIKILINK)
            address = (self._find_note(name) if self._find_note else None) or ""
            if not address:
                self._note(line, subject, f"no post with an address is called “{name}”")
        filled = fill_address(address.strip())
        if not filled:
            return ""
        if filled == UNKNOWN:
            self._note(line, subject, "only the site's generator knows where it leads")
            return ""
        try:
            absolute = urljoin(self._address, filled) if self._address else filled
            parts = urlsplit(absolute)
        except ValueError:
            self._note(line, subject, "its address is malformed")
            return ""
        if not parts.scheme:
            self._note(line, subject, "it is relative and the site's address is unknown")
        elif parts.scheme not in {"http", "https"} or not parts.netloc:
            self._note(line, subject, "Discord links only http and https")
        elif len(absolute) > LONGEST_ADDRESS:
            self._note(line, subject, f"its address is longer than {LONGEST_ADDRESS} signs")
        else:
            return (_UNREAD if _PAIRED.fullmatch(absolute) else _UNREAD_UNPAIRED).sub(
                _encoded, absolute
            )
        return ""

    def _note(self, line: int | None, subject: str, reason: str) -> None:
        shown = "A picture is shown as its description" if subject == "image" else "A link is text"
        note = Note(line, subject, f"{shown}, because {reason}.")
        if note not in self.notes[-1:]:
            self.notes.append(note)


def _without_emoji(run: Run) -> list[Run]:
    """Take the link off the emoji in its text, unless the text is nothing else."""
    unlinked = tuple(mark for mark in run.marks if mark.kind != "link")
    if run.kind != "text" or len(unlinked) == len(run.marks) or not EMOJI.search(run.text):
        return [run]
    words = EMOJI.split(run.text)
    if not any(word.strip() for word in words):
        return [run]
    emoji = [*EMOJI.findall(run.text), ""]
    parts = [
        part
        for word, sign in zip(words, emoji, strict=True)
        for part in (replace(run, text=word), replace(run, text=sign, marks=unlinked))
    ]
    return [part for part in parts if part.text]


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode())


def tidy(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours, fold spaces, and trim each line and both ends."""
    tidied: list[Run] = []
    before = "\n"
    for run in runs:
        text = run.text
        if run.kind == "text":
            text = _SPACES_AT_BREAKS.sub("\n", _SPACES.sub(" ", text))
            if before in " \n":
                text = text.lstrip(" ")
            if before == "\n":
                text = text.lstrip("\n")
            if text.startswith("\n") and tidied and tidied[-1].kind == "text":
                tidied[-1] = replace(tidied[-1], text=tidied[-1].text.rstrip(" "))
        if not text:
            continue
        before = text[-1]
        tidied.append(run if text == run.text else replace(run, text=text))
    while tidied and tidied[-1].kind == "text":
        last = tidied.pop()
        if last.text.rstrip():
            tidied.append(replace(last, text=last.text.rstrip()))
            break
    return tidied


def on_one_line(runs: Sequence[Run]) -> list[Run]:
    """Turn line breaks into spaces."""
    return [
        replace(run, text=run.text.replace("\n", " ")) if "\n" in run.text else run for run in runs
    ]
