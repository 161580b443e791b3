"""Looks back on each night once, in a process of its own, when the threads are quiet."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core.connection import Connection
from bot.core.dreams import MOST_DRAFTS, QUIET, night_due
from bot.core.snowflakes import time_of
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.dreaming.delivery import Delivery
from bot.discussion.dreaming.look_back import LookBack
from bot.discussion.dreaming.process import WorkError
from bot.discussion.reviewing.place import notices_channel
from bot.store.dreams import nights
from bot.store.ledger import channels

log = logging.getLogger(__name__)


class Nights:
    """Looks back on the last night in each guild that wants it."""

    def __init__(
        self, reader: ThreadReader, blog: Blog, delivery: Delivery, look_back: LookBack
    ) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._blog = blog
        self._delivery = delivery
        self._look_back = look_back
        self._task: asyncio.Task[None] | None = None

    def waits(self, db: Database) -> object:
        """Return the guilds in which a night is to be looked back on."""
        return nights.open_guilds(db, night_due(datetime.now(UTC), self._blog.zone))

    async def run(self) -> None:
        """Begin, if the threads are quiet; it goes on behind."""
        now = datetime.now(UTC)
        is_running = self._task is not None and not self._task.done()
        if not is_running and self._are_quiet(now):
            night = night_due(now, self._blog.zone)
            self._task = asyncio.get_running_loop().create_task(self.look_back_on(night))

    async def look_back_on(self, night: date) -> None:
        """Look back on a night wherever that is still to be done, and show moderators drafts."""
        try:
            for guild_id in await self._store.read(nights.open_guilds, night):
                guild = self._client.get_guild(guild_id)
                if guild is not None and not guild.unavailable:
                    await self._dream_in(guild, night)
            await self._delivery.run()
        except sqlite3.Error as error:
            log.error("A dream waits for the database (%s)", error)

    async def finish(self) -> None:
        """Wait until what was begun is done."""
        if self._task is not None:
            await self._task

    def cancel(self) -> None:
        """Stop; what was begun is begun once more after the next start."""
        self._look_back.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _are_quiet(self, now: datetime) -> bool:
        """Return whether no thread has had a message for a while, by what Discord told."""
        for thread_id in self._reader.collector.threads:
            thread = self._client.get_channel(thread_id)
            newest = thread.last_message_id if isinstance(thread, discord.Thread) else None
            if newest is not None and now - time_of(newest) < QUIET:
                return False
        return True

    async def _dream_in(self, guild: discord.Guild, night: date) -> None:
        """Look back on a guild's night; a fault ends it, and it is not begun again."""
        write = self._store.write
        if not await write(nights.begin, guild.id, night, datetime.now(UTC)):
            return
        try:
            found: Sequence[Connection] = ()
            if await self._store.read(nights.has_new, guild.id, night, self._blog.zone):
                found = await self._look_back(guild.id, night)
        except sqlite3.Error:
            raise
        except Exception as error:
            fault = str(error) if isinstance(error, WorkError) else type(error).__name__
            await write(nights.fail, guild.id, night, fault, datetime.now(UTC))
            if not self._client.is_closed():
                log.exception("A fault in the dream of guild %s, which is over", guild.id)
            return
        settings = await self._store.read(channels.get_guild, guild.id)
        drafts = MOST_DRAFTS if notices_channel(guild, settings) else 0
        kept = await write(nights.record, guild.id, night, found, drafts, datetime.now(UTC))
        log.info("Dreamt in %s of the night %s: connections %s", guild.name, night, len(kept))
