"""Keeping in the store what was read of the blog."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlite_utils import Database

from bot.blog.index import Unsaved
from bot.core.post import Post
from bot.store.content import posts, readings
from bot.store.content.readings import Kept
from bot.store.store import Store

log = logging.getLogger(__name__)


class Recorder:
    """Records the posts of a blog, and keeps its readings for the next process.

    Without a store, posts have no ids, and a new process reads every file.

    Args:
        store: Open by the time that anything is read.
        name: Of the blog, for the log.
    """

    def __init__(self, store: Store | None, name: str) -> None:
        self._store = store
        self._name = name

    async def record(self, found: tuple[Post, ...], pending: frozenset[str]) -> tuple[Post, ...]:
        """Record all posts, and return them with their ids.

        Args:
            pending: Paths of those whose closing questions have yet to be looked for.
        """
        if self._store is None:
            return found
        now = datetime.now(UTC)
        recorded = await self._store.write(posts.record_posts, found, now, pending)
        if recorded.is_suspicious:
            log.warning(
                "%s posts are gone from %s at once; nothing is done about them. Is the folder "
                "mounted, and AFTERWORD_CONTENT right?",
                len(recorded.removed),
                self._name,
            )
        return recorded.posts

    async def record_changed(
        self, changed: tuple[Post, ...], made_by: str, unsaved: Unsaved
    ) -> None:
        """Record posts that have ids, and of which only the texts changed, with their readings."""
        if self._store is not None:
            now = datetime.now(UTC)
            await self._store.write(_record_changed, changed, now, made_by, unsaved)

    async def discussed(self) -> frozenset[str]:
        """Return the paths of the posts that have a thread, or are about to."""
        if self._store is None:
            return frozenset()
        return await self._store.read(posts.discussed_paths)

    async def load(self, made_by: str) -> Mapping[str, Kept]:
        """Return the readings of an earlier process that are made by the same."""
        return await self._store.read(readings.load_readings, made_by) if self._store else {}

    async def save(self, made_by: str, unsaved: Unsaved) -> None:
        """Keep what is new among the readings."""
        if self._store is not None and (unsaved.kept or unsaved.gone):
            await self._store.write(readings.save_readings, made_by, unsaved.kept, unsaved.gone)


def _record_changed(
    db: Database, changed: tuple[Post, ...], now: datetime, made_by: str, unsaved: Unsaved
) -> None:
    posts.record_changed(db, changed, now)
    if unsaved.kept or unsaved.gone:
        readings.save_readings(db, made_by, unsaved.kept, unsaved.gone)
