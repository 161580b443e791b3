"""Deleting what is older than a server keeps it, a batch at a time."""

import asyncio
import logging
from datetime import UTC, datetime

from bot.store.responses import retention
from bot.store.store import Store

log = logging.getLogger(__name__)

LOOK_AGAIN = 60 * 60.0
"""Seconds between two looks; periods are counted in days."""


class Retention:
    """Looks for what is old, when the bot starts and each hour."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._due = 0.0

    async def run(self) -> None:
        """Delete what is old enough; what a crash leaves is deleted by the next run."""
        clock = asyncio.get_running_loop().time()
        if clock < self._due:
            return
        periods = await self._store.read(retention.periods)
        for guild_id, days in periods.items():
            await self._delete(guild_id, days)
        self._due = clock + LOOK_AGAIN

    async def _delete(self, guild_id: int, days: int) -> None:
        now, entry_id, is_last = datetime.now(UTC), None, False
        while not is_last:
            done = await self._store.write(retention.delete_old, guild_id, days, now, entry_id)
            is_last, entry_id = done.is_last, done.entry_id
        if entry_id is not None:
            log.info("Responses older than %s days were deleted in server %s", days, guild_id)
