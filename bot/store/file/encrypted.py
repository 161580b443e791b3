"""Connections to an encrypted file, through SQLCipher. Imported only where a key is set.

SQLCipher's driver has exceptions of its own. Here, and nowhere else, they become those of `sqlite3`
with the same names and texts, so that nobody above has to know which driver it is. Of a code, the
driver says only the first byte:
docs/decisions/0020-pass-sqlcipher-as-a-connection.md
"""

import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any

from sqlcipher3 import dbapi2

from bot.core.database_key import DatabaseKey

TO_OURS: dict[str, type[Exception]] = {
    name: getattr(sqlite3, name)
    for name in (
        "Warning",
        "Error",
        "InterfaceError",
        "DatabaseError",
        "DataError",
        "OperationalError",
        "IntegrityError",
        "InternalError",
        "ProgrammingError",
        "NotSupportedError",
    )
}
"""What `sqlite3` calls what SQLCipher's driver raises: the names are those of Python's DB-API."""


def _translated(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of the driver that raises what `sqlite3` would raise."""

    @wraps(method)
    def translated(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # the driver's own
        try:
            return method(*args, **kwargs)
        except (dbapi2.Error, dbapi2.Warning) as error:
            raise _as_ours(error) from error

    return translated


def _as_ours(error: Exception) -> Exception:
    ours = TO_OURS[type(error).__name__](*error.args)
    for name in ("sqlite_errorcode", "sqlite_errorname"):
        if hasattr(error, name):
            setattr(ours, name, getattr(error, name))
    return ours


class EncryptedCursor(dbapi2.Cursor):
    """A cursor that raises what `sqlite3` would raise."""

    execute = _translated(dbapi2.Cursor.execute)
    executemany = _translated(dbapi2.Cursor.executemany)
    executescript = _translated(dbapi2.Cursor.executescript)
    fetchone = _translated(dbapi2.Cursor.fetchone)
    fetchmany = _translated(dbapi2.Cursor.fetchmany)
    fetchall = _translated(dbapi2.Cursor.fetchall)
    __next__ = _translated(dbapi2.Cursor.__next__)


class EncryptedConnection(dbapi2.Connection):
    """A connection that raises what `sqlite3` would raise."""

    def cursor(self, factory: type[EncryptedCursor] = EncryptedCursor) -> EncryptedCursor:
        """Return a cursor; `execute` and its kin use one, too."""
        cursor: EncryptedCursor = _translated(super().cursor)(factory)
        return cursor

    execute = _translated(dbapi2.Connection.execute)
    executemany = _translated(dbapi2.Connection.executemany)
    executescript = _translated(dbapi2.Connection.executescript)
    commit = _translated(dbapi2.Connection.commit)
    rollback = _translated(dbapi2.Connection.rollback)
    close = _translated(dbapi2.Connection.close)
    create_function = _translated(dbapi2.Connection.create_function)
    set_progress_handler = _translated(dbapi2.Connection.set_progress_handler)
    __exit__ = _translated(dbapi2.Connection.__exit__)


def connect(
    address: str, key: DatabaseKey | None, *, timeout: float, check_same_thread: bool, uri: bool
) -> EncryptedConnection:
    """Return a connection, which reads nothing yet: a wrong key shows at the first statement.

    Args:
        key: None for a file that is not encrypted.
    """
    opened: EncryptedConnection = _translated(dbapi2.connect)(
        address,
        timeout=timeout,
        check_same_thread=check_same_thread,
        uri=uri,
        factory=EncryptedConnection,
    )
    try:
        opened.execute("pragma cipher_log_level = none")  # it writes to standard error
        opened.execute("pragma temp_store = memory")  # a file of its own would be plain
        if key is not None:
            opened.execute(f'pragma key = "{key.literal}"')
    except BaseException:
        opened.close()
        raise
    return opened
