"""Writing what was collected in batches, off the event loop, again while the database refuses."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from bot.core.response import Captured
from bot.store.file.owner import ReplacedError
from bot.store.responses import collected
from bot.store.responses.collected import Event
from bot.store.store import Store

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
MAX_WAITING = 50_000
"""So many events wait in memory while the disk refuses; beyond, messages are dropped."""


class BatchWriter:
    """Gathers events and writes all that has gathered in one transaction.

    While one transaction runs, the next batch gathers: the busier it is, the larger the batches.
    There is no task that waits for work; a flush starts when there is some.

    Args:
        on_overflow: Called when messages were dropped: they have to be read from history again.

    Attributes:
        events: What the next batch will write; call `start` after adding to it.
        marks: The newest message id seen, by thread; the same.
    """

    def __init__(self, store: Store, on_overflow: Callable[[], object]) -> None:
        self._store = store
        self._on_overflow = on_overflow
        self._flush: asyncio.Task[None] | None = None
        self._is_closing = False
        self.events: list[Event] = []
        self.marks: dict[int, int] = {}

    @property
    def is_idle(self) -> bool:
        """Whether everything that was taken is written."""
        return self._flush is None

    def add(self, event: Event) -> None:
        """Take an event."""
        self.events.append(event)
        self.start()

    def start(self) -> None:
        """Write what has gathered, unless a flush is under way, which writes it too."""
        if self._flush is None:
            self._flush = asyncio.get_running_loop().create_task(
                self._write_all(), name="collector-flush"
            )

    async def settle(self) -> None:
        """Wait until everything that was taken is written."""
        while self._flush is not None:
            await asyncio.shield(self._flush)

    async def close(self) -> None:
        """Write what was taken, once; what the disk refuses is read again after the next start."""
        self._is_closing = True
        await self.settle()

    async def _write_all(self) -> None:
        try:
            while self.events or self.marks:
                events, self.events = self.events, []
                marks, self.marks = self.marks, {}
                try:
                    await self._store.write(collected.collect, events, marks, datetime.now(UTC))
                except ReplacedError:
                    return  # the process that owns the database now reads them
                except sqlite3.Error as error:
                    if self._is_closing:
                        log.error(
                            "%s events were not written (%s); the next start reads them again.",
                            len(events) + len(self.events),
                            error,
                        )
                        return
                    self._put_back(events, marks)
                    log.error(
                        "Responses cannot be written (%s): free disk space or unlock %s. "
                        "Trying again in %s s; %s events wait.",
                        error,
                        self._store.path,
                        RETRY_SECONDS,
                        len(self.events),
                    )
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._flush = None

    def _put_back(self, events: list[Event], marks: dict[int, int]) -> None:
        if len(events) + len(self.events) > MAX_WAITING:
            every = events + self.events
            self.events = [event for event in every if not isinstance(event, Captured)]
            self.marks = {}
            self._on_overflow()
            return
        self.events = events + self.events
        self.marks = {**marks, **self.marks}
