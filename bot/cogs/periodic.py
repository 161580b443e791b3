"""Doing something again and again, whatever happens to the machine's clock."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


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
