"""What the author's report is made of: threads, what was asked in them, and what readers said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlite_utils import Database

from bot.core.response import Source
from bot.core.snowflakes import time_of
from bot.store.desk.dreams import Dreams, dreams
from bot.store.responses.standing import OPEN
from bot.store.times import from_text

PLACE = "https://discord.com/channels/"
STEP = 2_000
"""Responses read between two calls that tell how far it is."""


class Thread(NamedTuple):
    """An essay's thread.

    Attributes:
        essay: What translations of one essay share.
        address: The essay's, on the blog; None if that is not known.
        date: Of the essay; None if it has none.
        began: Aware.
        is_over: Whether it was withdrawn, or deleted in Discord.
    """

    publication: int
    essay: int
    slug: str
    lang: str
    title: str
    address: str | None
    date: datetime | None
    url: str
    began: datetime
    is_over: bool


class Asked(NamedTuple):
    """A prompt of a thread.

    Attributes:
        is_ours: It is our own invitation, for an essay that asks nothing.
        is_living: Whether the essay still has it and its message still stands.
        is_generic: Whether it only asks for an opinion; None if that is not known.
        opened: How often its form was opened, since that is counted.
        opened_since: When it was opened for the first time then, aware; None if it never was.
    """

    id: int
    publication: int
    position: int
    text: str
    is_ours: bool
    is_living: bool
    is_generic: bool | None
    opened: int
    opened_since: datetime | None
    url: str


class Said(NamedTuple):
    """A response that is not hidden.

    Attributes:
        prompt: The id of what it answers; None if that is not known for sure.
        at: Aware.
        url: Where it stands; None for an answer that is not shown.
    """

    id: int
    publication: int
    prompt: int | None
    reader: int
    name: str
    text: str
    at: datetime
    source: Source
    url: str | None
    may_quote: bool
    named: bool
    is_highlighted: bool


@dataclass(frozen=True, slots=True)
class Material:
    """All that a report is made of.

    Attributes:
        said: Oldest first.
    """

    threads: tuple[Thread, ...]
    asked: tuple[Asked, ...]
    said: tuple[Said, ...]
    dreams: Dreams = field(default_factory=Dreams)


THREADS = f"""
select publications.id, publications.essay_id, posts.slug, posts.lang, posts.title, posts.url,
  posts.date, '{PLACE}' || threads.guild_id || '/' || threads.id, threads.id,
  publications.started_at, publications.over_at is not null or threads.deleted_at is not null
from publications
join posts on posts.id = publications.post_id
join threads on threads.id = publications.thread_id
where :post is null
  or :post = posts.lang || ':' || posts.slug
  or publications.essay_id in (select essay_id from posts where slug = :post)
order by posts.date desc, posts.slug, posts.lang, publications.id
"""  # noqa: S608  # no value in it

ASKED = f"""
select prompts.id, prompts.publication_id, prompts.position, prompts.text, prompts.is_ours,
  prompts.retired_at is null and prompts.withdrawn_at is null,
  (select min(generic) from prompt_questions join questions on questions.id = question_id
    where prompt_id = prompts.id),
  coalesce(forms_opened.count, 0), forms_opened.since,
  '{PLACE}' || threads.guild_id || '/' || threads.id || coalesce('/' || messages.message_id, '')
from prompts
join publications on publications.id = prompts.publication_id
join threads on threads.id = publications.thread_id
left join messages on messages.publication_id = prompts.publication_id
  and messages.kind = 'prompt' and messages.prompt_id = prompts.id
  and messages.deleted_at is null
left join forms_opened on forms_opened.prompt_id = prompts.id
where prompts.publication_id in (select value from json_each(:publications))
order by prompts.publication_id, prompts.position, prompts.id
"""  # noqa: S608  # the same

SAID = f"""
select responses.id, responses.publication_id, responses.prompt_id, responses.reader_id,
  coalesce(nullif(nicknames.name, ''), readers.name), responses.text, responses.created_at,
  responses.source,
  '{PLACE}' || responses.guild_id || '/' || responses.thread_id || '/'
    || iif(responses.source = 'answer', messages.message_id, responses.source_id),
  coalesce(consents.granted, 0) and {OPEN}, coalesce(consents.named, 0),
  highlights.response_id is not null
from responses
join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
left join messages on messages.response_id = responses.id and messages.deleted_at is null
left join highlights on highlights.response_id = responses.id
left join consents on consents.id = (select max(id) from consents as last
  where last.response_id = responses.id)
where responses.hidden_at is null and responses.text <> ''
  and responses.publication_id in (select value from json_each(:publications))
order by responses.created_at, responses.id
"""  # noqa: S608  # the same


def material(
    db: Database, post: str | None = None, tell: Callable[[int, int], None] = lambda *_: None
) -> Material:
    """Return what the report is made of.

    Args:
        post: An essay's slug, for all its translations, or ``lang:slug`` for one; None for all.
        tell: Called with how many responses have been read, and how many there are.
    """
    threads = tuple(_thread(row) for row in db.execute(THREADS, {"post": post}))
    wanted = {"publications": orjson.dumps([one.publication for one in threads]).decode()}
    asked = tuple(_asked(row) for row in db.execute(ASKED, wanted))
    (total,) = db.execute("select count(*) from responses").fetchone()
    said = []
    for number, row in enumerate(db.execute(SAID, wanted)):
        if number % STEP == 0:
            tell(number, total)
        said.append(_said(row))
    found = dreams(db, [one.publication for one in threads], {one.id for one in said})
    return Material(threads, asked, tuple(said), found)


def _thread(row: tuple[Any, ...]) -> Thread:
    publication, essay, slug, lang, title, address, date, url, thread, began, is_over = row
    return Thread(
        publication, essay, slug, lang, title, address, from_text(date) if date else None, url,
        from_text(began) if began else time_of(thread), bool(is_over),
    )  # fmt: skip


def _asked(row: tuple[Any, ...]) -> Asked:
    number, publication, position, text, is_ours, is_living, is_generic, opened, since, url = row
    kind = None if is_generic is None else bool(is_generic)
    return Asked(
        number, publication, position, text, bool(is_ours), bool(is_living), kind, opened,
        from_text(since) if since else None, url,
    )  # fmt: skip


def _said(row: tuple[Any, ...]) -> Said:
    number, publication, prompt, reader, name, text, at, source, url, *flags = row
    may_quote, named, is_highlighted = map(bool, flags)
    return Said(
        number, publication, prompt, reader, name, text, from_text(at), source, url,
        may_quote, may_quote and named, is_highlighted,
    )  # fmt: skip
