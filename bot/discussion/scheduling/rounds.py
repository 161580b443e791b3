"""A round each minute, and whenever something changed: read, take stock, publish, tell, delete."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.blog.indexing import Indexer
from bot.discussion.background import PeriodicTask
from bot.discussion.scheduling.content_watch import ContentWatch
from bot.discussion.scheduling.guilds import Guilds
from bot.discussion.scheduling.retention import Retention
from bot.discussion.scheduling.schedule import Schedule
from bot.store import key_values
from bot.store.file import scrubbing
from bot.store.file.scrubbing import Debt
from bot.store.responses import drafts, sealing
from bot.store.store import Store
from bot.store.times import to_text

log = logging.getLogger(__name__)

TICK_SECONDS = 60.0
"""Between two looks at what is due."""


class Recurring(Protocol):
    """A part that may have something to do each minute."""

    def waits(self, db: Database, /) -> object:
        """Return whether it has anything to do, or what, as the store knows it."""

    async def run(self) -> None:
        """Do it."""


class Rounds:
    """Does all that is due.

    Args:
        also: What runs after the schedule, in this order, if it has anything to do.
    """

    def __init__(
        self,
        client: discord.Client,
        store: Store,
        blog: Blog,
        indexer: Indexer,
        guilds: Guilds,
        schedule: Schedule,
        also: Sequence[Recurring],
    ) -> None:
        self._client = client
        self._store = store
        self._guilds = guilds
        self._schedule = schedule
        self._also = also
        self._retention = Retention(store)
        self._is_stock_taken = False
        self._taking_stock = asyncio.Lock()
        self.content = ContentWatch(blog, indexer, self.run)
        self.tick = PeriodicTask(self._look_and_run, seconds=TICK_SECONDS, name="tick")

    def cancel(self) -> None:
        """Stop."""
        self.tick.cancel()
        self.content.cancel()

    async def begin(self) -> None:
        """Take stock of the guilds and do what is due, now and each minute."""
        self._is_stock_taken = False
        if not self.tick.is_running():
            self.tick.start()
        else:
            await self.run()

    async def run(self) -> None:
        """Leave a sign of life, do what is due; a fault does not end the next minute's."""
        try:
            await self.content.read_changes()
            self.content.work_behind()
            looks = [each.waits for each in self._also]
            owed, waiting = await self._store.write(sign_of_life, datetime.now(UTC), looks)
            await self._take_stock()
            await self._retention.run()
            await self._scrub(owed)
            await self._schedule.run()
            for each, waits in zip(self._also, waiting, strict=True):
                if waits:
                    await each.run()
        except sqlite3.Error as error:
            log.error(
                "Nothing can be written to %s (%s): free disk space or unlock it. It is tried "
                "again in a minute.",
                self._store.path,
                error,
            )
        except Exception:
            if not self._client.is_closed():
                log.exception("Publishing failed; it is tried again in a minute")

    async def _look_and_run(self) -> None:
        await self.content.look()
        await self.run()

    async def _take_stock(self) -> None:
        """Take stock of the guilds, once after each READY; nothing is published before."""
        async with self._taking_stock:
            if not self._is_stock_taken:
                await self._guilds.take_stock()
                self._is_stock_taken = True

    async def _scrub(self, owed: Debt | None) -> None:
        """Have what was deleted leave the file's every corner: after a while, or what is overdue.

        What an earlier process left undone, and what somebody's reading kept from being done, is
        tried each minute.
        """
        if owed is None:
            return
        is_due = datetime.now(UTC) - owed.since > scrubbing.SCRUB_AFTER
        if is_due or self._store.is_scrub_overdue:
            await self._store.scrub()


def sign_of_life(
    db: Database, now: datetime, looks: Sequence[Callable[[Database], object]]
) -> tuple[Debt | None, list[bool]]:
    """Record that the bot is awake, open what was sealed until now, and remove old drafts.

    Returns:
        What is owed to those who deleted something, and for each look whether anything waits.
    """
    key_values.set_value(db, key_values.ALIVE, to_text(now))
    drafts.expire(db, now)
    sealing.open_due(db, now)
    return scrubbing.debt(db), [bool(look(db)) for look in looks]
