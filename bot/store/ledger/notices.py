"""What waits for a person: told to moderators once, until it is resolved and comes up again."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.times import to_text


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the moderators of a guild.

    Attributes:
        key: Names what it is about.
    """

    key: str
    guild_id: int
    text: str


def raise_notice(db: Database, notice: Notice, now: datetime) -> None:
    """Remember something that moderators are to be told, unless they were told the same.

    What stands for another thing already is not told twice.
    """
    db.execute(
        "insert into notices (key, guild_id, text, raised_at, told_at) values (:key, :guild, "
        ":text, :now, (select max(told_at) from notices where guild_id = :guild and text = :text)) "
        "on conflict (key) do update set text = excluded.text, raised_at = excluded.raised_at, "
        "told_at = excluded.told_at where notices.text <> excluded.text",
        {"key": notice.key, "guild": notice.guild_id, "text": notice.text, "now": to_text(now)},
    )


def resolve_notice(db: Database, key: str) -> None:
    """Forget what is no longer so; if it comes up again, moderators are told again."""
    db.execute("delete from notices where key = ?", [key])


def untold(db: Database) -> list[Notice]:
    """Return what moderators have yet to be told, each text once in a guild."""
    rows = db.execute(
        "select min(key), guild_id, text from notices where told_at is null "
        "group by guild_id, text order by min(raised_at), min(key)"
    )
    return [Notice(*row) for row in rows]


def told(db: Database, notice: Notice, now: datetime) -> None:
    """Remember that moderators were told something."""
    db.execute(
        "update notices set told_at = ? where guild_id = ? and text = ?",
        [to_text(now), notice.guild_id, notice.text],
    )


def standing(db: Database, guild_id: int | None = None) -> list[Notice]:
    """Return all that waits for a person, of one guild or of all, told or not."""
    rows = db.execute(
        "select key, guild_id, text from notices where guild_id = coalesce(?, guild_id) "
        "order by raised_at, key",
        [guild_id],
    )
    return [Notice(*row) for row in rows]
