"""Who did what in a guild, and when: each act of a moderator or an author, and of the bot for them.

No text that a reader wrote stands in it, so that nothing has to be taken back when one is deleted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from bot.store.ids import new_id
from bot.store.times import from_text, to_text

Act = Literal[
    "set up",
    "started a thread",
    "decided about held essays",
    "highlighted a response",
    "removed a highlight",
    "hid a response",
    "showed a response again",
    "linked a response",
    "asked to quote a response",
    "approved an answer",
    "declined an answer",
    "held answers",
    "took answers down",
    "closed a thread",
    "reopened a thread",
    "locked a thread",
    "skipped an essay",
    "retried an essay",
    "withdrew an essay",
    "confirmed a cut",
    "made a role",
    "removed a role",
    "put off a thread",
    "deleted old responses",
]
"""What is written down; each has its sentence in the texts of `bot.core.phrases`."""

OF_THE_BOT = 0
"""Who did what the bot did by itself, such as deleting by age."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    Attributes:
        actor_id: Who did it; `OF_THE_BOT`, or somebody who had it forgotten.
        subject_id: What it was done to: a response, a publication, an essay, a channel or a role.
        detail: A setting and its value, a number, or a post's slug.
    """

    id: int
    guild_id: int
    at: datetime
    actor_id: int
    act: Act
    subject_id: int | None
    detail: str


def record_act(
    db: Database,
    guild_id: int,
    actor_id: int,
    act: Act,
    now: datetime,
    *,
    subject_id: int | None = None,
    detail: str = "",
) -> int:
    """Write down an act, in the transaction that does it; return the entry's id."""
    entry_id = new_id(now)
    db.execute(
        "insert into audit (id, guild_id, at, actor_id, act, subject_id, detail) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        [entry_id, guild_id, to_text(now), actor_id, act, subject_id, detail],
    )
    return entry_id


def entries(db: Database, guild_id: int, limit: int, before: int | None = None) -> list[Entry]:
    """Return the newest acts in a guild, newest first; only older ones than an entry if given."""
    rows = db.execute(
        "select id, guild_id, at, actor_id, act, subject_id, detail from audit "
        "where guild_id = ? and id < coalesce(?, 9223372036854775807) order by id desc limit ?",
        [guild_id, before, limit],
    )
    return [_entry(*row) for row in rows]


def _entry(
    entry_id: int,
    guild_id: int,
    at: str,
    actor_id: int,
    act: Act,
    subject_id: int | None,
    detail: str,
) -> Entry:
    return Entry(entry_id, guild_id, from_text(at), actor_id, act, subject_id, detail)
