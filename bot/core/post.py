"""The words of the domain: posts, questions, prompts and faults."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

Kind = Literal["essay", "page"]
"""Only an essay gets a thread; archive, search, section and other pages are a ``page``."""


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that an essay ends on, put to the reader.

    Attributes:
        text: The whole sentence, lead-in included, markup removed, on one line.
        generic: Whether it only asks for an opinion ("What do you think?"), in any language.
    """

    text: str
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """One or more closing questions that are asked together: one message, one button.

    Attributes:
        is_ours: It is our own invitation, for an essay that asks nothing.
    """

    questions: tuple[Question, ...]
    is_ours: bool = False

    @property
    def text(self) -> str:
        """The questions as one line."""
        return " ".join(question.text for question in self.questions)


@dataclass(frozen=True, slots=True)
class Post:
    """One essay in one language, without its body.

    The body is read from its file when somebody asks for it: ten thousand posts then cost
    megabytes, not tens of them.

    Attributes:
        path: Relative to the content folder, with forward slashes.
        lang: A lower-case BCP 47 tag such as ``en`` or ``pt-br``.
        slug: Unique within a language.
        essay: What its translations share: the translation key, or the slug.
        titled: Whether its front matter names the title; else it is made from the text or the path.
        date: The date it bears, in the time zone that it was written in; None if it has none.
        publish: From when it is readable, where that is not `date`.
        expires: When it is withdrawn, aware.
        url: Its address on the blog; None if the site's address is unknown.
        route: What its address ends with where the site's is unknown.
        cover: Address of its picture.
        minutes: Reading time, at least 1.
        questions: What it ends on, in order.
        closing: Lines ``[start, end)`` of the body that hold nothing but the closing questions.
        digest: Changes whenever the file does.
        body_digest: Changes whenever the text below the front matter does; "" if that is too short
            to be told from another post's.
        sealed: Until when, or for how many days, answers to its questions wait to be shown
            together; 0 for not at all, None if its file does not say.
        id: The row that keeps its identity across renames; None before it is stored.
        essay_id: The row that it shares with its translations; None before it is stored.
    """

    path: str
    lang: str
    slug: str
    title: str
    essay: str
    kind: Kind = "essay"
    titled: bool = True
    date: datetime | None = None
    publish: datetime | None = None
    expires: datetime | None = None
    updated: datetime | None = None
    draft: bool = False
    tags: tuple[str, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()
    cover: str | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    minutes: int = 1
    questions: tuple[Question, ...] = ()
    closing: tuple[int, int] | None = None
    digest: str = ""
    body_digest: str = ""
    route: str = ""
    sealed: datetime | int | None = None
    id: int | None = field(default=None, compare=False)
    essay_id: int | None = field(default=None, compare=False)

    @property
    def due(self) -> datetime | None:
        """From when it is readable; None if it has no date."""
        return self.publish or self.date

    @property
    def name(self) -> str:
        """How people type it when a slug alone could mean two posts: ``lang:slug``."""
        return f"{self.lang}:{self.slug}"

    def called_like(self, other: "Post") -> "Post":
        """Return this post under another's slug and ids."""
        return replace(
            self, slug=other.slug, essay=other.essay, id=other.id, essay_id=other.essay_id
        )


def as_listed(post: Post) -> Post:
    """Return `post` without what it is neither found, ordered nor called by."""
    return replace(
        post,
        questions=(),
        closing=None,
        digest="",
        body_digest="",
        minutes=0,
        updated=None,
        description="",
        authors=(),
        cover=None,
        sealed=None,
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the content, with its place and what to do about it.

    Attributes:
        path: Relative to the content folder; "" when the folder itself is at fault.
        line: One-based, or None when no line is to blame.
        message: What is wrong, one sentence.
        advice: What to do, one sentence.
    """

    path: str
    line: int | None
    message: str
    advice: str

    @property
    def place(self) -> str:
        """The file, with the line if one is to blame."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.advice}"
