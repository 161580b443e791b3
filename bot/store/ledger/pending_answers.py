"""Answers whose message is to be sent, changed or removed, until Discord shows it so.

Each change of an answer is a row, so that one which comes while an earlier is shown stays pending.
"""

from sqlite_utils import Database


def add(db: Database, response_id: int) -> None:
    """Record that an answer's message is to be brought up to date, in the write that changed it."""
    db.execute(
        "insert into pending_answers (response_id, publication_id) "
        "select id, publication_id from responses where id = ?",
        [response_id],
    )


def newest(db: Database, response_id: int) -> int:
    """Return the newest change of an answer that is pending; 0 if none is."""
    query = "select coalesce(max(id), 0) from pending_answers where response_id = ?"
    return int(db.execute(query, [response_id]).fetchone()[0])


def remove(db: Database, response_id: int, up_to: int) -> None:
    """Record that Discord shows an answer, or no longer, as it was after a change."""
    db.execute(
        "delete from pending_answers where response_id = ? and id <= ?", [response_id, up_to]
    )


def clear(db: Database, publication_id: int) -> None:
    """Forget what is pending in a publication that is now gone through as a whole."""
    db.execute("delete from pending_answers where publication_id = ?", [publication_id])
