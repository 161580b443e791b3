"""The messages about dreams: intended before they are sent, and mended while they stand.

What a message shows is not kept, only a digest of it. Triggers say when it may not be true any more
(`bot.store.file.dream_tables`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.store.ids import new_id
from bot.store.times import to_text

Role = Literal["draft", "a", "b", "again"]
"""A draft for moderators; a question in the thread of either end; a prompt that is asked again."""

SELECT = """
select id, guild_id, connection_id, second_question_id, role, channel_id, attempted_after,
  message_id, shown, stale
from dream_messages
"""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is to be sent, changed or removed, or that stands.

    Attributes:
        channel_id: The channel or thread; None until it is chosen.
        attempted_after: An id that is older than its message, by Discord's clock; 0 before the
            first attempt.
        message_id: None until Discord confirmed it.
        shown: The digest of what it says.
        stale: How much happened since it was brought up to date.
    """

    id: int
    guild_id: int
    connection_id: int | None
    second_id: int | None
    role: Role
    channel_id: int | None
    attempted_after: int
    message_id: int | None
    shown: str
    stale: int


def intend(
    db: Database,
    guild_id: int,
    role: Role,
    now: datetime,
    *,
    connection_id: int | None = None,
    second_id: int | None = None,
    channel_id: int | None = None,
) -> None:
    """Record that a message is to be sent."""
    db.execute(
        "insert into dream_messages (id, guild_id, connection_id, second_question_id, role, "
        "channel_id, intended_at) values (?, ?, ?, ?, ?, ?, ?)",
        [new_id(now), guild_id, connection_id, second_id, role, channel_id, to_text(now)],
    )


def stale(db: Database) -> list[Message]:
    """Return the messages about which something is to be done, the oldest first."""
    query = f"{SELECT} where stale > 0 and over_at is null order by id"
    return [Message(*row) for row in db.execute(query)]


def get(db: Database, number: int) -> Message | None:
    """Return a message; None if there is none with this id."""
    row = db.execute(f"{SELECT} where id = ?", [number]).fetchone()
    return None if row is None else Message(*row)


def touch(db: Database, *, connection_id: int | None = None, second_id: int | None = None) -> None:
    """Record that what is said about a connection or a second question may have to change."""
    db.execute(
        "update dream_messages set stale = stale + 1 "
        "where connection_id = ? or second_question_id = ?",
        [connection_id, second_id],
    )


def attempt(db: Database, number: int, channel_id: int, after: int) -> None:
    """Record that a message is about to be sent for the first time."""
    db.execute(
        "update dream_messages set channel_id = ?, attempted_after = ? where id = ?",
        [channel_id, after, number],
    )


def forget_attempt(db: Database, number: int) -> None:
    """Record that a message was not sent, for certain: its channel is gone."""
    db.execute("update dream_messages set attempted_after = 0 where id = ?", [number])


def sent(db: Database, number: int, message_id: int, now: datetime) -> None:
    """Record that Discord has a message, whatever it says."""
    db.execute(
        "update dream_messages set message_id = ?, sent_at = ? where id = ?",
        [message_id, to_text(now), number],
    )


def settle(db: Database, message: Message, shown: str) -> None:
    """Record what a message says; it stays stale if anything happened since it was composed."""
    db.execute(
        "update dream_messages set shown = ?, stale = iif(stale = ?, 0, stale) where id = ?",
        [shown, message.stale, message.id],
    )


def conclude(db: Database, number: int, now: datetime) -> None:
    """Record that a message is gone, or is not to be sent any more."""
    db.execute("update dream_messages set over_at = ? where id = ?", [to_text(now), number])


def pressed(
    db: Database,
    message_id: int,
    now: datetime,
    *,
    connection_id: int | None = None,
    second_id: int | None = None,
) -> None:
    """Record the message of a draft whose button was pressed, before Discord confirmed it to us."""
    db.execute(
        "update dream_messages set message_id = ?, sent_at = ? where role = 'draft' "
        "and message_id is null and (connection_id = ? or second_question_id = ?)",
        [message_id, to_text(now), connection_id, second_id],
    )


def places(
    db: Database, *, connection_id: int | None = None, second_id: int | None = None
) -> list[tuple[int, int, int | None]]:
    """Return guild, thread and message of what was asked; None for one that is not sent yet."""
    return db.execute(
        "select guild_id, channel_id, message_id from dream_messages where role <> 'draft' "
        "and over_at is null and (connection_id = ? or second_question_id = ?) order by id",
        [connection_id, second_id],
    ).fetchall()
