"""Capturing what readers wrote: links to questions, edits, tombstones, high-water marks.

Events come zero, one or many times, in any order (discord-facts.md, 1). A message is saved by its
id, the newest edit wins, and a deletion leaves a tombstone of the bare id, so that an event or a
page of history that comes late brings nothing back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.response import Captured
from bot.store.ids import new_id
from bot.store.links import link_replies, prompt_of
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

    Args:
        marks: The newest message id seen, by thread, for threads without a gap before it.
    """
    for event in events:
        match event:
            case Captured():
                save(db, event)
            case Deleted():
                bury(db, [event.source_id], now)
                withdrawn_by_deletion(db, event.source_id, now)
                gone(db, [event.source_id], now)
            case ThreadDeleted():
                bury_thread(db, event.thread_id, now)
    db.conn.executemany(
        "update threads set seen_id = max(seen_id, ?) where id = ?",
        [(mark, thread_id) for thread_id, mark in marks.items()],
    )


def save(db: Database, message: Captured) -> None:
    """Save a message, or the newest edit of it, and link it to the prompt it answers.

    Of a message that was deleted before it came, only what it replied to is kept, so that replies
    to it find their prompt. Nothing is saved of a thread that is gone or not ours.
    """
    if not message.text or not _is_collected(db, message.thread_id):
        return
    prompt_id = prompt_of(db, message.thread_id, message.parent_id)
    if not _save_parent_of_deleted(db, message, prompt_id):
        remember_reader(db, message.reader_id, message.reader_name)
        _upsert(db, message, prompt_id)
    if prompt_id is not None:
        link_replies(db, message.source_id, prompt_id)


def _is_collected(db: Database, thread_id: int) -> bool:
    query = "select 1 from threads where id = ? and deleted_at is null"
    return db.execute(query, [thread_id]).fetchone() is not None


def _save_parent_of_deleted(db: Database, message: Captured, prompt_id: int | None) -> bool:
    cursor = db.execute(
        "update tombstones set parent_id = ?, prompt_id = coalesce(prompt_id, ?) "
        "where source_id = ?",
        [message.parent_id, prompt_id, message.source_id],
    )
    return cursor.rowcount > 0


def _upsert(db: Database, message: Captured, prompt_id: int | None) -> None:
    db.execute(
        "insert into responses (id, source_id, source, guild_id, thread_id, publication_id, "
        "prompt_id, parent_id, reader_id, text, created_at, edited_at) "
        "select :id, :source_id, :source, :guild_id, :thread_id, publication_id, :prompt_id, "
        ":parent_id, :reader_id, :text, :created_at, :edited_at from threads where id = :thread_id "
        "on conflict (source_id) do update set text = excluded.text, "
        "edited_at = excluded.edited_at, prompt_id = coalesce(prompt_id, excluded.prompt_id) "
        "where coalesce(excluded.edited_at, '') > coalesce(responses.edited_at, '')",
        {
            "id": new_id(),
            "source_id": message.source_id,
            "source": "message" if message.parent_id is None else "reply",
            "guild_id": message.guild_id,
            "thread_id": message.thread_id,
            "prompt_id": prompt_id,
            "parent_id": message.parent_id,
            "reader_id": message.reader_id,
            "text": message.text,
            "created_at": to_text(message.created_at),
            "edited_at": to_text(message.edited_at) if message.edited_at else None,
        },
    )


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
    for source_id in source_ids:
        db.execute(
            "insert or ignore into tombstones (source_id, parent_id, prompt_id, deleted_at) "
            "select :id, max(parent_id), max(prompt_id), :now from responses "
            "where source_id = :id",
            {"id": source_id, "now": to_text(now)},
        )
        deleted = db.execute(
            "delete from responses where source_id = ? returning reader_id", [source_id]
        )
        for row in deleted.fetchall():
            db.execute(
                "delete from readers where id = :reader "
                "and not exists (select 1 from responses where reader_id = :reader)",
                {"reader": row[0]},
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
