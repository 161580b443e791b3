"""Copies of the database beside it: what was deleted from the database leaves them, too.

A copy is every SQLite file, plain or with the database's key, whose name begins with the database's
and a dot, as those that are made before a migration. What is to be deleted is told by the database
itself, so that it is found again after any crash: a copy keeps no response that was deleted, no
older words of one that was edited, and nobody in a place in which the database does not have them.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import orjson
from sqlite_utils import Database

from bot.core.database_key import KeyedPath
from bot.store.file.database import BEFORE, UNFINISHED, connect, copy_beside, is_plain
from bot.store.file.migrations import migrations
from bot.store.file.persons import PLACES, Place

log = logging.getLogger(__name__)

BESIDE = ("-wal", "-shm", "-journal", ".lock")
"""What stands beside a database, and is none."""

OURS = frozenset({"responses", "readers", "tombstones", migrations.migrations_table})
"""Tables of every copy of ours, however old."""

CHUNK = 5000
"""Ids that are compared at once."""

UNSWEPT = 1
"""`user_version` of a copy from which rows were deleted, and whose pages still have to be written
anew.
"""

_told: set[tuple[Path, str]] = set()
"""Which copies the operator was told about, so that each minute's try does not tell again."""


def copies_of(path: Path) -> list[Path]:
    """Return what may be copies beside a database, by whichever name that is reached.

    One that a crash cut short is removed.
    """
    names = {path.absolute(), Path(os.path.realpath(path))}
    beside = {file for one in names for file in one.parent.glob(f"{_literal(one.name)}.*")}
    found = []
    for copy in sorted(beside):
        if copy.name.endswith(UNFINISHED):
            for end in ("", *BESIDE):
                copy.with_name(f"{copy.name}{end}").unlink(missing_ok=True)
        elif not copy.name.endswith(BESIDE) and copy.is_file() and _is_copy(path, copy):
            found.append(copy)
    return found


def clean_copies(path: Path) -> tuple[Path, ...]:
    """Delete from the copies beside a database what was deleted from it.

    Returns:
        The copies that could not be cleaned; the log tells the operator.
    """
    left = []
    with closing(connect(path, read_only=True)) as db:
        for copy in copies_of(path):
            try:
                with closing(connect(copy_beside(path, copy))) as connection:
                    _clean(connection, db)
            except (sqlite3.Error, OSError) as error:
                if BEFORE not in copy.name and "not a database" in str(error):
                    continue  # something else that is named so
                left.append(copy)
                _tell(copy, error)
            else:
                _told.difference_update({one for one in _told if one[0] == copy})
    return tuple(left)


def _literal(name: str) -> str:
    """Return a file's name as a pattern that matches it alone."""
    return "".join(f"[{one}]" if one in "*?[" else one for one in name)


def _is_copy(path: Path, copy: Path) -> bool:
    """Return whether a file may be a copy: it is named so, or is a database, perhaps encrypted."""
    if BEFORE in copy.name or is_plain(copy):
        return True
    if not isinstance(path, KeyedPath):
        return False
    try:
        with closing(connect(path.beside(copy), read_only=True)) as db:
            return bool(db.table_names())
    except sqlite3.Error as error:
        return "not a database" not in str(error)  # one that is in use may be a copy
    except OSError:
        return False


def _tell(copy: Path, error: Exception) -> None:
    if (copy, str(error)) not in _told:
        _told.add((copy, str(error)))
        log.error(
            "What readers deleted may still stand in the copy %s (%s): close the program that uses "
            "it, or remove it. It is tried again each minute.",
            copy,
            error,
        )


def _clean(copy: Database, db: Database) -> None:
    """Bring a copy to what the database still keeps, and overwrite what is deleted from it."""
    if not set(copy.table_names()) >= OURS:
        return  # another program's
    (version,) = copy.execute("pragma user_version").fetchone()
    copy.execute("begin immediate")
    try:
        before = copy.conn.total_changes
        _delete_responses(copy, db)
        if "drafts" in copy.table_names():
            copy.execute("delete from drafts")  # what was begun then is no use to anybody
        for place in PLACES:
            _forget(copy, db, place)
        _forget_readers(copy)
        is_changed = copy.conn.total_changes > before
        if is_changed:
            copy.execute("insert into responses_fts(responses_fts) values ('optimize')")
            copy.execute(f"pragma user_version = {UNSWEPT}")
        copy.execute("commit")
    except BaseException:
        copy.rollback()
        raise
    if is_changed or version == UNSWEPT:
        copy.execute("vacuum")
        copy.execute("pragma user_version = 0")
    (is_busy, _, _) = copy.execute("pragma wal_checkpoint(truncate)").fetchone()
    if is_busy:
        raise sqlite3.OperationalError("another program reads it")


def _delete_responses(copy: Database, db: Database) -> None:
    """Delete responses that the database does not have any more, and words that were replaced."""
    rows = copy.execute("select source_id, text from responses").fetchall()
    for some in _chunks(rows):
        ids = orjson.dumps([row[0] for row in some]).decode()
        gone = db.execute(
            "select source_id from tombstones where source_id in (select value from json_each(?)) "
            "and source_id not in (select source_id from responses)",
            [ids],
        ).fetchall()
        copy.conn.executemany("delete from responses where source_id = ?", gone)
        now = db.execute(
            "select source_id, text from responses "
            "where source_id in (select value from json_each(?))",
            [ids],
        ).fetchall()
        then = dict(some)
        changed = [(text, source) for source, text in now if then[source] != text]
        copy.conn.executemany("update responses set text = ? where source_id = ?", changed)


def _forget(copy: Database, db: Database, place: Place) -> None:
    """Forget whom the database does not have in a place any more."""
    if place.table not in copy.table_names() or place.column not in _columns(copy, place.table):
        return
    columns = ", ".join((*place.keys, place.column))
    query = f"select {columns} from {place.table} where {place.column} <> 0"  # noqa: S608  # our own names
    kept = set(db.execute(query).fetchall())
    stale = [row for row in copy.execute(query).fetchall() if row not in kept]
    keys = " and ".join(f"{key} = ?" for key in place.keys)
    copy.conn.executemany(f"{place.change} where {keys}", [row[:-1] for row in stale])


def _forget_readers(copy: Database) -> None:
    """Delete the names of those of whom the copy has nothing any more."""
    copy.execute("delete from readers where id not in (select reader_id from responses)")


def _columns(db: Database, table: str) -> list[str]:
    return [row[0] for row in db.execute("select name from pragma_table_info(?)", [table])]


def _chunks(rows: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
