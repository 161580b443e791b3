"""What is owed to readers who deleted: that their words leave the file's every corner.

Discord asks for it too (docs/discord-facts.md#data-terms).

Deleted rows are overwritten at once. Their words stay in the full-text index until its parts are
merged; in gaps of pages from which rows had moved to others, until every page is written anew; in
the write-ahead log until it is cut, which SQLite puts off while anybody reads; and in the copies
beside the file. So the transaction that deletes also writes down that this is owed, and it is tried
again until it is done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from bot.store.times import from_text, to_text

Hindrance = Literal["reading", "copy", "disk"]
"""What keeps deleted words from being overwritten: a program that reads the file, a copy that
cannot be changed, or a disk that takes nothing.
"""

OWED = "scrub owed"
"""The note's key; its value has the times of the first and of the last deletion."""

SCRUB_AFTER = timedelta(minutes=10)
"""Deletions gather for so long: to merge the full-text index takes time that grows with it."""


@dataclass(frozen=True, slots=True)
class Debt:
    """Deletions whose words may still stand somewhere in the file or in its log."""

    since: datetime
    value: str


def owe_scrub(db: Database, now: datetime) -> None:
    """Write down, in the transaction that deletes words, that they have to leave every corner."""
    db.execute(
        "insert into notes (key, value) values (:key, :now || ' ' || :now) on conflict (key) do "
        "update set value = substr(value, 1, instr(value, ' ')) || :now",
        {"key": OWED, "now": to_text(now)},
    )


def debt(db: Database) -> Debt | None:
    """Return what is owed."""
    row = db.execute("select value from notes where key = ?", [OWED]).fetchone()
    return Debt(from_text(row[0].partition(" ")[0]), row[0]) if row else None


def settle_debt(db: Database, paid: Debt) -> None:
    """Take note that it is done, unless something was deleted meanwhile."""
    db.execute("delete from notes where key = ? and value = ?", [OWED, paid.value])


def merge_text(db: Database) -> None:
    """Merge the full-text index into one part: only then do deleted words leave it."""
    db.execute("insert into responses_fts(responses_fts) values ('optimize')")


def write_anew(db: Database) -> None:
    """Write every page anew: `secure_delete` leaves what stood in gaps between rows that moved.

    Half a second for a hundred thousand responses. Outside of any transaction.
    """
    db.execute("vacuum")


def cut_log(db: Database) -> bool:
    """Bring the write-ahead log into the file and cut it; return False while somebody reads.

    SQLite answers with a row and raises nothing. It would wait for the reader as long as for a
    writer, and so would every answer behind it.
    """
    (patience,) = db.execute("pragma busy_timeout").fetchone()
    db.execute("pragma busy_timeout = 0")
    try:
        (is_busy, _, _) = db.execute("pragma wal_checkpoint(truncate)").fetchone()
    finally:
        db.execute(f"pragma busy_timeout = {patience}")
    return not is_busy
