"""Answers whose message is to be sent, changed or removed, until Discord shows it so."""

from sqlite_utils import Database


def add(db: Database, response_id: int) -> None:
    """Record that an answer's message is to be brought up to date, in the write that changed it."""
    db.execute(
        "insert or ignore into pending_answers (response_id, publication_id) "
        "select id, publication_id from responses where id = ?",
        [response_id],
    )


def remove(db: Database, response_id: int) -> None:
    """Record that Discord shows an answer as it is, or no longer."""
    db.execute("delete from pending_answers where response_id = ?", [response_id])


def clear(db: Database, publication_id: int) -> None:
    """Forget what is pending in a publication that is now gone through as a whole."""
    db.execute("delete from pending_answers where publication_id = ?", [publication_id])
