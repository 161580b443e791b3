"""Capturing what readers wrote: links to questions, edits, tombstones, high-water marks.

Events come zero, one or many times, in any order (docs/discord-facts.md#events-and-replay). A
message is saved by its id, the newest edit wins, and a deletion leaves a tombstone of the bare id,
so that an event or a page of history that comes late brings nothing back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlite_utils import Database

from bot.core.response import Because, Captured, Why
from bot.store.file.scrubbing import owe_scrub
from bot.store.ids import new_ids
from bot.store.ledger.messages import gone, seen_again
from bot.store.ledger.prompts import withdrawn_by_deletion
from bot.store.ledger.publications import end_thread
from bot.store.reply_links import link_batch
from bot.store.responses import refusals
from bot.store.responses.gaps import close_gap, open_gap
from bot.store.responses.keeping import keepable, quote_by_default
from bot.store.responses.reactions import ReactionEvent, record_reactions
from bot.store.responses.readers import remember_nicknames, sound
from bot.store.times import to_text


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message that was deleted from Discord, a reader's or our own."""

    source_id: int
    because: Because = "event"


@dataclass(frozen=True, slots=True)
class AskedInstead:
    """A message that its writer edited into a question to the bot, which is not kept."""

    source_id: int
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """A message of our own that counted as deleted, and exists."""

    message_id: int


@dataclass(frozen=True, slots=True)
class ThreadDeleted:
    """A thread that was deleted from Discord, with all its messages."""

    thread_id: int
    because: Because = "event"


@dataclass(frozen=True, slots=True)
class GapOpened:
    """A thread that cannot be read from now on."""

    thread_id: int
    lacking: tuple[str, ...]
    began: datetime


@dataclass(frozen=True, slots=True)
class GapClosed:
    """A thread in which everything was read that was written during its gap."""

    thread_id: int


Event = (
    Captured
    | AskedInstead
    | Deleted
    | SeenAgain
    | ThreadDeleted
    | GapOpened
    | GapClosed
    | ReactionEvent
)


def collect(db: Database, events: Sequence[Event], marks: Mapping[int, int], now: datetime) -> None:
    """Apply a batch of events; the high-water marks move in the same transaction.

    The order of events makes no difference, so a batch is a handful of statements, however many
    events it holds: SQLite works through each of them without holding up the event loop.

    Args:
        marks: The newest message id seen, by thread, for threads without a gap before it.
    """
    rest = [event for event in events if not isinstance(event, Captured)]
    _delete(db, rest, now, "concluded")  # what was seen undoes it
    captured = [event for event in events if isinstance(event, Captured)]
    save(db, captured)
    if any(message.edited_at for message in captured):
        owe_scrub(db, now)
    _delete(db, rest, now, "event")
    record_reactions(db, [event for event in rest if isinstance(event, ReactionEvent)])
    for event in rest:
        match event:
            case AskedInstead():
                _empty(db, event, now)
            case SeenAgain():
                seen_again(db, event.message_id)
            case ThreadDeleted():
                bury_thread(db, event.thread_id, now, event.because)
            case GapOpened():
                open_gap(db, event.thread_id, event.lacking, event.began)
            case GapClosed():
                close_gap(db, event.thread_id, now)
    db.conn.executemany(
        "update threads set seen_id = max(seen_id, ?) where id = ?",
        [(mark, thread_id) for thread_id, mark in marks.items()],
    )


def _empty(db: Database, event: AskedInstead, now: datetime) -> None:
    """Take the text out of a response, as an edit does that leaves none; a later edit counts."""
    edited_at = to_text(event.edited_at)
    cursor = db.execute(
        "update responses set text = '', edited_at = ? "
        "where source_id = ? and coalesce(edited_at, '') < ? and source <> 'answer'",
        [edited_at, event.source_id, edited_at],
    )
    if cursor.rowcount:
        owe_scrub(db, now)


def _delete(db: Database, events: Sequence[Event], now: datetime, because: Because) -> None:
    """Delete what readers wrote in deleted messages, and record which of ours were deleted."""
    deleted = [event for event in events if isinstance(event, Deleted)]
    ids = [event.source_id for event in deleted if event.because == because]
    if not ids:
        return
    bury(db, ids, now, because)
    rows = db.execute(
        "select message_id from messages where message_id in (select value from json_each(?))",
        [orjson.dumps(ids).decode()],
    )
    ours = [row[0] for row in rows.fetchall()]
    gone(db, ours, now, because)
    for message_id in ours:
        withdrawn_by_deletion(db, message_id, now)


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

UNDO_CONCLUDED = f"""
delete from tombstones where because = 'concluded'
and source_id in (select source_id from ({BATCH}))
returning was_linked, prompt_id, was_hidden_at, source_id
"""  # noqa: S608  # no value in it
"""A message that is seen exists, whatever was concluded before."""

AS_BEFORE = """
update responses set prompt_id = iif(:linked, :prompt, prompt_id),
  linked_by = iif(:linked, 0, linked_by), hidden_at = :hidden, hidden_by = iif(:hidden is null,
  null, 0) where source_id = :source
"""
"""What moderators decided about a message outlives that it counted as deleted for a while."""


