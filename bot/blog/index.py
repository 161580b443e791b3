"""What was read of a folder, so that only what changed is read again."""

import os
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, replace
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import markdown_it
import yaml

from bot import core
from bot.blog.files.discovery import is_named_like_content
from bot.blog.files.first_commits import FirstCommits
from bot.blog.files.reading import (
    Contents,
    Text,
    content_paths,
    dated,
    gather,
    read_body,
    read_file,
    text_of,
)
from bot.blog.location import Location, locate
from bot.blog.site.main_language import Sample
from bot.core.post import Fault, Post, as_listed
from bot.core.reading.paths import read_path
from bot.core.reading.posts import Reading, ask
from bot.core.site import Site
from bot.store.content import readings as store_index
from bot.store.content.readings import Kept

ASKED_AT_ONCE = 250
"""Essays whose closing questions are looked for in one go: about a second."""

ASKED_FIRST = 25
"""Essays whose closing questions are looked for before anything can be looked up."""

MOST_RECENT = ASKED_FIRST
"""Readings that are kept with their bodies until these are asked for."""

UNKNOWN = (-1, -1, -1)
"""Stands for the state of a file that cannot be looked at: it is read again at the next look."""


class Unsaved(NamedTuple):
    """What has changed in an index since it was last kept.

    Attributes:
        kept: New readings, by path.
        gone: Paths whose files are gone.
    """

    kept: Mapping[str, Kept]
    gone: Collection[str]


