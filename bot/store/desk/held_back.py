"""Connections for SQL that others write: to a database, whole, or with a part held back.

Whoever may write any SQL finds ways around SQLite's authorizer. So nothing that is held back is
denied: it has no name. The file is attached under a name that nobody can say, and every name that
can be said is that of a view in front of it. The ways, and why this holds:
docs/decisions/0018-hold-back-what-cannot-be-named.md
"""

import secrets
import sqlite3
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import orjson
from sqlite_utils import Database

from bot.store.desk.memory_copy import MemoryCopy
from bot.store.file.database import address_for_reading, open_for_reading
from bot.store.responses.queries import ids_with

Source = Path | MemoryCopy
"""The file, live, or a copy of one that SQLite alone cannot read."""

Shown = Mapping[str, Collection[str]]
"""Of each view that is shown, the columns that are, in order; the others are null."""

NEVER_SAID = ("sqlite_stat", "sqlite_seq", "sqlite_dbpage")
"""Tables of SQLite's own with values of others, in front of which no view can be."""

CHANGES_CONNECTION = {
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_SAVEPOINT,
    sqlite3.SQLITE_TRANSACTION,
}
"""What `query_only` allows. A transaction that stays open keeps deleted words in the log."""

DESCRIBING = {
    "database_list",
    "foreign_key_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "table_info",
    "table_list",
    "table_xinfo",
}
"""Pragmas that say what there is."""

VERSIONS = {"data_version", "schema_version"}
"""Pragmas that only say something while they are given no value."""

NAMES = "select name from {file}.sqlite_master where type in ('table', 'view')"

DEFINITION = "select sql from {file}.sqlite_master where type = 'view' and name = ?"

TEXT = (
    "(select text from {file}.responses where responses.id = cast(one.id as integer) "
    "and hidden_at is null)"
)
"""A hidden text is not at hand, even where a condition is tried before its row is left out."""


class DeskCursor(sqlite3.Cursor):
    """A cursor that refuses SQL in which a name stands that is never said."""

    def execute(self, sql: str, parameters: Any = (), /) -> "DeskCursor":  # noqa: ANN401  # sqlite3's
        """Execute one statement.

        Raises:
            sqlite3.OperationalError: There is such a name in it.
        """
        if isinstance(self.connection, DeskConnection):
            self.connection.require_sayable(sql)
        super().execute(sql, parameters)
        return self


class DeskConnection(sqlite3.Connection):
    """A connection whose SQL others write.

    Attributes:
        file: The name under which the file is attached.
        never_said: What SQL must not contain, in lower case.
    """

    file = "main"
    never_said: tuple[str, ...] = ()

    def cursor(self, factory: Callable[..., Any] | None = None) -> Any:  # noqa: ANN401  # sqlite3's
        """Return a cursor for SQL that others write."""
        del factory
        return super().cursor(DeskCursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401  # sqlite3's
        """Execute one statement, as its cursor does."""
        cursor: sqlite3.Cursor = self.cursor().execute(sql, parameters)
        return cursor

    def require_sayable(self, sql: str) -> None:
        """Refuse SQL with a name that is never said; SQLite spells a name in no other way."""
        said = sql.lower()
        if any(name in said for name in self.never_said):
            raise sqlite3.OperationalError("no such table")

    def own(self, sql: str, *values: str) -> sqlite3.Cursor:
        """Execute SQL of ours, which may say every name."""
        return sqlite3.Cursor(self).execute(sql, values)


def open_whole(source: Source) -> DeskConnection:
    """Return a connection to which the file is as it is.

    Raises:
        DatabaseError: It cannot be read.
    """
    connection = _connect(_address(source))
    _finish(connection, source, hidden=True)
    return connection


def open_part(source: Source, shown: Shown) -> DeskConnection:
    """Return a connection to which the file has nothing but these columns of these views.

    Raises:
        DatabaseError: The file cannot be read.
    """
    connection = _connect("file::memory:")
    connection.file = f"file_{secrets.token_hex(16)}"
    connection.never_said = (connection.file, *NEVER_SAID)
    connection.own(f"attach ? as {connection.file}", _address(source))
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for view, columns in shown.items():
        _put_in_front(connection, view, columns)
    for (name,) in connection.own(NAMES.format(file=connection.file)).fetchall():
        if name not in shown and not name.startswith("sqlite_"):
            connection.own(f'create temp view "{name}" as select null as held_back where false')
    _finish(connection, source, hidden=False)
    return connection


def _address(source: Source) -> str:
    return source.address if isinstance(source, MemoryCopy) else address_for_reading(source)


def _open(source: Source) -> Database:
    return source.open() if isinstance(source, MemoryCopy) else open_for_reading(source)


def _connect(address: str) -> DeskConnection:
    return sqlite3.connect(address, uri=True, factory=DeskConnection, check_same_thread=False)


FRONT = "create temp view {view} as select {columns} from {file}.{view} as one where {rows}"

LISTED = "create view {view} as select {columns} where false"


def _put_in_front(connection: DeskConnection, view: str, columns: Collection[str]) -> None:
    """Make a view of the same name, and an empty one in the schema where others look for it."""
    file = connection.file
    there = [row[1] for row in connection.own(f"pragma {file}.table_info({view})")]
    values = {name: f"one.{name}" if name in columns else "null" for name in there}
    if "text" in values:
        values["text"] = TEXT.format(file=file)
    selected = ", ".join(f"{value} as {name}" for name, value in values.items())
    rows = "not one.hidden" if "hidden" in there else "true"
    connection.own(FRONT.format(view=view, columns=selected, file=file, rows=rows))
    connection.own(LISTED.format(view=view, columns=", ".join(f"null as {name}" for name in there)))


def _finish(connection: DeskConnection, source: Source, *, hidden: bool) -> None:
    """Let others search, and do nothing but read."""

    def ids_with_words(words: str | None) -> str:
        with _open(source) as db:
            found = ids_with(db, str(words or ""), hidden=hidden)
        return orjson.dumps([str(one) for one in found]).decode()

    connection.create_function("ids_with_words", 1, ids_with_words, deterministic=True)
    connection.own("pragma query_only = on")
    connection.set_authorizer(_only_reads)


def _only_reads(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_PRAGMA:
        is_allowed = first in DESCRIBING or (first in VERSIONS and second is None)
    else:
        is_allowed = action not in CHANGES_CONNECTION
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def schema_version(connection: DeskConnection) -> int:
    """Return a number that changes with the tables and views of the file."""
    (version,) = connection.own(f"pragma {connection.file}.schema_version").fetchone()
    return int(version)


def definition_of(connection: DeskConnection, view: str) -> str | None:
    """Return the statement that made a view; None if there is none of that name."""
    row = connection.own(DEFINITION.format(file=connection.file), view).fetchone()
    return str(row[0]) if row else None
