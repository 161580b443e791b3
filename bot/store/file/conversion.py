"""A database made anew with another key, with its first one, or with none.

The new file is written beside the old one, checked against it, and put into its place at one
stroke: whenever the process dies, one whole database stands there. What is left then is removed by
the next conversion. A plain file that was replaced is overwritten before it is removed.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.core.database_key import DatabaseKey, KeyedPath
from bot.store.file.copies import copies_of
from bot.store.file.database import (
    BUSY_SECONDS,
    DatabaseError,
    connect,
    refused_in_words,
    require_ours,
    sqlcipher,
)

CONVERTING, REPLACED, UNFINISHED = ".afterword-converting", ".afterword-replaced", ".unfinished"
"""What stands behind a file's name: the new one, the plain one that was replaced, half a copy."""

MIB = 1 << 20

STEPS = 200
"""Of SQLite's, between two looks at how large the new file is."""

SCHEMA = (
    "select type, name, tbl_name, sql from sqlite_master "
    "where name not like 'sqlite\\_%' escape '\\' order by 1, 2"
)

Key = DatabaseKey | None
Tell = Callable[[int, int], None]


class NoKeyError(DatabaseError):
    """None of the keys that are known opens a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is no database that the key opens. Nothing was changed: set "
            "AFTERWORD_DATABASE_KEY or AFTERWORD_DATABASE_KEY_FILE to the key that it was "
            "encrypted with, or restore a copy."
        )


@dataclass(slots=True)
class Converted:
    """What became of a database and of the copies beside it.

    Attributes:
        is_new: Whether the database itself was converted; it had the wanted key already otherwise.
        was_plain: Whether it was a plain file before.
        copies: How many copies have the wanted key now.
        left: Copies that none of the keys opens; they are as they were.
    """

    is_new: bool = False
    was_plain: bool = False
    copies: int = 0
    left: list[Path] = field(default_factory=list)


def convert(path: Path, known: Sequence[Key], wanted: Key, tell: Tell) -> Converted:
    """Have a database and its copies opened by a key; whoever calls owns the database.

    Args:
        known: Keys that may open them now, None for no key.
        wanted: The key; None for plain files.
        tell: Called with how many MiB of a file are written, and of how many.

    Raises:
        DatabaseError: None of the keys opens the database, another program has it open, or the new
            one cannot be written. The old one stands where it stood.
    """
    real, keys, done = Path(os.path.realpath(path)), [wanted, *known], Converted()
    with _refused(path):
        for file in leftovers(path):
            _remove(file)
        found = _key_that_opens(real, keys)
        with closing(connect(_with_key(real, found))) as db:
            require_ours(db, path)
        done.was_plain = found is None
        done.is_new = _convert_file(real, keys, tell)
    for copy in copies_of(_with_key(path, found)):
        with _refused(copy):
            try:
                if _is_ours(copy, keys):
                    _convert_file(copy, keys, tell)
                    done.copies += 1
            except NoKeyError:
                done.left.append(copy)
    return done


def _is_ours(copy: Path, keys: Sequence[Key]) -> bool:
    """Return whether a copy is one of our databases, and not another program's."""
    with closing(connect(_with_key(copy, _key_that_opens(copy, keys)), read_only=True)) as db:
        try:
            require_ours(db, copy)
        except DatabaseError:
            return False
    return True


def leftovers(path: Path) -> list[Path]:
    """Return what a conversion or a copy left that was cut short."""
    endings = (CONVERTING, REPLACED, UNFINISHED)
    return [one for end in endings for form in (end, f".before-*{end}", f"*{end}-*")
            for one in _beside(path, form)]  # fmt: skip


def _beside(path: Path, form: str) -> list[Path]:
    """Return files whose names begin with that of the database, by whichever name it is reached."""
    places = {path.absolute(), Path(os.path.realpath(path))}
    return sorted({file for one in places for file in one.parent.glob(f"{one.name}{form}")})


def _with_key(path: Path, key: Key) -> Path:
    return path if key is None else KeyedPath.of(path, lambda: key)


def _key_that_opens(path: Path, keys: Sequence[Key]) -> Key:
    """Return the first key that opens a file.

    Raises:
        NoKeyError: None does.
    """
    for key in keys:
        try:
            with closing(connect(_with_key(path, key), read_only=True)) as db:
                db.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            if "not a database" not in str(error):
                raise
        else:
            return key
    raise NoKeyError(path)


