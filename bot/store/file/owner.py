"""One owner per database: the one process that may write to it and speak to Discord for it.

The owner holds the operating system's lock on a file beside the database, which ends with the
process, also by `kill -9`. It is never the database itself: SQLite has locks of its own on that,
and they go when any descriptor of the process closes. The lock file is never removed: who waits for
it must wait for the same file.

Written with what Python has, not with `filelock`: where a file system has no locks, that falls back
in silence to process ids, which containers share.
"""

import json
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from bot.store.file.database import DatabaseError
from bot.store.file.lock_file import lock
from bot.store.file.presence import Identity, identity

ATTEMPTS, PAUSE = 5, 0.05
"""Whoever only asks who the owner is holds the lock for a moment; seconds between two tries."""

MOST_BYTES = 1000
"""Of the lock file that are read."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The owner as it describes itself in the lock file, with what could not be read as "?"."""

    host: str = "?"
    process: str = "?"
    since: str = "?"

    def __str__(self) -> str:
        return f"process {self.process} on {self.host}, since {self.since}"


class OwnedError(DatabaseError):
    """Another process owns the database."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(
            f"{path} is in use by another Afterword ({holder}). Stop that one first; or start this "
            "one with `afterword run --standby`, and it takes over when that one ends."
        )
        self.holder = holder


class ReplacedError(DatabaseError):
    """This process was the owner and is no more."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Another Afterword may own {path} now: its lock file or its owner changed while this "
            "process was stopped or its file system was away. Nothing more is written or sent. "
            "Start it again."
        )


_guard = threading.RLock()
_of_this_process: "dict[Path, Ownership]" = {}
"""The claims of this process that hold a lock, by lock file: the newest wins."""


class Ownership:
    """A claim to a database.

    Attributes:
        token: Stands in the database as long as this process owns it.
        is_replaced: It was found that another process owns it now.
    """

    def __init__(self, database: Path) -> None:
        self.database = database
        self.token = token_hex(16)
        self._path = lock_path(database)
        self._descriptor: int | None = None
        self._identity: Identity | None = None
        self.is_replaced = False
        self._told: Callable[[], object] | None = None

    @property
    def is_taken(self) -> bool:
        """Whether this process has taken it, whatever has become of it since."""
        return self._descriptor is not None

    def when_replaced(self, tell: Callable[[], object]) -> None:
        """Call `tell` once when the ownership is found to be lost; in whatever thread that is."""
        self._told = tell

    def take(self) -> None:
        """Become the owner; nothing happens if this process is it already.

        Raises:
            OwnedError: Another process is the owner.
            DatabaseError: The lock file cannot be made, or its file system has no locks.
        """
        if self.is_taken:
            return
        with _guard:
            earlier = _of_this_process.get(self._path)
            if earlier is not None and earlier.is_taken:
                self._keep(earlier.hand_over())
            else:
                self._keep(self._lock_anew())
            _of_this_process[self._path] = self

    def hand_over(self) -> int:
        """Give the lock to a newer claim of this process, as when a bot was left without closing.

        Returns:
            The descriptor that holds the lock.
        """
        descriptor, self._descriptor = self._descriptor, None
        self.lose()
        return descriptor or 0

    def release(self) -> None:
        """Let another process be the owner; the lock file stays. May be called twice."""
        with _guard:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = self._identity = None
                del _of_this_process[self._path]

    def _keep(self, descriptor: int) -> None:
        self._descriptor, self._identity = descriptor, identity(descriptor)
        self.is_replaced = False
        _write_holder(descriptor)

    def _lock_anew(self) -> int:
        for attempt in range(1, ATTEMPTS + 1):
            descriptor = self._open()
            try:
                if lock(descriptor) and identity(self._path) == identity(descriptor):
                    return descriptor
            except OSError as error:
                os.close(descriptor)
                raise DatabaseError(
                    f"The file system of {self._path} has no locks ({error.strerror}): put the "
                    "database on a local disk, where only one process at a time can own it."
                ) from error
            holder = read_holder(self._path)
            os.close(descriptor)
            if attempt < ATTEMPTS:
                time.sleep(PAUSE)
        raise OwnedError(self.database, holder)

    def require(self) -> None:
        """Make sure that this process is still the owner: the lock is on the file that is there.

        Raises:
            ReplacedError: It is not, or may not be.
        """
        if not self.is_replaced and self._identity == identity(self._path):
            return
        self.lose()
        raise ReplacedError(self.database)

    def lose(self) -> None:
        """Take note that another process is the owner."""
        is_news, self.is_replaced = not self.is_replaced, True
        if is_news and self._told is not None:
            self._told()

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise DatabaseError(
                f"{self._path} cannot be opened for writing ({error.strerror}): make its folder, "
                "or give the bot the right to write there."
            ) from error


def lock_path(database: Path) -> Path:
    """Return the lock file of a database: one for all names by which the database is reached."""
    real = Path(os.path.realpath(database))
    return real.with_name(f"{real.name}.lock")


def current_holder(database: Path) -> Holder | None:
    """Return who owns a database now; None if nobody does."""
    path = lock_path(database)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return None if lock(descriptor) else read_holder(path)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def read_holder(path: Path) -> Holder:
    """Return what stands in a lock file, which may be nothing, or anything."""
    try:
        with path.open("rb") as file:
            known = json.loads(file.read(MOST_BYTES))
        return Holder(*(str(known[key])[:100] for key in ("host", "process", "since")))
    except (OSError, ValueError, LookupError, TypeError):
        return Holder()


def _write_holder(descriptor: int) -> None:
    known = {
        "host": socket.gethostname(),
        "process": os.getpid(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(known).encode())
