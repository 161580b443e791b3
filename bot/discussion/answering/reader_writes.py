"""Writing what readers ask for, and telling them what became of it, however long the disk takes.

Discord gives three seconds for a first answer; another program may hold the database for longer,
and a disk may be full. What a reader is told is then what happens.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary

import discord
from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.discussion.answering.replies import reply
from bot.store.store import Store

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

PROMPT_SECONDS = 2.0
"""An answer that takes longer to write is handed back in time (docs/discord-facts.md#deadlines)."""

RETRY_SECONDS = 5.0
GIVE_UP_SECONDS = 13 * 60.0
"""Less than the time in which Discord takes an answer (docs/discord-facts.md#deadlines)."""

FAREWELL_SECONDS = 3.0
"""So long a bot that is being stopped waits until readers are told."""


class ToldError(AfterwordError):
    """Something was not written, for certain, and its reader knows."""


class ReaderWrites:
    """Writes for readers, one act of each at a time, in the order in which they acted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._pending: set[asyncio.Task[Any]] = set()
        self._closing = asyncio.Event()

    async def now_or_never(
        self,
        interaction: discord.Interaction[Any],
        told: tuple[str, str],
        function: Callable[Concatenate[Database, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Write at once, or not at all; a reader who is told so can try again.

        Args:
            told: What the reader reads while it is being written all the same, since it had begun;
                and if it is not written.

        Raises:
            ToldError: It is not written, for certain.
        """

        def write() -> Awaitable[T]:
            return self._store.write_within(PROMPT_SECONDS, function, *args, **kwargs)

        return await self._tell(interaction, told, write, seconds=0.0)

    async def at_last(
        self,
        interaction: discord.Interaction[Any],
        told: tuple[str, str],
        function: Callable[Concatenate[Database, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Write, and try again as long as the reader can hear of it.

        Args:
            told: What the reader reads while it is tried, and if it is given up.

        Raises:
            ToldError: It was given up, and is not written.
        """

        def write() -> Awaitable[T]:
            return self._store.write(function, *args, **kwargs)

        return await self._tell(interaction, told, write, seconds=GIVE_UP_SECONDS)

    async def pause(self) -> bool:
        """Wait before something is tried again; return False if the bot is being stopped."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), RETRY_SECONDS)
        return not self.is_closing

    @property
    def is_closing(self) -> bool:
        """Whether the bot is being stopped."""
        return self._closing.is_set()

    async def close(self) -> None:
        """Give up what the disk does not take, and tell those who wait for it."""
        self._closing.set()
        if self._pending:
            await asyncio.wait(set(self._pending), timeout=FAREWELL_SECONDS)

    async def _tell(
        self,
        interaction: discord.Interaction[Any],
        told: tuple[str, str],
        write: Callable[[], Awaitable[T]],
        *,
        seconds: float,
    ) -> T:
        meanwhile, refused = told
        caller = asyncio.current_task()
        if caller is not None:
            self._pending.add(caller)
        writing = asyncio.ensure_future(self._insist(interaction.user.id, write, seconds))
        try:
            done, _ = await asyncio.wait({writing}, timeout=PROMPT_SECONDS + 0.2)
            if not done:
                await reply(interaction, meanwhile)
            return await writing
        except sqlite3.Error as error:
            log.error("What a reader asked for was not written: %s", error)
            await reply(interaction, refused)
            raise ToldError(refused) from error
        finally:
            if caller is not None:
                self._pending.discard(caller)

    async def _insist(self, reader_id: int, write: Callable[[], Awaitable[T]], seconds: float) -> T:
        end = asyncio.get_running_loop().time() + seconds
        turn = self._turns.setdefault(reader_id, asyncio.Lock())
        async with turn:  # until what the reader asked for before is done
            while True:
                try:
                    return await write()
                except sqlite3.Error:
                    is_late = asyncio.get_running_loop().time() >= end
                    if is_late or self._closing.is_set():
                        raise
                await self.pause()
