"""Sweeping: reading threads again for edits and deletions that Discord never replays."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import discord

from bot.discussion.collecting.access import lacking
from bot.discussion.collecting.capture import capture
from bot.discussion.collecting.catch_up import Reading
from bot.discussion.collecting.existence import UNCLEAR, UNKNOWN_CHANNEL, Verdict
from bot.discussion.collecting.history import BadMessage
from bot.store.responses import sweeping
from bot.store.responses.collected import Deleted, SeenAgain
from bot.store.responses.sweeping import Sweep
from bot.store.threads import Home

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds between two threads, so that a sweep never crowds out people's own requests."""


@dataclass(slots=True)
class Seen:
    """What a thread's history showed.

    Attributes:
        ids: Of all messages.
        is_whole: Whether it was shown to its end, as far as Discord's counters tell.
    """

    ids: set[int] = field(default_factory=set)
    is_whole: bool = True


class Sweeper:
    """Reads threads again at its own pace: those first in which something was deleted.

    Threads in which something was said within the window are read once after every READY, since
    edits and deletions before it are never replayed; those with responses otherwise once a week.
    A thread is read from its beginning: a message whose event never came is found here too. What is
    not seen is asked for, one id at a time, before it counts as gone.
    """

    def __init__(self, reading: Reading, *, days: int) -> None:
        self._reading = reading
        self._window = timedelta(days=days)
        self._running = asyncio.Lock()

    async def run(self) -> bool:
        """Read again what is due; return whether all of it could be read."""
        async with self._running:
            is_done, count = True, 0
            for guild in self._reading.client.guilds:
                now = datetime.now(UTC)
                due = await self._reading.store.read(
                    sweeping.due_for_sweep,
                    guild.id,
                    since=now - self._window,
                    ready_at=self._reading.collector.heard_since,
                    now=now,
                )
                for sweep in sorted(due, key=lambda one: _rank(guild, one)):
                    home = self._reading.collector.threads.get(sweep.thread_id)
                    if home is None or lacking(self._reading.client, home):
                        continue  # when it can be read again, catching up has it swept
                    if count:
                        await asyncio.sleep(PAUSE)
                    is_done &= await self._sweep(guild, home, sweep)
                    count += 1
            return is_done

    async def _sweep(self, guild: discord.Guild, home: Home, sweep: Sweep) -> bool:
        """Read a thread again; return whether nothing is left to be looked for soon."""
        reading = self._reading
        began = datetime.now(UTC)
        expected = await reading.store.read(sweeping.expected_in_thread, sweep.thread_id)
        try:
            seen = await self._read(guild, home, sweep, max(expected.standing, default=0))
        except UNCLEAR as error:
            return await self._was_refused(home, sweep.thread_id, error)
        for message_id in expected.concluded & seen.ids:
            reading.collector.add(SeenAgain(message_id))
        missing = expected.standing - seen.ids
        is_settled = not missing or await self._ask(guild, home, sweep.thread_id, missing)
        await reading.collector.settle()
        if not (is_settled and seen.is_whole):
            return False
        thread = guild.get_thread(sweep.thread_id)
        await reading.store.write(
            sweeping.swept,
            sweep.thread_id,
            thread.message_count if thread else 0,
            thread.total_message_sent if thread else sweep.deletions,
            began,
        )
        return True

    async def _read(self, guild: discord.Guild, home: Home, sweep: Sweep, until: int) -> Seen:
        reading, seen = self._reading, Seen()
        place = reading.client.get_partial_messageable(sweep.thread_id, guild_id=guild.id)
        thread = guild.get_thread(sweep.thread_id)
        last = max(until, (thread.last_message_id or 0) if thread else 0)
        async for message in reading.history.after(place, sweep.thread_id, until=last or None):
            seen.ids.add(message.id)
            if isinstance(message, BadMessage):
                continue
            captured = capture(reading.client, message)
            if captured is not None:
                reading.collector.add(captured)
        if thread is not None and len(seen.ids) < thread.message_count:
            seen.is_whole = await self._counters_agree(home, sweep, len(seen.ids))
        return seen

    async def _counters_agree(self, home: Home, sweep: Sweep, count: int) -> bool:
        """Return whether Discord counts no more messages now than were seen.

        discord.py's count is as old as the connection. Where the counters keep on disagreeing,
        they are wrong, and the thread is not read for ever.
        """
        found = await self._reading.existence.thread(home, sweep.thread_id)
        if found.thread is None or count >= found.thread.message_count or sweep.is_recounted:
            return True
        log.info("Thread %s was shown with holes; it is read again later", sweep.thread_id)
        await self._reading.suspicion.recount(home.guild, sweep.thread_id)
        return False

    async def _was_refused(self, home: Home, thread_id: int, error: Exception) -> bool:
        """Judge a refusal to show a thread; return whether there is nothing to be tried soon."""
        may_be_gone = isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL
        if may_be_gone and (await self._reading.existence.thread(home, thread_id)).is_gone:
            self._reading.collector.lose_thread(thread_id, "concluded")
            return True
        what = getattr(error, "code", "")
        log.warning("Thread %s cannot be read again: %s %s", thread_id, type(error).__name__, what)
        return isinstance(error, discord.Forbidden)

    async def _ask(
        self, guild: discord.Guild, home: Home, thread_id: int, missing: Collection[int]
    ) -> bool:
        """Ask for messages that were not seen; return whether it is known of all what became."""
        reading = self._reading
        place = reading.client.get_partial_messageable(thread_id, guild_id=guild.id)
        asking = await reading.suspicion.may_ask(guild, thread_id, missing)
        for message_id in asking:
            found = await reading.existence.message(home, place, message_id)
            if found.is_gone:
                reading.collector.add(Deleted(message_id, "concluded"))
                continue
            if found.message is not None and (kept := capture(reading.client, found.message)):
                reading.collector.add(kept)
            if found.verdict is Verdict.THERE:
                log.info("Thread %s was shown with holes; it is read again later", thread_id)
            return False
        return len(asking) == len(missing)


def _rank(guild: discord.Guild, sweep: Sweep) -> tuple[bool, int]:
    """Sort threads first in which Discord has counted deletions since the last look.

    ``total_message_sent`` never goes down and ``message_count`` does (discord-facts.md, fact 6).
    """
    thread = guild.get_thread(sweep.thread_id)
    deletions = thread.total_message_sent - thread.message_count if thread else sweep.deletions
    return deletions == sweep.deletions, -sweep.thread_id
