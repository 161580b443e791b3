"""Capturing what readers wrote: links to questions, edits, tombstones, high-water marks.

Events come zero, one or many times, in any order (discord-facts.md, 1). A message is saved by its
id, the newest edit wins, and a deletion leaves a tombstone of the bare id, so that an event or a
page of history that comes late brings nothing back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlite_utils import Database

from bot.core.response import Captured
from bot.store.ids import new_ids
from bot.store.links import link_batch
from bot.store.prompts import withdrawn_by_deletion
from bot.store.publications import end_thread, gone
from bot.store.times import to_text


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message that is gone from Discord."""

    source_id: int


@dataclass(frozen=True, slots=True)
class ThreadDeleted:
    """A thread that is gone from Discord, with all that was in it."""

    thread_id: int


Event = Captured | Deleted | ThreadDeleted


def collect(db: Database, events: Sequence[Event], marks: Mapping[int, int], now: datetime) -> None:
    """Apply a batch of events; the high-water marks move in the same transaction.

    The order of events makes no difference, so a batch is a handful of statements, however many
    events it holds: SQLite works through each of them without holding up the event loop.

    Args:
        marks: The newest message id seen, by thread, for threads without a gap before it.
    """
    save(db, [event for event in events if isinstance(event, Captured)])
    deleted = [event.source_id for event in events if isinstance(event, Deleted)]
    bury(db, deleted, now)
    ours = _ours(db, deleted)
    gone(db, ours, now)
    for message_id in ours:
        withdrawn_by_deletion(db, message_id, now)
    for event in events:
        if isinstance(event, ThreadDeleted):
            bury_thread(db, event.thread_id, now)
    db.conn.executemany(
        "update threads set seen_id = max(seen_id, ?) where id = ?",
        [(mark, thread_id) for thread_id, mark in marks.items()],
    )


BATCH = """
select
  json_extract(value, '$[0]') as id,
  json_extract(value, '$[1]') as source_id,
  json_extract(value, '$[2]') as guild_id,
  json_extract(value, '$[3]') as thread_id,
  json_extract(value, '$[4]') as parent_id,
  json_extract(value, '$[5]') as reader_id,
  json_extract(value, '$[6]') as reader_name,
  json_extract(value, '$[7]') as text,
  json_extract(value, '$[8]') as created_at,
  json_extract(value, '$[9]') as edited_at,
  publication_id
from json_each(:batch)
cross join threads on threads.id = json_extract(value, '$[3]') and threads.deleted_at is null
"""
"""Captured messages of threads that are collected, as `_row` writes them."""

READERS = """
insert into readers (id, name) select reader_id, reader_name from ({batch})
where source_id not in (select source_id from tombstones)
on conflict (id) do update set name = excluded.name where name <> excluded.name
"""

RESPONSES = """
insert into responses (id, source_id, source, guild_id, thread_id, publication_id, parent_id,
  reader_id, text, created_at, edited_at)
select id, source_id, iif(parent_id is null, 'message', 'reply'), guild_id, thread_id,
  publication_id, parent_id, reader_id, text, created_at, edited_at from ({batch})
where source_id not in (select source_id from tombstones)
on conflict (source_id) do update set text = excluded.text, edited_at = excluded.edited_at
where coalesce(excluded.edited_at, '') > coalesce(responses.edited_at, '')
"""

PARENTS_OF_DELETED = """
update tombstones set parent_id = batch.parent_id from ({batch}) as batch
where tombstones.source_id = batch.source_id
"""

SAVE = tuple(sql.format(batch=BATCH) for sql in (READERS, RESPONSES, PARENTS_OF_DELETED))
"""Keep each message or its newest edit; of one that was deleted before, what it replied to."""


def save(db: Database, messages: Sequence[Captured]) -> None:
    """Save messages, or the newest edits of them, and link them to the prompts they answer.

    Of a message that was deleted before it came, only what it replied to is kept, so that replies
    to it find their prompt. Nothing is saved of a thread that is gone or not ours.
    """
    told = [message for message in messages if message.text]
    if not told:
        return
    rows = [_row(*both) for both in zip(new_ids(len(told)), told, strict=True)]
    batch = orjson.dumps(rows).decode()
    for statement in SAVE:
        db.execute(statement, {"batch": batch})
    link_batch(
        db,
        [
            (one.source_id, one.thread_id, one.parent_id)
            for one in told
            if one.parent_id is not None
        ],
    )


def _row(response_id: int, message: Captured) -> tuple[int | str | None, ...]:
    return (
        response_id,
        message.source_id,
        message.guild_id,
        message.thread_id,
        message.parent_id,
        message.reader_id,
        _sound(message.reader_name),
        _sound(message.text),
        to_text(message.created_at),
        to_text(message.edited_at) if message.edited_at else None,
    )


def _sound(text: str) -> str:
    """Return a text without what no JSON carries: half a character, or a NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _ours(db: Database, message_ids: Sequence[int]) -> list[int]:
    rows = db.execute(
        "select message_id from messages where message_id in (select value from json_each(?))",
        [orjson.dumps(message_ids).decode()],
    )
    return [row[0] for row in rows.fetchall()]


def remember_reader(db: Database, reader_id: int, name: str) -> None:
    """Keep the name a reader goes by now."""
    db.execute(
        "insert into readers (id, name) values (?, ?) on conflict (id) do update "
        "set name = excluded.name where name <> excluded.name",
        [reader_id, name],
    )


def bury(db: Database, source_ids: Sequence[int], now: datetime) -> None:
    """Delete responses by their source, and keep the bare ids so that nothing brings them back.

    A reader of whom nothing is left is forgotten. A shown answer stays in the ledger without its
    response: the publisher then removes it.
    """
    if not source_ids:
        return
    ids = orjson.dumps(source_ids).decode()
    db.execute(
        "insert or ignore into tombstones (source_id, parent_id, prompt_id, deleted_at) "
        "select value, parent_id, prompt_id, :now from json_each(:ids) "
        "left join responses on responses.source_id = value",
        {"ids": ids, "now": to_text(now)},
    )
    [readers] = db.execute(
        "select json_group_array(distinct reader_id) from responses "
        "where source_id in (select value from json_each(?))",
        [ids],
    ).fetchone()
    db.execute("delete from responses where source_id in (select value from json_each(?))", [ids])
    db.execute(
        "delete from readers where id in (select value from json_each(?)) "
        "and not exists (select 1 from responses where reader_id = readers.id)",
        [readers],
    )


def bury_thread(db: Database, thread_id: int, now: datetime) -> None:
    """Delete everything that was said in a thread that is gone.

    Deleting a thread emits no deletions of its messages (discord-facts.md, fact 7).
    """
    rows = db.execute("select source_id from responses where thread_id = ?", [thread_id])
    bury(db, [row[0] for row in rows.fetchall()], now)
    end_thread(db, thread_id, now)


def marks(db: Database, guild_id: int) -> dict[int, int]:
    """Return the high-water marks of a guild's threads, by thread."""
    rows = db.execute(
        "select id, seen_id from threads where guild_id = ? and deleted_at is null", [guild_id]
    )
    return {row[0]: row[1] for row in rows}
