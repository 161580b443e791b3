"""Doing something until it has succeeded, and once more if there was new reason meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

FIRST_PAUSE = 15.0
"""Seconds until what failed is tried again; then twice as long."""

LONGEST_PAUSE = 3600.0
"""Seconds after which what failed is tried again at the latest."""


class Persistent:
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