def _convert_file(path: Path, keys: Sequence[Key], tell: Tell) -> bool:
    """Have a file opened by the first of these keys; return whether another opened it before."""
    new, old = keys[0], _key_that_opens(path, keys)
    if new == old:
        return False
    converting = path.with_name(path.name + CONVERTING)
    _require_room(path)
    try:
        os.close(os.open(converting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        written = _export(path, old, converting, new, tell)
        _check(_with_key(converting, new), written)
        _resemble(converting, path)
        _put_in_place(converting, path, is_plain=old is None)
    except BaseException:
        _remove(converting)
        raise
    return True


@dataclass(frozen=True, slots=True)
class _Written:
    """What the new file has to hold."""

    schema: list[Any]
    rows: dict[str, int]
    journal_mode: str


def _export(path: Path, old: Key, target: Path, new: Key, tell: Tell) -> _Written:
    """Write a database anew, as it is at one moment, with its log in it."""
    db = sqlcipher().connect(
        str(path), old, timeout=BUSY_SECONDS, check_same_thread=True, uri=False
    )
    with closing(db):
        (mode,) = db.execute("pragma journal_mode").fetchone()
        # a log beside the new file would be taken for the log of that
        db.execute("pragma journal_mode = delete").fetchone()
        values = (str(target), "" if new is None else new.literal)
        db.execute("attach ? as other key ?", values)
        db.execute("begin immediate")
        total = path.stat().st_size // MIB
        db.set_progress_handler(lambda: tell(target.stat().st_size // MIB, total), STEPS)
        db.execute("select sqlcipher_export('other')").fetchall()
        db.set_progress_handler(None, STEPS)
        for pragma in ("user_version", "application_id"):  # these it leaves out
            (value,) = db.execute(f"pragma main.{pragma}").fetchone()
            db.execute(f"pragma other.{pragma} = {value}")
        schema = db.execute(SCHEMA).fetchall()
        written = _Written(schema, _count(db, schema), mode)
        db.execute("commit")
    return written


def _count(db: Any, schema: Sequence[Any]) -> dict[str, int]:  # noqa: ANN401  # of either driver
    """Return how many rows each table has."""
    names = [name for kind, name, _, _ in schema if kind == "table"]
    counted = ((name, db.execute(f'select count(*) from "{name}"')) for name in names)  # noqa: S608  # its own names
    return {name: cursor.fetchone()[0] for name, cursor in counted}


def _check(path: Path, written: _Written) -> None:
    """Make sure that a new file is whole.

    Raises:
        DatabaseError: It is not.
    """
    with closing(connect(path)) as db:
        schema = db.execute(SCHEMA).fetchall()
        sound = db.execute("pragma integrity_check").fetchall() == [("ok",)]
        if not sound or schema != written.schema or _count(db, schema) != written.rows:
            raise DatabaseError(
                f"What was written to {path} is not what the database holds: nothing was changed. "
                "Restore a copy of the database, or look for a fault of the disk."
            )
        db.execute(f"pragma journal_mode = {written.journal_mode}")


def _require_room(path: Path) -> None:
    size = path.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < size + MIB:
        raise DatabaseError(
            f"{path} is {size // MIB} MiB large, and beside it {free // MIB} MiB are free: free "
            "space for a second one, and try again."
        )


def _resemble(new: Path, old: Path) -> None:
    """Give a file the owner and the rights of another."""
    status = old.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # then it is ours, as the other was or was not
            os.chown(new, status.st_uid, status.st_gid)
    new.chmod(status.st_mode & 0o777)


def _put_in_place(new: Path, old: Path, *, is_plain: bool) -> None:
    """Replace a file at one stroke, and overwrite what stood there if it was plain."""
    replaced = old.with_name(old.name + REPLACED)
    if is_plain:
        with suppress(OSError):  # a file system without links: it is removed as it is
            os.link(old, replaced)
    new.replace(old)
    settle(old.parent)
    if replaced.exists():
        _remove(replaced)
        settle(old.parent)


def _remove(file: Path) -> None:
    """Overwrite a file and remove it; what has another name too only loses this one."""
    with suppress(FileNotFoundError):
        status = file.stat()
        if status.st_nlink == 1:
            with file.open("r+b") as opened:
                for start in range(0, status.st_size, MIB):
                    opened.write(bytes(min(MIB, status.st_size - start)))
                opened.flush()
                os.fsync(opened.fileno())
        file.unlink()


def settle(folder: Path) -> None:
    """Have a folder remember its names after a power cut, where a system has that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Raise a `DatabaseError` for what SQLite or the operating system refuses."""
    try:
        with refused_in_words(path):
            yield
    except OSError as error:
        raise DatabaseError(
            f"{path} cannot be converted ({error.strerror}): free space, or get the right to write "
            "beside it. It is as it was."
        ) from error
