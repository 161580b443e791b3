"""Responses that an author or a moderator marked."""

from datetime import datetime

from sqlite_utils import Database

from bot.store.audit import Act, record_act
from bot.store.times import to_text

SHOWN_AS = """
select id from responses where source_id = :message
union all
select response_id from messages where message_id = :message and response_id is not null
"""


def shown_as(db: Database, message_id: int) -> int | None:
    """Return the response that a message is, or shows; None if it does neither."""
    row = db.execute(SHOWN_AS, {"message": message_id}).fetchone()
    return row[0] if row else None


def meant(db: Database, guild_id: int, message_id: int, answer_id: int | None = None) -> int | None:
    """Return the response of a guild that a message command is used on; None if it is none.

    Args:
        answer_id: The answer that the message shows by its own buttons: the ledger learns of a
            message a moment after people see it.
    """
    response_id = answer_id or shown_as(db, message_id)
    row = db.execute(
        "select id from responses where id = ? and guild_id = ? and text <> ''",
        [response_id, guild_id],
    ).fetchone()
    return row[0] if row else None


def toggle_shown(
    db: Database, guild_id: int, message_id: int, by: int, now: datetime
) -> bool | None:
    """Mark the response of a guild that a message is or shows, or take its mark away.

    Returns:
        Whether it is marked now; None if the message is no such response.
    """
    response_id = meant(db, guild_id, message_id)
    if response_id is None:
        return None
    is_marked = toggle_highlight(db, response_id, by, now)
    act: Act = "highlighted a response" if is_marked else "removed a highlight"
    record_act(db, guild_id, by, act, now, subject_id=response_id)
    return is_marked


def toggle_highlight(db: Database, response_id: int, by: int, now: datetime) -> bool:
    """Mark a response, or take its mark away; return whether it is marked now."""
    taken = db.execute("delete from highlights where response_id = ?", [response_id]).rowcount
    if taken:
        return False
    db.execute(
        "insert into highlights (response_id, highlighted_by, highlighted_at) "
        "select id, ?, ? from responses where id = ?",
        [by, to_text(now), response_id],
    )
    return True
