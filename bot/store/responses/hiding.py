"""Responses that a moderator hid: kept for their writers, and left out of all that leaves.

An answer's message goes from its thread; a reader's own message stays in Discord, where only they
or a moderator can delete it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.store.audit import OF_THE_BOT, Act, record_act
from bot.store.ledger import pending_answers
from bot.store.responses.highlights import meant
from bot.store.times import to_text


@dataclass(frozen=True, slots=True)
class Hidden:
    """A response that was hidden or shown again.

    Attributes:
        is_answer: It was given through a button, and the bot shows it.
        is_hidden: Whether it is hidden now.
    """

    id: int
    publication_id: int
    is_answer: bool
    is_hidden: bool


def toggle_shown(
    db: Database,
    guild_id: int,
    message_id: int,
    by: int,
    now: datetime,
    answer_id: int | None = None,
) -> Hidden | None:
    """Hide the response of a guild that a message is or shows, or show it again.

    Args:
        answer_id: See `meant`.

    Returns:
        None if the message is no such response.
    """
    response_id = meant(db, guild_id, message_id, answer_id)
    if response_id is None:
        return None
    [(hide,)] = db.execute("select hidden_by is null from responses where id = ?", [response_id])
    return _set_hidden(db, guild_id, response_id, by, now, hide=bool(hide))


def show_again(
    db: Database, guild_id: int, response_id: int, by: int, now: datetime
) -> Hidden | None:
    """Show a response of a guild again; None if it is not hidden, or gone.

    An answer whose message somebody deleted in Discord is never posted again.
    """
    row = db.execute(
        "select 1 from responses where id = ? and guild_id = ? and hidden_by is not null",
        [response_id, guild_id],
    ).fetchone()
    return _set_hidden(db, guild_id, response_id, by, now, hide=False) if row else None


SHOWN = "source = 'answer' and shown = 1 and hidden_at is null"


def readers_shown(db: Database, guild_id: int) -> set[int]:
    """Return the readers of whom an answer is shown in a guild, or is to be."""
    rows = db.execute(
        f"select distinct reader_id from responses where guild_id = ? and {SHOWN}",  # noqa: S608
        [guild_id],
    )
    return {row[0] for row in rows}


def take_down(db: Database, guild_id: int, reader_id: int, now: datetime) -> list[Hidden]:
    """Hide what a banned reader's answers show in a guild; nothing is deleted.

    The audit says how many they were, and not whose.
    """
    rows = db.execute(
        "select id, publication_id from responses "  # noqa: S608
        f"where guild_id = ? and reader_id = ? and {SHOWN}",
        [guild_id, reader_id],
    ).fetchall()
    db.conn.executemany(
        "update responses set hidden_at = ?, hidden_by = ? where id = ?",
        [(to_text(now), OF_THE_BOT, row[0]) for row in rows],
    )
    for response_id, _ in rows:
        pending_answers.add(db, response_id)
    if rows:
        record_act(db, guild_id, OF_THE_BOT, "took answers down", now, detail=str(len(rows)))
    return [Hidden(row[0], row[1], is_answer=True, is_hidden=True) for row in rows]


def _set_hidden(
    db: Database, guild_id: int, response_id: int, by: int, now: datetime, *, hide: bool
) -> Hidden:
    [(publication_id, source)] = db.execute(
        "update responses set hidden_at = iif(:hide, coalesce(hidden_at, :now), null), "
        "hidden_by = iif(:hide, :by, null) where id = :id returning publication_id, source",
        {"hide": hide, "now": to_text(now), "by": by, "id": response_id},
    ).fetchall()
    if source == "answer":
        pending_answers.add(db, response_id)
    act: Act = "hid a response" if hide else "showed a response again"
    record_act(db, guild_id, by, act, now, subject_id=response_id)
    return Hidden(response_id, publication_id, source == "answer", hide)
