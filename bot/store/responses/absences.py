"""Places where many messages or threads are missing, until a second check shows what is deleted.

A place is a thread whose messages are missing, or a channel whose threads are.
"""

from datetime import datetime

from sqlite_utils import Database

from bot.store.ledger.notices import resolve_notice
from bot.store.times import from_text, to_text


def second_check_at(db: Database, place_id: int) -> datetime | None:
    """Return when a place is checked a second time; None if nothing is missing there."""
    rows = db.execute("select look_again_at from absences where place_id = ?", [place_id])
    return next((from_text(row[0]) for row in rows.fetchall()), None)


def record_absence(
    db: Database, place_id: int, guild_id: int, count: int, now: datetime, look_again: datetime
) -> None:
    """Record how many ids are missing; the time at which that was first seen stays."""
    db.execute(
        "insert into absences (place_id, guild_id, count, first_seen_at, look_again_at) "
        "values (?, ?, ?, ?, ?) on conflict (place_id) do update "
        "set count = excluded.count, look_again_at = excluded.look_again_at",
        [place_id, guild_id, count, to_text(now), to_text(look_again)],
    )


def forget_absence(db: Database, place_id: int) -> None:
    """Record that every id of a place was seen, or is known to be deleted."""
    db.execute("delete from absences where place_id = ?", [place_id])
    resolve_notice(db, notice_key(place_id))


def notice_key(place_id: int) -> str:
    """Return the key of the notice to moderators about a place."""
    return f"out of sight: {place_id}"
