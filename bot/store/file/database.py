"""Opening the one SQLite file: connections, the schema's version, and a copy before it changes."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import cast

from sqlite_utils import Database

from bot.core.database_key import DatabaseKey, KeyedPath
from bot.core.errors import AfterwordError
from bot.store.file.migrations import NAMES, migrations

BUSY_SECONDS = 5
"""How long a connection waits for another process that writes."""

BEFORE, UNFINISHED = ".before-", ".unfinished"
"""In the names of the copies that are made beside a file before it changes."""
NOT_INSTALLED = (
    "The package that reads and writes encrypted databases is not installed: type "
    "pip install 'afterword[encryption]'."
)

PLAIN = b"SQLite format 3\0"
"""What a file begins with that is not encrypted."""


class DatabaseError(AfterwordError):
    """The file cannot be used; the text says why and what to do."""


class LockedError(DatabaseError):
    """Another program holds the file; it may let go."""


def connect(
    path: Path,
    *,
    read_only: bool = False,
    immutable: bool = False,
    any_thread_closes: bool = False,
) -> Database:
    """Return a connection for the calling thread.

    ``synchronous=FULL`` makes a committed response survive a power cut; ``secure_delete``
    overwrites what a reader deleted.

    Args:
        path: The file; it is made if it is missing and its folder exists. With a key, it is an
            encrypted one.
        read_only: Refuse to write through this connection.
        immutable: Take for granted that nobody writes to the file, and make no file beside it.
        any_thread_closes: Let another thread close it, once its own has ended.

    Raises:
        AfterwordError: The key cannot be read, or the package that it needs is missing.
    """
    connection = _driver(path)(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1" if immutable else str(path),
        timeout=BUSY_SECONDS,
        check_same_thread=not any_thread_closes,
        uri=immutable,
    )
    with _closed_on_error(connection):
        db = Database(connection)
        for pragma in (
            "foreign_keys=on",
            "synchronous=full",
            "secure_delete=on",
            f"query_only={'on' if read_only else 'off'}",
        ):
            db.execute(f"pragma {pragma}")
    return db


def key_of(path: Path) -> DatabaseKey | None:
    """Return the key that opens a database; None for one that is not encrypted.

    Raises:
        AfterwordError: The key cannot be read.
    """
    return path.key() if isinstance(path, KeyedPath) else None


def _driver(path: Path) -> Callable[..., sqlite3.Connection]:
    """Return what makes connections to a file: SQLCipher's driver is only imported for a key."""
    key = key_of(path)
    if key is None:
        return sqlite3.connect
    return cast("Callable[..., sqlite3.Connection]", partial(sqlcipher().connect, key=key))


def sqlcipher() -> ModuleType:
    """Return `bot.store.file.encrypted`.

    Raises:
        DatabaseError: The package that it needs is not installed.
    """
    try:
        from bot.store.file import encrypted  # noqa: PLC0415  # it may be missing
    except ImportError as error:
        raise DatabaseError(NOT_INSTALLED) from error
    return encrypted


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def open_database(path: Path) -> Database:
    """Return a connection to the file, with the newest schema.

    A copy of the file is left beside it before a migration is applied to it.

    Raises:
        DatabaseError: The file is no database of ours, a newer Afterword made it, it is locked,
            or its place cannot be written.
    """
    try:
        db = connect(path)
        with _closed_on_error(db.conn):
            require_ours(db, path)
            db.enable_wal()
            pending = migrations.pending(db)
            if pending and migrations.applied(db):
                _copy(db, path, pending[0].name)
            migrations.apply(db)
    except sqlite3.Error as error:
        raise _refusal(path, error) from error
    return db


def open_for_reading(path: Path, *, as_it_grows: bool = False) -> Database:
    """Return a connection that only reads, for a command beside a running bot.

    A file in write-ahead mode has two more beside it, which SQLite has to make even for reading.
    Where it may not, as in a folder that cannot be written, the file is read as it stands, unless
    what was written last is not in it yet.

    Args:
        as_it_grows: What is written later will be read too: as it stands is not enough.

    Raises:
        DatabaseError: There is no such file, it is no database of ours, or cannot be read.
    """
    return _open_in_some_way(path, as_it_grows=as_it_grows)[0]


def address_for_reading(path: Path) -> str:
    """Return the address under which SQLite opens the file to read it, whoever may write to it.

    Raises:
        DatabaseError: As `open_for_reading`; or the file is encrypted, and an address has no key.
    """
    if isinstance(path, KeyedPath):
        raise DatabaseError(f"{path} is encrypted: only Afterword itself can read it.")
    db, is_immutable = _open_in_some_way(path)
    db.close()
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if is_immutable else ''}"


def _open_in_some_way(path: Path, *, as_it_grows: bool = False) -> tuple[Database, bool]:
    """Return a connection that only reads, and whether it takes for granted that nobody writes."""
    if not _is_there(path):
        raise DatabaseError(
            f"There is no database at {path}: run the bot first, or set AFTERWORD_DATABASE to the "
            "file that it uses."
        )
    try:
        try:
            return _open_to_read(path), False
        except sqlite3.Error as error:
            if as_it_grows or not _is_denied(error):
                raise
            _refuse_a_part(path)
            return _open_to_read(path, immutable=True), True
    except sqlite3.Error as error:
        if _is_denied(error):
            raise DatabaseError(_unreadable(path, str(error))) from error
        raise _refusal(path, error) from error


