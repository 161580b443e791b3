"""The threads that own connections: one that writes, two that read."""

import asyncio
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from bot.store import key_values
from bot.store.file import scrubbing
from bot.store.file.copies import clean_copies
from bot.store.file.database import connect, open_database
from bot.store.file.owner import Ownership, ReplacedError, lock_path
from bot.store.file.presence import GoneError, Place
from bot.store.file.scrubbing import Debt, Hindrance

P = ParamSpec("P")
T = TypeVar("T")

READERS = 2

TOKEN_SECONDS = 0.25
"""The owner's token is compared once in so long a time."""

TURN_SECONDS = 0.0005
"""How long a thread waits for a busy one to hand over the interpreter, not Python's 0.005.

A transaction takes the interpreter back after every statement; while the event loop is busy, it
would wait most of the time, and batches would grow.
"""


class Store:
    """Runs functions on the database, off the event loop.

    A function takes the database first; one call is one transaction. Calls to `write` run one
    after another in the order in which they were made; the promise of a response is kept when
    its call has returned.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ownership = Ownership(path)
        self._place = Place(())
        self._token_seen = 0.0
        self.is_scrub_overdue = True
        """Whether words that were deleted may have been left in the file by what went before."""
        self.hindrance: Hindrance | None = None
        """What keeps deleted words from being overwritten, since that was tried last."""
        self._scrubbing = asyncio.Lock()
        self._written_anew: Debt | None = None
        self._local = threading.local()
        self._opened: list[Database] = []
        self._writer: ThreadPoolExecutor | None = None
        self._readers: ThreadPoolExecutor | None = None

    async def open(self) -> None:
        """Become the file's owner, bring its schema up to date, and start the threads.

        Raises:
            OwnedError: Another process owns the file.
            DatabaseError: The file cannot be used.
        """
        self.ownership.take()
        sys.setswitchinterval(TURN_SECONDS)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, self._open_writer)
        except BaseException:
            await self.close()
            raise

    @property
    def is_open(self) -> bool:
        """Whether calls are taken."""
        return self._writer is not None

    async def write(
        self, function: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function in one transaction of its own; it is durable when this returns.

        Whoever stops waiting stops nothing: a write that was asked for is done, once.

        Raises:
            sqlite3.Error: The disk is full, or the file is locked, damaged or gone; nothing was
                written.
            ReplacedError: Another process owns the file; nothing was written.
        """

        def transaction() -> T:
            with _immediate(self._db(read_only=False)) as db:
                self._require_token(db)
                result = function(db, *args, **kwargs)
                self._require_files()
            return result

        return await asyncio.shield(self._run(self._writer, transaction))

    async def write_within(
        self,
        seconds: float,
        function: Callable[Concatenate[Database, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in one transaction, or not at all: if it takes too long, it never happens.

        What is being committed when the time is over is waited for.

        Raises:
            sqlite3.Error: Nothing was written, and nothing will be.
        """
        gate = threading.Lock()  # whoever takes it first decides; it is never given back

        def unless_too_late(db: Database) -> T:
            result = function(db, *args, **kwargs)
            if not gate.acquire(blocking=False):
                raise TooLateError
            return result

        writing = asyncio.ensure_future(self.write(unless_too_late))
        done, _ = await asyncio.wait({writing}, timeout=seconds)
        if not done and gate.acquire(blocking=False):
            # how it ends is asked for, though nobody waits: asyncio would complain otherwise
            writing.add_done_callback(lambda write: write.cancelled() or write.exception())
            raise TooLateError
        return await writing

    async def read(
        self, function: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function that only reads, on one snapshot of the file."""

        def transaction() -> T:
            with self._db(read_only=True).atomic() as db:
                return function(db, *args, **kwargs)

        return await self._run(self._readers, transaction)

    async def scrub(self) -> bool:
        """Overwrite what was deleted, wherever it still stands: file, index, log, and copies.

        Returns:
            Whether nothing of it is left; else `hindrance` says what is in the way.

        Raises:
            sqlite3.Error: The disk takes nothing now, or another program writes for long.
        """
        async with self._scrubbing:
            owed = await self.read(scrubbing.debt)
            self.is_scrub_overdue = owed is not None
            self.hindrance = None if owed is None else "disk"
            if owed is not None:
                self.hindrance = await self._scrub(owed)
                self.is_scrub_overdue = self.hindrance is not None
            return self.hindrance is None

    async def _scrub(self, owed: Debt) -> Hindrance | None:
        """Do what is owed; return what keeps it from being done."""
        left = await asyncio.get_running_loop().run_in_executor(None, clean_copies, self.path)
        if self._written_anew != owed:
            if not await self._cut_log():
                return "reading"  # who writes much now makes a log that cannot be cut
            await self.write(scrubbing.merge_text)
            await self._run(self._writer, lambda: scrubbing.write_anew(self._db(read_only=False)))
            self._written_anew = owed
        if not await self._cut_log():
            return "reading"
        if left:
            return "copy"
        await self.write(scrubbing.settle_debt, owed)
        return None

    async def _cut_log(self) -> bool:
        return await self._run(self._writer, lambda: scrubbing.cut_log(self._db(read_only=False)))

    async def close(self) -> None:
        """Finish what was asked for and close every connection; may be called twice."""
        writer, readers = self._writer, self._readers
        self._writer = self._readers = None
        if writer is not None and readers is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._shut_down, writer, readers)
        self.ownership.release()

    def _shut_down(self, *executors: ThreadPoolExecutor) -> None:
        for executor in executors:
            executor.shutdown(wait=True)
        for db in self._opened:
            db.close()
        self._opened.clear()

    def _run(self, executor: ThreadPoolExecutor | None, call: Callable[[], T]) -> asyncio.Future[T]:
        if executor is None:
            raise RuntimeError("The store is not open.")
        return asyncio.get_running_loop().run_in_executor(executor, call)

    def _open_writer(self) -> None:
        open_database(self.path).close()
        with _immediate(self._db(read_only=False)) as db:
            key_values.set_value(db, key_values.OWNER, self.ownership.token)
        log = self.path.with_name(f"{self.path.name}-wal")
        self._place = Place((self.path, log, lock_path(self.path)))

    def _require_token(self, db: Database) -> None:
        """Make sure that nobody became the owner meanwhile, whatever the lock says.

        That takes this process to have been stopped for a while, or its file system to be away.
        """
        now = _clock()
        if now - self._token_seen < TOKEN_SECONDS:
            return
        if key_values.get_value(db, key_values.OWNER) != self.ownership.token:
            self.ownership.lose()
            raise ReplacedError(self.path)
        self._token_seen = now

    def _require_files(self) -> None:
        """Make sure that what is committed will be found again, and that the lock is still ours."""
        if self.ownership.is_replaced:
            raise ReplacedError(self.path)
        moved = self._place.moved()
        if moved is None:
            return
        if moved == lock_path(self.path):
            self.ownership.lose()
            raise ReplacedError(self.path)
        raise GoneError(moved)

    def _db(self, *, read_only: bool) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = connect(self.path, read_only=read_only, any_thread_closes=True)
            self._local.db = db
            self._opened.append(db)
        return db


def _clock() -> float:
    """Return seconds that go on while the process is stopped or the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if clock is None else time.clock_gettime(clock)


class TooLateError(sqlite3.OperationalError):
    """A write that was not done in time, and is not done later."""

    def __init__(self) -> None:
        super().__init__("the database was busy for too long")


@contextmanager
def _immediate(db: Database) -> Iterator[Database]:
    """Begin to write at once, so that a program that writes in between is waited for.

    A transaction that begins by reading and then writes fails without waiting when another
    connection has written since (SQLITE_BUSY_SNAPSHOT).
    """
    db.execute("begin immediate")
    try:
        yield db
        db.execute("commit")
    except BaseException:
        db.rollback()
        raise
