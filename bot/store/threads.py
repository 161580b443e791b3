"""Where essays are discussed: threads, their channels, and their languages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Place:
    """Where an essay is discussed in a guild.

    Attributes:
        thread_id: None while the thread is being started.
        responses: How many are kept of the essay in the guild, in all of its threads.
    """

    publication_id: int
    channel_id: int
    essay_id: int
    post_id: int
    thread_id: int | None
    responses: int


IN_GUILD = """
with asked as (select value as essay_id from json_each(:essays)),
kept as (
  select essay_id, count(*) as responses
  from publications join responses on responses.publication_id = publications.id
  where essay_id in asked and responses.guild_id = :guild
    and hidden_at is null and responses.text <> ''
  group by essay_id
)
select publications.id, channel_id, publications.essay_id, post_id, thread_id,
  coalesce(kept.responses, 0)
from publications join channels on channels.id = channel_id
left join kept on kept.essay_id = publications.essay_id
where channels.guild_id = :guild and over_at is null and publications.essay_id in asked
order by closed_at is not null, publications.id desc
"""


def in_guild(db: Database, guild_id: int, essays: Sequence[int]) -> dict[int, Place]:
    """Return where essays are discussed in a guild, by essay; the channel in use comes first."""
    found: dict[int, Place] = {}
    for row in db.execute(IN_GUILD, {"guild": guild_id, "essays": json.dumps(essays)}):
        place = Place(*row)
        found.setdefault(place.essay_id, place)
    return found


@dataclass(frozen=True, slots=True)
class Started:
    """A thread that an essay has in a guild.

    Attributes:
        name: Of the essay's post, such as ``en:maps``.
    """

    thread_id: int
    post_id: int
    name: str
    title: str


def started(db: Database, guild_id: int) -> list[Started]:
    """Return the threads that essays have in a guild, the newest first."""
    rows = db.execute(
        "select threads.id, post_id, lang || ':' || slug, posts.title from threads "
        "join publications on publications.id = threads.publication_id "
        "join posts on posts.id = post_id "
        "where threads.guild_id = ? and deleted_at is null and over_at is null "
        "order by threads.id desc",
        [guild_id],
    )
    return [Started(*row) for row in rows]


class Home(NamedTuple):
    """Where a thread of ours stands."""

    publication: int
    guild: int
    channel: int


def threads(db: Database) -> dict[int, Home]:
    """Return the homes of all threads whose messages are collected, by thread."""
    return _homes(db, are_lost=False)


def lost_threads(db: Database) -> dict[int, Home]:
    """Return the homes of the threads of which it was only concluded that they are gone."""
    return _homes(db, are_lost=True)


def imported_threads(db: Database) -> set[int]:
    """Return the threads from before the bot, which are kept and not read."""
    rows = db.execute(
        "select id from threads where deleted_at is not null and deleted_because is null"
    )
    return {row[0] for row in rows}


def _homes(db: Database, *, are_lost: bool) -> dict[int, Home]:
    rows = db.execute(
        "select threads.id, publications.id, threads.guild_id, channel_id from threads "
        "join publications on publications.id = threads.publication_id "
        "where iif(?, deleted_because = 'concluded', deleted_at is null)",
        [are_lost],
    )
    return {row[0]: Home(*row[1:]) for row in rows}


def languages(db: Database) -> dict[int, str]:
    """Return the languages of our threads and of the channels that are or were in use, by id."""
    rows = db.execute(
        "select id, lang from channels union all select thread_id, lang from publications "
        "join posts on posts.id = post_id where thread_id is not null"
    )
    return dict(rows.fetchall())
