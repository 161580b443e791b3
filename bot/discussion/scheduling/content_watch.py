"""Following the blog: what changed is read, a repository is pulled, questions are found behind."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from bot.blog.blog import Blog
from bot.blog.files.git import GitError
from bot.blog.indexing import Indexer
from bot.core.errors import AfterwordError
from bot.discussion.background import PeriodicTask

log = logging.getLogger(__name__)

PULL_SECONDS = 300.0
"""Between two looks at a blog in a Git repository: one request of its host."""

LOOK_SECONDS = 10.0
"""So long is waited for a look at the content: a network mount may not answer for hours."""


class ContentWatch:
    """Knows which files have yet to be read, and has them read in the next round.

    Args:
        run: Does a round; called when there is something new.
    """

    def __init__(self, blog: Blog, indexer: Indexer, run: Callable[[], Awaitable[None]]) -> None:
        self._blog = blog
        self._indexer = indexer
        self._run = run
        self.pull = PeriodicTask(self._pull, seconds=PULL_SECONDS, name="pull")
        self._running: asyncio.Future[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._indexing: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._complaint = ""
        self._unreadable = ""
        self._unread: frozenset[str] | None = frozenset()  # None is everything

    def start(self) -> None:
        """Watch the content, and look for the questions that are still to be found."""
        self._blog.watch(self._content_changed)
        if self._blog.git is not None:
            self.pull.start()
        self.work_behind()

    def cancel(self) -> None:
        """Stop."""
        self.pull.cancel()
        for task in (self._asking, self._indexing, self._looking):
            if task is not None:
                task.cancel()

    async def look(self) -> None:
        """Look whether the folder is different, of which no event may have told."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._look())
        await asyncio.wait({self._looking}, timeout=LOOK_SECONDS)

    async def read_changes(self) -> None:
        """Read what changed; where that fails, the next time everything is read.

        A failure is told once.
        """
        if self._unread == frozenset():
            return
        paths, self._unread = self._unread, frozenset()
        try:
            await self._blog.update(paths)
        except (AfterwordError, sqlite3.Error) as error:
            self._unread = None
            if str(error) != self._unreadable:
                log.error("%s", error)
            self._unreadable = str(error)
        else:
            self._unreadable = ""

    def work_behind(self) -> None:
        """Look for questions that are still to be found, and index what is new.

        Each goes on by itself, unless it is under way.
        """
        loop = asyncio.get_running_loop()
        if self._blog.pending and (self._asking is None or self._asking.done()):
            self._asking = loop.create_task(self._ask())
        if not self._indexer.is_done and (self._indexing is None or self._indexing.done()):
            self._indexing = loop.create_task(self._index())

    def _content_changed(self, paths: frozenset[str] | None) -> None:
        known = self._unread
        self._unread = None if paths is None or known is None else known | paths
        self._running = asyncio.ensure_future(self._run())

    async def _look(self) -> None:
        if await self._blog.looks_different():
            self._unread = None

    async def _pull(self) -> None:
        """Copy what is new in the blog's repository, and read it; a failure is told once."""
        try:
            is_new = await self._blog.pull()
        except (GitError, OSError) as error:
            if str(error) != self._complaint:
                log.warning("%s The content stays as it was copied last.", error)
            self._complaint = str(error)
            return
        self._complaint = ""
        if is_new:
            log.info("Copied what is new in %s", self._blog.name)
            self._unread = None
            await self._run()

    async def _ask(self) -> None:
        """Find question after question, then do what is due by them."""
        count = self._blog.pending
        try:
            while self._blog.pending:
                await self._blog.ask()
        except sqlite3.Error as error:
            log.error("The questions of %s essays are looked for in a minute: %s", count, error)
            return
        log.info("Looked for the questions of %s more essays", count)
        await self._run()

    async def _index(self) -> None:
        """Bring the index of passages up to the catalog."""
        try:
            await self._indexer.update()
        except (OSError, sqlite3.Error) as error:
            log.error("The passages of essays are indexed in a minute: %s", error)
