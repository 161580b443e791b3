"""Which threads are collected, and which of them have to be caught up on."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime

from bot.core.response import Because
from bot.store.responses.collected import Event, GapClosed, GapOpened, ThreadDeleted
from bot.store.threads import Home


class TrackedThreads:
    """Knows the threads that are collected, and whether every message in them was received.

    Args:
        record: Takes the events to be written.

    Attributes:
        homes: Where the threads stand that are collected.
        imported: Threads from before the bot: nothing is read in them, but deletions count.
        presumed_deleted: The same of threads that Discord did not find when it was asked for them.
        caught_up: The threads in which no message was missed, so that events move their marks.
        outdated_guilds: Guilds of which discord.py may not know every thread, after a gap.
        found_again: Threads that were presumed deleted, and exist.
        gap_count: How many times messages may have been missed so far.
        connected_at: When the newest connection began; events before it may have been missed.
        received_until: Until when every event was received, while none is received now.
        request_catch_up: Has the threads read in which messages may have been missed.
    """

    def __init__(self, record: Callable[[Event], None]) -> None:
        self._record = record
        self._with_gap: set[int] = set()
        self.homes: dict[int, Home] = {}
        self.imported: set[int] = set()
        self.presumed_deleted: dict[int, Home] = {}
        self.caught_up: set[int] = set()
        self.outdated_guilds: set[int] = set()
        self.found_again: set[int] = set()
        self.gap_count = 0
        self.connected_at = datetime.now(UTC)
        self.received_until: datetime | None = None
        self.request_catch_up: Callable[[], object] = lambda: None

    @property
    def behind(self) -> set[int]:
        """The threads in which messages may have been missed, so that they must be caught up on."""
        return self.homes.keys() - self.caught_up

    def restore(
        self,
        threads: Mapping[int, Home],
        presumed_deleted: Mapping[int, Home],
        imported: Collection[int],
        with_gap: Collection[int],
        received_until: datetime | None,
    ) -> None:
        """Take over what an earlier process recorded.

        Args:
            with_gap: The threads that could not be read.
        """
        self.homes.update(threads)
        self.presumed_deleted.update(presumed_deleted)
        self.imported.update(imported)
        self._with_gap.update(with_gap)
        self.received_until = received_until
        self.expect_gaps()

    def add(self, thread_id: int, home: Home, *, is_complete: bool) -> None:
        """Collect a thread from now on.

        Args:
            is_complete: Whether every message in it was received.
        """
        self.homes[thread_id] = home
        self.presumed_deleted.pop(thread_id, None)
        if is_complete:
            self.caught_up.add(thread_id)
        else:
            self.outdated_guilds.add(home.guild)
            self.request_catch_up()

    def remove(self, thread_id: int, because: Because) -> None:
        """Stop collecting a thread, because it was deleted with all its messages."""
        home = self.homes.pop(thread_id, None)
        self.caught_up.discard(thread_id)
        if home is not None and because == "concluded":
            self.presumed_deleted[thread_id] = home
        elif home is None:
            home = self.presumed_deleted.pop(thread_id, None)
        if home is not None or (thread_id in self.imported and because == "event"):
            self._with_gap.discard(thread_id)
            self._record(ThreadDeleted(thread_id, because))

    def expect_gaps(self, guild_id: int | None = None, *, is_listed: bool = False) -> None:
        """Let no high-water mark move until catching up has read the gap before it.

        Args:
            guild_id: Where messages may have been missed; None for everywhere, after a new
                connection, which lists all threads again.
            is_listed: Whether Discord has listed all threads of this guild again.
        """
        self.gap_count += 1
        if guild_id is None:
            self.connected_at = datetime.now(UTC)
            self.caught_up.clear()
            self.outdated_guilds.clear()
            return
        self.caught_up.difference_update(
            [each for each, home in self.homes.items() if home.guild == guild_id]
        )
        if not is_listed:
            self.outdated_guilds.add(guild_id)

    def open_gap(self, thread_id: int, obstacles: tuple[str, ...], began: datetime) -> None:
        """Record that a thread cannot be read from now on.

        Args:
            obstacles: What is in the way, as `bot.store.responses.gaps` names it.
            began: From when on messages may have been missed.
        """
        self.gap_count += 1
        self.caught_up.discard(thread_id)
        self.outdated_guilds.add(self.homes[thread_id].guild)
        self._with_gap.add(thread_id)
        self._record(GapOpened(thread_id, obstacles, began))

    def close_gap(self, thread_id: int, gap_count: int) -> None:
        """Let events move a thread's mark: every message before them was read.

        Args:
            gap_count: What it was when reading began; if it grew, a new gap has opened since.
        """
        if gap_count != self.gap_count:
            return
        self.caught_up.add(thread_id)
        if thread_id in self._with_gap:
            self._with_gap.discard(thread_id)
            self._record(GapClosed(thread_id))

    def report_existing(self, thread_ids: Iterable[int]) -> None:
        """Take note of threads that exist: those presumed deleted have to be collected again."""
        found = self.presumed_deleted.keys() & set(thread_ids)
        if found:
            self.found_again |= found
            self.request_catch_up()
