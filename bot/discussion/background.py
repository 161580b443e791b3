"""Work that goes on behind events: until it has succeeded, or again and again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

FIRST_PAUSE = 15.0
"""Seconds until what failed is tried again; then twice as long."""

LONGEST_PAUSE = 3600.0
"""Seconds after which what failed is tried again at the latest."""


class RetriedTask:
    """Repeats an attempt until it succeeds; there is no task while there is nothing to do.

    Args:
        attempt: Returns whether it succeeded; what it raises ends it until it is woken again.
        name: Of its task.
    """

    def __init__(self, attempt: Callable[[], Awaitable[bool]], name: str) -> None:
        self._attempt = attempt
        self._name = name
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = self._is_pausing = False

    def wake(self) -> None:
        """Attempt it now; if an attempt is under way, attempt it again after that."""
        self._is_wanted = True
        if self._is_pausing:
            self.cancel()
        if self._task is None or self._task.done():
            self._is_pausing = False
            self._task = asyncio.get_running_loop().create_task(self._repeat(), name=self._name)

    def cancel(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _repeat(self) -> None:
        pause = FIRST_PAUSE
        while self._is_wanted:
            self._is_wanted = False
            if await self._attempt() or self._is_wanted:
                continue
            self._is_wanted = self._is_pausing = True
            await asyncio.sleep(pause)
            self._is_pausing = False
            pause = min(2 * pause, LONGEST_PAUSE)


class PeriodicTask:
    """Repeats its work, with a pause after each time.

    The loops of `discord.ext.tasks` sleep until a time of day. When a clock that is a day ahead is
    put right, they sleep for a day and say nothing; a pause is only a pause.

    Args:
        work: What it raises is logged, and does not end the repeating.
        seconds: Of the pause.
        name: Of its task.
    """

    def __init__(self, work: Callable[[], Awaitable[None]], *, seconds: float, name: str) -> None:
        self._work = work
        self._seconds = seconds
        self._name = name
        self._task: asyncio.Task[None] | None = None

    async def __call__(self) -> None:
        """Do the work once, now."""
        await self._work()

    def start(self) -> None:
        """Begin, unless it has begun."""
        if not self.is_running():
            self._task = asyncio.get_running_loop().create_task(self._repeat(), name=self._name)

    def is_running(self) -> bool:
        """Return whether it repeats its work."""
        return self._task is not None and not self._task.done()

    def change_interval(self, *, seconds: float) -> None:
        """Make another pause from the next time on."""
        self._seconds = seconds

    def cancel(self) -> None:
        """Stop, in the middle of the work too; it may be started again."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _repeat(self) -> None:
        while True:
            try:
                await self._work()
            except Exception:
                log.exception("A fault in %s; it is tried again", self._name)
            await asyncio.sleep(self._seconds)
