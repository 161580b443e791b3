"""Which threads are read again, for edits and deletions whose events were missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.core.snowflakes import first_id_at
from bot.store.responses.absences import forget_absence
from bot.store.times import to_text

LATER = timedelta(days=1)
"""A second check that is further away was planned by a clock that was wrong."""

WEEK = timedelta(days=7)
"""A thread without young responses is read again this often."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A thread to read again.

    Attributes:
        deletions: How many deletions Discord had counted when it was last read.
        is_recounted: Whether it showed fewer messages the last time than Discord counted.
    """

    thread_id: int
    deletions: int
    is_recounted: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """The ids of the messages that a thread should show.

    Attributes:
        standing: The messages of readers, and our own.
        concluded: Our own messages that are only presumed deleted.
    """

    standing: frozenset[int]
    concluded: frozenset[int]


def due_for_sweep(
    db: Database, guild_id: int, *, since: datetime, ready_at: datetime, now: datetime
) -> list[Sweep]:
    """Return the threads of a guild to read again.

    Args:
        since: Threads with a message after this are read once after each READY.
        ready_at: When the bot last began to receive events.
    """
    rows = db.query(
        "select id, seen_id, coalesce(total_sent - message_count, 0) as deletions, swept_at, "
        "place_id is not null as is_recounted, "
        "exists (select 1 from responses where thread_id = threads.id) as has_responses "
        "from threads left join absences on place_id = threads.id "
        "where threads.guild_id = ? and deleted_at is null "
        "and coalesce(look_again_at, '') not between ? and ?",
        [guild_id, to_text(now), to_text(now + LATER)],
    )
    young = first_id_at(since)
    is_ready, week, today = to_text(ready_at), to_text(now - WEEK), to_text(now)

    def is_due(row: dict[str, Any]) -> bool:
        at = row["swept_at"] or ""
        at = "" if at > today else at  # by a clock that was wrong
        return (row["seen_id"] >= young and at < is_ready) or (row["has_responses"] and at < week)

    return [
        Sweep(row["id"], row["deletions"], bool(row["is_recounted"])) for row in rows if is_due(row)
    ]


def expected_in_thread(db: Database, thread_id: int) -> Expected:
    """Return the messages that a thread should show, and those that it may show all the same."""
    rows = db.execute(
        "select source_id, null from responses where thread_id = :id and source <> 'answer' "
        "union select message_id, messages.deleted_because from messages "
        "join threads on threads.publication_id = messages.publication_id "
        "where threads.id = :id and kind <> 'starter' and message_id is not null "
        "and (messages.deleted_at is null or messages.deleted_because = 'concluded')",
        {"id": thread_id},
    ).fetchall()
    return Expected(
        frozenset(row[0] for row in rows if row[1] is None),
        frozenset(row[0] for row in rows if row[1] is not None),
    )


def swept(db: Database, thread_id: int, message_count: int, total_sent: int, now: datetime) -> None:
    """Record that a thread was read again, with Discord's counters as they were then."""
    forget_absence(db, thread_id)
    db.execute(
        "update threads set swept_at = ?, message_count = ?, total_sent = ? where id = ?",
        [to_text(now), message_count, total_sent, thread_id],
    )
