"""Sweeping: reading threads again for edits and deletions that Discord never replays."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import discord

from bot.discussion.collect import Collector, capture
from bot.store import sweeping
from bot.store.responses import Deleted
from bot.store.store import Store
from bot.store.sweeping import Sweep

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds between two threads, so that a sweep never crowds out people's own requests."""

UNKNOWN_CHANNEL = 10003


class Sweeper:
    """Reads threads again at its own pace: those first in which something was deleted.

    Threads with a response younger than the window are read once after every READY, since edits
    and deletions before it are never replayed; the others once a week.
    """

    def __init__(
        self, client: discord.Client, store: Store, collector: Collector, *, days: int
    ) -> None:
        self._client = client
        self._store = store
        self._collector = collector
        self._window = timedelta(days=days)
        self._ready_at = datetime.now(UTC)
        self._running = asyncio.Lock()

    def expect_gaps(self) -> None:
        """Take note that edits and deletions before now were not heard."""
        self._ready_at = datetime.now(UTC)

    async def run(self) -> int:
        """Read what is due again; return how many threads that was."""
        if self._running.locked():
            return 0
        async with self._running:
            count = 0
            for guild in self._client.guilds:
                now = datetime.now(UTC)
                due = await self._store.read(
                    sweeping.due_for_sweep,
                    guild.id,
                    since=now - self._window,
                    ready_at=self._ready_at,
                    now=now,
                )
                for sweep in sorted(due, key=lambda one: _rank(guild, one)):
                    if count:
                        await asyncio.sleep(PAUSE)
                    await self._sweep(guild, sweep)
                    count += 1
            return count

    async def _sweep(self, guild: discord.Guild, sweep: Sweep) -> None:
        expected = await self._store.read(sweeping.ids_in_thread, sweep.thread_id)
        place = self._client.get_partial_messageable(sweep.thread_id, guild_id=guild.id)
        seen: set[int] = set()
        try:
            async for message in place.history(
                after=discord.Object(sweep.first_id - 1), limit=None, oldest_first=True
            ):
                seen.add(message.id)
                captured = capture(message)
                if captured is not None:
                    self._collector.add(captured)
        except discord.NotFound as error:
            if error.code == UNKNOWN_CHANNEL:
                self._collector.lose_thread(sweep.thread_id)
            return
        except discord.HTTPException as error:
            log.warning("Thread %s cannot be read again: %s", sweep.thread_id, error.code)
            return
        for message_id in expected - seen:
            if message_id >= sweep.first_id:
                self._collector.add(Deleted(message_id))
        await self._collector.settle()
        thread = guild.get_thread(sweep.thread_id)
        await self._store.write(
            sweeping.swept,
            sweep.thread_id,
            thread.message_count if thread else 0,
            thread.total_message_sent if thread else sweep.deletions,
            datetime.now(UTC),
        )


def _rank(guild: discord.Guild, sweep: Sweep) -> tuple[bool, int]:
    """Sort threads first in which Discord has counted deletions since the last look.

    ``total_message_sent`` never goes down and ``message_count`` does (discord-facts.md, fact 6).
    """
    thread = guild.get_thread(sweep.thread_id)
    deletions = thread.total_message_sent - thread.message_count if thread else sweep.deletions
    return deletions == sweep.deletions, -sweep.thread_id
