"""Which acts the log channels have yet to be told, and what was tried to tell them.

An intent is recorded before a message is sent. If the bot dies before it knows whether Discord took
it, the message is looked for, and the same acts are told again only if it is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlite_utils import Database

from bot.store.audit import ENTRY, Entry, entry_of
from bot.store.times import to_text

MOST = 7
"""Acts in one message: so many of the longest lines fit."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Acts of a guild that go into one message of its log, oldest first.

    Attributes:
        attempted_after: If they were tried to be told: a message that is older than theirs; else 0.
    """

    guild_id: int
    channel_id: int
    entries: tuple[Entry, ...]
    attempted_after: int

    @property
    def last(self) -> int:
        """The last entry, by which the message is found again."""
        return self.entries[-1].id


def owed(db: Database) -> list[Owed]:
    """Return what is to be told next in each guild: what was tried before, else what is new."""
    guilds = db.execute(
        "select id, log_channel_id from guilds where log_channel_id is not null "
        "and left_at is null and exists "
        "(select 1 from audit where guild_id = guilds.id and told_at is null)"
    ).fetchall()
    return [_owed(db, *guild) for guild in guilds]


def _owed(db: Database, guild_id: int, channel_id: int) -> Owed:
    where = "where guild_id = ? and told_at is null"
    (after,) = db.execute(f"select max(attempted_after) from audit {where}", [guild_id]).fetchone()  # noqa: S608
    rows = db.execute(
        f"{ENTRY} {where} and (attempted_after > 0) = ? order by id limit ?",
        [guild_id, after > 0, MOST],
    )
    return Owed(guild_id, channel_id, tuple(entry_of(*row) for row in rows), after)


def intend(db: Database, entries: Sequence[int], after: int) -> None:
    """Record that acts are about to be told, by a message that is newer than another."""
    db.execute(
        "update audit set attempted_after = ? where id in (select value from json_each(?))",
        [max(1, after), orjson.dumps(entries).decode()],
    )


def told(db: Database, entries: Sequence[int], message_id: int | None, now: datetime) -> None:
    """Record that acts were told, by a message that may be deleted by now."""
    db.execute(
        "update audit set message_id = ?, told_at = ? where id in (select value from json_each(?))",
        [message_id, to_text(now), orjson.dumps(entries).decode()],
    )
