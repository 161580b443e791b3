"""The messages that tell moderators how many answers wait: one at a time in a guild.

An intent is written before one is sent. One whose message is not known is looked for in Discord
before it is sent again (`bot.discussion.reviewing.notice`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.ids import new_id
from bot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for moderators that is kept up to date, or was until somebody deleted it.

    Attributes:
        attempted_after: An id that is older than its message, by Discord's clock.
        message_id: None until Discord confirmed it.
        told: The digest of what it says; "" if that is not known.
        newest: When the newest answer was given that it tells of.
    """

    id: int
    guild_id: int
    channel_id: int
    attempted_after: int
    message_id: int | None
    told: str
    newest: datetime


OPEN = """
select id, guild_id, channel_id, attempted_after, message_id, told, newest_at
from review_notices where guild_id = ? and concluded_at is null
"""


def open_notice(db: Database, guild_id: int) -> Notice | None:
    """Return the message that is kept up to date in a guild."""
    row = db.execute(OPEN, [guild_id]).fetchone()
    if row is None:
        return None
    notice_id, guild, channel_id, after, message_id, told, newest = row
    return Notice(notice_id, guild, channel_id, after, message_id, told, from_text(newest))


def is_deleted_since(db: Database, guild_id: int, newest: datetime) -> bool:
    """Return whether somebody deleted a message that told of all that waits now."""
    row = db.execute(
        "select 1 from review_notices where guild_id = ? and deleted_at is not null "
        "and newest_at >= ? limit 1",
        [guild_id, to_text(newest)],
    ).fetchone()
    return row is not None


def guilds_concerned(db: Database) -> list[int]:
    """Return the guilds in which an answer waits, or a message tells of some."""
    rows = db.execute(
        "select distinct guild_id from responses where review = 'waiting' union "
        "select guild_id from review_notices where concluded_at is null"
    )
    return [row[0] for row in rows]


def intend(
    db: Database,
    guild_id: int,
    channel_id: int,
    attempted_after: int,
    newest: datetime,
    now: datetime,
) -> Notice:
    """Record that a message is about to be sent; return it."""
    notice = Notice(new_id(now), guild_id, channel_id, attempted_after, None, "", newest)
    db.execute(
        "insert into review_notices (id, guild_id, channel_id, attempted_after, told, newest_at, "
        "intended_at) values (?, ?, ?, ?, '', ?, ?)",
        [notice.id, guild_id, channel_id, attempted_after, to_text(newest), to_text(now)],
    )
    return notice


def found(db: Database, notice_id: int, message_id: int) -> None:
    """Record that Discord has a message, whatever it says."""
    db.execute("update review_notices set message_id = ? where id = ?", [message_id, notice_id])


def told(db: Database, notice_id: int, message_id: int, digest: str, newest: datetime) -> None:
    """Record what a message says now."""
    db.execute(
        "update review_notices set message_id = ?, told = ?, newest_at = ? where id = ?",
        [message_id, digest, to_text(newest), notice_id],
    )


def conclude(db: Database, notice_id: int, now: datetime, *, is_deleted: bool = False) -> None:
    """Record that a message is not kept up to date any more.

    Args:
        is_deleted: Whether somebody deleted it: what it told of is not told again.
    """
    at = to_text(now)
    db.execute(
        "update review_notices set concluded_at = ?, deleted_at = ? where id = ?",
        [at, at if is_deleted else None, notice_id],
    )


def forget(db: Database, notice_id: int) -> None:
    """Forget a message that was not sent, for certain."""
    db.execute("delete from review_notices where id = ?", [notice_id])
