"""Collecting: from Discord's events to durable rows, off the event loop, a batch at a time."""

import asyncio
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import discord

from bot.core.response import Captured
from bot.store import responses
from bot.store.responses import Deleted, Event, ThreadDeleted
from bot.store.store import Store

log = logging.getLogger(__name__)

KINDS = (discord.MessageType.default, discord.MessageType.reply)
"""Every other message is Discord's own, such as a rename or a pin (discord-facts.md, 3)."""

RETRY_SECONDS = 5
MOST_WAITING = 50_000
"""So many events wait in memory while the disk refuses; beyond, threads are read again later."""

MOST_HELD = 1000
"""So many events of unknown threads are held while a thread is being started."""


def capture(message: discord.Message) -> Captured | None:
    """Return a reader's message as a value, or None if it is nobody's words.

    Bots, webhooks, Discord's own notices and forwards are not a reader's words; a message of the
    bot's is not either.
    """
    is_words = message.type in KINDS and not message.message_snapshots
    if not is_words or message.author.bot or message.webhook_id or message.guild is None:
        return None
    reference = message.reference
    return Captured(
        source_id=message.id,
        guild_id=message.guild.id,
        thread_id=message.channel.id,
        reader_id=message.author.id,
        reader_name=message.author.display_name,
        text=message.content,
        created_at=message.created_at,
        edited_at=message.edited_at,
        parent_id=reference.message_id if reference else None,
    )


class Collector:
    """Gathers events and writes all that has gathered in one transaction.

    While one transaction runs, the next batch gathers: the busier it is, the larger the batches.
    There is no task that waits for work; a flush starts when there is some.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._threads: dict[int, int] = {}
        self._caught_up: set[int] = set()
        self._events: list[Event] = []
        self._marks: dict[int, int] = {}
        self._flush: asyncio.Task[None] | None = None
        self._is_closing = False
        self._held: defaultdict[int, list[Event]] = defaultdict(list)
        self._starts = 0
        self._start_began = 0
        self.silence = 0
        self._fell_behind: Callable[[], object] | None = None

    @property
    def threads(self) -> dict[int, int]:
        """The publications whose threads are collected, by thread."""
        return self._threads

    @property
    def behind(self) -> set[int]:
        """The threads in which something may have been said that was not heard."""
        return self._threads.keys() - self._caught_up

    def when_behind(self, wake: Callable[[], object]) -> None:
        """Call `wake` whenever something may have been said that was not heard."""
        self._fell_behind = wake

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

    def track(self, thread_id: int, publication_id: int) -> None:
        """Collect a thread from now on.

        One that was just started has nothing to catch up on, if everything was heard since the
        start began; one that was found has.
        """
        self._threads[thread_id] = publication_id
        self._events += self._held.pop(thread_id, [])
        if self._starts and self._start_began == self.silence:
            self._caught_up.add(thread_id)
        else:
            self._fall_behind()
        self._start()

    def expect_gaps(self, threads: dict[int, int] | None = None) -> None:
        """Let no high-water mark move until `catch up` has read the gap before it.

        Args:
            threads: All that are collected, when they are not known yet.
        """
        if threads is not None:
            self._threads = dict(threads)
        self.silence += 1
        self._caught_up.clear()

    def caught_up(self, thread_id: int, silence: int) -> None:
        """Let live events move a thread's mark: nothing is missing before them.

        Args:
            silence: The collector's when reading began; a later one left a gap of its own.
        """
        if silence == self.silence:
            self._caught_up.add(thread_id)

    def hear(self, message: discord.Message) -> None:
        """Take a new or an edited message of a thread that is collected."""
        captured = capture(message)
        if message.channel.id not in self._threads:
            if captured is not None:
                self._hold(captured.thread_id, captured)
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

    def lose_thread(self, thread_id: int) -> None:
        """Take the deletion of a thread with all that was said in it."""
        if self._threads.pop(thread_id, None) is not None:
            self.add(ThreadDeleted(thread_id))

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
                    await self._store.write(responses.collect, events, marks, datetime.now(UTC))
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

    def _fall_behind(self) -> None:
        if self._fell_behind is not None:
            self._fell_behind()

    def _put_back(self, events: list[Event], marks: dict[int, int]) -> None:
        if len(events) + len(self._events) > MOST_WAITING:
            self.expect_gaps()
            self._marks = {}
            self._fall_behind()
            return
        self._events = events + self._events
        self._marks = {**marks, **self._marks}
