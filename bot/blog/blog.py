"""The blog as the bot sees it: read off the event loop, looked up on it, kept up to date."""

import asyncio
import logging
from asyncio import Future
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar, TypeVarTuple

from bot.blog.catalog import Catalog
from bot.blog.files.fingerprint import fingerprint
from bot.blog.files.git import GitSource, is_git
from bot.blog.files.reading import NoContentError, Text
from bot.blog.files.watching import Report, watch_folder
from bot.blog.index import ASKED_FIRST, Index, Unsaved
from bot.blog.indexed import indexed_post
from bot.blog.location import Location, locate
from bot.blog.recording import Recorder
from bot.blog.site.configuration import Overrides, read_site
from bot.core.post import Fault, Post
from bot.core.site import Site
from bot.store.passages.index import IndexedPost
from bot.store.store import Store

log = logging.getLogger(__name__)

Given = TypeVarTuple("Given")
Result = TypeVar("Result")

MOST_SWAPS = 5
"""So often the folder may be replaced while it is read; then it is read later."""


class Blog:
    """A folder of essays, or a Git repository that is copied into one.

    Files are read in one thread of its own. `catalog` is replaced as a whole when they change, so
    what is looked up in it never changes under the one who looks.
    """

    def __init__(
        self,
        source: Path | GitSource,
        store: Store | None = None,
        overrides: Overrides | None = None,
    ) -> None:
        """Take where the essays are, and where to record them.

        Args:
            source: A folder of posts or of a whole site, or what is copied into one by `pull`.
            store: Without it, posts have no ids, and every file is read in a new process.
            overrides: What the operator knows better than the site's configuration.
        """
        self.git = source if isinstance(source, GitSource) else None
        self.folder = source.folder if isinstance(source, GitSource) else source
        self.catalog = Catalog()
        self.faults: tuple[Fault, ...] = ()
        self.pending = 0
        self._recorder = Recorder(store, self.name)
        self._made_by = ""
        self._taken: tuple[Site, tuple[Fault, ...]] | None = None
        """The site of which everything that was read is in the catalog and recorded."""
        self._fingerprint: int | None = None
        self._refreshing = asyncio.Lock()
        self._pulling = asyncio.Lock()
        self._overrides = overrides or Overrides()
        self._index = Index(self.folder)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="blog")
        self._stop = Event()
        self._watcher: Thread | None = None

    @property
    def site(self) -> Site:
        """What is known of the site."""
        return self.catalog.site

    @property
    def zone(self) -> tzinfo:
        """The site's time zone."""
        return self.catalog.zone

    @property
    def name(self) -> str:
        """Where the essays are, as it may be shown: an address without its password."""
        return self.git.name if self.git is not None else str(self.folder)

    @property
    def needs_pull(self) -> bool:
        """Whether there is nothing to read before `pull` was called."""
        return self.git is not None and not self.git.has_copy

    async def pull(self) -> bool:
        """Copy what is new in the Git repository; return whether there was anything.

        Where the essays are in a folder, there never is. Reading waits while files change, and not
        while Git speaks with another host.

        Raises:
            GitError: Git is missing, or the repository cannot be copied. The copy is what it was.
        """
        if self.git is None:
            return False
        async with self._pulling:
            await asyncio.get_running_loop().run_in_executor(None, self.git.fetch)
            return await self._in_thread(self.git.check_out)

    async def update(self, paths: Collection[str] | None = None) -> None:
        """Read the content again, or a few files of it, and log what is newly wrong with it.

        Closing questions are looked for in the newest essays and in those that have a thread; for
        the others, `ask` does it behind.

        Args:
            paths: What changed, as `watch` reports it; None if anything may have.

        Raises:
            AfterwordError: The folder is gone; what was read before stays.
        """
        if paths is not None and await self.reread(paths):
            return
        before = set(self.faults)
        discussed = await self._recorder.discussed()
        await self.refresh(datetime.now(UTC), at_once=ASKED_FIRST, first=discussed)
        for fault in self.faults:
            if fault not in before:
                log.warning("%s", fault)

    async def refresh(
        self, now: datetime, *, at_once: int | None = None, first: Collection[str] = ()
    ) -> bool:
        """Read what changed in the folder, if anything did; `catalog` then holds all of it.

        Args:
            now: What is public at this moment is made ready to be looked up.
            at_once: Essays whose closing questions are looked for before this returns, the newest
                first; the others are `pending` and left for `ask`. None looks for all.
            first: Paths of essays that are never left for later.

        Raises:
            NoContentError: The folder is gone. `catalog` stays as it was.
        """
        async with self._refreshing:
            site, faults = await self._read(partial(self._index.read, at_once=at_once, first=first))
            if self._taken == (site, faults):
                return False
            self._taken = None
            contents = await self._in_thread(self._index.contents)
            posts = await self._recorder.record(contents.posts, contents.pending)
            self.catalog = await self._in_thread(_indexed, posts, contents.site, now)
            self.faults = (*faults, *contents.faults)
            await self._recorder.save(self._made_by, await self._take_unsaved())
            self._taken = site, faults
            return True

    async def _read(self, read: Callable[[], bool]) -> tuple[Site, tuple[Fault, ...]]:
        """Read what is new in the folder; return what its configuration says, with its faults.

        If another folder takes its place meanwhile, that one is read from the beginning.

        Raises:
            NoContentError: The folder is gone, or none stays long enough to be read.
        """
        for _ in range(MOST_SWAPS):
            location = await self._in_thread(locate, self.folder)
            site, faults = await self._in_thread(self._known_site, location)
            made_by = await self._in_thread(self._index.scan, site)
            if made_by != self._made_by:
                self._index.adopt(await self._recorder.load(made_by))
            self._made_by = made_by
            if await self._in_thread(read):
                self._taken = None
            now = await self._in_thread(locate, self.folder)
            if location == self._index.location == now:
                return site, faults
        raise NoContentError(
            f"The folder {self.folder} is replaced faster than it can be read. Replace it once, "
            "when all files are in it."
        )

    async def looks_different(self) -> bool:
        """Return whether names, times or sizes in the folder changed since the last such look.

        The first time they did. A copy of a repository changes by `pull` alone. It is looked in a
        thread of its own, so that nothing waits for a file system that is slow to answer.
        """
        if self.git is not None:
            return False
        loop = asyncio.get_running_loop()
        now = await loop.run_in_executor(None, fingerprint, self.folder, self.site)
        before, self._fingerprint = self._fingerprint, now
        return now != before

    async def reread(self, paths: Collection[str]) -> bool:
        """Read a few files again, as `watch` reports them: a hundredth of a `refresh`.

        Returns:
            Whether only their texts changed; else only a `refresh` finds everything.
        """
        async with self._refreshing:
            read = await self._in_thread(self._index.reread, paths)
            if read is not None:
                await self._put(read)
            return read is not None

    async def ask(self) -> None:
        """Look for the closing questions of the next essays.

        To be called until `pending` is 0; one call takes about a second of the reading thread.
        """
        async with self._refreshing:
            await self._put(await self._in_thread(self._index.ask))

    async def _put(self, read: Mapping[str, Post]) -> None:
        """Put posts that were read again in their places; they are called what they were."""
        before = self.catalog
        now = {
            path: post.called_like(known)
            for path, post in read.items()
            if (known := before.at(path)) is not None
        }
        taken, self._taken = self._taken, None
        unsaved = await self._take_unsaved()
        await self._recorder.record_changed(tuple(now.values()), self._made_by, unsaved)
        changed = {path: post for path, post in now.items() if post != before.at(path)}
        self.catalog = await self._in_thread(before.with_posts, changed)
        self._taken = taken

    async def _take_unsaved(self) -> Unsaved:
        """Return what is to be kept for another process."""
        self.pending = await self._in_thread(self._index.count_pending)
        return await self._in_thread(self._index.take_unsaved)

    async def body(self, post: Post, now: datetime | None = None) -> Text:
        """Return the Markdown of `post`, without its front matter; "" if its file is gone.

        Its wikilinks lead to posts that are public at `now`.
        """
        text = await self._in_thread(self._index.body, post)
        return text._replace(find_note=partial(_follow, self.catalog, post, now))

    async def indexed(self, posts: Sequence[Post]) -> list[IndexedPost]:
        """Return posts that have ids, as the index of passages has them."""
        return await self._in_thread(self._indexed, posts)

    def _indexed(self, posts: Sequence[Post]) -> list[IndexedPost]:
        return [indexed_post(post, self._index.body(post).markdown) for post in posts]

    def _in_thread(self, work: Callable[[*Given], Result], *given: *Given) -> Future[Result]:
        """Do work in the thread that reads."""
        return asyncio.get_running_loop().run_in_executor(self._executor, work, *given)

    def watch(self, callback: Report) -> None:
        """Call `callback` on the running loop whenever files in the folder have changed.

        It is given their paths, or None if any may have. A copy of a repository changes by `pull`
        alone, and is not watched.
        """
        if self.git is not None:
            return
        loop = asyncio.get_running_loop()
        arguments = (self.folder, self._stop, loop, callback)
        self._watcher = Thread(target=watch_folder, args=arguments, name="blog-watch", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop watching, copying and reading; may be called twice."""
        self._stop.set()
        if self.git is not None:
            self.git.stop()
        if self._watcher is not None:
            self._watcher.join(timeout=5)
            self._watcher = None
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _known_site(self, location: Location | None) -> tuple[Site, tuple[Fault, ...]]:
        site, faults = read_site(location.path) if location else (Site(), [])
        return self._overrides.over(site), tuple(faults)


def _follow(catalog: Catalog, post: Post, now: datetime | None, target: str) -> str | None:
    """Return the address of what a wikilink names; for where the links are read, off the loop."""
    return catalog.wikilinks.finder(post, now)(target)


def open_source(content: str, database: Path) -> Path | GitSource:
    """Return what the setting of the content names; copies are kept beside the database.

    Raises:
        GitError: It begins like a repository and names none.
    """
    if not is_git(content):
        return Path(content)
    return GitSource(content, database.with_name(f"{database.name}.content"))


def _indexed(posts: Iterable[Post], site: Site, now: datetime) -> Catalog:
    """Return a catalog whose commonest answers are ready."""
    catalog = Catalog(posts, site)
    for language in site.languages:
        catalog.shelf(language.code, now=now)
    return catalog
