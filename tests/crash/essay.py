"""The essay of a schedule: its file, and what of it must be found in Discord at the end."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ASKS = (
    "What do you keep that is of no use to anyone?",
    "Which street of your childhood could you still draw from memory?",
    "Who taught you to read a map without asking for help?",
    "When did a wrong turn last show you something better than the goal?",
)
FILLER = "It goes on and on about maps and what they leave out. " * 16
"""Of two such paragraphs a message is full."""


@dataclass
class Essay:
    """An essay that its author keeps changing.

    Attributes:
        folder: Of the content; it need not be there yet.
        titles: All that it ever had; the last one holds.
        is_public: Whether it is neither a draft nor gone.
        is_swapped: Whether the folder is a link to a release, and each change is a new release.
    """

    folder: Path
    titles: list[str] = field(default_factory=lambda: ["What the map forgets"])
    paragraphs: list[str] = field(default_factory=lambda: ["P1v0.", "P2v0.", "P3v0."])
    questions: list[str] = field(default_factory=lambda: list(ASKS[:2]))
    tags: list[str] = field(default_factory=lambda: ["maps"])
    name: str = "maps"
    is_public: bool = True
    version: int = 0
    is_swapped: bool = False
    _releases: int = 0

    def revise(self, how: str) -> None:
        """Change something; `write` puts it into the file."""
        self.version += 1
        match how:
            case "retitle":
                self.titles.append(f"What the map forgets, part {self.version}")
            case "grow":
                start = len(self.paragraphs) + 1
                self.paragraphs += [f"P{number}v{self.version}." for number in (start, start + 1)]
            case "shrink":
                self.paragraphs = self.paragraphs[:1]
            case "reword":
                self.paragraphs[0] = f"P1v{self.version}."
                self.questions[:1] = [_reworded(each) for each in self.questions[:1]]
            case "drop":
                del self.questions[1:]
            case "ask":
                left = [each for each in ASKS if each not in self.questions]
                self.questions += left[:1] if len(self.questions) < len(ASKS) else []
            case "retag":
                self.tags = ["memory"] if "maps" in self.tags else ["maps"]
            case "rename":
                if not self.is_swapped:
                    self._file(self.folder).unlink(missing_ok=True)
                self.name = f"maps-{self.version}"

    def write(self) -> None:
        """Write the file in one step, as editors and Git do, or swap the whole folder."""
        if self.is_swapped:
            self._release()
        else:
            self.folder.mkdir(exist_ok=True)
            unfinished = self.folder / f"{self.name}.unfinished"
            unfinished.write_text(self._text(), encoding="utf-8")
            unfinished.rename(self._file(self.folder))

    def _release(self) -> None:
        """Make a new release, and let the link point at it, as deploy scripts and git-sync do.

        The release before stays, for whoever still reads it; an older one goes.
        """
        self._releases += 1
        release = self.folder.with_name(f"release-{self._releases}")
        release.mkdir()
        self._file(release).write_text(self._text(), encoding="utf-8")
        link = self.folder.with_name("next")
        link.symlink_to(release.name)
        link.rename(self.folder)
        old = self.folder.with_name(f"release-{self._releases - 2}")
        shutil.rmtree(old, ignore_errors=True)

    def _text(self) -> str:
        front = "\n".join(
            (
                f'title: "{self.titles[-1]}"',
                "date: 2026-03-01",
                "slug: maps",
                f"draft: {str(not self.is_public).lower()}",
                f"tags: [{', '.join(self.tags)}]",
                f"description: Version {self.version}",
            )
        )
        text = "\n\n".join(f"{token} {FILLER}" for token in self.paragraphs)
        asks = "\n\n".join(self.questions)
        return f"---\n{front}\n---\n\n{text}\n\n{asks}\n"

    def _file(self, folder: Path) -> Path:
        return folder / f"{self.name}.md"


def _reworded(question: str) -> str:
    return (
        question.replace(" really", "")
        if " really" in question
        else question.replace(" you ", " you really ", 1)
    )