def save(db: Database, messages: Sequence[Captured], *, is_asked: bool = False) -> int:
    """Save messages, or the newest edits of them, and link them to the prompts they answer.

    If a message was deleted before it came, only the id it replied to is kept, so that replies to
    it find their prompt. Nothing is saved of a thread that is deleted or not ours. A message whose
    text was edited away stays without it, so that an older event does not bring it back. What its
    writer does not want to be kept is left out first (`bot.store.responses.keeping`).

    Args:
        is_asked: Their writers ask for it, which is a yes to keeping them.

    Returns:
        How many may be kept.
    """
    kept = [message for message in messages if message.text or message.edited_at]
    kept = keepable(db, kept, is_asked=is_asked) if kept else []
    if not kept:
        return 0
    rows = [_row(*both) for both in zip(new_ids(len(kept)), kept, strict=True)]
    batch = orjson.dumps(rows).decode()
    undone = []
    if db.execute("select 1 from tombstones where because = 'concluded' limit 1").fetchone():
        undone = db.execute(UNDO_CONCLUDED, {"batch": batch}).fetchall()
    for statement in SAVE:
        db.execute(statement, {"batch": batch})
    for row in undone:
        if row[0] or row[2]:
            names = ("linked", "prompt", "hidden", "source")
            db.execute(AS_BEFORE, dict(zip(names, row, strict=True)))
    named = [one for one in kept if one.nickname is not None]
    remember_nicknames(db, {(one.guild_id, one.reader_id): one.nickname or "" for one in named})
    replies = [one for one in kept if one.parent_id is not None]
    link_batch(db, [(one.source_id, one.thread_id, one.parent_id or 0) for one in replies])
    quote_by_default(db, [one.source_id for one in kept])
    return len(kept)


def keep_message(db: Database, message: Captured) -> bool:
    """Keep a message because its writer asks for it; return False if there is nothing in it.

    They may have deleted it here before: that they ask counts more.

    Raises:
        RefusedError: Its writer chose that nothing of theirs is kept.
    """
    accepted = refusals.accepted(db, message)
    if not save(db, [accepted], is_asked=True):
        return False
    if db.execute("delete from tombstones where source_id = ?", [message.source_id]).rowcount:
        save(db, [accepted], is_asked=True)
    return True


def _row(response_id: int, message: Captured) -> tuple[int | str | None, ...]:
    return (
        response_id,
        message.source_id,
        message.guild_id,
        message.thread_id,
        message.parent_id,
        message.reader_id,
        sound(message.reader_name),
        sound(message.text),
        to_text(message.created_at),
        to_text(message.edited_at) if message.edited_at else None,
    )


ERASURES = """
insert or ignore into erasures (response_id, publication_id, because, erased_at)
select id, publication_id, :because, :now from responses
where source_id in (select value from json_each(:ids))
"""

TOMBSTONES = """
insert into tombstones (source_id, parent_id, prompt_id, deleted_at, because, was_linked,
  was_hidden_at)
select value, parent_id, prompt_id, :now, :because, linked_by is not null,
  iif(:because = 'concluded' and hidden_by is not null, hidden_at, null) from json_each(:ids)
left join responses on responses.source_id = value where true
on conflict (source_id) do update set because = excluded.because
where tombstones.because = 'concluded'
"""


def bury(db: Database, source_ids: Sequence[int], now: datetime, because: Why) -> None:
    """Delete responses by their source, and keep the bare ids so that nothing brings them back.

    Every deletion comes through here, and is written into `erasures`: earlier exports must lose it,
    too. A reader without responses is deleted. A shown answer stays in the ledger without its
    response: the publisher then removes it. A deletion that was concluded counts as certain once
    Discord sends an event about it, or somebody asks for it.
    """
    if not source_ids:
        return
    ids = orjson.dumps(source_ids).decode()
    values = {"ids": ids, "now": to_text(now), "because": because}
    db.execute(ERASURES, values)
    is_asked_for = because in {"retention", "purge"}
    db.execute(TOMBSTONES, values | {"because": "reader"} if is_asked_for else values)
    [readers] = db.execute(
        "select json_group_array(distinct reader_id) from responses "
        "where source_id in (select value from json_each(?))",
        [ids],
    ).fetchone()
    cursor = db.execute(
        "delete from responses where source_id in (select value from json_each(?))", [ids]
    )
    if cursor.rowcount:
        owe_scrub(db, now)
    db.execute(
        "delete from readers where id in (select value from json_each(?)) "
        "and not exists (select 1 from responses where reader_id = readers.id)",
        [readers],
    )


def bury_thread(db: Database, thread_id: int, now: datetime, because: Because = "event") -> None:
    """Delete everything that was written in a thread that was deleted.

    Deleting a thread emits no deletions of its messages (docs/discord-facts.md#deleted-threads).
    """
    rows = db.execute("select source_id from responses where thread_id = ?", [thread_id])
    bury(db, [row[0] for row in rows.fetchall()], now, because)
    end_thread(db, thread_id, now, because)


def marks(db: Database, guild_id: int) -> dict[int, int]:
    """Return the high-water marks of a guild's threads, by thread."""
    rows = db.execute(
        "select id, seen_id from threads where guild_id = ? and deleted_at is null", [guild_id]
    )
    return {row[0]: row[1] for row in rows}