def _open_to_read(path: Path, *, immutable: bool = False) -> Database:
    db = connect(path, read_only=True, immutable=immutable)
    with _closed_on_error(db.conn):
        require_ours(db, path)
        if migrations.pending(db):
            raise DatabaseError(
                f"{path} was made by an older Afterword: start the bot once, and it brings the "
                "file up to date."
            )
    return db


@contextmanager
def refused_in_words(path: Path) -> Iterator[None]:
    """Raise a `DatabaseError` for what SQLite refuses about a file that was opened before."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(path, error) from error


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise DatabaseError(_unreadable(path, error.strerror or type(error).__name__)) from error


def _is_denied(error: sqlite3.Error) -> bool:
    """Return whether a file may not be opened, or one beside it not be made."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more of the same
    return code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}


def _refuse_a_part(path: Path) -> None:
    """Refuse a file beside which something stands that is not in it yet."""
    for ending in ("-wal", "-journal"):
        other = path.with_name(path.name + ending)
        try:
            is_empty = other.stat().st_size == 0
        except OSError:
            continue
        if not is_empty:
            raise DatabaseError(
                f"What was written last to {path} stands in {other.name} beside it, and can only "
                "be read where SQLite may write: copy both files into a folder of your own, and "
                "name the copy with --database or AFTERWORD_DATABASE."
            )


def _unreadable(path: Path, reason: str) -> str:
    return (
        f"The database {path} cannot be read ({reason}): get the right to read it and its folder, "
        "or name a copy of it with --database or AFTERWORD_DATABASE."
    )


def require_ours(db: Database, path: Path) -> None:
    """Refuse a file that a newer version or another program made."""
    applied = {migration.name for migration in migrations.applied(db)}
    if unknown := sorted(applied - set(NAMES)):
        raise DatabaseError(
            f"{path} was made by a newer Afterword ({unknown[-1]}). Nothing was changed: install "
            "a newer Afterword, or name another file with AFTERWORD_DATABASE."
        )
    strange = set(db.table_names()) - {migrations.migrations_table}
    if strange and not applied:
        raise DatabaseError(
            f"{path} is the database of another program. Nothing was changed: name another file "
            "with AFTERWORD_DATABASE."
        )


def _copy(db: Database, path: Path, before: str) -> None:
    """Leave a copy beside the file; one that a crash cut short never bears its name."""
    copy = path.with_name(f"{path.name}{BEFORE}{before}")
    unfinished = path.with_name(f"{copy.name}{UNFINISHED}")
    unfinished.unlink(missing_ok=True)
    db.execute("vacuum into ?", [str(unfinished)])
    unfinished.replace(copy)


def _refusal(path: Path, error: sqlite3.Error) -> DatabaseError:
    reason = str(error)
    if "locked" in reason or "busy" in reason:
        return LockedError(
            f"The database {path} is locked by another program: close that program, try again."
        )
    if "unable to open" in reason or "readonly" in reason:
        return DatabaseError(
            f"The database {path} cannot be opened for writing ({reason}): make its folder, or "
            "give the bot the right to write there, or set AFTERWORD_DATABASE to another place."
        )
    if "not a database" in reason:
        return DatabaseError(_not_a_database(path, reason))
    if "malformed" in reason:
        return DatabaseError(
            f"{path} is not a sound SQLite file ({reason}): set AFTERWORD_DATABASE to another "
            "file, or restore a copy."
        )
    return DatabaseError(
        f"The database {path} cannot be used ({reason}): free space or restore a copy."
    )


def _not_a_database(path: Path, reason: str) -> str:
    """Return what to do about a file that does not open; nobody of this process has it open."""
    if not isinstance(path, KeyedPath):
        return (
            f"{path} is not a sound SQLite file ({reason}), or it is encrypted: set "
            "AFTERWORD_DATABASE_KEY_FILE to the file that holds its key, or AFTERWORD_DATABASE to "
            "another file, or restore a copy."
        )
    if is_plain(path):
        return (
            f"{path} is not encrypted, and a key is set: type `afterword encrypt` to encrypt it, "
            "or leave out AFTERWORD_DATABASE_KEY and AFTERWORD_DATABASE_KEY_FILE."
        )
    return (
        f"The key does not open {path} ({reason}): set AFTERWORD_DATABASE_KEY or "
        "AFTERWORD_DATABASE_KEY_FILE to the key that it was encrypted with, or restore a copy."
    )


def copy_beside(path: Path, copy: Path) -> Path:
    """Return the path of a copy as those who open it want it: with the database's key.

    A copy that is left from before the database was encrypted is plain.
    """
    if isinstance(path, KeyedPath) and not is_plain(copy):
        return path.beside(copy)
    return Path(copy)


def is_plain(path: Path) -> bool:
    """Return whether a file says that it is a database that is not encrypted.

    Only for a file that this process has not opened: SQLite's locks on it would go.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(PLAIN)) == PLAIN
    except OSError:
        return False
