"""Essays whose closing questions are not certain, for their author to settle."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.blog.files.reading import Contents, read_file
from bot.core.closing.questions import Candidate, doubtful

_TOML = b"+++"


@dataclass(frozen=True, slots=True)
class Doubt:
    """An essay whose closing questions are not certain.

    Attributes:
        said: What may be its questions, in order; at least one is unsure.
        is_toml: Whether its front matter is TOML.
    """

    path: str
    said: tuple[Candidate, ...]
    is_toml: bool = False

    @property
    def asked(self) -> list[str]:
        """What is asked in public as long as its author says nothing."""
        return [one.text for one in self.said if one.is_asked]

    @property
    def settled_by(self) -> str:
        """The line of its front matter with all that it may ask."""
        texts = json.dumps([one.text for one in self.said], ensure_ascii=False)
        return f"questions = {texts}" if self.is_toml else f"questions: {texts}"


def doubts(
    root: Path, contents: Contents, progress: Callable[[int, int], None] | None = None
) -> list[Doubt]:
    """Return the essays below `root` whose questions are unsure and not in their front matter."""
    essays = [post for post in contents.posts if post.kind == "essay"]
    found: list[Doubt] = []
    for number, post in enumerate(essays, 1):
        reading = read_file(root, post.path, contents.site, questions=False)
        if reading.pending and (said := doubtful(reading.body)):
            with (root / post.path).open("rb") as file:
                is_toml = file.read(len(_TOML)) == _TOML
            found.append(Doubt(post.path, tuple(said), is_toml))
        if progress is not None:
            progress(number, len(essays))
    return found
