"""Sweeping: reading threads again for edits and deletions that Discord never replays."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import discord

from bot.discussion.collect import Collector, capture
from bot.endpoint import NO_ANSWER
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

    Threads in which something was said within the window are read once after every READY, since
    edits and deletions before it are never replayed; those with responses otherwise once a week.
    A thread is read from its beginning: a message whose event never came is found here too.
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

    async def run(self) -> bool:
        """Read again what is due; return whether all of it could be read."""
        async with self._running:
            is_done, count = True, 0
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
                    is_done &= await self._sweep(guild, sweep)
                    count += 1
            return is_done

    async def _sweep(self, guild: discord.Guild, sweep: Sweep) -> bool:
        began = datetime.now(UTC)
        expected = await self._store.read(sweeping.ids_in_thread, sweep.thread_id)
        place = self._client.get_partial_messageable(sweep.thread_id, guild_id=guild.id)
        seen: set[int] = set()
        try:
            async for message in place.history(
                after=discord.Object(sweep.thread_id), limit=None, oldest_first=True
            ):
                seen.add(message.id)
                captured = capture(message)
                if captured is not None:
                    self._collector.add(captured)
        except NO_ANSWER as error:
            log.warning("Thread %s was not read again: %s", sweep.thread_id, type(error).__name__)
            return False
        except discord.HTTPException as error:
            if error.code == UNKNOWN_CHANNEL:
                self._collector.lose_thread(sweep.thread_id)
            else:
                log.warning("Thread %s cannot be read again: %s", sweep.thread_id, error.code)
            return True
        for message_id in expected - seen:
            self._collector.add(Deleted(message_id))
        await self._collector.settle()
        thread = guild.get_thread(sweep.thread_id)
        await self._store.write(
            sweeping.swept,
            sweep.thread_id,
            thread.message_count if thread else 0,
            thread.total_message_sent if thread else sweep.deletions,
            began,
        )
        return True


def _rank(guild: discord.Guild, sweep: Sweep) -> tuple[bool, int]:
    """Sort threads first in which Discord has counted deletions since the last look.

    ``total_message_sent`` never goes down and ``message_count`` does (discord-facts.md, fact 6).
    """
    thread = guild.get_thread(sweep.thread_id)
    deletions = thread.total_message_sent - thread.message_count if thread else sweep.deletions
    return deletions == sweep.deletions, -sweep.thread_id
