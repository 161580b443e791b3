"""What authors have seen of what readers wrote."""

from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.store.responses.queries import newest
from bot.store.times import to_text


class Visit(NamedTuple):
    """What an author had seen when they looked, and what there is to see now.

    Attributes:
        after_id: The response that was the newest when they looked last; 0 if they never did.
        until_id: The one that is the newest now.
        last: When they looked last, as the database keeps it; None if they never did.
    """

    after_id: int
    until_id: int
    last: str | None


def unseen(db: Database, guild_id: int, author_id: int) -> Visit:
    """Return what an author had seen in a guild, and what there is to see now."""
    row = db.execute(
        "select seen_id, visited_at from author_visits where guild_id = ? and author_id = ?",
        [guild_id, author_id],
    ).fetchone()
    return Visit(row[0] if row else 0, newest(db, guild_id), row[1] if row else None)


def record_visit(db: Database, guild_id: int, author_id: int, until_id: int, now: datetime) -> None:
    """Record that an author has seen what is new in a guild, up to a response."""
    db.execute(
        "insert into author_visits (guild_id, author_id, seen_id, visited_at) values (?, ?, ?, ?) "
        "on conflict (guild_id, author_id) do update set seen_id = max(seen_id, excluded.seen_id), "
        "visited_at = excluded.visited_at",
        [guild_id, author_id, until_id, to_text(now)],
    )
