"""The blog as the bot sees it: read off the event loop, looked up on it, kept up to date."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread

from bot.blog.catalog import Catalog
from bot.blog.changes import Changes, changes_between
from bot.blog.configuration import Overrides, read_site
from bot.blog.fingerprint import fingerprint
from bot.blog.folder import NoContentError, Text, read_body
from bot.blog.git import GitSource, is_git
from bot.blog.index import Index
from bot.blog.location import Location, locate
from bot.blog.watching import Report, watch_folder
from bot.core.post import Fault, Post
from bot.core.site import Site
from bot.store.content.readings import Kept

MOST_SWAPS = 5
"""So often the folder may be replaced while it is read; then it is read later."""

Record = Callable[[tuple[Post, ...], frozenset[str]], Awaitable[tuple[Post, ...]]]
"""Gives posts the ids under which they are kept.

The second argument has the paths of those whose closing questions have yet to be looked for.
"""

Rerecord = Callable[[tuple[Post, ...]], Awaitable[None]]
"""Takes note of posts that have ids, and whose closing questions were looked for."""

Load = Callable[[str], Awaitable[Mapping[str, Kept]]]
"""Returns the readings that an earlier process kept, of those that a text says they are made by."""

Save = Callable[[str, Mapping[str, Kept], Collection[str]], Awaitable[None]]
"""Keeps readings: what they are made by, the new ones, and the paths of files that are gone."""


class Blog:
    """A folder of essays, or a Git repository that is copied into one.

    Files are read in one thread of its own. `catalog` is replaced as a whole when they change, so
    what is looked up in it never changes under the one who looks.
    """

    def __init__(
        self,
        source: Path | GitSource,
        *,
        record: Record | None = None,
        rerecord: Rerecord | None = None,
        load: Load | None = None,
        save: Save | None = None,
        address: str | None = None,
        timezone: str | None = None,
        language: str | None = None,
    ) -> None:
        """Take where the essays are, and what the operator knows better than the site.

        Args:
            source: A folder of posts or of a whole site, or what is copied into one by `pull`.
            record: Without it, posts have no ids.
            rerecord: Keeps posts whose texts changed, and nothing else about them.
            load: Without it, every file is read in a new process.
            save: What `load` returns later.
            address: Instead of the one in the site's configuration; the two others likewise.
            timezone: An IANA name.
            language: The code of the default language.
        """
        self.git = source if isinstance(source, GitSource) else None
        self.folder = source.folder if isinstance(source, GitSource) else source
        self.catalog = Catalog()
        self.faults: tuple[Fault, ...] = ()
        self.pending = 0
        self._record = record
        self._rerecord = rerecord
        self._load = load
        self._save = save
        self._made_by = ""
        self._taken: tuple[Site, tuple[Fault, ...]] | None = None
        """The site of which everything that was read is in the catalog and recorded."""
        self._fingerprint: int | None = None
        self._refreshing = asyncio.Lock()
        self._pulling = asyncio.Lock()
        self._overrides = Overrides(address, timezone, language)
        self._index = Index(self.folder)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="blog")
        self._stop = Event()
        self._watcher: Thread | None = None

    @property
    def site(self) -> Site:
        """What is known of the site."""
        return self.catalog.site

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
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(None, self.git.fetch)
            return await loop.run_in_executor(self._executor, self.git.check_out)

    async def refresh(
        self, now: datetime, *, at_once: int | None = None, first: Collection[str] = ()
    ) -> Changes:
        """Read what changed in the folder and return it; `catalog` then holds all of it.

        Args:
            now: What is public at this moment is made ready to be looked up.
            at_once: Essays whose closing questions are looked for before this returns, the newest
                first; the others are `pending` and left for `ask`. None looks for all.
            first: Paths of essays that are never left for later.

        Raises:
            NoContentError: The folder is gone. `catalog` stays as it was.
        """
        async with self._refreshing:
            loop = asyncio.get_running_loop()
            site, faults = await self._read(partial(self._index.read, at_once=at_once, first=first))
            if self._taken == (site, faults):
                return Changes()
            self._taken = None
            contents = await loop.run_in_executor(self._executor, self._index.contents)
            posts = contents.posts
            if self._record is not None:
                posts = await self._record(posts, contents.pending)
            before = self.catalog
            self.catalog = await loop.run_in_executor(
                self._executor, _indexed, posts, contents.site, now
            )
            self.faults = (*faults, *contents.faults)
            await self._keep()
            self._taken = site, faults
            return await loop.run_in_executor(self._executor, changes_between, before.posts, posts)

    async def _read(self, read: Callable[[], bool]) -> tuple[Site, tuple[Fault, ...]]:
        """Read what is new in the folder; return what its configuration says, with its faults.

        If another folder takes its place meanwhile, that one is read from the beginning.

        Raises:
            NoContentError: The folder is gone, or none stays long enough to be read.
        """
        loop = asyncio.get_running_loop()
        for _ in range(MOST_SWAPS):
            location = await loop.run_in_executor(self._executor, locate, self.folder)
            site, faults = await loop.run_in_executor(self._executor, self._known_site, location)
            made_by = await loop.run_in_executor(self._executor, self._index.scan, site)
            if self._load is not None and made_by != self._made_by:
                self._index.adopt(await self._load(made_by))
            self._made_by = made_by
            if await loop.run_in_executor(self._executor, read):
                self._taken = None
            now = await loop.run_in_executor(self._executor, locate, self.folder)
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

    async def reread(self, paths: Collection[str]) -> Changes | None:
        """Read a few files again, as `watch` reports them: a hundredth of a `refresh`.

        Returns:
            None if more than their texts changed: then only a `refresh` finds everything.
        """
        async with self._refreshing:
            work = partial(self._index.reread, paths)
            read = await asyncio.get_running_loop().run_in_executor(self._executor, work)
            return None if read is None else await self._put(read)

    async def ask(self) -> Changes:
        """Look for the closing questions of the next essays and return those that have some.

        To be called until `pending` is 0; one call takes about a second of the reading thread.
        """
        async with self._refreshing:
            loop = asyncio.get_running_loop()
            return await self._put(await loop.run_in_executor(self._executor, self._index.ask))

    async def _put(self, read: Mapping[str, Post]) -> Changes:
        """Put posts that were read again in their places; they are called what they were."""
        before = self.catalog
        now = {
            path: post.called_like(known)
            for path, post in read.items()
            if (known := before.at(path)) is not None
        }
        taken, self._taken = self._taken, None
        if self._rerecord is not None:
            await self._rerecord(tuple(now.values()))
        changed = {path: post for path, post in now.items() if post != before.at(path)}
        loop = asyncio.get_running_loop()
        self.catalog = await loop.run_in_executor(self._executor, before.with_posts, changed)
        await self._keep()
        self._taken = taken
        return Changes(changed=tuple(changed.values()))

    async def _keep(self) -> None:
        """Keep what was read for another process."""
        loop = asyncio.get_running_loop()
        self.pending = await loop.run_in_executor(self._executor, self._index.count_pending)
        if self._save is not None:
            unsaved = await loop.run_in_executor(self._executor, self._index.take_unsaved)
            if unsaved.kept or unsaved.gone:
                await self._save(self._made_by, unsaved.kept, unsaved.gone)

    async def body(self, post: Post, now: datetime | None = None) -> Text:
        """Return the Markdown of `post`, without its front matter; "" if its file is gone.

        It is read where the catalog was read, so that a folder which was swapped a moment ago takes
        no text away; if that one is gone, where the path leads now. Its wikilinks lead to posts
        that are public at `now`.
        """
        loop = asyncio.get_running_loop()
        roots = (self._index.root, self.folder)
        text = await loop.run_in_executor(self._executor, _body, roots, post, self.site)
        return text._replace(find_note=partial(_follow, self.catalog, post, now))

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


def _body(roots: Iterable[Path], post: Post, site: Site) -> Text:
    """Return the body of `post` from the first folder that has it."""
    texts = (read_body(root, post, site) for root in roots)
    return next((text for text in texts if text.markdown), Text(""))


def _indexed(posts: Iterable[Post], site: Site, now: datetime) -> Catalog:
    """Return a catalog whose commonest answers are ready."""
    catalog = Catalog(posts, site)
    for language in site.languages:
        catalog.shelf(language.code, now=now)
    return catalog
