"""Collecting: takes events from Discord and hands them to the writer, without waiting."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import discord

from bot.core.response import Because
from bot.discussion.collecting.capture import capture, emoji_of
from bot.discussion.collecting.tracked_threads import TrackedThreads
from bot.store.responses.batch_writer import BatchWriter
from bot.store.responses.collected import Deleted, Event
from bot.store.responses.reactions import Reacted, ReactionsCleared
from bot.store.store import Store
from bot.store.threads import Home

MAX_HELD = 1000
"""So many events of unknown threads are held while a thread is being started."""


class Collector:
    """Takes messages, edits and deletions in the threads that are collected.

    Attributes:
        tracked: The threads, and which of them have to be caught up on.
        threads: Where the threads stand that are collected.
        writer: Writes what was taken.
    """

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self.writer = BatchWriter(store, self._reread_everything)
        self.tracked = TrackedThreads(self.writer.add)
        self.threads: Mapping[int, Home] = self.tracked.homes
        self._caught_up = self.tracked.caught_up
        self._held: defaultdict[int, list[Event]] = defaultdict(list)
        self._newest: dict[int, int] = {}
        self._starts = 0
        self._gaps_at_start = 0
        self.add = self.writer.add
        self.settle = self.writer.settle
        self.close = self.writer.close

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Hold the events of unknown threads until it is known which of these threads is ours.

        Readers may write in a thread before Discord has confirmed it to us.
        """
        if not self._starts:
            self._gaps_at_start = self.tracked.gap_count
        self._starts += 1
        try:
            yield
        finally:
            self._starts -= 1
            if not self._starts:
                self._held.clear()

    def expect_gaps_of_start(self) -> None:
        """Take note that the thread to be recorded is older than the attempt to start it."""
        self._gaps_at_start = -1

    def track(self, thread_id: int, home: Home) -> None:
        """Collect a thread from now on.

        A thread that was just started has nothing to catch up on, if no event was missed since the
        start began; a thread that was found again has.
        """
        self.writer.events += self._held.pop(thread_id, [])
        self._newest.pop(thread_id, None)  # one that was reopened is read from its beginning
        is_complete = bool(self._starts) and self._gaps_at_start == self.tracked.gap_count
        self.tracked.add(thread_id, home, is_complete=is_complete)
        self.writer.start()

    def receive(self, message: discord.Message) -> None:
        """Take a new or an edited message of a thread that is collected."""
        captured = capture(self._client, message)
        thread_id = message.channel.id
        if thread_id not in self.threads:
            if captured is not None:
                self._hold(thread_id, captured)
            if thread_id in self.tracked.presumed_deleted:
                self.tracked.report_existing([thread_id])
            return
        if captured is not None:
            self.writer.events.append(captured)
        self.mark(thread_id, message.id)

    def mark(self, thread_id: int, message_id: int) -> None:
        """Move a thread's high-water mark to a message that was seen, if no gap is before it."""
        if thread_id in self._caught_up and message_id > self._newest.get(thread_id, 0):
            self._newest[thread_id] = self.writer.marks[thread_id] = message_id
        if self.writer.events or self.writer.marks:
            self.writer.start()

    def delete_message(self, channel_id: int, message_id: int) -> None:
        """Take the deletion of a message; ids are all that Discord sends.

        A starter message has its thread's id, and may stand in the channel outside of it.
        """
        thread_id = message_id if message_id in self.threads else channel_id
        if thread_id in self.threads or channel_id in self.tracked.imported:
            self.add(Deleted(message_id))
        else:
            self._hold(thread_id, Deleted(message_id))

    def react(self, event: discord.RawReactionActionEvent, *, is_added: bool) -> None:
        """Take a reaction to a message that was added or taken back; who it was is not kept."""
        is_ours = self._client.user is not None and event.user_id == self._client.user.id
        if event.channel_id in self.threads and not is_ours:
            self.add(Reacted(event.message_id, emoji_of(event.emoji), is_added))

    def clear_reactions(
        self, event: discord.RawReactionClearEvent | discord.RawReactionClearEmojiEvent
    ) -> None:
        """Take that a moderator took reactions away."""
        if event.channel_id in self.threads:
            only = event.emoji if isinstance(event, discord.RawReactionClearEmojiEvent) else None
            self.add(ReactionsCleared(event.message_id, emoji_of(only) if only else None))

    def delete_thread(self, thread_id: int, because: Because = "event") -> None:
        """Take the deletion of a thread with all its messages."""
        self.tracked.remove(thread_id, because)

    def delete_channel(self, channel_id: int) -> None:
        """Take the deletion of a channel: Discord sends none for its threads."""
        if channel_id in self.tracked.imported:
            self.delete_thread(channel_id)
        for thread_id, home in tuple(self.threads.items()):
            if home.channel == channel_id:
                self.delete_thread(thread_id)

    def _hold(self, thread_id: int, event: Event) -> None:
        if not self._starts:
            return
        self._held[thread_id].append(event)
        if sum(map(len, self._held.values())) > MAX_HELD:
            self._held.clear()
            self.expect_gaps_of_start()

    def _reread_everything(self) -> None:
        self._newest.clear()  # marks were dropped with the messages
        self.tracked.expect_gaps()
        self.tracked.request_catch_up()
