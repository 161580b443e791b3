"""From when to when a thread could not be read, and what was in the way.

A gap is open until everything that was written in the meantime has been read. While a thread has
an open gap, its high-water mark does not move (`bot.discussion.collecting.tracked_threads`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from bot.store.times import from_text, to_text

REMOVED: Final = "removed"
OUTAGE: Final = "outage"
HIDDEN: Final = "hidden"
"""What may be in the way besides a permission: the bot is not in the server, Discord has an outage
there, or the channel cannot be seen.
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A thread that cannot be read.

    Attributes:
        post: The essay's name.
        lacking: What is in the way: the names of permissions, or one of the reasons above.
    """

    guild_id: int
    channel_id: int
    thread_id: int
    post: str
    since: datetime
    lacking: tuple[str, ...]


def open_gap(db: Database, thread_id: int, lacking: Sequence[str], began: datetime) -> None:
    """Record since when messages may be missed; a gap that is open already keeps its beginning."""
    db.execute(
        "insert into gaps (thread_id, began_at, lacking) "
        "select id, :began, :lacking from threads where id = :thread "
        "on conflict (thread_id) where ended_at is null do update set lacking = excluded.lacking",
        {"thread": thread_id, "began": to_text(began), "lacking": json.dumps(lacking)},
    )


def close_gap(db: Database, thread_id: int, now: datetime) -> None:
    """Record that everything was read that was written in a thread meanwhile.

    Edits and deletions of that time were missed too, so that the thread is swept again.
    """
    db.execute(
        "update gaps set ended_at = ? where thread_id = ? and ended_at is null",
        [to_text(now), thread_id],
    )
    db.execute("update threads set swept_at = null where id = ?", [thread_id])


def threads_with_gaps(db: Database) -> set[int]:
    """Return the threads that have an open gap."""
    rows = db.execute("select thread_id from gaps where ended_at is null")
    return {row[0] for row in rows}


def open_gaps(db: Database, guild_id: int | None = None) -> list[Gap]:
    """Return the threads that cannot be read, of one guild or of all, the oldest gap first."""
    rows = db.execute(
        "select threads.guild_id, publications.channel_id, threads.id, "
        "posts.lang || ':' || posts.slug, began_at, lacking from gaps "
        "join threads on threads.id = gaps.thread_id "
        "join publications on publications.id = threads.publication_id "
        "join posts on posts.id = publications.post_id "
        "where ended_at is null and threads.deleted_at is null "
        "and threads.guild_id = coalesce(?, threads.guild_id) order by began_at, threads.id",
        [guild_id],
    )
    return [
        Gap(guild, channel, thread, post, from_text(since), tuple(json.loads(lacking)))
        for guild, channel, thread, post, since, lacking in rows
    ]
