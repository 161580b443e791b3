"""Readers of whom nothing is kept: who they are stands nowhere, and still everybody is recognised.

A refusal is a keyed hash of guild and reader. The key is made once and stands in `notes`; a
database that took in another one has that one's key, too, so that no refusal is lost by moving.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlite_utils import Database

from bot.core.consent import Wording
from bot.core.response import Captured
from bot.store import key_values
from bot.store.times import from_text, to_text

KEY = "refusal key "
"""How the notes with the keys begin; what follows tells one key from another."""

SOMEBODY = "@someone"
"""Stands in others' words for the mention of a reader of whom nothing is kept."""

Pair = tuple[int, int]
"""A guild and a reader."""

_HEX = re.compile(r"[0-9a-f]{64}")
_MENTION = re.compile(r"<@!?(\d{1,20})>", re.ASCII)


class RefusedError(Exception):
    """A reader of whom nothing is to be kept hands something in; nothing was written."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """That nothing is kept of a reader.

    Attributes:
        at: The day.
    """

    wording: Wording
    at: datetime


def exist(db: Database) -> bool:
    """Return whether anybody ever refused."""
    return db.execute("select 1 from refusals limit 1").fetchone() is not None


def among(db: Database, pairs: Collection[Pair]) -> dict[Pair, str | None]:
    """Return which readers refused, each with when that ended; None if it holds."""
    keys = _keys(db) if pairs else []
    owners = {_digest(key, pair): pair for key in keys for pair in pairs}
    rows = db.execute(
        "select digest, ended_at from refusals where digest in (select value from json_each(?))",
        [orjson.dumps(list(owners)).decode()],
    )
    found: dict[Pair, str | None] = {}
    for digest, ended_at in rows.fetchall():
        pair = owners[digest]
        holds = ended_at is None or (pair in found and found[pair] is None)
        found[pair] = None if holds else max(ended_at, found.get(pair) or "")
    return found


def refuses(db: Database, guild_id: int, reader_id: int) -> bool:
    """Return whether nothing may be kept of a reader in a guild."""
    pair = (guild_id, reader_id)
    return exist(db) and among(db, [pair]).get(pair, "") is None


def refusal(db: Database, guild_id: int, reader_id: int) -> Refusal | None:
    """Return a reader's refusal in a guild; None if there is none, or none any more."""
    for digest in _digests(db, (guild_id, reader_id)):
        row = db.execute(
            "select wording, version, refused_at from refusals "
            "where digest = ? and ended_at is null",
            [digest],
        ).fetchone()
        if row is not None:
            return Refusal(Wording(row[0], row[1]), from_text(row[2]))
    return None


def record(db: Database, guild_id: int, reader_id: int, wording: Wording, now: datetime) -> None:
    """Record that nothing of a reader may be kept in a guild.

    Only the day is kept: tombstones bear the time at which something was deleted, and Discord knows
    who wrote that.
    """
    if not _keys(db):
        key = secrets.token_bytes(32)
        key_values.set_value(db, _name(key), key.hex())
    digest = _digests(db, (guild_id, reader_id))[0]
    day = to_text(now.replace(hour=0, minute=0, second=0, microsecond=0))
    db.execute(
        "insert into refusals (digest, wording, version, refused_at) values (?, ?, ?, ?) "
        "on conflict (digest) do update set wording = excluded.wording, "
        "version = excluded.version, refused_at = excluded.refused_at, ended_at = null",
        [digest, *wording, day],
    )


def end(db: Database, guild_id: int, reader_id: int, now: datetime) -> None:
    """Record that a reader refuses no longer; what they wrote until now stays away for good."""
    db.conn.executemany(
        "update refusals set ended_at = ? where digest = ? and ended_at is null",
        [(to_text(now), digest) for digest in _digests(db, (guild_id, reader_id))],
    )


def is_key(name: str, value: str) -> bool:
    """Return whether a note is a key as it is made here."""
    if not _HEX.fullmatch(value):
        return False
    return name == _name(bytes.fromhex(value))


def mentioned(text: str) -> set[int]:
    """Return the readers whom a text mentions."""
    return {int(found) for found in _MENTION.findall(text)} if "<@" in text else set()


def without_mentions(text: str, readers: Collection[int]) -> str:
    """Return a text in which nobody stands for the mentions of some readers."""
    if not readers:
        return text
    return _MENTION.sub(lambda one: SOMEBODY if int(one[1]) in readers else one[0], text)


def cleaned(db: Database, guild_id: int, text: str) -> str:
    """Return a text without the mentions of those who refused in a guild."""
    readers = mentioned(text)
    if not readers or not exist(db):
        return text
    return without_mentions(text, holding(among(db, [(guild_id, one) for one in readers])))


def accepted(db: Database, given: Captured) -> Captured:
    """Return what a reader hands in as it may be kept.

    Raises:
        RefusedError: They chose that nothing of theirs is kept.
    """
    if refuses(db, given.guild_id, given.reader_id):
        raise RefusedError
    return given._replace(text=cleaned(db, given.guild_id, given.text))


def holding(found: Mapping[Pair, str | None]) -> set[int]:
    """Return the readers whose refusals hold, of what `among` found in one guild."""
    return {reader for (_, reader), ended_at in found.items() if ended_at is None}


MENTIONING = """
from responses where (:guild is null or guild_id = :guild)
and id in (select rowid from responses_fts where responses_fts match '"' || :person || '"')
and (instr(text, '<@' || :person || '>') or instr(text, '<@!' || :person || '>'))
"""

TEXT = """
text = replace(replace(text, '<@' || :person || '>', :nobody), '<@!' || :person || '>', :nobody)
"""


def unmention(db: Database, guild_id: int | None, person_id: int) -> list[int]:
    """Take the mentions of somebody out of what others wrote, in a guild or everywhere.

    A shown answer is then brought up to date. The words leave every corner with the next scrub,
    which whoever calls owes.

    Returns:
        The publications with answers that changed, once for each answer.
    """
    values = {"person": str(person_id), "guild": guild_id, "nobody": SOMEBODY}
    shown = db.execute(
        f"select id, publication_id {MENTIONING} and source = 'answer'",  # no value
        values,
    ).fetchall()
    for row in shown:
        db.execute("insert into pending_answers (response_id, publication_id) values (?, ?)", row)
    db.execute(f"update responses set {TEXT} where id in (select id {MENTIONING})", values)  # noqa: S608
    db.execute(
        f"update drafts set {TEXT} where instr(text, '<@') and instr(text, :person)",  # noqa: S608
        values,
    )
    return [row[1] for row in shown]


def _keys(db: Database) -> list[bytes]:
    rows = db.execute(
        "select value from notes where key >= ? and key < ? order by key", [KEY, f"{KEY}~"]
    )
    return [bytes.fromhex(row[0]) for row in rows.fetchall()]


def _name(key: bytes) -> str:
    return f"{KEY}{hashlib.blake2b(key, digest_size=4).hexdigest()}"


def _digests(db: Database, pair: Pair) -> list[str]:
    return [_digest(key, pair) for key in _keys(db)]


def _digest(key: bytes, pair: Pair) -> str:
    return hashlib.blake2b(b"%d:%d" % pair, key=key, digest_size=32).hexdigest()
