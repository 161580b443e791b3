"""Essays whose closing questions are not certain, for their author to settle."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.blog.files.reading import Contents, read_file
from bot.core.closing.questions import Candidate, doubtful
from bot.core.reading.frontmatter.splitting import Form

_SETTLED_BY: dict[Form, str] = {
    "YAML": "questions: {}",
    "TOML": "questions = {}",
    "JSON": '"questions": {},',
    "": "---\nquestions: {}\n---",
}
"""What to write, by what front matter is written in."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An essay whose closing questions are not certain.

    Attributes:
        said: What may be its questions, in order; at least one is unsure.
        form: What its front matter is written in.
    """

    path: str
    said: tuple[Candidate, ...]
    form: Form

    @property
    def asked(self) -> list[str]:
        """What is asked in public as long as its author says nothing."""
        return [one.text for one in self.said if one.is_asked]

    @property
    def settled_by(self) -> str:
        """The line of its front matter with all that it may ask; all of it if it has none."""
        texts = [one.text for one in self.said]
        if self.form == "lines":  # which know no lists
            return f"Questions: {' '.join(texts)}"
        return _SETTLED_BY[self.form].format(json.dumps(texts, ensure_ascii=False))


def doubts(
    root: Path, contents: Contents, progress: Callable[[int, int], None] | None = None
) -> list[Doubt]:
    """Return the essays below `root` whose questions are unsure and not in their front matter."""
    essays = [post for post in contents.posts if post.kind == "essay"]
    found: list[Doubt] = []
    for number, post in enumerate(essays, 1):
        reading = read_file(root, post.path, contents.site, questions=False)
        if reading.pending and (said := doubtful(reading.body)):
            found.append(Doubt(post.path, tuple(said), reading.form))
        if progress is not None:
            progress(number, len(essays))
    return found
