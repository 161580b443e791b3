"""Sweeping: reading threads again for edits and deletions that Discord never replays."""

import asyncio
import logging
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import discord

from bot.core.discord_codes import UNKNOWN_CHANNEL
from bot.discussion.collecting.deletion_checks import UNCLEAR
from bot.discussion.collecting.read_access import read_obstacles
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.store.responses import sweeping
from bot.store.responses.collected import Deleted, SeenAgain
from bot.store.responses.sweeping import Sweep
from bot.store.threads import Home

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds between two threads, so that a sweep never delays the answers to readers."""


class Sweeper:
    """Reads threads again at its own pace, first those in which something was deleted.

    A thread in which something was written within the window is read once after every READY, since
    earlier edits and deletions are never replayed; any other thread with responses once a week. A
    thread is read from its beginning: a message whose event never came is found here too. A message
    that is not seen is asked for by its id before it counts as deleted.
    """

    def __init__(self, reader: ThreadReader, *, days: int) -> None:
        self._reader = reader
        self._window = timedelta(days=days)
        self._running = asyncio.Lock()

    async def run(self) -> bool:
        """Read again what is due; return whether all of it could be read."""
        tracked = self._reader.collector.tracked
        async with self._running:
            is_done, count = True, 0
            for guild in self._reader.client.guilds:
                now = datetime.now(UTC)
                due = await self._reader.store.read(
                    sweeping.due_for_sweep,
                    guild.id,
                    since=now - self._window,
                    ready_at=tracked.connected_at,
                    now=now,
                )
                for sweep in sorted(due, key=lambda one: _rank(guild, one)):
                    home = tracked.homes.get(sweep.thread_id)
                    if home is None or read_obstacles(self._reader.client, home):
                        continue  # once it can be read, closing its gap makes it due
                    if count:
                        await asyncio.sleep(PAUSE)
                    is_done &= await self._sweep(guild, home, sweep)
                    count += 1
            return is_done

    async def _sweep(self, guild: discord.Guild, home: Home, sweep: Sweep) -> bool:
        """Read a thread again; return False if it has to be read once more soon."""
        reader, thread_id = self._reader, sweep.thread_id
        began = datetime.now(UTC)
        expected = await reader.store.read(sweeping.expected_in_thread, thread_id)
        thread = guild.get_thread(thread_id)
        last = max(expected.standing, default=0)
        if thread is not None:
            last = max(last, thread.last_message_id or 0)
        try:
            ids = await reader.read(home, thread_id, after=thread_id, until=last or None)
            counted = thread.message_count if thread else 0
            is_whole = len(ids) >= counted or await self._is_whole(home, sweep, len(ids))
        except UNCLEAR as error:
            return await self._was_refused(home, thread_id, error)
        for message_id in expected.concluded & ids:
            reader.collector.add(SeenAgain(message_id))
        missing = expected.standing - ids
        is_settled = not missing or await self._check(guild, home, thread_id, missing)
        await reader.collector.settle()
        if not (is_settled and is_whole):
            return False
        await self._record(guild, sweep, began)
        return True

    async def _record(self, guild: discord.Guild, sweep: Sweep, began: datetime) -> None:
        thread = guild.get_thread(sweep.thread_id)
        await self._reader.store.write(
            sweeping.swept,
            sweep.thread_id,
            thread.message_count if thread else 0,
            thread.total_message_sent if thread else sweep.deletions,
            began,
        )

    async def _is_whole(self, home: Home, sweep: Sweep, count: int) -> bool:
        """Return whether Discord counts no more messages now than were seen.

        discord.py's count is as old as the connection. If the counter is higher a second time too,
        it is wrong, and the thread is not read for ever.
        """
        checked = await self._reader.deletions.thread(home, sweep.thread_id)
        thread = checked.thread
        if thread is None or count >= thread.message_count or sweep.is_recounted:
            return True
        log.info("Thread %s was shown with holes; it is read again later", sweep.thread_id)
        await self._reader.deletions.check_again_later(home.guild, sweep.thread_id)
        return False

    async def _was_refused(self, home: Home, thread_id: int, error: Exception) -> bool:
        """Judge a refusal to show a thread; return whether a retry soon would be pointless."""
        may_be_deleted = isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL
        if may_be_deleted and (await self._reader.deletions.thread(home, thread_id)).is_deleted:
            self._reader.collector.delete_thread(thread_id, "concluded")
            return True
        code = getattr(error, "code", "")
        log.warning("Thread %s cannot be read again: %s %s", thread_id, type(error).__name__, code)
        return isinstance(error, discord.Forbidden)

    async def _check(
        self, guild: discord.Guild, home: Home, thread_id: int, missing: Collection[int]
    ) -> bool:
        """Ask for messages that were not seen; return whether each of them turned out deleted."""
        ids = await self._reader.deletions.ids_to_check(guild, thread_id, missing)
        for message_id in ids:
            checked = await self._reader.read_one(home, thread_id, message_id)
            if not checked.is_deleted:
                if checked.exists:
                    log.info("Thread %s was shown with holes; it is read again later", thread_id)
                return False
            self._reader.collector.add(Deleted(message_id, "concluded"))
        return len(ids) == len(missing)


def _rank(guild: discord.Guild, sweep: Sweep) -> tuple[bool, int]:
    """Sort threads first in which Discord has counted deletions since the last sweep.

    ``total_message_sent`` never goes down and ``message_count`` does
    (docs/discord-facts.md#thread-counters).
    """
    thread = guild.get_thread(sweep.thread_id)
    deletions = thread.total_message_sent - thread.message_count if thread else sweep.deletions
    return deletions == sweep.deletions, -sweep.thread_id
