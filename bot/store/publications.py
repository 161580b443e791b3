"""The ledger: every thread and every message of ours, intended before it is sent."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.core.post import Post, Prompt
from bot.core.publication import Key, Kind, Publication, Sent
from bot.store.ids import new_id
from bot.store.links import link_replies
from bot.store.prompts import record_prompts
from bot.store.times import to_text


def intend(
    db: Database,
    channel_id: int,
    post: Post,
    prompts: Sequence[Prompt],
    *,
    asked_by: int | None,
    now: datetime,
) -> int:
    """Record the intent to start an essay's thread; return the publication's id.

    An essay that has a publication in this channel keeps it: one essay, one thread a channel.

    Args:
        prompts: What will be asked, in order.
        asked_by: The moderator who asked for it; None if it was due by itself.
        now: Aware.
    """
    rows = db.execute(
        "select id from publications where channel_id = ? and essay_id = ?",
        [channel_id, post.essay_id],
    ).fetchall()
    if rows:
        return int(rows[0][0])
    publication_id = new_id(now)
    row = {
        "id": publication_id,
        "channel_id": channel_id,
        "essay_id": post.essay_id,
        "post_id": post.id,
        "title": "",
        "asked_by": asked_by,
        "intended_at": to_text(now),
    }
    db.table("publications").insert(row)
    record_prompts(db, publication_id, post, prompts, now)
    return publication_id


def get_publication(db: Database, publication_id: int) -> Publication | None:
    """Return a publication with its messages."""
    rows = db.query(
        "select publications.*, channels.kind as channel_kind from publications "
        "join channels on channels.id = channel_id where publications.id = ?",
        [publication_id],
    )
    for row in rows:
        return Publication(
            id=row["id"],
            channel_id=row["channel_id"],
            is_forum=row["channel_kind"] == "forum",
            thread_id=row["thread_id"],
            title=row["title"],
            tags=tuple(json.loads(row["tags"])),
            is_locked=None if row["locked"] is None else bool(row["locked"]),
            is_over=row["over_at"] is not None,
            messages=_messages(db, publication_id),
        )
    return None


WORKING = ""
"""Stands for the digest while the publisher works; `AGAIN` for what has happened since."""

AGAIN = "again"


def begin(db: Database, publication_id: int) -> Publication | None:
    """Return a publication to work on; `settle` then knows whether it needs another step since."""
    db.execute("update publications set settled = ? where id = ?", [WORKING, publication_id])
    return get_publication(db, publication_id)


def unfinished(db: Database, guild_id: int) -> list[int]:
    """Return the publications of a guild that may need a step, oldest first.

    These are the ones whose file has changed, that wait for something, or in which an answer is
    to be shown, changed or removed.
    """
    rows = db.execute(
        "select publications.id from publications join channels on channels.id = channel_id "
        "join posts on posts.id = post_id where guild_id = ? and over_at is null "
        "and (settled <> posts.digest or waiting_for is not null or settled = '') "
        "order by publications.id",
        [guild_id],
    )
    return [row[0] for row in rows]


def settle(db: Database, publication_id: int, digest: str) -> None:
    """Record that Discord shows what the post of this digest wants, unless it needs a step since.

    An answer that is saved while the publisher works would otherwise be taken for shown.
    """
    db.execute(
        "update publications set settled = ? where id = ? and settled = ?",
        [digest, publication_id, WORKING],
    )


def unsettle(db: Database, publication_id: int) -> None:
    """Record that a publication needs a step, in the transaction that makes it so."""
    db.execute("update publications set settled = ? where id = ?", [AGAIN, publication_id])


def unsettle_expired(db: Database, post_ids: Sequence[int]) -> None:
    """Let the publications of posts that have expired by now be withdrawn."""
    for post_id in post_ids:
        db.execute(
            "update publications set settled = ? where post_id = ? and locked is not 1",
            [AGAIN, post_id],
        )


def post_of(db: Database, publication_id: int) -> int | None:
    """Return the id of the post that a publication discusses."""
    rows = db.execute("select post_id from publications where id = ?", [publication_id]).fetchall()
    return int(rows[0][0]) if rows else None


def attempt(
    db: Database,
    publication_id: int,
    key: Key,
    digest: str,
    now: datetime,
    *,
    prompt_id: int | None = None,
    response_id: int | None = None,
) -> str:
    """Record that a message is about to be sent: after a crash, it has to be looked for.

    Returns:
        When it was first attempted, which stays the same until it is known what came of it.
    """
    kind, position = key
    (since,) = db.execute(
        "insert into messages (publication_id, kind, position, prompt_id, response_id, digest, "
        "attempted_at) values (?, ?, ?, ?, ?, ?, ?) on conflict (publication_id, kind, position) "
        "do update set digest = excluded.digest, prompt_id = excluded.prompt_id, "
        "attempted_at = coalesce(attempted_at, excluded.attempted_at), "
        "response_id = excluded.response_id returning attempted_at",
        [publication_id, kind, position, prompt_id, response_id, digest, to_text(now)],
    ).fetchone()
    return str(since)


def not_sent(db: Database, publication_id: int, key: Key) -> None:
    """Record that Discord refused a message for certain, so that it need not be looked for."""
    db.execute(
        "update messages set attempted_at = null "
        "where publication_id = ? and kind = ? and position = ? and message_id is null",
        [publication_id, *key],
    )


def never_seen(db: Database, publication_id: int, key: Key, now: datetime) -> None:
    """Record that a message was sent, and removed by somebody before we knew: it stays away."""
    db.execute(
        "update messages set deleted_at = ? where publication_id = ? and kind = ? and position = ?",
        [to_text(now), publication_id, *key],
    )


def sent(db: Database, publication_id: int, found: Mapping[Key, int], now: datetime) -> None:
    """Record the ids of messages that Discord confirmed or shows, and link early replies."""
    for (kind, position), message_id in found.items():
        rows = db.execute(
            "update messages set message_id = ?, sent_at = ? where publication_id = ? "
            "and kind = ? and position = ? returning prompt_id",
            [message_id, to_text(now), publication_id, kind, position],
        ).fetchall()
        for row in rows:
            if row[0] is not None and kind in (Kind.PROMPT, Kind.ANSWER):
                link_replies(db, message_id, row[0])


def edited(db: Database, publication_id: int, key: Key, digest: str) -> None:
    """Record what a message was changed to."""
    db.execute(
        "update messages set digest = ? where publication_id = ? and kind = ? and position = ?",
        [digest, publication_id, *key],
    )


def editing(db: Database, publication_id: int, key: Key) -> None:
    """Record that what a message says is unknown, since it is about to be changed.

    One that we were about to remove is still that: if it is gone, that was our own doing.
    """
    db.execute(
        "update messages set digest = '' "
        "where publication_id = ? and kind = ? and position = ? and digest <> ?",
        [publication_id, *key, REMOVING],
    )


def forget_message(db: Database, publication_id: int, key: Key) -> None:
    """Drop a row of a message that was never sent."""
    db.execute(
        "delete from messages where publication_id = ? and kind = ? and position = ? "
        "and message_id is null",
        [publication_id, *key],
    )


REMOVING = "removing"
"""Stands for the digest of a message that we are about to remove from Discord."""


def removing(db: Database, publication_id: int, key: Key) -> None:
    """Record that we are about to remove a message: that it is gone then is nobody else's doing."""
    edited(db, publication_id, key, REMOVING)


