"""Searches everything that a database is made of for what a reader had deleted.

It knows nothing of how the bot deletes: it reads every byte beside the file, and every value of
every table, so that whoever opens the file otherwise (with a key, say) can have it searched, too.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

Open = Callable[[Path], Any]
"""Opens a database file to read it; returns a connection as `sqlite3` has them."""


def files_of(path: Path) -> list[Path]:
    """Return the database, what SQLite has beside it, and its copies, whatever their names."""
    return sorted(one for one in path.parent.glob(f"{path.name}*") if one.is_file())


def in_bytes(path: Path, traces: Sequence[str | int]) -> list[str]:
    """Return which traces stand in the bytes of which files, ids also as SQLite writes integers."""
    found = []
    for file in files_of(path):
        data = file.read_bytes()
        found += [f"{one} in {file.name}" for one in traces if any(x in data for x in _forms(one))]
    return found


def _forms(trace: str | int) -> list[bytes]:
    """Return how SQLite writes a trace: as text, as a large integer, as the key of a row."""
    text = str(trace).encode()
    if isinstance(trace, str) or trace < 2**56:
        return [text]
    return [text, trace.to_bytes(8, "big"), _key(trace)]


def _key(number: int) -> bytes:
    """Return a number of at least 56 bits as SQLite's variable-length integer."""
    upper = number >> 8
    bits = (upper >> shift & 0x7F for shift in range(49, -1, -7))
    return bytes([*(one | 0x80 for one in bits), number & 0xFF])


def in_rows(path: Path, traces: Sequence[str | int], connect: Open = sqlite3.connect) -> list[str]:
    """Return which traces stand in which columns of the database or of a copy, words also in part.

    The tables of the full-text index are read as the tables that they are.
    """
    found = []
    for file in files_of(path):
        if file.name.endswith(("-wal", "-shm", "-journal", ".lock")):
            continue
        with closing(connect(file)) as db:
            for table, column, value in _values(db):
                found += [
                    f"{one} in {file.name}: {table}.{column}"
                    for one in traces
                    if value == one or (not isinstance(value, int) and _holds(value, one))
                ]
    return found


def _values(db: Any) -> Iterator[tuple[str, str, Any]]:
    names = [
        row[0] for row in db.execute("select name from sqlite_master where type = 'table'")
        if not row[0].startswith("sqlite_")
    ]  # fmt: skip
    for name in names:
        cursor = db.execute(f'select * from "{name}"')  # noqa: S608  # its own name
        columns = [one[0] for one in cursor.description]
        for row in cursor.fetchall():
            for column, value in zip(columns, row, strict=True):
                if value is not None:
                    yield name, column, value


def _holds(value: Any, trace: str | int) -> bool:
    if isinstance(value, bytes):
        return any(one in value for one in _forms(trace))
    return str(trace) in str(value)


def found(path: Path, traces: Sequence[str | int], connect: Open = sqlite3.connect) -> list[str]:
    """Return where anything of the traces is left: in bytes, or in rows."""
    return in_bytes(path, traces) + in_rows(path, traces, connect)
