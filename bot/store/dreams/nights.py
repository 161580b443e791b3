"""The nights: each is begun in a guild, and its connections are recorded, exactly once."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

import orjson
from sqlite_utils import Database

from bot.core.connection import Connection, End
from bot.core.dreams import MOST_KEPT, end_of
from bot.store.dreams import messages, second_questions
from bot.store.ids import new_id
from bot.store.responses.standing import STANDS
from bot.store.times import to_text

MOST_LOOKED_AT = 10 * MOST_KEPT
"""So many connections of a night are looked at, as most of them may be known."""

MOST_BEGUN = 2
"""A night that was cut short is begun once more, and no oftener: it may be what ends the bot."""

OPEN = """
select guilds.id from guilds
left join dream_nights on dream_nights.guild_id = guilds.id and night = :night
where dreams and left_at is null and ended_at is null and coalesce(begun, 0) < :most
order by guilds.id
"""

INSERT = """
insert into connections (id, guild_id, night, kind, a_post_id, a_response_id, a_position,
  b_post_id, b_response_id, b_position, through_post_id, through_response_id, through_position,
  because, score, pair)
values (:id, :guild, :night, :kind, :a_post_id, :a_response_id, :a_position, :b_post_id,
  :b_response_id, :b_position, :through_post_id, :through_response_id, :through_position, :because,
  :score, :pair)
"""


def open_guilds(db: Database, night: date) -> list[int]:
    """Return the guilds in which a night is to be looked back on still."""
    values = {"night": night.isoformat(), "most": MOST_BEGUN}
    return [row[0] for row in db.execute(OPEN, values)]


def begin(db: Database, guild_id: int, night: date, now: datetime) -> bool:
    """Record that a night is begun; return False if it was done, or cut short too often."""
    if guild_id not in open_guilds(db, night):
        return False
    db.execute(
        "insert into dream_nights (guild_id, night, begun_at) values (?, ?, ?) "
        "on conflict (guild_id, night) do update set begun = begun + 1, "
        "begun_at = excluded.begun_at",
        [guild_id, night.isoformat(), to_text(now)],
    )
    return True


HAS_NEW = """
select exists (
  select 1 from responses where guild_id = :guild and created_at >= :since and created_at < :until
) or exists (
  select 1 from posts where first_seen_at >= :since and first_seen_at < :until
    and removed_at is null
)
"""


def has_new(db: Database, guild_id: int, night: date, zone: tzinfo) -> bool:
    """Return whether anything was written since the night that was looked back on last."""
    since = new_since(db, guild_id, night, zone)
    values = {
        "guild": guild_id,
        "since": to_text(since) if since else "",
        "until": to_text(end_of(night, zone)),
    }
    return bool(db.execute(HAS_NEW, values).fetchone()[0])


def new_since(db: Database, guild_id: int, night: date, zone: tzinfo) -> datetime | None:
    """Return from when on a response is new for a night: since the one that was dreamt before.

    None if there was none: then all are.
    """
    (last,) = db.execute(
        "select max(night) from dream_nights where guild_id = ? and night < ? "
        "and ended_at is not null and fault is null",
        [guild_id, night.isoformat()],
    ).fetchone()
    return end_of(date.fromisoformat(last), zone) if last else None


def journaled(db: Database) -> set[tuple[int, date]]:
    """Return the nights that are in the journal, each with its guild."""
    rows = db.execute(
        "select guild_id, night from dream_nights where ended_at is not null and fault is null"
    )
    return {(guild_id, date.fromisoformat(night)) for guild_id, night in rows}


def fail(db: Database, guild_id: int, night: date, fault: str, now: datetime) -> None:
    """Record that a fault ended a night: it is not begun again."""
    _end(db, guild_id, night, fault, now)


def record(
    db: Database,
    guild_id: int,
    night: date,
    found: Sequence[Connection],
    drafts: int,
    now: datetime,
) -> list[int]:
    """Record what a night found, and intend the drafts for moderators; return its connections.

    A pair that was found before stays out, and so do essays that moderators left out and responses
    that are gone meanwhile.

    Args:
        found: The best first.
        drafts: So many are to be shown to moderators, silent threads among them.
    """
    if not _end(db, guild_id, night, None, now):
        return []
    kept: list[int] = []
    for one in found[:MOST_LOOKED_AT]:
        if len(kept) < MOST_KEPT and is_new(db, guild_id, one):
            kept.append(_insert(db, guild_id, night, one, now))
    for connection_id in kept[:drafts]:
        messages.intend(db, guild_id, "draft", now, connection_id=connection_id)
    room = max(0, drafts - len(kept))
    for second_id in second_questions.note(db, guild_id, room, now):
        messages.intend(db, guild_id, "draft", now, second_id=second_id)
    return kept


def pair_of(connection: Connection) -> str:
    """Return what stands for the two ends, whichever comes first."""
    return " ".join(sorted((_name(connection.a), _name(connection.b))))


def _name(end: End) -> str:
    if end.response_id is not None:
        return f"r{end.response_id}"
    return f"p{end.post_id}" if end.position is None else f"p{end.post_id}.{end.position}"


def _end(db: Database, guild_id: int, night: date, fault: str | None, now: datetime) -> bool:
    """End a night; return whether it was open."""
    changed = db.execute(
        "update dream_nights set ended_at = ?, fault = ? "
        "where guild_id = ? and night = ? and ended_at is null",
        [to_text(now), fault, guild_id, night.isoformat()],
    )
    return bool(changed.rowcount)


NEW = f"""
select not exists (select 1 from dreamt_pairs where guild_id = :guild and pair = :pair)
and not exists (
  select 1 from posts join dreamless_essays
    on dreamless_essays.essay_id = posts.essay_id and dreamless_essays.guild_id = :guild
  where posts.id in (:a_post, :b_post)
)
and (select count(*) from posts where id in (:a_post, :b_post)) = 2
and (
  select count(*) from responses where id in (select value from json_each(:responses))
    and guild_id = :guild and {STANDS} and text <> ''
) = json_array_length(:responses)
"""  # noqa: S608  # no value in it


def is_new(db: Database, guild_id: int, one: Connection) -> bool:
    """Return whether a connection was never found in a guild, and may be shown."""
    ends = (one.a, one.b, *((one.through,) if one.through else ()))
    responses = sorted({end.response_id for end in ends if end.response_id is not None})
    values = {
        "guild": guild_id,
        "pair": pair_of(one),
        "a_post": one.a.post_id,
        "b_post": one.b.post_id,
        "responses": orjson.dumps(responses).decode(),
    }
    return bool(db.execute(NEW, values).fetchone()[0])


def _insert(db: Database, guild_id: int, night: date, one: Connection, now: datetime) -> int:
    number = new_id(now)
    ends = {"a": one.a, "b": one.b, "through": one.through}
    values = {
        f"{side}_{field}": getattr(end, field, None)
        for side, end in ends.items()
        for field in End._fields
    }
    values |= {
        "id": number,
        "guild": guild_id,
        "night": night.isoformat(),
        "kind": one.kind,
        "because": orjson.dumps(one.because).decode(),
        "score": one.score,
        "pair": pair_of(one),
    }
    db.execute(INSERT, values)
    return number
