"""Searching what readers wrote, as far as it stands in a thread that who searches can see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import orjson
from sqlite_utils import Database

from bot.core.text.search_words import spellings
from bot.store.responses.readers import sound
from bot.store.responses.standing import MAY_LEAVE
from bot.store.times import from_text

LEAST_OF_A_WORD = 3
"""So many letters of a word find all words that begin so; fewer only themselves."""


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for, and where they may.

    Attributes:
        words: See `bot.core.text.search_words`; all of them have to be there.
        channels: Those that the reader can see, in `guild_id`.
    """

    guild_id: int
    channels: tuple[int, ...]
    words: tuple[str, ...]


class Hit(NamedTuple):
    """A response that was found.

    Attributes:
        excerpt: What stands around the words, as it was written.
        title: The essay's.
    """

    excerpt: str
    title: str
    url: str
    created_at: datetime


PLACES = """
join threads on threads.id = responses.thread_id
join publications on publications.id = responses.publication_id
left join messages on messages.response_id = responses.id
  and messages.message_id is not null and messages.deleted_at is null
"""

STANDS_THERE = f"""
responses.guild_id = :guild
  and publications.channel_id in (select value from json_each(:channels))
  and threads.deleted_at is null
  and {MAY_LEAVE}
  and (source <> 'answer' or (shown and messages.message_id is not null))
"""  # noqa: S608  # no value in it
"""What stands in a thread for everybody who sees its channel; with `PLACES`."""

PLACE = """
(select title from posts where posts.id = post_id),
  'https://discord.com/channels/' || responses.guild_id || '/' || responses.thread_id || '/'
    || iif(source = 'answer', messages.message_id, source_id), responses.created_at
"""
"""The columns of a `Hit` that say where it stands, and since when."""

SHOWN = f"""
from responses_fts
join responses on responses.id = responses_fts.rowid {PLACES}
where responses_fts match :query and {STANDS_THERE}
"""

IDS = f"select responses.id {SHOWN} order by responses.created_at desc, responses.id desc"

HITS = f"""
select snippet(responses_fts, 0, '', '', '…', 32), {PLACE} {SHOWN}
and responses.id in (select value from json_each(:ids))
order by responses.created_at desc, responses.id desc
"""  # noqa: S608  # no value in it


def search(db: Database, wanted: Search, start: int, size: int) -> tuple[list[Hit], int]:
    """Return some of what was found, the newest first, and how many there are in all.

    Args:
        start: How many of the newest are left out; below 0, as many fewer are returned.
    """
    values = {
        "query": as_query(wanted.words),
        "guild": wanted.guild_id,
        "channels": orjson.dumps(wanted.channels).decode(),
    }
    if not values["query"]:
        return [], 0
    ids = [row[0] for row in db.execute(IDS, values)]
    asked = orjson.dumps(ids[max(0, start) : max(0, start + size)]).decode()
    hits = db.execute(HITS, values | {"ids": asked})
    return [Hit(text, title, url, from_text(at)) for text, title, url, at in hits], len(ids)


def as_query(words: Sequence[str]) -> str:
    """Return a full-text query for all of these words in any spelling; "" for none.

    Each word stands in quotes, where nothing has a meaning of its own.
    """
    every = []
    for word in words:
        more = "*" if len(word) >= LEAST_OF_A_WORD else ""
        quoted = (f'"{sound(one).replace(chr(34), "")}"{more}' for one in spellings(word))
        every.append(f"({' OR '.join(quoted)})")
    return " AND ".join(every)
