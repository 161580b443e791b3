"""What the two clients have in common: a discord.py client that is asked to take events."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import discord

from tests.bench.worker import JSON, resident, serve

READY = 0.05
"""Seconds after the last guild until READY; Discord's two seconds would be most of a run."""

TICK = 0.002
"""Seconds between two looks at the loop."""

REST = 0.1
"""Seconds between two looks at whether a client is at rest."""

LOOKS = 2
"""So many looks in a row must find nothing left to do."""


class Driven:
    """A client that is started, given events, looked at and stopped.

    Args:
        make: Returns the client that is to be measured.
        is_idle: Whether it has done everything that it was given.
    """

    def __init__(
        self,
        make: Callable[[JSON], discord.Client],
        is_idle: Callable[[Any], bool] = lambda _client: True,
    ) -> None:
        self._make = make
        self._is_idle = is_idle
        self._client: discord.Client | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def client(self) -> discord.Client:
        """The client that was started."""
        if self._client is None:
            raise RuntimeError("Start the client first.")
        return self._client

    async def start(self, **how: Any) -> None:
        """Log the client in and wait until it is ready and at rest."""
        self._client = self._make(how)
        self.client._connection.guild_ready_timeout = READY
        await self.client.login(how["token"])
        self._running = asyncio.create_task(self.client.connect())
        await self.client.wait_until_ready()
        await self._rest()

    async def take(self, last: int) -> JSON:
        """Wait until the event of that number is done with.

        Returns:
            When that was, and by how many seconds the loop was late at each look at it.
        """
        late: list[float] = []
        looks = 0
        while looks < LOOKS:  # whom discord.py tells of an event hears of it one turn later
            began = time.monotonic()
            await asyncio.sleep(TICK)
            late.append(time.monotonic() - began - TICK)
            sequence = self.client.ws.sequence or 0
            looks = looks + 1 if sequence >= last and self._is_idle(self.client) else 0
        return {"ended": time.monotonic(), "late": late}

    async def memory(self) -> JSON:
        """Return the kilobytes that the process holds at rest; None where that is hidden."""
        await self._rest()
        return {"kilobytes": resident()}

    async def stop(self) -> None:
        """Close the client."""
        if self._client is not None:
            await self._client.close()
        if self._running is not None:
            with suppress(asyncio.CancelledError):
                await self._running
        self._client = self._running = None

    async def _rest(self) -> None:
        looks = 0
        while looks < LOOKS:
            await asyncio.sleep(REST)
            looks = looks + 1 if self._is_idle(self.client) else 0

    async def run(self) -> None:
        """Do as asked until nobody asks any more."""
        verbs = (self.start, self.take, self.memory, self.stop)
        try:
            await serve({verb.__name__: verb for verb in verbs})
        finally:
            await self.stop()
