"""The ledger of messages: every message of ours, intended before it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.core.publishing.publication import Key, Kind, Sent
from bot.core.response import Because
from bot.core.snowflakes import first_id_at
from bot.store.reply_links import link_replies
from bot.store.times import from_text, to_text


def attempt(
    db: Database,
    publication_id: int,
    key: Key,
    digest: str,
    now: datetime,
    *,
    after: int = 0,
    prompt_id: int | None = None,
    response_id: int | None = None,
) -> str:
    """Record that a message is about to be sent: after a crash, it has to be looked for.

    Args:
        after: An id that is older than the message will be, by Discord's clock and not by ours.

    Returns:
        When it was first attempted, which stays the same until it is known what came of it.
    """
    kind, position = key
    (since,) = db.execute(
        "insert into messages (publication_id, kind, position, prompt_id, response_id, digest, "
        "attempted_at, attempted_after) values (?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict (publication_id, kind, position) "
        "do update set digest = excluded.digest, prompt_id = excluded.prompt_id, "
        "attempted_after = iif(attempted_at is null, excluded.attempted_after, attempted_after), "
        "attempted_at = coalesce(attempted_at, excluded.attempted_at), "
        "response_id = excluded.response_id returning attempted_at",
        [publication_id, kind, position, prompt_id, response_id, digest, to_text(now), after],
    ).fetchone()
    return str(since)


def not_sent(db: Database, publication_id: int, key: Key) -> None:
    """Record that Discord refused a message for certain, so that it need not be looked for."""
    _change(db, publication_id, key, "update messages set attempted_at = null", only=UNCONFIRMED)


def never_seen(db: Database, publication_id: int, key: Key, now: datetime) -> None:
    """Record that a message was sent, and removed by somebody before we knew: it stays away.

    That hides an answer as any deletion of what shows it does (see `gone`).
    """
    change = "update messages set deleted_at = ?, deleted_because = 'concluded'"
    _change(db, publication_id, key, change, to_text(now))
    db.execute(
        "update responses set hidden_at = coalesce(hidden_at, ?) where shown = 1 and id in "
        "(select response_id from messages where publication_id = ? and kind = ? and position = ?)",
        [to_text(now), publication_id, *key],
    )


def sent(db: Database, publication_id: int, found: Mapping[Key, int], now: datetime) -> None:
    """Record the ids of messages that Discord confirmed or shows, and link early replies."""
    for (kind, position), message_id in found.items():
        rows = db.execute(
            "update messages set message_id = ?, sent_at = ? where publication_id = ? "
            "and kind = ? and position = ? returning prompt_id",
            [message_id, to_text(now), publication_id, kind, position],
        )
        for (prompt_id,) in rows.fetchall():
            if prompt_id is not None and kind in (Kind.PROMPT, Kind.ANSWER):
                link_replies(db, message_id, prompt_id)


def edited(db: Database, publication_id: int, key: Key, digest: str) -> None:
    """Record what a message was changed to."""
    _change(db, publication_id, key, "update messages set digest = ?", digest)


def editing(db: Database, publication_id: int, key: Key) -> None:
    """Record that what a message says is unknown, since it is about to be changed.

    One that we were about to remove is still that: if it is gone, that was our own doing.
    """
    _change(
        db, publication_id, key, "update messages set digest = ''", only=f"digest <> '{REMOVING}'"
    )


def forget_message(db: Database, publication_id: int, key: Key) -> None:
    """Drop a row of a message that was never sent."""
    _change(db, publication_id, key, "delete from messages", only=UNCONFIRMED)


REMOVING = "removing"
"""Stands for the digest of a message that we are about to remove from Discord."""


def removing(db: Database, publication_id: int, key: Key) -> None:
    """Record that we are about to remove a message: that it is gone then is nobody else's doing."""
    edited(db, publication_id, key, REMOVING)


def removed(db: Database, publication_id: int, key: Key) -> None:
    """Drop the row of a message that we removed from Discord: it may be sent again if wanted."""
    _change(db, publication_id, key, "delete from messages")


UNCONFIRMED = "message_id is null"


def _change(
    db: Database, publication_id: int, key: Key, change: str, *values: str, only: str = "true"
) -> None:
    """Change or delete the row of one message."""
    where = f"where publication_id = ? and kind = ? and position = ? and {only}"
    db.execute(f"{change} {where}", [*values, publication_id, *key])


def gone(db: Database, message_ids: Sequence[int], now: datetime, because: Because) -> None:
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
            "update messages set deleted_at = coalesce(deleted_at, ?), deleted_because = "
            "iif(deleted_at is null or deleted_because = 'concluded', ?, deleted_because) "
            "where message_id = ?",
            [to_text(now), because, message_id],
        )
        db.execute(
            "update responses set hidden_at = coalesce(hidden_at, ?) where id in "
            "(select response_id from messages where message_id = ? and kind = 'answer') "
            "and shown = 1",
            [to_text(now), message_id],
        )


def seen_again(db: Database, message_id: int) -> None:
    """Take back that a message of ours is gone, if that was only concluded: it stands there."""
    rows = db.execute(
        "select publication_id, prompt_id, response_id, kind, deleted_at from messages "
        "where message_id = ? and deleted_because = 'concluded'",
        [message_id],
    ).fetchall()
    db.execute("delete from tombstones where source_id = ? and because = 'concluded'", [message_id])
    for publication_id, prompt_id, response_id, kind, since in rows:
        if kind == Kind.PROMPT:
            db.execute(
                "update prompts set withdrawn_at = null where id = ? and withdrawn_at >= ?",
                [prompt_id, since],
            )
        db.execute(
            "update responses set hidden_at = null where id = ? and hidden_at >= ? "
            "and hidden_by is null",
            [response_id, since],
        )
        db.execute(
            "update messages set deleted_at = null, deleted_because = null, digest = '' "
            "where message_id = ?",
            [message_id],
        )
        db.execute("update publications set settled = 'again' where id = ?", [publication_id])


BEFORE_AN_ATTEMPT = timedelta(days=1)
"""An attempt of an older version has a time by our clock alone, which may be wrong."""


ALL_MESSAGES = "select * from messages where publication_id = :publication order by kind, position"

ONE_ANSWERS = """
select * from messages where publication_id = :publication and kind = 'starter' union all
select * from messages
where publication_id = :publication and kind = 'answer' and position = :answer
"""


def messages_of(
    db: Database, publication_id: int, answer_id: int | None = None
) -> tuple[Sent, ...]:
    """Return a publication's messages, or the starter's and one answer's alone."""
    rows = db.query(
        ALL_MESSAGES if answer_id is None else ONE_ANSWERS,
        {"publication": publication_id, "answer": answer_id},
    )
    return tuple(
        Sent(
            Kind(row["kind"]),
            row["position"],
            row["digest"],
            row["message_id"],
            attempted=row["attempted_at"] is not None,
            deleted=row["deleted_at"] is not None,
            since=from_text(row["attempted_at"]) if row["attempted_at"] else None,
            after=_after(row),
            prompt_id=row["prompt_id"],
        )
        for row in rows
    )


def _after(row: dict[str, Any]) -> int:
    """Return an id before which a message that was attempted cannot stand."""
    if row["attempted_after"] is not None or row["attempted_at"] is None:
        return row["attempted_after"] or 0
    return first_id_at(from_text(row["attempted_at"]) - BEFORE_AN_ATTEMPT)
