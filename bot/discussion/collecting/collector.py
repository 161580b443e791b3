"""Collecting: from Discord's events to durable rows, off the event loop, a batch at a time."""

import asyncio
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import discord

from bot.core.response import Because, Captured
from bot.discussion.collecting.capture import capture
from bot.store.file.owner import ReplacedError
from bot.store.responses import collected
from bot.store.responses.collected import Deleted, Event, GapClosed, GapOpened, ThreadDeleted
from bot.store.store import Store
from bot.store.threads import Home

log = logging.getLogger(__name__)

RETRY_SECONDS = 5
MOST_WAITING = 50_000
"""So many events wait in memory while the disk refuses; beyond, threads are read again later."""

MOST_HELD = 1000
"""So many events of unknown threads are held while a thread is being started."""


class Collector:
    """Gathers events and writes all that has gathered in one transaction.

    While one transaction runs, the next batch gathers: the busier it is, the larger the batches.
    There is no task that waits for work; a flush starts when there is some.

    Attributes:
        silence: Counts the times from which on something may not have been heard.
        heard_since: When the last of them was that concerned every thread, aware.
    """

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._store = store
        self._threads: dict[int, Home] = {}
        self._lost: dict[int, Home] = {}
        self._reappeared: set[int] = set()
        self._caught_up: set[int] = set()
        self._gaps: set[int] = set()
        self._stale: set[int] = set()
        self._events: list[Event] = []
        self._marks: dict[int, int] = {}
        self._flush: asyncio.Task[None] | None = None
        self._is_closing = False
        self._held: defaultdict[int, list[Event]] = defaultdict(list)
        self._starts = 0
        self._start_began = 0
        self.silence = 0
        self.heard_since = datetime.now(UTC)
        self._fell_behind: Callable[[], object] | None = None

    @property
    def threads(self) -> Mapping[int, Home]:
        """Where the threads stand that are collected."""
        return self._threads

    @property
    def lost(self) -> Mapping[int, Home]:
        """Where the threads stood of which it was only concluded that they are gone."""
        return self._lost

    @property
    def behind(self) -> set[int]:
        """The threads in which something may have been said that was not heard."""
        return self._threads.keys() - self._caught_up

    def when_behind(self, wake: Callable[[], object]) -> None:
        """Call `wake` whenever something may have been said that was not heard."""
        self._fell_behind = wake

    def fall_behind(self) -> None:
        """Have read what may not have been heard."""
        if self._fell_behind is not None:
            self._fell_behind()

    def is_stale(self, guild_id: int) -> bool:
        """Return whether what discord.py knows of a guild's threads may be older than a gap."""
        return guild_id in self._stale

    @property
    def is_idle(self) -> bool:
        """Whether everything that was taken is written."""
        return self._flush is None

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Hold what is heard in unknown threads until it is known which of them is ours.

        Readers may write in a thread before Discord has confirmed it to us.
        """
        if not self._starts:
            self._start_began = self.silence
        self._starts += 1
        try:
            yield
        finally:
            self._starts -= 1
            if not self._starts:
                self._held.clear()

    def expect_gaps_of_start(self) -> None:
        """Take note that the thread to be recorded is older than the attempt to start it."""
        self._start_began = -1

    def track(self, thread_id: int, home: Home) -> None:
        """Collect a thread from now on.

        One that was just started has nothing to catch up on, if everything was heard since the
        start began; one that was found has.
        """
        self._threads[thread_id] = home
        self._lost.pop(thread_id, None)
        self._events += self._held.pop(thread_id, [])
        if self._starts and self._start_began == self.silence:
            self._caught_up.add(thread_id)
        else:
            self._stale.add(home.guild)
            self.fall_behind()
        self._start()

    def begin(
        self, threads: Mapping[int, Home], lost: Mapping[int, Home], gaps: Collection[int]
    ) -> None:
        """Take over what an earlier process knew.

        Args:
            threads: All that are collected.
            lost: Those of which it was only concluded that they are gone.
            gaps: Those that could not be read.
        """
        self._threads, self._lost, self._gaps = dict(threads), dict(lost), set(gaps)
        self.expect_gaps()

    def expect_gaps(self, guild_id: int | None = None, *, is_told_anew: bool = False) -> None:
        """Let no high-water mark move until `catch up` has read the gap before it.

        Args:
            guild_id: Where something may not have been heard; None for everywhere, after a new
                connection, which tells anew of all threads.
            is_told_anew: Whether Discord told of all threads of this guild.
        """
        self.silence += 1
        if guild_id is None:
            self.heard_since = datetime.now(UTC)
            self._caught_up.clear()
            self._stale.clear()
            return
        self._caught_up -= {each for each, home in self._threads.items() if home.guild == guild_id}
        if not is_told_anew:
            self._stale.add(guild_id)

    def cannot_read(self, thread_id: int, lacking: tuple[str, ...], began: datetime) -> None:
        """Take note that a thread cannot be read from now on.

        Args:
            lacking: What is in the way.
            began: From when on nothing is certain to have been heard.
        """
        self.silence += 1
        self._caught_up.discard(thread_id)
        self._stale.add(self._threads[thread_id].guild)
        self._gaps.add(thread_id)
        self.add(GapOpened(thread_id, lacking, began))

    def caught_up(self, thread_id: int, silence: int) -> None:
        """Let live events move a thread's mark: nothing is missing before them.

        Args:
            silence: The collector's when reading began; a later one left a gap of its own.
        """
        if silence != self.silence:
            return
        self._caught_up.add(thread_id)
        if thread_id in self._gaps:
            self._gaps.discard(thread_id)
            self.add(GapClosed(thread_id))

    def reappear(self, thread_ids: Iterable[int]) -> None:
        """Take note that threads which counted as gone are there."""
        found = self._lost.keys() & set(thread_ids)
        if found:
            self._reappeared |= found
            self.fall_behind()

    def take_reappeared(self) -> set[int]:
        """Return the threads that counted as gone and are there, once."""
        found, self._reappeared = self._reappeared, set()
        return found

    def hear(self, message: discord.Message) -> None:
        """Take a new or an edited message of a thread that is collected."""
        captured = capture(self._client, message)
        if message.channel.id not in self._threads:
            if captured is not None:
                self._hold(captured.thread_id, captured)
            if message.channel.id in self._lost:
                self.reappear([message.channel.id])
            return
        if captured is not None:
            self._events.append(captured)
        self.mark(message.channel.id, message.id)

    def mark(self, thread_id: int, message_id: int) -> None:
        """Take note that a message was seen."""
        if thread_id in self._caught_up:
            self._marks[thread_id] = max(self._marks.get(thread_id, 0), message_id)
        self._start()

    def add(self, event: Event) -> None:
        """Take a message that was read from history, or a deletion."""
        self._events.append(event)
        self._start()

    def lose_message(self, thread_id: int, message_id: int) -> None:
        """Take the deletion of a message; ids are all that Discord tells."""
        if thread_id in self._threads:
            self.add(Deleted(message_id))
        else:
            self._hold(thread_id, Deleted(message_id))

    def lose_thread(self, thread_id: int, because: Because = "event") -> None:
        """Take the deletion of a thread with all that was said in it."""
        home = self._threads.pop(thread_id, None)
        if home is not None and because == "concluded":
            self._lost[thread_id] = home
        elif home is None:
            home = self._lost.pop(thread_id, None)
        if home is not None:
            self._gaps.discard(thread_id)
            self.add(ThreadDeleted(thread_id, because))

    async def settle(self) -> None:
        """Wait until everything that was taken is written."""
        while self._flush is not None:
            await asyncio.shield(self._flush)

    async def close(self) -> None:
        """Write what was taken, once; what the disk refuses is read again after the next start."""
        self._is_closing = True
        await self.settle()

    def _hold(self, thread_id: int, event: Event) -> None:
        if not self._starts:
            return
        self._held[thread_id].append(event)
        if sum(map(len, self._held.values())) > MOST_HELD:
            self._held.clear()
            self._start_began = -1

    def _start(self) -> None:
        if self._flush is None:
            self._flush = asyncio.get_running_loop().create_task(
                self._write_all(), name="collector-flush"
            )

    async def _write_all(self) -> None:
        try:
            while self._events or self._marks:
                events, self._events = self._events, []
                marks, self._marks = self._marks, {}
                try:
                    await self._store.write(collected.collect, events, marks, datetime.now(UTC))
                except ReplacedError:
                    return  # who owns the database now reads them
                except sqlite3.Error as error:
                    if self._is_closing:
                        log.error(
                            "%s events were not written (%s); the next start reads them again.",
                            len(events) + len(self._events),
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
                        len(self._events),
                    )
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._flush = None

    def _put_back(self, events: list[Event], marks: dict[int, int]) -> None:
        if len(events) + len(self._events) > MOST_WAITING:
            every = events + self._events
            self._events = [event for event in every if not isinstance(event, Captured)]
            self._marks = {}
            self.expect_gaps()
            self.fall_behind()
            return
        self._events = events + self._events
        self._marks = {**marks, **self._marks}
