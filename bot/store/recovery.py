"""Writing a publication back into a database that was lost while its thread still existed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.core.post import Post
from bot.store.ledger.publications import end, record_thread, reopen_thread
from bot.store.responses import refusals
from bot.store.responses.readers import remember_reader
from bot.store.times import to_text


@dataclass(frozen=True, slots=True)
class FoundPrompt:
    """A prompt as its message shows it, or a button that names it.

    Attributes:
        message_id: None if it has no message of its own.
        is_ours: It is our own invitation.
        is_withdrawn: Its message was deleted, and only answers to it are left.
    """

    id: int
    message_id: int | None
    text: str
    is_ours: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """A shown answer as its message shows it."""

    response_id: int
    prompt_id: int
    message_id: int
    reader_id: int
    reader_name: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A thread of ours that the database does not know.

    Attributes:
        publication_id: As its marker names it.
        thread_id: None if there is no thread: it was not started yet, or it was deleted.
        bodies: The ids of the messages that hold the essay, in order.
    """

    publication_id: int
    thread_id: int | None
    starter_id: int
    started_at: datetime
    bodies: Sequence[int] = ()
    prompts: Sequence[FoundPrompt] = ()
    answers: Sequence[FoundAnswer] = ()
    is_over: bool = False


def recover(
    db: Database, channel_id: int, guild_id: int, post: Post, found: Found, now: datetime
) -> bool:
    """Write a publication back; return whether the essay had none in this channel.

    Its messages are written without a digest, so that the publisher brings each up to date; its
    high-water mark begins at the starter, so that catching up reads the whole thread.
    """
    known = db.execute(
        "select 1 from publications where id = ? or (channel_id = ? and essay_id = ?)",
        [found.publication_id, channel_id, post.essay_id],
    ).fetchone()
    if known:
        return False
    db.execute(
        "insert into publications (id, channel_id, essay_id, post_id, title, intended_at) "
        "values (?, ?, ?, ?, '', ?)",
        [found.publication_id, channel_id, post.essay_id, post.id, to_text(found.started_at)],
    )
    if found.thread_id is not None:
        record_thread(db, found.publication_id, guild_id, found.thread_id, now)
    elif found.is_over:
        end(db, found.publication_id, "its thread was deleted", now)
    for position, prompt in enumerate(found.prompts):
        withdrawn_at = to_text(now) if prompt.is_withdrawn else None
        db.execute(
            "insert into prompts (id, publication_id, position, text, is_ours, withdrawn_at) "
            "values (?, ?, ?, ?, ?, ?)",
            [prompt.id, found.publication_id, position, prompt.text, prompt.is_ours, withdrawn_at],
        )
    _write_messages(db, found, now)
    for answer in found.answers:
        _write_answer(db, guild_id, found, answer, now)
    return True


def reopen(db: Database, thread_id: int, guild_id: int, found: Found, now: datetime) -> bool:
    """Write back a thread that was presumed deleted and exists; return whether it was collected.

    What readers wrote in it is read again from its beginning; the answers that it shows are taken
    from our own messages.
    """
    if not reopen_thread(db, thread_id):
        return False
    for answer in found.answers:
        _write_answer(db, guild_id, found, answer, now)
    return True


def _write_messages(db: Database, found: Found, now: datetime) -> None:
    rows: list[tuple[str, int, int | None, int]] = [("starter", 0, None, found.starter_id)]
    rows += [("body", place, None, each) for place, each in enumerate(found.bodies)]
    rows += [
        ("prompt", place, prompt.id, prompt.message_id)
        for place, prompt in enumerate(found.prompts)
        if prompt.message_id is not None
    ]
    db.conn.executemany(
        "insert into messages (publication_id, kind, position, prompt_id, digest, attempted_at, "
        "message_id, sent_at) values (?, ?, ?, ?, '', ?, ?, ?)",
        [
            (found.publication_id, kind, place, prompt, to_text(now), message, to_text(now))
            for kind, place, prompt, message in rows
        ],
    )


def _write_answer(
    db: Database, guild_id: int, found: Found, answer: FoundAnswer, now: datetime
) -> None:
    if refusals.refuses(db, guild_id, answer.reader_id):
        return
    remember_reader(db, answer.reader_id, answer.reader_name)
    db.execute(
        "insert or ignore into responses (id, source_id, source, guild_id, thread_id, "
        "publication_id, prompt_id, reader_id, text, created_at) "
        "select ?, ?, 'answer', ?, ?, ?, id, ?, ?, ? from prompts where id = ?",
        [
            answer.response_id,
            answer.message_id,
            guild_id,
            found.thread_id,
            found.publication_id,
            answer.reader_id,
            refusals.cleaned(db, guild_id, answer.text),
            to_text(answer.created_at),
            answer.prompt_id,
        ],
    )
    db.execute(
        "insert into messages (publication_id, kind, position, prompt_id, response_id, digest, "
        "attempted_at, message_id, sent_at) "
        "select publication_id, 'answer', id, prompt_id, id, '', ?, ?, ? from responses "
        "where id = ? on conflict (publication_id, kind, position) "
        "do update set response_id = excluded.response_id",
        [to_text(now), answer.message_id, to_text(now), answer.response_id],
    )
