"""The blog as the bot sees it: read off the event loop, looked up on it, kept up to date."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from bot.blog.catalog import Catalog
from bot.blog.configuration import read_site
from bot.blog.finding import ENDINGS
from bot.blog.folder import Contents, read_body
from bot.blog.index import Index
from bot.core.languages import normal_code
from bot.core.post import Fault, Post
from bot.core.site import Language, Site

logger = logging.getLogger(__name__)

Record = Callable[[tuple[Post, ...]], Awaitable[tuple[Post, ...]]]
"""Gives posts the ids under which they are kept."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh found, told apart by path.

    Attributes:
        added: New, or at a new path.
        changed: As they are now.
        removed: As they were.
    """

    added: tuple[Post, ...] = ()
    changed: tuple[Post, ...] = ()
    removed: tuple[Post, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Blog:
    """A folder of essays.

    Files are read in one thread of its own. `catalog` is replaced as a whole when they change, so
    what is looked up in it never changes under the one who looks.
    """

    def __init__(
        self,
        folder: Path,
        *,
        record: Record | None = None,
        address: str | None = None,
        timezone: str | None = None,
        language: str | None = None,
    ) -> None:
        """Take the folder and what the operator knows better than the site's configuration."""
        self.folder = folder
        self.catalog = Catalog()
        self.faults: tuple[Fault, ...] = ()
        self.pending = 0
        self._record = record
        self._address = address
        self._timezone = timezone
        self._language = language
        self._index = Index(folder)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="blog")
        self._stop = Event()
        self._watcher: Thread | None = None

    @property
    def site(self) -> Site:
        """What is known of the site."""
        return self.catalog.site

    async def refresh(self, now: datetime, *, at_once: int | None = None) -> Changes:
        """Read what changed in the folder and return it; `catalog` then holds all of it.

        Args:
            now: What is public at this moment is made ready to be looked up.
            at_once: Essays whose closing questions are looked for before this returns, the newest
                first; the others are `pending` and left for `ask`. None looks for all.

        Raises:
            NoContentError: The folder is gone. `catalog` stays as it was.
        """
        return await self._take(lambda: self._read(at_once), now)

    async def ask(self, now: datetime) -> Changes:
        """Look for the closing questions of the next essays and return those that have some.

        To be called until `pending` is 0; one call takes about a second of the reading thread.
        """
        return await self._take(self._index.ask, now)

    async def _take(self, work: Callable[[], Contents], now: datetime) -> Changes:
        loop = asyncio.get_running_loop()
        contents = await loop.run_in_executor(self._executor, work)
        posts = contents.posts
        if self._record is not None:
            posts = await self._record(posts)
        before = self.catalog
        self.catalog = await loop.run_in_executor(
            self._executor, _indexed, posts, contents.site, now
        )
        self.faults = contents.faults
        self.pending = len(contents.pending)
        return _changes(before.posts, posts)

    async def body(self, post: Post) -> str:
        """Return the Markdown of `post`, without its front matter; "" if its file is gone."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, read_body, self.folder, post, self.site)

    def watch(self, callback: Callable[[], object]) -> None:
        """Call `callback` on the running loop whenever files in the folder have changed."""
        loop = asyncio.get_running_loop()
        arguments = (self.folder, self._stop, loop, callback)
        self._watcher = Thread(target=_watch, args=arguments, name="blog-watch", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop watching and reading; may be called twice."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join(timeout=5)
            self._watcher = None
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _read(self, at_once: int | None) -> Contents:
        site, faults = read_site(self.folder) if self.folder.is_dir() else (Site(), [])
        contents = self._index.read(self._overridden(site), at_once=at_once)
        return replace(contents, faults=(*faults, *contents.faults))

    def _overridden(self, site: Site) -> Site:
        languages = site.languages
        if self._language:
            code = normal_code(self._language)
            wanted = [one for one in languages if one.code == code]
            if not wanted and len(languages) == 1:  # a bare folder in another language than English
                languages = (Language(code, languages[0].folder),)
            else:
                languages = (*wanted, *(one for one in languages if one.code != code))
        return replace(
            site,
            languages=languages,
            address=(self._address or site.address or "").rstrip("/") or None,
            timezone=self._timezone or site.timezone,
        )


def _indexed(posts: Iterable[Post], site: Site, now: datetime) -> Catalog:
    """Return a catalog whose commonest answers are ready."""
    catalog = Catalog(posts, site)
    for language in site.languages:
        catalog.shelf(language.code, now=now)
    return catalog


def _changes(before: Iterable[Post], after: Iterable[Post]) -> Changes:
    old = {post.path: post for post in before}
    new = {post.path: post for post in after}
    return Changes(
        added=tuple(post for path, post in new.items() if path not in old),
        changed=tuple(post for path, post in new.items() if path in old and old[path] != post),
        removed=tuple(post for path, post in old.items() if path not in new),
    )


def _watch(
    folder: Path, stop: Event, loop: asyncio.AbstractEventLoop, callback: Callable[[], object]
) -> None:
    """Wait for changes until `stop` is set; runs in a thread of its own."""
    try:
        for changes in watch(folder, stop_event=stop, raise_interrupt=False):
            if any(path.lower().endswith(ENDINGS) or "config" in path for _, path in changes):
                loop.call_soon_threadsafe(callback)
    except (OSError, RuntimeError) as error:  # the folder is gone, or the loop is closed
        logger.warning("Stopped watching %s: %s", folder, error)
