"""Guilds, the channels in which essays are discussed, their shelves, and what is held back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Literal

import orjson
from sqlite_utils import Database

from bot.core.digests import Digest
from bot.core.publishing.forum_tags import TagMap
from bot.core.publishing.quiet import QuietHours
from bot.core.publishing.selection import Selection
from bot.core.snowflakes import time_of
from bot.store.audit import record_act
from bot.store.ids import new_id
from bot.store.times import from_text, to_text

Decision = Literal["start", "shelve"]
Pace = Literal["each", "daily", "weekly"]
Body = Literal["auto", "full", "excerpt", "card"]
Keeping = Literal["opt_out", "opt_in"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel in which essays are discussed, in one language.

    Attributes:
        is_forum: Whether its threads are forum posts.
        is_open: Whether its first run has been decided.
        quiet: From which hour until which, in the site's time zone, nothing starts by itself;
            None for never. From 22 until 7 is over midnight.
        tags_in: Folded tags; only essays with one of them start. Empty for all.
        tags_out: Folded tags; essays with one of them do not start.
        from_date: Essays from before that day do not start by themselves.
        forum_tags: Ids of the forum's tags, by the blog's folded tags; empty for the same names.
        default_forum_tag_id: The forum's tag of an essay that would have none.
        sealed_days: So many days the answers to a new essay's questions wait to be shown together.
    """

    id: int
    guild_id: int
    is_forum: bool
    lang: str
    pace: Pace
    body: Body
    is_open: bool = False
    quiet: tuple[int, int] | None = None
    tags_in: tuple[str, ...] = ()
    tags_out: tuple[str, ...] = ()
    from_date: date | None = None
    forum_tags: Mapping[str, int] = field(default_factory=dict, hash=False)
    default_forum_tag_id: int | None = None
    sealed_days: int | None = None

    @property
    def selection(self) -> Selection:
        """Which essays start there by themselves."""
        return Selection(self.tags_in, self.tags_out, self.from_date)

    @property
    def tag_map(self) -> TagMap:
        """Which of the forum's tags essays get."""
        return TagMap(self.forum_tags, self.default_forum_tag_id)

    def quiet_hours(self, zone: tzinfo) -> QuietHours | None:
        """Return when nothing starts there by itself, by the clock of the site's time zone."""
        return None if self.quiet is None else QuietHours(*self.quiet, zone)


@dataclass(frozen=True, slots=True)
class Guild:
    """What a moderator has set for a guild.

    Attributes:
        digest: How often authors are told what is new.
        digest_channel_id: Where.
        keeping: Whether readers' messages are kept until they refuse, or only once they agree.
        retention_days: So old responses become until they are deleted; None for ever.
        approval: Whether answers are shown only after a moderator approved them.
        requests: Whether readers may ask for the thread of an essay on the shelf.
        log_channel_id: Where moderators read what was done.
        dreams: Whether connections between responses are looked for at night.
    """

    id: int
    author_role_id: int | None = None
    notices_channel_id: int | None = None
    digest: Digest = "off"
    digest_channel_id: int | None = None
    keeping: Keeping = "opt_out"
    retention_days: int | None = None
    approval: bool = False
    requests: bool = False
    log_channel_id: int | None = None
    dreams: bool = True


def join_guild(db: Database, guild_id: int, name: str, now: datetime) -> None:
    """Remember a guild; one that was left and joined again keeps all that it had."""
    db.execute(
        "insert into guilds (id, name, joined_at) values (?, ?, ?) "
        "on conflict (id) do update set name = excluded.name, left_at = null",
        [guild_id, name, to_text(now)],
    )


def leave_guild(db: Database, guild_id: int, now: datetime) -> None:
    """Remember that the bot was removed from a guild; nothing is deleted."""
    db.execute("update guilds set left_at = ? where id = ?", [to_text(now), guild_id])


def get_guild(db: Database, guild_id: int) -> Guild:
    """Return what was set for a guild."""
    for row in db.query("select * from guilds where id = ?", [guild_id]):
        return Guild(
            row["id"],
            row["author_role_id"],
            row["notices_channel_id"],
            row["digest"],
            row["digest_channel_id"],
            row["keeping"],
            row["retention_days"],
            bool(row["approval"]),
            bool(row["requests"]),
            row["log_channel_id"],
            bool(row["dreams"]),
        )
    return Guild(guild_id)


