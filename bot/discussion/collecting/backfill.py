"""When threads are read again: whenever events may have been missed, and every hour."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

import aiohttp
import discord

from bot.discussion.background import PeriodicTask, RetriedTask
from bot.discussion.collecting import catch_up
from bot.discussion.collecting.deletion_checks import CheckResult
from bot.discussion.collecting.history import id_of
from bot.discussion.collecting.read_access import ReadAccess
from bot.discussion.collecting.sweep import Sweeper
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.endpoint import JSON

log = logging.getLogger(__name__)

CANNOT_READ = (discord.DiscordException, aiohttp.ClientError, sqlite3.Error, OSError)
"""What keeps threads from being read now, and is retried."""

HOUR = 3600.0
"""Seconds between two checks for threads that are due for a sweep."""

SOON = 1.0
"""Seconds that events are waited for before threads are read: permissions change in bursts."""

MAX_REQUESTED = 100
"""So many messages are requested at a time because their events could not be read."""

MESSAGE_EVENTS = ("MESSAGE_CREATE", "MESSAGE_UPDATE")
"""Events about a message that can be requested if the event itself cannot be read."""


class Backfill:
    """Has threads caught up on and swept, and retries both until they succeed.

    Args:
        reopen: Goes on with a thread that was presumed deleted, and exists.
    """

    def __init__(
        self, reader: ThreadReader, sweeper: Sweeper, reopen: Callable[[int], Awaitable[None]]
    ) -> None:
        self._reader = reader
        self._client = reader.client
        self._tracked = reader.collector.tracked
        self._reopen = reopen
        self.access = ReadAccess(reader.client, self._tracked)
        self._catching_up = RetriedTask(partial(self._attempt, self._catch_up), "catch-up")
        self._sweeping = RetriedTask(partial(self._attempt, sweeper.run), "sweep")
        self._hourly = PeriodicTask(self._wake_sweep, seconds=HOUR, name="hourly")
        self._timer: asyncio.TimerHandle | None = None
        self._requests: set[asyncio.Task[CheckResult]] = set()
        self._guilds_with_outage: set[int] = set()
        self._tracked.request_catch_up = self._catch_up_soon

    def connected(self) -> None:
        """Expect gaps everywhere: Discord does not replay what was missed before a connection."""
        self._guilds_with_outage.clear()
        self._tracked.expect_gaps()

    def disconnected(self) -> None:
        """Remember when the bot stopped receiving events."""
        self._tracked.received_until = self._tracked.received_until or datetime.now(UTC)

    def resumed(self) -> None:
        """Expect no gap: Discord has replayed every event that was missed."""
        self._tracked.received_until = None

    def ready(self) -> None:
        """Catch up on what was written while the bot was offline, then sweep."""
        self.access.refresh(since=self._tracked.received_until)
        self._tracked.received_until = None
        for guild in self._client.guilds:
            self._tracked.report_existing(thread.id for thread in guild.threads)
        self._catching_up.wake()
        self._hourly.start()

    def guild_unavailable(self, guild: discord.Guild) -> None:
        """Open gaps because of an outage: discord.py keeps the threads that it knew before it."""
        self._guilds_with_outage.add(guild.id)
        self.access.refresh(guild.id)

    def guild_left(self, guild: discord.Guild) -> None:
        """Open gaps because the bot was removed from a guild."""
        self._guilds_with_outage.discard(guild.id)
        self.access.refresh(guild.id)

    def guild_returned(self, guild: discord.Guild) -> None:
        """Catch up on a guild: nothing is replayed (docs/discord-facts.md#outages)."""
        self._tracked.expect_gaps(guild.id, is_listed=guild.id not in self._guilds_with_outage)
        self.access.refresh(guild.id)
        self._tracked.report_existing(thread.id for thread in guild.threads)
        self._catch_up_soon()

    def threads_synced(self, data: JSON) -> None:
        """Catch up on channels that came back into sight (docs/discord-facts.md#regained-channels).

        Messages may have been written in their threads before this, and are not replayed.
        """
        self._tracked.expect_gaps(int(data["guild_id"]))
        self._tracked.report_existing(int(thread["id"]) for thread in data.get("threads", ()))
        self._catch_up_soon()

    def event_unreadable(self, name: str, data: JSON, error: Exception) -> None:
        """Log an event that discord.py cannot read, and request the message it was about."""
        message_id = id_of(data)
        if name not in MESSAGE_EVENTS:
            log.error("An event %s about %s cannot be read: %r", name, message_id, error)
            return
        self.message_unreadable(id_of({"id": data.get("channel_id")}), message_id, error)

    def message_unreadable(self, thread_id: int, message_id: int, error: Exception) -> None:
        """Log a message that discord.py cannot read, and request it if its thread is collected."""
        self._reader.history.report(message_id, error)
        home = self._tracked.homes.get(thread_id)
        if home is not None and message_id and len(self._requests) < MAX_REQUESTED:
            request = self._reader.read_one(home, thread_id, message_id)
            task = asyncio.get_running_loop().create_task(request)
            self._requests.add(task)
            task.add_done_callback(self._requests.discard)

    def stop(self) -> None:
        """Stop catching up and sweeping."""
        if self._timer is not None:
            self._timer.cancel()
        self._hourly.cancel()
        self._catching_up.cancel()
        self._sweeping.cancel()

    def _catch_up_soon(self) -> None:
        """Catch up once the events that come in one burst have come."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SOON, self._wake_catch_up)

    def _wake_catch_up(self) -> None:
        self._timer = None
        self._catching_up.wake()

    async def _wake_sweep(self) -> None:
        self._sweeping.wake()

    async def _catch_up(self) -> bool:
        """Catch up, then start a sweep, which takes its time and never delays catching up.

        Returns:
            Whether everything could be read.
        """
        found, self._tracked.found_again = self._tracked.found_again, set()
        for thread_id in found:
            await self._reopen(thread_id)
        await catch_up.catch_up(self._reader)
        self._sweeping.wake()
        return not self._tracked.behind

    async def _attempt(self, read: Callable[[], Awaitable[bool]]) -> bool:
        """Read threads; return False if it has to be retried."""
        try:
            return await read()
        except CANNOT_READ:
            log.exception("Threads could not be read; it is tried again")
            return False
        except RuntimeError:  # aiohttp raises it if its session was closed meanwhile
            if not self._client.is_closed():
                raise
            return True
