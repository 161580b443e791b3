"""Which threads are read again, for edits and deletions that happened while nobody listened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.store.times import to_text

DISCORD_EPOCH = 1420070400000
"""Milliseconds; a snowflake's upper bits count from here (discord-facts.md, 1)."""

WEEK = timedelta(days=7)
"""A thread without young responses is read again this often (design: Catch up)."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A thread to read again.

    Attributes:
        deletions: How many deletions Discord had counted when it was last read.
    """

    thread_id: int
    deletions: int


def due_for_sweep(
    db: Database, guild_id: int, *, since: datetime, ready_at: datetime, now: datetime
) -> list[Sweep]:
    """Return the threads of a guild to read again.

    Args:
        since: Threads in which something was said after this are read once after each READY.
        ready_at: When the bot last began to hear events.
        now: Aware.
    """
    rows = db.query(
        "select id, seen_id, coalesce(total_sent - message_count, 0) as deletions, swept_at, "
        "exists (select 1 from responses where thread_id = threads.id) as has_responses "
        "from threads where guild_id = ? and deleted_at is null",
        [guild_id],
    )
    young = int(since.timestamp() * 1000) - DISCORD_EPOCH << 22
    is_ready, week = to_text(ready_at), to_text(now - WEEK)
    return [
        Sweep(row["id"], row["deletions"])
        for row in rows
        if (row["seen_id"] >= young and (row["swept_at"] or "") < is_ready)
        or (row["has_responses"] and (row["swept_at"] or "") < week)
    ]


def ids_in_thread(db: Database, thread_id: int) -> set[int]:
    """Return the messages that should stand in a thread: what readers wrote, and our own."""
    rows = db.execute(
        "select source_id from responses where thread_id = :id and source <> 'answer' "
        "union select message_id from messages "
        "join threads on threads.publication_id = messages.publication_id "
        "where threads.id = :id and kind <> 'starter' and message_id is not null "
        "and messages.deleted_at is null",
        {"id": thread_id},
    )
    return {row[0] for row in rows}


def swept(db: Database, thread_id: int, message_count: int, total_sent: int, now: datetime) -> None:
    """Record that a thread was read again, with Discord's counters as they were then."""
    db.execute(
        "update threads set swept_at = ?, message_count = ?, total_sent = ? where id = ?",
        [to_text(now), message_count, total_sent, thread_id],
    )
