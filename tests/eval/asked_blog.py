"""Labelled questions about a blog, and the blog's index, for what is printed about answers."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.cli.terminal.content_argument import read_content
from bot.core.post import Post
from bot.core.reading.passages import Passage
from bot.desk.passages.opening import OpenIndex, open_index

HERE = Path(__file__).parent
OURS = (
    (HERE / "ask_blog", HERE / "ask_blog.jsonl"),
    (HERE.parents[1] / "content", HERE / "ask_content.jsonl"),
)
"""Blogs that are there for this, each with its questions."""

NOW = datetime.now(UTC)
COVERED, ALIKE = 0.8, 0.5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Labelled:
    """A question, and which passages answer it.

    Attributes:
        post: The path of the essay that is asked; None for the whole blog.
        starts: For each passage that answers, its file and its first words; none if none does.
    """

    text: str
    lang: str
    kind: str
    post: str | None
    starts: tuple[tuple[str, str], ...]
    held_out: bool

    @property
    def answerable(self) -> bool:
        return bool(self.starts)


@dataclass(frozen=True)
class AskedBlog:
    """A blog with its index and the questions about it."""

    index: OpenIndex
    questions: tuple[Labelled, ...]

    @cached_property
    def essays(self) -> dict[str, Post]:
        """The essays that can be quoted, by path."""
        catalog = self.index.catalog
        return {
            post.path: post
            for post in catalog.posts
            if post.kind == "essay" and post.id and catalog.is_public(post, NOW)
        }

    @cached_property
    def langs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(post.lang for post in self.essays.values()))

    @cached_property
    def passages(self) -> dict[int, list[Passage]]:
        """The passages of each essay, by its id."""
        return {post.id or 0: self.index.passages(post) for post in self.essays.values()}

    def among(self, question: Labelled) -> set[int]:
        """Return the ids of the essays that a question is put to."""
        paths = [question.post] if question.post else list(self.essays)
        return {self.essays[path].id or 0 for path in paths}

    def gold(self, question: Labelled) -> list[str]:
        """Return the texts that answer a question."""
        return [
            passage.text
            for path, starts in question.starts
            for passage in self.passages[self.essays[path].id or 0]
            if starts in " ".join(words(passage.text))
        ]


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def is_right(text: str, gold: Iterable[str]) -> bool:
    """Return whether a text covers what answers, or is much the same."""
    return any(_is_same(words(text), words(one)) for one in gold)


def _is_same(found: Sequence[str], gold: Sequence[str]) -> bool:
    shared = (Counter(found) & Counter(gold)).total()
    if shared >= COVERED * len(gold):
        return True
    one, other = " ".join(found), " ".join(gold)
    return (one in other or other in one) and 2 * shared >= ALIKE * (len(found) + len(gold))


def opened(folder: Path, questions: Path) -> AskedBlog:
    """Return a blog with its questions."""
    content = read_content(folder)
    index = open_index(content.contents.posts, content.contents.site, content.root, NOW)
    return AskedBlog(index, tuple(_labelled(questions)))


def _labelled(file: Path) -> Iterator[Labelled]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        one: dict[str, Any] = json.loads(line)
        starts = tuple((gold["path"], _bare(gold["starts"])) for gold in one["gold"])
        held_out = one.get("held_out", number % 2 == 1)
        yield Labelled(one["question"], one["lang"], one["kind"], one["post"], starts, held_out)


def _bare(starts: str) -> str:
    """Return the first words of a passage, without the number of a list's first item."""
    found = words(starts)
    return " ".join(found[1:] if len(found) > 1 and found[0].isdigit() else found)