def removed(db: Database, publication_id: int, key: Key) -> None:
    """Drop the row of a message that we removed from Discord: it may be sent again if wanted."""
    db.execute(
        "delete from messages where publication_id = ? and kind = ? and position = ?",
        [publication_id, *key],
    )


def gone(db: Database, message_ids: Sequence[int], now: datetime) -> None:
    """Record that messages of ours are gone; they are never posted again.

    A shown answer that somebody deleted hides its response from exports; the text stays its
    reader's, who finds it under `/privacy`. One that was removed because its reader no longer
    wants it in the thread stays readable for the author. What we were about to remove is dropped.
    """
    for message_id in message_ids:
        db.execute(
            "delete from messages where message_id = ? and digest = ?", [message_id, REMOVING]
        )
        db.execute(
            "update messages set deleted_at = coalesce(deleted_at, ?) where message_id = ?",
            [to_text(now), message_id],
        )
        db.execute(
            "update responses set hidden_at = coalesce(hidden_at, ?) where id in "
            "(select response_id from messages where message_id = ? and kind = 'answer') "
            "and shown = 1",
            [to_text(now), message_id],
        )


def record_thread(
    db: Database, publication_id: int, guild_id: int, thread_id: int, now: datetime
) -> None:
    """Record a publication's thread; its high-water mark begins at the starter message."""
    db.execute(
        "update publications set thread_id = ?, waiting_for = null, "
        "started_at = coalesce(started_at, ?) where id = ?",
        [thread_id, to_text(now), publication_id],
    )
    db.execute(
        "insert or ignore into threads (id, guild_id, publication_id, seen_id) values (?, ?, ?, ?)",
        [thread_id, guild_id, publication_id, thread_id],
    )


