"""Where so much cannot be seen at once that it is looked at a second time before it is believed."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.ledger.notices import resolve_notice
from bot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Absence:
    """A thread of which messages, or a channel of which threads, cannot be seen.

    Attributes:
        place_id: The thread's or the channel's id.
        count: How many.
    """

    place_id: int
    count: int
    look_again_at: datetime


def get_absence(db: Database, place_id: int) -> Absence | None:
    """Return what is known to be out of sight in a place."""
    rows = db.execute(
        "select place_id, count, look_again_at from absences where place_id = ?",
        [place_id],
    ).fetchall()
    return next((Absence(row[0], row[1], from_text(row[2])) for row in rows), None)


def record_absence(
    db: Database, place_id: int, guild_id: int, count: int, now: datetime, look_again: datetime
) -> None:
    """Remember that something is out of sight, since the first time that it was, and look again."""
    db.execute(
        "insert into absences (place_id, guild_id, count, first_seen_at, look_again_at) "
        "values (?, ?, ?, ?, ?) on conflict (place_id) do update "
        "set count = excluded.count, look_again_at = excluded.look_again_at",
        [place_id, guild_id, count, to_text(now), to_text(look_again)],
    )


def forget_absence(db: Database, place_id: int) -> None:
    """Remember that all that should be in a place was seen, or is known to be gone."""
    db.execute("delete from absences where place_id = ?", [place_id])
    resolve_notice(db, notice_key(place_id))


def notice_key(place_id: int) -> str:
    """Return the key of what moderators are told about a place."""
    return f"out of sight: {place_id}"
