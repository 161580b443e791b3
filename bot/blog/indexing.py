"""Keeps the index of passages as the catalog is, behind everything else."""

import asyncio
import logging
import time

from bot.blog.blog import Blog
from bot.blog.catalog import Catalog
from bot.blog.indexed import digest_of, is_indexed
from bot.store.passages.index import index_posts, indexed_digests
from bot.store.store import Store

AT_ONCE = 8
"""Essays that are put in with one transaction: it takes some hundredths of a second."""

REST = 2.0
"""How long is rested after each transaction, in times that it took: the bot has other work."""

log = logging.getLogger(__name__)


class Indexer:
    """Puts essays into the index of passages, a few at a time.

    Attributes:
        left: How many essays have yet to be put in, as far as that is known.
    """

    def __init__(self, blog: Blog, store: Store) -> None:
        self._blog = blog
        self._store = store
        self._done: Catalog | None = None
        self.left = 0

    @property
    def is_done(self) -> bool:
        """Whether the index has what the catalog has."""
        return self._done is self._blog.catalog

    async def update(self) -> None:
        """Put in what is new or changed, and take out what is gone; only that.

        Raises:
            sqlite3.Error: The database could not take it; what was put in stays.
        """
        while not self.is_done:
            catalog = self._blog.catalog
            if await self._take_in(catalog):
                self._done = catalog

    async def _take_in(self, catalog: Catalog) -> bool:
        """Bring the index to a catalog; return whether nothing else came in between."""
        known = await self._store.read(indexed_digests)
        wanted = {post.id: post for post in catalog.posts if is_indexed(post)}
        gone = [post_id for post_id in known if post_id not in wanted]
        new = [post for key, post in wanted.items() if key and known.get(key) != digest_of(post)]
        if gone:
            await self._store.write(index_posts, [], gone)
        self.left = len(new)
        if len(new) > AT_ONCE:
            log.info("Indexing the passages of %s essays", len(new))
        for start in range(0, len(new), AT_ONCE):
            began = time.monotonic()
            read = await self._blog.indexed(new[start : start + AT_ONCE])
            await self._store.write(index_posts, read)
            self.left = max(0, len(new) - start - AT_ONCE)
            if self._blog.catalog is not catalog:
                return False
            if self.left:
                await asyncio.sleep(REST * (time.monotonic() - began))
        if len(new) > AT_ONCE:
            log.info("Indexed the passages of %s essays", len(new))
        return True
