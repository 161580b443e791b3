"""Deleting by age: a server may say how long what readers write in it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.store.audit import OF_THE_BOT, record_act
from bot.store.file.scrubbing import owe_scrub
from bot.store.ledger.publications import unsettle
from bot.store.responses.collected import bury
from bot.store.times import to_text

BATCH = 200
"""Responses that are deleted in one transaction, so that no answer waits for it."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """What came of one transaction.

    Attributes:
        is_last: Whether nothing is left that is old enough.
        entry_id: The act that tells how many were deleted; None if none were.
    """

    is_last: bool
    entry_id: int | None


def periods(db: Database) -> dict[int, int]:
    """Return after how many days responses are deleted, by guild, where any are at all."""
    rows = db.execute("select id, retention_days from guilds where retention_days is not null")
    return {row[0]: row[1] for row in rows}


def delete_old(
    db: Database, guild_id: int, days: int, now: datetime, entry_id: int | None = None
) -> Deleted:
    """Delete some of what was written in a guild so many days ago, or more.

    Nothing brings it back, and the publisher takes shown answers out of their threads.

    Args:
        entry_id: The act that the same run has written down, which then counts these, too.
    """
    values = {"guild": guild_id, "before": to_text(now - timedelta(days=days)), "most": BATCH}
    begun = db.execute(
        "delete from drafts where saved_at < :before and prompt_id in (select prompts.id from "
        "prompts join publications on publications.id = publication_id "
        "join channels on channels.id = channel_id where guild_id = :guild)",
        values,
    )
    if begun.rowcount:
        owe_scrub(db, now)
    rows = db.execute(
        "select source_id, publication_id from responses "
        "where guild_id = :guild and created_at < :before order by created_at limit :most",
        values,
    ).fetchall()
    bury(db, [row[0] for row in rows], now, "retention")
    for publication_id in {row[1] for row in rows}:
        unsettle(db, publication_id)
    return Deleted(len(rows) < BATCH, _count(db, guild_id, len(rows), now, entry_id))


def _count(
    db: Database, guild_id: int, count: int, now: datetime, entry_id: int | None
) -> int | None:
    """Write down how many were deleted, in the entry of this run unless it was told already."""
    if not count:
        return entry_id
    counted = db.execute(
        "update audit set detail = cast(detail as integer) + ? "
        "where id = ? and message_id is null and attempted_after = 0",
        [count, entry_id],
    ).rowcount
    if counted:
        return entry_id
    return record_act(db, guild_id, OF_THE_BOT, "deleted old responses", now, detail=str(count))