def use_channel(db: Database, channel: Channel, now: datetime) -> None:
    """Discuss essays in this channel from now on, and in no other of its guild.

    Threads elsewhere in the guild stay, and their responses are still kept.
    """
    db.execute(
        "update channels set closed_at = coalesce(closed_at, ?) where guild_id = ? and id <> ?",
        [to_text(now), channel.guild_id, channel.id],
    )
    kind = "forum" if channel.is_forum else "text"
    db.execute(
        "insert into channels (id, guild_id, kind, lang, pace, body) values (?, ?, ?, ?, ?, ?) "
        "on conflict (id) do update set kind = excluded.kind, lang = excluded.lang, "
        "pace = excluded.pace, body = excluded.body, closed_at = null",
        [channel.id, channel.guild_id, kind, channel.lang, channel.pace, channel.body],
    )


def close_channel(db: Database, channel_id: int, now: datetime) -> None:
    """Discuss no more essays in a channel."""
    db.execute(
        "update channels set closed_at = coalesce(closed_at, ?) where id = ?",
        [to_text(now), channel_id],
    )


def set_up(
    db: Database,
    channel: Channel,
    guild_name: str,
    now: datetime,
    *,
    author_role_id: int | None = None,
    notices_channel_id: int | None = None,
    digest: Digest | None = None,
    digest_channel_id: int | None = None,
) -> None:
    """Record what a moderator chose with `/setup`; what is None stays as it is.

    Whoever turns a digest on or off records that too (`bot.store.ledger.digests.switch`).
    """
    join_guild(db, channel.guild_id, guild_name, now)
    db.execute(
        "update guilds set author_role_id = coalesce(?, author_role_id), "
        "notices_channel_id = coalesce(?, notices_channel_id), digest = coalesce(?, digest), "
        "digest_channel_id = coalesce(?, digest_channel_id) where id = ?",
        [author_role_id, notices_channel_id, digest, digest_channel_id, channel.guild_id],
    )
    use_channel(db, channel, now)


def channels(db: Database, guild_id: int | None = None) -> list[Channel]:
    """Return the channels in use in the guilds that the bot is in, or in one guild."""
    rows = db.query(
        "select channels.* from channels join guilds on guilds.id = channels.guild_id "
        "where closed_at is null and left_at is null and guild_id = coalesce(?, guild_id) "
        "order by channels.id",
        [guild_id],
    )
    return [_channel(row) for row in rows]


def get_channel(db: Database, channel_id: int) -> Channel | None:
    """Return a channel that is or was in use."""
    rows = db.query("select * from channels where id = ?", [channel_id])
    return next((_channel(row) for row in rows), None)


def open_channel(db: Database, channel_id: int, now: datetime) -> None:
    """Remember that the first run of a channel has been decided."""
    db.execute(
        "update channels set opened_at = coalesce(opened_at, ?) where id = ?",
        [to_text(now), channel_id],
    )


def known_essays(db: Database, channel_id: int) -> set[int]:
    """Return the essays that are not new to a channel: published there, shelved, or held."""
    rows = db.execute(
        "select essay_id from publications where channel_id = :id union "
        "select essay_id from shelf where channel_id = :id union "
        "select essay_id from held_essays join holds on holds.id = hold_id "
        "where channel_id = :id and decision is null",
        {"id": channel_id},
    )
    return {row[0] for row in rows}


def shelve(db: Database, channel_id: int, essays: Iterable[int], now: datetime) -> None:
    """Put essays on a channel's shelf."""
    db.conn.executemany(
        "insert or ignore into shelf (channel_id, essay_id, shelved_at) values (?, ?, ?)",
        [(channel_id, essay_id, to_text(now)) for essay_id in essays],
    )


def shelf(db: Database, channel_id: int) -> set[int]:
    """Return the essays on a channel's shelf, also those that were started from it since."""
    rows = db.execute("select essay_id from shelf where channel_id = ?", [channel_id])
    return {row[0] for row in rows}


def shelf_size(db: Database, channel_id: int) -> int:
    """Return how many essays on a channel's shelf can still be started, in its language."""
    rows = db.execute(
        "select count(*) from shelf where channel_id = :id and essay_id not in "
        "(select essay_id from publications where channel_id = :id) and essay_id in "
        "(select essay_id from posts join channels on channels.lang = posts.lang "
        "where channels.id = :id and removed_at is null and missing_since is null)",
        {"id": channel_id},
    )
    return int(rows.fetchone()[0])