def described(db: Database, publication_id: int, title: str, tags: Sequence[str]) -> None:
    """Record a thread's name and tags as they were last set."""
    db.execute(
        "update publications set title = ?, tags = ? where id = ?",
        [title, json.dumps(tags, ensure_ascii=False), publication_id],
    )


def locked(db: Database, publication_id: int, *, is_locked: bool | None) -> None:
    """Record whether a thread is locked by us; None while that is being changed."""
    db.execute("update publications set locked = ? where id = ?", [is_locked, publication_id])


def wait_for(db: Database, publication_id: int, reason: str | None) -> bool:
    """Record what a publication waits for, for `doctor` and moderators; return if that is new."""
    cursor = db.execute(
        "update publications set waiting_for = ? where id = ? and waiting_for is not ?",
        [reason, publication_id, reason],
    )
    return cursor.rowcount > 0


def waiting(db: Database) -> list[tuple[str, str]]:
    """Return what waits, as pairs of a post's name and the reason."""
    rows = db.execute(
        "select posts.lang || ':' || posts.slug, waiting_for from publications "
        "join posts on posts.id = post_id where waiting_for is not null and over_at is null "
        "order by publications.id"
    )
    return [(row[0], row[1]) for row in rows]


def end(db: Database, publication_id: int, because: str, now: datetime) -> None:
    """Record that a publication is over: its thread or its channel is gone. Responses stay."""
    db.execute(
        "update publications set over_at = coalesce(over_at, ?), over_because = ? where id = ?",
        [to_text(now), because, publication_id],
    )


def end_thread(db: Database, thread_id: int, now: datetime) -> None:
    """Record that a thread was deleted; it stays deleted."""
    db.execute(
        "update threads set deleted_at = coalesce(deleted_at, ?) where id = ?",
        [to_text(now), thread_id],
    )
    for row in db.execute("select publication_id from threads where id = ?", [thread_id]):
        end(db, row[0], "its thread was deleted", now)


def _messages(db: Database, publication_id: int) -> tuple[Sent, ...]:
    rows = db.query(
        "select * from messages where publication_id = ? order by kind, position", [publication_id]
    )
    return tuple(
        Sent(
            Kind(row["kind"]),
            row["position"],
            row["digest"],
            row["message_id"],
            attempted=row["attempted_at"] is not None,
            deleted=row["deleted_at"] is not None,
        )
        for row in rows
    )
