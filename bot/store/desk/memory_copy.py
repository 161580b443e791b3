"""A copy in memory of an encrypted database, for programs that cannot read the file.

Nothing of it is written to a disk, unless the system swaps. It shows one moment: what is written or
deleted later is not seen in it.

It is a file of SQLite's `memdb`, and no `cache=shared`: connections that share a cache share its
mutex, and two threads whose queries call back into Python would wait for each other for ever.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from bot.store.file.database import DatabaseError, open_for_reading, refused_in_words

MOST_BYTES = 512 << 20
"""Of a file that is copied; the copy needs about as much memory."""

TABLES = "select name, type from pragma_table_list where schema = 'main' and type <> 'shadow'"

MADE_LATER = "select sql from sqlite_master where type = ? and sql <> ''"


@dataclass(frozen=True, slots=True)
class MemoryCopy:
    """A copy that this process's connections can open as long as it is kept.

    Attributes:
        address: Under which SQLite opens it.
    """

    address: str

    def open(self) -> Database:
        """Return a connection that only reads."""
        connection = sqlite3.connect(self.address, uri=True)
        connection.execute("pragma query_only = on")
        return Database(connection)


@contextmanager
def copied_into_memory(path: Path) -> Iterator[MemoryCopy]:
    """Keep a copy of a database in memory.

    Raises:
        DatabaseError: The file cannot be read, or is too large.
    """
    copy = MemoryCopy(f"file:/copy-{secrets.token_hex(16)}?vfs=memdb")
    with closing(sqlite3.connect(copy.address, uri=True, check_same_thread=False)) as kept:
        with closing(open_for_reading(path)) as source, refused_in_words(path):
            _require_small(path)
            with source.atomic():
                _copy(source, kept)
        yield copy


def _require_small(path: Path) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DatabaseError(
            f"{path} is encrypted and {size >> 20} MiB large, and only a copy in memory of up to "
            f"{MOST_BYTES >> 20} MiB can be shown: use `afterword responses` or `afterword report`."
        )


def _copy(source: Database, target: sqlite3.Connection) -> None:
    """Copy tables, then what is made of them; the full-text indexes are built anew."""
    tables = source.execute(TABLES).fetchall()
    for name in [name for name, kind in tables if kind == "table" and name[:7] != "sqlite_"]:
        target.execute(_definition(source, name))
        rows = source.execute(f'select * from "{name}"')  # noqa: S608  # its own names
        values = ", ".join("?" for _ in rows.description)
        target.executemany(f'insert into "{name}" values ({values})', rows)  # noqa: S608  # the same
    _make(source, target, "index")
    _make(source, target, "view")
    for name in [name for name, kind in tables if kind == "virtual"]:
        definition = _definition(source, name)
        target.execute(definition)
        if "fts5vocab" not in definition:  # which holds nothing itself
            target.execute(f'insert into "{name}" ("{name}") values (\'rebuild\')')  # noqa: S608  # the same
    _make(source, target, "trigger")
    target.commit()


def _make(source: Database, target: sqlite3.Connection, kind: str) -> None:
    for (sql,) in source.execute(MADE_LATER, [kind]).fetchall():
        target.execute(sql)


def _definition(source: Database, table: str) -> str:
    query = "select sql from sqlite_master where type = 'table' and name = ?"
    (sql,) = source.execute(query, [table]).fetchone()
    return str(sql)