def starts(db: Database, channel_id: int, now: datetime | None = None) -> list[datetime]:
    """Return when threads started by themselves in a channel, newest first.

    A start that was recorded in the future is returned as it was recorded. Once that time has come,
    the thread's own time counts, which is by Discord's clock: our clock was ahead.

    Args:
        now: Aware; the clock's time if None.
    """
    now = now or datetime.now(UTC)
    rows = db.execute(
        "select intended_at, thread_id from publications where channel_id = ? and asked_by is null",
        [channel_id],
    )
    return sorted((_start(from_text(text), thread, now) for text, thread in rows), reverse=True)


def _start(intended: datetime, thread_id: int | None, now: datetime) -> datetime:
    """Return when a thread started; it cannot be older than the intent to start it."""
    if thread_id is None or intended > now:
        return intended
    return min(intended, time_of(thread_id))


@dataclass(frozen=True, slots=True)
class Hold:
    """Essays that would have flooded a channel and wait for a moderator's decision."""

    id: int
    channel_id: int
    essays: tuple[int, ...]
    is_asked: bool


def hold(db: Database, channel_id: int, essays: Iterable[int], now: datetime) -> int:
    """Hold essays back until a moderator decides; return the hold's id."""
    hold_id = new_id(now)
    db.execute(
        "insert into holds (id, channel_id, held_at) values (?, ?, ?)",
        [hold_id, channel_id, to_text(now)],
    )
    db.conn.executemany(
        "insert into held_essays (hold_id, essay_id) values (?, ?)",
        [(hold_id, essay_id) for essay_id in essays],
    )
    return hold_id


def holds(db: Database, channel_id: int) -> list[Hold]:
    """Return what is held in a channel and not yet decided."""
    rows = db.query(
        "select * from holds where channel_id = ? and decision is null order by id", [channel_id]
    )
    return [_hold(db, row) for row in rows]


def asked_about(db: Database, hold_id: int, message_id: int) -> None:
    """Remember the message in which moderators were asked."""
    db.execute("update holds set asked_message_id = ? where id = ?", [message_id, hold_id])


def decide(
    db: Database,
    hold_id: int,
    decision: Decision,
    moderator_id: int,
    now: datetime,
    *,
    guild_id: int | None = None,
) -> Hold | None:
    """Record a moderator's decision; return what was held, or None if it was decided before.

    Raises:
        LookupError: The guild does not discuss essays in its channel any more, or never did.
    """
    rows = db.query("select * from holds where id = ? and decision is null", [hold_id])
    held = next((_hold(db, row) for row in rows), None)
    if held is None:
        return None
    if held.channel_id not in {channel.id for channel in channels(db, guild_id)}:
        raise LookupError(held.channel_id)
    db.execute(
        "update holds set decision = ?, decided_by = ?, decided_at = ? where id = ?",
        [decision, moderator_id, to_text(now), hold_id],
    )
    shelve(db, held.channel_id, held.essays if decision == "shelve" else (), now)
    channel = get_channel(db, held.channel_id)
    record_act(
        db,
        channel.guild_id if channel else 0,
        moderator_id,
        "decided about held essays",
        now,
        subject_id=hold_id,
        detail=f"{decision}: {len(held.essays)}",
    )
    return held


def _hold(db: Database, row: dict[str, Any]) -> Hold:
    essays = db.execute(
        "select essay_id from held_essays where hold_id = ? order by essay_id", [row["id"]]
    )
    ids = tuple(essay[0] for essay in essays)
    return Hold(row["id"], row["channel_id"], ids, row["asked_message_id"] is not None)


def _channel(row: dict[str, Any]) -> Channel:
    return Channel(
        row["id"],
        row["guild_id"],
        row["kind"] == "forum",
        row["lang"],
        row["pace"],
        row["body"],
        row["opened_at"] is not None,
        None if row["quiet_from"] is None else (row["quiet_from"], row["quiet_until"]),
        tuple(orjson.loads(row["tags_in"])),
        tuple(orjson.loads(row["tags_out"])),
        date.fromisoformat(row["from_date"]) if row["from_date"] else None,
        orjson.loads(row["forum_tags"]),
        row["default_forum_tag_id"],
        row["sealed_days"],
    )