class Index:
    """The readings of a folder; used by one thread at a time.

    Attributes:
        location: Where the folder was at the last scan.
        root: Its path, without links. All is read there until the next scan, so that two releases
            of a site are never mixed when a link is swapped.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = folder
        self.location: Location | None = None
        self._site = Site()
        self._paths: list[str] = []
        self._samples: dict[str, Sample] = {}
        self._kept: dict[str, Kept] = {}
        self._recent: dict[str, Kept] = {}
        """What was read last, with its bodies: an edited file is read once until it is shown."""
        self._saved: dict[str, Kept] = {}
        self._faults: list[Fault] = []
        self._has_new_faults = False
        self._commits = FirstCommits()

    def scan(self, site: Site) -> str:
        """Look which files there are, and return what their readings are made by.

        Raises:
            NoContentError: The folder is gone.
        """
        before, self.location = self.location, locate(self._folder)
        self.root = self.location.path if self.location else self._folder
        faults: list[Fault] = []
        site, self._paths = content_paths(self.root, site, faults, self._samples)
        self._has_new_faults = faults != self._faults
        self._faults = faults
        if site != self._site:
            self._kept = {}
        if (site, self.location) != (self._site, before):
            self._recent = {}
        self._site = site
        return made_by(self.root, site)

    def adopt(self, kept: Mapping[str, Kept]) -> None:
        """Take over what an earlier process read; what is known already is newer."""
        self._saved = dict(kept)
        self._kept = {**kept, **self._kept}

    def read(self, *, at_once: int | None = None, first: Collection[str] = ()) -> bool:
        """Read what is new or changed among the files that were found by the last scan.

        Args:
            at_once: Of how many essays the closing questions are looked for, None being all.
            first: Paths of essays that are asked in any case.

        Returns:
            Whether anything is new.
        """
        before = self._kept
        self._kept = {path: self._kept_or_read(path) for path in self._paths}
        self._ask([path for path in first if self._is_pending(path)])
        self.ask(len(self._kept) if at_once is None else at_once)
        if self._has_new_faults or before.keys() != self._kept.keys():
            return True
        return any(before[path].reading is not one.reading for path, one in self._kept.items())

    def contents(self) -> Contents:
        """Return all that was read, with slugs made unique and translations joined."""
        readings = (one.reading for one in self._kept.values())
        dates = partial(self._commits.below, self.root)
        return gather(self._site, readings, self._faults, dates)

    def ask(self, limit: int = ASKED_AT_ONCE) -> dict[str, Post]:
        """Look for the closing questions of at most `limit` essays, the newest first.

        Returns:
            What was read of these, by path; slugs are not unique yet.
        """
        pending = [path for path, one in self._kept.items() if one.reading.pending]
        pending.sort(key=self._age, reverse=True)
        self._ask(pending[:limit])
        return self._posts(pending[:limit])

    def reread(self, paths: Collection[str]) -> dict[str, Post] | None:
        """Read a few files again, with their closing questions.

        Returns:
            What was read, by path; None if more than their texts changed, so that how others are
            called may change with them.
        """
        if len(paths) > ASKED_FIRST or locate(self._folder) != self.location:
            return None
        read: dict[str, Kept] = {}
        for path in self._with_other_names(paths):
            if self._is_nothing(path):
                continue
            before = self._kept.get(path)
            if before is None or read_path(path, self._site).is_section:
                return None
            now = self._kept_or_read(path)
            was, found = before.reading, now.reading
            if was.post is None or found.post is None or was.faults != found.faults:
                return None
            if as_listed(was.post) != as_listed(found.post):
                return None
            read[path] = now
        self._kept.update(read)
        self._ask([path for path in read if self._is_pending(path)])
        return self._posts(read)

    def _with_other_names(self, paths: Collection[str]) -> set[str]:
        """Return `paths` and what are links to the same files."""
        files = {self._kept[path].inode for path in paths if path in self._kept}
        return {*paths, *(path for path, one in self._kept.items() if one.inode in files)}

    def _is_nothing(self, path: str) -> bool:
        """Return whether `path` is gone and was no content: a file that an editor wrote first."""
        if is_named_like_content(path) or os.path.lexists(self.root / path):
            return False
        return not any(known.startswith(f"{path}/") for known in self._kept)

    def body(self, post: Post) -> Text:
        """Return the body of `post`, as it was read last or as its file has it now.

        It is read where the catalog was read, so that a folder which was swapped a moment ago takes
        no text away; if that one is gone, where the path leads now.
        """
        recent = self._take_recent(post.path)
        if recent is not None:
            return text_of(recent.reading, post)
        texts = (read_body(root, post, self._site) for root in (self.root, self._folder))
        return next((text for text in texts if text.markdown), Text(""))

    def count_pending(self) -> int:
        """Return how many essays' closing questions have yet to be looked for."""
        return sum(one.reading.pending for one in self._kept.values())

    def _posts(self, paths: Iterable[str]) -> dict[str, Post]:
        posts = {path: self._kept[path].reading.post for path in paths}
        dates = self._commits.dates
        return {path: dated(post, dates) for path, post in posts.items() if post is not None}

    def take_unsaved(self) -> Unsaved:
        """Return what another process can use, and count it as saved."""
        before, self._saved = self._saved, dict(self._kept)
        return Unsaved(
            {path: one for path, one in self._kept.items() if before.get(path) is not one},
            before.keys() - self._kept.keys(),
        )

    def _ask(self, paths: Collection[str]) -> None:
        for path in paths:
            known = self._kept[path]
            reading = ask(self._read(path).reading)
            if reading.post is None:  # it went, or is being replaced: the next look reads it again
                self._kept[path] = Kept(*UNKNOWN, replace(known.reading, pending=False))
            else:
                self._kept[path] = known._replace(reading=replace(reading, body=""))

    def _is_pending(self, path: str) -> bool:
        return path in self._kept and self._kept[path].reading.pending

    def _kept_or_read(self, path: str) -> Kept:
        state = self._state(path)
        known = self._kept.get(path)
        if known is not None and state != UNKNOWN and known[:3] == state:
            return known
        recent = self._read(path)
        reading = replace(recent.reading, body="")
        if known is not None and _says_the_same(known, reading):
            reading = known.reading
        return recent._replace(reading=reading)

    def _read(self, path: str) -> Kept:
        """Return a file's reading with its body, which stays at hand for a while."""
        recent = self._take_recent(path)
        if recent is None:
            state = self._state(path)  # before it is read: one that changes meanwhile is read again
            recent = Kept(*state, read_file(self.root, path, self._site, questions=False))
        self._recent[path] = recent
        if len(self._recent) > MOST_RECENT:
            del self._recent[next(iter(self._recent))]
        return recent

    def _take_recent(self, path: str) -> Kept | None:
        """Return the reading of a file that was read a moment ago and is still the same."""
        recent = self._recent.pop(path, None)
        is_same = recent is not None and UNKNOWN != recent[:3] == self._state(path)
        return recent if is_same else None

    def _state(self, path: str) -> tuple[int, int, int]:
        """Return a file's time of change, size and number."""
        try:
            status = os.stat(f"{self.root}/{path}")  # noqa: PTH116  # of every file, every time
        except OSError:  # the reading says what is wrong with it
            return UNKNOWN
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _age(self, path: str) -> tuple[bool, float]:
        post = self._kept[path].reading.post
        due = post.due if post is not None else None
        return due is not None, due.timestamp() if due is not None else 0.0


def _says_the_same(known: Kept, now: Reading) -> bool:
    """Return whether a file that was touched or replaced says what it did, word for word."""
    was = known.reading
    if was.post is None or now.post is None or known[:3] == UNKNOWN:
        return was == now
    asked = replace(now.post, questions=was.post.questions, closing=was.post.closing)
    return was.post == asked and (was.line, was.faults) == (now.line, now.faults)


def made_by(root: Path, site: Site) -> str:
    """Return what readings depend on besides their files, as a short text.

    That is the code that reads, the site's configuration, and the folder: another blog may have a
    file of the same name, time and size.
    """
    indexed = sorted(site.indexed)
    known = astuple(replace(site, indexed=frozenset()))
    text = f"{code_digest()}\n{root.resolve()}\n{known}\n{indexed}"
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


@cache
def code_digest() -> str:
    """Return a digest of all code that a reading depends on, in the place of a version number."""
    files = [Path(str(store_index.__file__))]
    for folder in core.__path__:
        files += sorted(
            one for one in Path(folder).rglob("*") if one.suffix in {".py", ".toml", ".json"}
        )
    digest = blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes())
    others = (sys.version, markdown_it.__version__, yaml.__version__)
    digest.update(repr(others).encode())
    return digest.hexdigest()
