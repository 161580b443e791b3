"""Which responses somebody asks for, by the names that people type."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.core.text.folding import fold
from bot.store.content.posts import has_post
from bot.store.responses import queries
from bot.store.responses.queries import Filter

NEAR_ENOUGH = 60
"""Of a hundred: how like a name has to be, so that it may have been meant."""

MOST_OFFERED, LONGEST_OFFERED = 3, 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for; what is None or False asks for nothing.

    Attributes:
        post: An essay's slug, or ``lang:slug``.
        question: A part of a question.
        reader: A name or an id, or a part of a name.
        since: Aware.
        words: All of them have to stand in a response.
    """

    post: str | None = None
    question: str | None = None
    reader: str | None = None
    since: datetime | None = None
    highlighted: bool = False
    words: str | None = None


def as_filter(db: Database, asked: Asked) -> Filter:
    """Return what is asked for by ids; a name that nobody has finds nothing."""
    question, reader = asked.question, asked.reader
    return Filter(
        post=asked.post,
        prompts=None if question is None else queries.prompts_called(db, question, asked.post),
        readers=None if reader is None else queries.readers_called(db, reader),
        since=asked.since,
        highlighted=asked.highlighted,
        words=asked.words,
    )


def require_known(db: Database, asked: Asked, found: Filter) -> None:
    """Make sure that an essay, a question and a reader are known, if anybody responded at all.

    Raises:
        AfterwordError: No essay, question or reader is called so; it offers near misses.
    """
    post = asked.post
    if post is not None and not has_post(db, post):
        known = {row["slug"] for row in db.table("posts").rows_where(select="slug")}
        raise AfterwordError(_unknown_post(post, known))
    if not queries.newest(db):
        return
    if found.prompts == ():
        near = _near(asked.question or "", queries.question_texts(db, post))
        there = "No question" if post is None else f"No question of {post}"
        raise AfterwordError(
            f"{there} holds “{_short(asked.question or '')}”. {near or 'Ask for a part of one.'}"
        )
    if found.readers == ():
        near = _near(asked.reader or "", queries.reader_names(db))
        raise AfterwordError(
            f"No reader is called “{_short(asked.reader or '')}”. {near or 'An id would do, too.'}"
        )


def _unknown_post(name: str, known: Collection[str]) -> str:
    slug = name.rpartition(":")[2].lower()
    near = get_close_matches(slug, known, n=3) or [one for one in known if slug and slug in one]
    advice = "`afterword posts` lists what the essays are called."
    if near:
        advice = f"Did you mean {' or '.join(sorted(near)[:3])}?"
    return f"No essay that the bot has read is called {name}. {advice}"


def _near(wanted: str, known: Sequence[str]) -> str:
    """Return a question that offers the likeliest names; "" if none is like what was wanted."""
    found = process.extract(
        fold(wanted), known, scorer=fuzz.WRatio, processor=fold, limit=MOST_OFFERED
    )
    near = [f"“{_short(name)}”" for name, score, _ in found if score >= NEAR_ENOUGH]
    return f"Did you mean {' or '.join(near)}?" if near else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_OFFERED else f"{line[: LONGEST_OFFERED - 1]}…"
