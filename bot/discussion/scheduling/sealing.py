"""Showing answers together on their day, a few in each round, in the order of their writing."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable
from datetime import UTC, datetime

import discord
from sqlite_utils import Database

from bot.core.publishing.publication import Done, Wait
from bot.discussion.publishing.publisher import Publisher
from bot.store.responses import sealing
from bot.store.store import Store

log = logging.getLogger(__name__)


class Unsealing:
    """Opens what is due, and has it shown; what fails now, the schedule goes on with."""

    def __init__(self, client: discord.Client, store: Store, publisher: Publisher) -> None:
        self._client = client
        self._store = store
        self._publisher = publisher
        self._running = asyncio.Lock()

    @staticmethod
    def waits(db: Database) -> object:
        """Return whether the day of any answers has come."""
        return sealing.is_due(db, datetime.now(UTC))

    async def run(self) -> None:
        """Open and show what is due; safe to call at any time."""
        async with self._running:
            await self._open()

    async def _open(self) -> None:
        guilds = [guild.id for guild in self._client.guilds if not guild.unavailable]
        opened = await self._store.write(sealing.open_due, guilds, datetime.now(UTC))
        stuck: set[int] = set()
        for publication_id, response_id in opened.answers:
            if publication_id in stuck:
                continue
            if not await self._is_done(self._publisher.show_answer(publication_id, response_id)):
                stuck.add(publication_id)
        for publication_id in dict.fromkeys(opened.done):
            await self._is_done(self._publisher.advance(publication_id))
        if opened.answers:
            log.info("%s answers were sealed until now, and are shown", len(opened.answers))

    async def _is_done(self, work: Awaitable[Wait | Done]) -> bool:
        """Do a part of it; what goes wrong in one thread does not stop the others."""
        try:
            return isinstance(await work, Done)
        except sqlite3.Error:
            raise
        except Exception:
            if not self._client.is_closed():
                log.exception("A fault while answers are shown; the others go on")
            return False
