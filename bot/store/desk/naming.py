"""What an author calls a question or a reader, found in one guild; and what may be offered."""

import re
from typing import NamedTuple

import orjson
from sqlite_utils import Database

from bot.core.text.folding import fold
from bot.store.responses.queries import prompts_called, readers_called

_CHOSEN = re.compile(r"\s*(?:#|<@!?)(\d{1,20})>?\s*", re.ASCII)
"""An offered choice, or a member who was mentioned."""

QUESTIONS = """
select max(prompts.id), prompts.text, posts.title
from prompts
join publications on publications.id = publication_id
join channels on channels.id = channel_id
join posts on posts.id = post_id
where channels.guild_id = :guild and not is_ours
  and (:essay is null or publications.essay_id = :essay)
  and (:ids is null or prompts.id in (select value from json_each(:ids)))
group by publications.essay_id, prompts.text
order by max(publications.id) desc, min(prompts.position)
"""

ALIKE = """
select same.id from prompts
join publications on publications.id = prompts.publication_id
join publications as other on other.essay_id = publications.essay_id
join prompts as same on same.publication_id = other.id and same.text = prompts.text
where prompts.id = ?
"""

READERS = """
select readers.id, coalesce(nullif(nicknames.name, ''), readers.name)
from responses
join publications on publications.id = publication_id
join readers on readers.id = responses.reader_id
left join nicknames on nicknames.guild_id = responses.guild_id
  and nicknames.reader_id = responses.reader_id
where responses.guild_id = :guild and hidden_at is null and text <> ''
  and (:essay is null or essay_id = :essay)
  and (:ids is null or readers.id in (select value from json_each(:ids)))
group by readers.id
order by max(responses.id) desc
"""


class Question(NamedTuple):
    """A question as it is asked about an essay in a guild.

    Attributes:
        prompt: The id of the newest prompt that asks it.
        title: The essay's.
    """

    prompt: int
    text: str
    title: str


class Reader(NamedTuple):
    """Somebody who responded in a guild, as they are called there."""

    id: int
    name: str


def questions_called(
    db: Database, guild_id: int, called: str, essay_id: int | None = None
) -> list[Question]:
    """Return the questions that may be meant, of all essays in a guild or of one.

    Args:
        called: Words of it, whatever their case and accents, or ``#id`` of a prompt.
    """
    if chosen := _CHOSEN.fullmatch(called):
        return _questions(db, guild_id, essay_id, (int(chosen[1]),))
    ids = prompts_called(db, called.strip(), essay_id=essay_id, guild_id=guild_id)
    return _questions(db, guild_id, essay_id, ids)


def questions_offered(
    db: Database, guild_id: int, typed: str, essay_id: int | None, limit: int
) -> list[Question]:
    """Return questions that contain what was typed so far, those of the newest essays first."""
    wanted = fold(typed.strip())
    known = _questions(db, guild_id, essay_id, None)
    return [one for one in known if wanted in fold(one.text)][:limit]


def prompts_alike(db: Database, prompt_id: int) -> tuple[int, ...]:
    """Return the prompts that ask the same about the same essay, in whatever thread."""
    return tuple(row[0] for row in db.execute(ALIKE, [prompt_id]))


def readers_meant(db: Database, guild_id: int, called: str) -> list[Reader]:
    """Return the readers who may be meant, of those who responded in a guild.

    Args:
        called: A name or a part of it, an id, ``#id``, or a mention.
    """
    if chosen := _CHOSEN.fullmatch(called):
        return _readers(db, guild_id, None, (int(chosen[1]),))
    return _readers(db, guild_id, None, readers_called(db, called.strip(), guild_id))


def readers_offered(
    db: Database, guild_id: int, typed: str, essay_id: int | None, limit: int
) -> list[Reader]:
    """Return readers whose names contain what was typed so far, who responded last first."""
    wanted = fold(typed.strip())
    known = _readers(db, guild_id, essay_id, None)
    return [one for one in known if wanted in fold(one.name)][:limit]


def _questions(
    db: Database, guild_id: int, essay_id: int | None, ids: tuple[int, ...] | None
) -> list[Question]:
    return [Question(*row) for row in db.execute(QUESTIONS, _values(guild_id, essay_id, ids))]


def _readers(
    db: Database, guild_id: int, essay_id: int | None, ids: tuple[int, ...] | None
) -> list[Reader]:
    return [Reader(*row) for row in db.execute(READERS, _values(guild_id, essay_id, ids))]


def _values(
    guild_id: int, essay_id: int | None, ids: tuple[int, ...] | None
) -> dict[str, int | str | None]:
    wanted = None if ids is None else orjson.dumps(ids).decode()
    return {"guild": guild_id, "essay": essay_id, "ids": wanted}
