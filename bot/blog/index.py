"""What was read of a folder, so that only what changed is read again."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot.blog.folder import Contents, content_paths, gather, read_file
from bot.core.post import Fault
from bot.core.reading.posts import Reading, ask
from bot.core.site import Site

ASKED_AT_ONCE = 250
"""Essays whose closing questions are looked for in one go: about a second."""


class _Kept(NamedTuple):
    """A reading without its body, and the state of the file that it is of."""

    changed_at: int
    size: int
    reading: Reading


class Index:
    """The readings of a folder; used by one thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._site: Site | None = None
        self._kept: dict[str, _Kept] = {}
        self._faults: list[Fault] = []

    def read(self, site: Site, *, at_once: int | None = None) -> Contents:
        """Read what is new or changed since the last time, and forget what is gone.

        Of at most `at_once` essays the closing questions are looked for, None being all.

        Raises:
            NoContentError: The folder is gone.
        """
        self._faults = []
        site, paths = content_paths(self._root, site, self._faults)
        if site != self._site:
            self._kept.clear()
            self._site = site
        kept: dict[str, _Kept] = {}
        for path in paths:
            kept[path] = self._kept_or_read(path, site)
        self._kept = kept
        return self.ask(len(kept) if at_once is None else at_once)

    def ask(self, limit: int = ASKED_AT_ONCE) -> Contents:
        """Look for the closing questions of at most `limit` essays, the newest first."""
        site = self._site or Site()
        pending = [path for path, one in self._kept.items() if one.reading.pending]
        pending.sort(key=self._age, reverse=True)
        for path in pending[:limit]:
            reading = ask(read_file(self._root, path, site, questions=False))
            self._kept[path] = self._kept[path]._replace(reading=replace(reading, body=""))
        return gather(site, (one.reading for one in self._kept.values()), self._faults)

    def _kept_or_read(self, path: str, site: Site) -> _Kept:
        try:
            status = (self._root / path).stat()
            changed_at, size = status.st_mtime_ns, status.st_size
        except OSError:  # the reading says what is wrong with it
            changed_at = size = -1
        known = self._kept.get(path)
        if known is not None and size >= 0 and (known.changed_at, known.size) == (changed_at, size):
            return known
        reading = read_file(self._root, path, site, questions=False)
        return _Kept(changed_at, size, replace(reading, body=""))

    def _age(self, path: str) -> tuple[bool, str]:
        post = self._kept[path].reading.post
        due = post.due if post is not None else None
        return due is not None, due.isoformat() if due is not None else ""
