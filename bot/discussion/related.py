"""Finds what reads well with an essay, for its card: off the event loop, and not for long."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.blog.blog import Blog
from bot.blog.indexing import Indexer
from bot.core.post import Post
from bot.core.reading.passages import passages
from bot.desk.passages.related import Named, Relating, named
from bot.store.store import Store

SHOWN = 3
"""Essays that a card names."""

PATIENCE = 1.0
"""Seconds that a card waits; Discord gives it three in all, and the rest of it is there sooner."""

log = logging.getLogger(__name__)


class RelatedEssays:
    """What a card names beside its essay."""

    def __init__(self, store: Store, blog: Blog, indexer: Indexer) -> None:
        self._store = store
        self._blog = blog
        self._indexer = indexer
        self._relating: Relating | None = None
        self._looking: set[asyncio.Task[Sequence[Named]]] = set()

    async def of(self, post: Post) -> Sequence[Named]:
        """Return the public essays that read best with one, with what ties them.

        None while the index is being made, or where that takes too long: the card goes without.
        """
        if self._indexer.left:
            return ()
        looking = asyncio.ensure_future(self._look(post))
        self._looking.add(looking)
        looking.add_done_callback(self._looking.discard)
        # how it ends is asked for, though nobody may wait any more: asyncio would complain
        looking.add_done_callback(lambda task: task.cancelled() or task.exception())
        done, _ = await asyncio.wait({looking}, timeout=PATIENCE)
        return looking.result() if done else ()

    async def _look(self, post: Post) -> Sequence[Named]:
        loop = asyncio.get_running_loop()
        now = datetime.now(UTC)
        relating, catalog = self._relating, self._blog.catalog
        try:
            if relating is None or relating.catalog is not catalog:
                relating = self._relating = await loop.run_in_executor(None, Relating, catalog)
            found = await self._store.read(relating.related, post, now, SHOWN)
        except sqlite3.Error as error:
            log.warning("What reads well with %s is not known now: %s", post.name, error)
            return ()
        if not found:
            return ()
        body = await self._blog.body(post, now)
        texts = await loop.run_in_executor(None, passages, body.markdown)
        return named(post, found, [one.text for one in texts])
