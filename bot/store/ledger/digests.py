"""Digests: what was told to a guild's authors, up to which response, and whether it was sent.

An intent is written before a digest is sent. One that is not concluded is looked for in Discord
before it is sent again (`bot.discussion.scheduling.digests`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.store.ids import new_id
from bot.store.ledger import notices
from bot.store.ledger.channels import Guild
from bot.store.times import from_text, to_text


class Told(NamedTuple):
    """Up to where a guild's authors were told.

    Attributes:
        until_id: The newest response then.
        at: When that was; None if a clock that was wrong dated all of it in the future.
    """

    until_id: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Intent:
    """A digest that is to be sent, or was, as far as anybody knows.

    Attributes:
        after_id: It tells of the responses that were kept after the one with this id,
        until_id: and no later than this one;
        after: of what was highlighted after this moment,
        until: and no later than at this one.
        attempted_after: An id that is older than its message, by Discord's clock.
    """

    id: int
    guild_id: int
    channel_id: int
    after_id: int
    until_id: int
    after: datetime
    until: datetime
    attempted_after: int


class Situation(NamedTuple):
    """How a guild's digest stands.

    Attributes:
        last: What was told last; None before it was ever turned on.
        intent: What is not concluded.
    """

    guild: Guild
    last: Told | None
    intent: Intent | None


def are_wanted(db: Database) -> bool:
    """Return whether any guild wants a digest."""
    query = "select exists (select 1 from guilds where digest <> 'off' and left_at is null)"
    return bool(db.execute(query).fetchone()[0])


def situations(db: Database, now: datetime) -> list[Situation]:
    """Return how digests stand in the guilds that want them and that the bot is in."""
    rows = db.execute(
        "select id, author_role_id, notices_channel_id, digest, digest_channel_id from guilds "
        "where digest <> 'off' and left_at is null order by id"
    ).fetchall()
    guilds = [Guild(*row) for row in rows]
    return [Situation(one, last(db, one.id, now), pending(db, one.id)) for one in guilds]


def last(db: Database, guild_id: int, now: datetime) -> Told | None:
    """Return what a guild was told last; None if that was never turned on."""
    until_id, at = db.execute(
        "select max(until_id), max(iif(intended_at <= :now, intended_at, null)) from digests "
        "where guild_id = :guild and sent_at is not null",
        {"guild": guild_id, "now": to_text(now)},
    ).fetchone()
    return None if until_id is None else Told(until_id, from_text(at) if at else None)


def pending(db: Database, guild_id: int) -> Intent | None:
    """Return the digest of a guild that is not concluded."""
    row = db.execute(
        "select id, channel_id, after_id, until_id, attempted_after, intended_at, ("
        "select max(intended_at) from digests as other where other.guild_id = digests.guild_id "
        "and other.sent_at is not null and other.intended_at < digests.intended_at) "
        "from digests where guild_id = ? and sent_at is null",
        [guild_id],
    ).fetchone()
    if row is None:
        return None
    digest_id, channel_id, after_id, until_id, attempted_after, until, after = row
    return Intent(
        digest_id,
        guild_id,
        channel_id,
        after_id,
        until_id,
        from_text(after or until),
        from_text(until),
        attempted_after,
    )


def switch(db: Database, guild_id: int, before: str, now: datetime) -> None:
    """Begin or end a guild's digests after `/setup`: nothing before it was turned on is told.

    Args:
        before: How often they came until then.
    """
    (after,) = db.execute("select digest from guilds where id = ?", [guild_id]).fetchone()
    if (before == "off") == (after == "off"):
        return
    db.execute("delete from digests where guild_id = ? and sent_at is null", [guild_id])
    if after != "off":
        skip(db, guild_id, now)


def has_news(db: Database, guild_id: int, told: Told, now: datetime) -> bool:
    """Return whether anything happened in a guild: a response was kept, or one highlighted."""
    (found,) = db.execute(
        "select exists (select 1 from responses where guild_id = :guild and id > :after "
        "and hidden_at is null and text <> '') or exists (select 1 from highlights "
        "join responses on responses.id = response_id where guild_id = :guild "
        "and highlighted_at > :at and hidden_at is null and text <> '')",
        {"guild": guild_id, "after": told.until_id, "at": to_text(told.at or now)},
    ).fetchone()
    return bool(found)


def skip(db: Database, guild_id: int, now: datetime) -> None:
    """Record that there is nothing to tell a guild, up to its newest response."""
    _insert(db, guild_id, 0, 0, now, sent_at=now)


def intend(
    db: Database, guild_id: int, channel_id: int, attempted_after: int, now: datetime
) -> Intent | None:
    """Record that a digest is about to be sent, with all that happened since the last one."""
    _insert(db, guild_id, channel_id, attempted_after, now)
    return pending(db, guild_id)


def conclude(db: Database, intent: Intent, message_id: int | None, now: datetime) -> None:
    """Record that a digest was sent, or that it is not sent any more; it is not told again."""
    db.execute(
        "update digests set message_id = ?, sent_at = ? where id = ?",
        [message_id, to_text(now), intent.id],
    )
    notices.resolve_notice(db, notice_key(intent.guild_id))


def forget(db: Database, intent: Intent) -> None:
    """Forget an intent that came to nothing, for certain: what it told of is told by the next."""
    db.execute("delete from digests where id = ? and sent_at is null", [intent.id])


def notice_key(guild_id: int) -> str:
    """Return the key of the notice about a guild's digest."""
    return f"digest/{guild_id}"


def _insert(
    db: Database,
    guild_id: int,
    channel_id: int,
    attempted_after: int,
    now: datetime,
    sent_at: datetime | None = None,
) -> None:
    """Record a digest that begins where the last one ended, and ends with the newest response."""
    told = last(db, guild_id, now)
    (newest,) = db.execute(
        "select coalesce(max(id), 0) from responses where guild_id = ?", [guild_id]
    ).fetchone()
    after = newest if told is None else told.until_id
    db.execute(
        "insert into digests (id, guild_id, channel_id, after_id, until_id, attempted_after, "
        "intended_at, sent_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            new_id(now),
            guild_id,
            channel_id,
            after,
            newest,
            attempted_after,
            to_text(now),
            to_text(sent_at) if sent_at else None,
        ],
    )
