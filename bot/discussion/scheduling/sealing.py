"""Showing answers together on their day, a few in each round, in the order of their writing."""

import logging
import sqlite3
from datetime import UTC, datetime

import discord

from bot.core.publishing.publication import Done
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

    async def run(self) -> None:
        """Open and show what is due; safe to call at any time."""
        guilds = [guild.id for guild in self._client.guilds if not guild.unavailable]
        now = datetime.now(UTC)
        if not await self._store.read(sealing.is_due, now):
            return
        opened = await self._store.write(sealing.open_due, guilds, now)
        stuck: set[int] = set()
        for publication_id, response_id in opened:
            if publication_id in stuck:
                continue
            if not await self._show(publication_id, response_id):
                stuck.add(publication_id)
        if opened:
            log.info("%s answers were sealed until now, and are shown", len(opened))

    async def _show(self, publication_id: int, response_id: int) -> bool:
        """Show an answer; what goes wrong in one thread does not stop the others."""
        try:
            outcome = await self._publisher.show_answer(publication_id, response_id)
        except sqlite3.Error:
            raise
        except Exception:
            if not self._client.is_closed():
                log.exception("A fault in publication %s; the others go on", publication_id)
            return False
        return isinstance(outcome, Done)
