"""Follows wikilinks: from the name of a note to the address of its post."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from bot.blog.public_essays import is_public
from bot.core.markup import FindNote
from bot.core.post import Post
from bot.core.reading.paths import INDEXES
from bot.core.site import Site
from bot.core.text.folding import fold

_ENDING = re.compile(r"\.(?:md|mdx|markdown|qmd|rmd)$", re.IGNORECASE)
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ](?=.)")
_NOT_IN_ANCHORS = re.compile(r"[^\w -]")


class Wikilinks:
    """Finds posts as Obsidian does: by the file's name or path, or by an alias; the nearest first.

    A title or a slug names a post too, unless a file is called so.
    """

    def __init__(self, posts: Iterable[Post], site: Site) -> None:
        self._site = site
        self._by_file: dict[str, list[Post]] = {}
        self._by_name: dict[str, list[Post]] = {}
        for post in posts:
            file = _parts(post.path)[-1]
            for name in {fold(file), fold(_DATE.sub("", file))}:
                self._by_file.setdefault(name, []).append(post)
            for name in {fold(one) for one in (post.title, post.slug, *post.aliases)}:
                self._by_name.setdefault(name, []).append(post)

    def finder(self, post: Post, now: datetime | None = None) -> FindNote:
        """Return what follows the wikilinks of a post to posts that readers can see.

        Args:
            now: Without it, dates hide no post.
        """
        return partial(self._address, post, now)

    def post_of(self, post: Post, target: str, now: datetime | None = None) -> Post | None:
        """Return the post that a wikilink of another names; None if readers can see none."""
        name = target.partition("#")[0]
        return self._find(name, post, now) if name.strip() else post

    def _address(self, post: Post, now: datetime | None, target: str) -> str | None:
        part = target.partition("#")[2]
        found = self.post_of(post, target, now)
        if found is None or found.url is None:
            return None
        heading = part.rpartition("#")[2].strip()
        return found.url + ("" if not heading or heading.startswith("^") else _anchor(heading))

    def _find(self, name: str, post: Post, now: datetime | None) -> Post | None:
        wanted = [fold(part) for part in _parts(name) if part not in {"", ".", ".."}]
        if not wanted:
            return None
        called = [
            one
            for one in self._by_file.get(wanted[-1], ())
            if not wanted[:-1] or _folders(one)[1 - len(wanted) :] == wanted[:-1]
        ]
        for posts in (called, self._by_name.get(fold(name), ())):
            seen = [one for one in posts if self._is_seen(one, now)]
            if seen:
                return min(seen, key=lambda one: (one.lang != post.lang, _way(post, one), one.path))
        return None

    def _is_seen(self, post: Post, now: datetime | None) -> bool:
        if now is None:
            return self._site.drafts or not post.draft
        return is_public(post, self._site, now)


def _parts(path: str) -> list[str]:
    """Return the folders of a path and the name at its end: the file's, or the page bundle's."""
    parts = _ENDING.sub("", path.strip()).split("/")
    if len(parts) > 1 and parts[-1].lower() in INDEXES:
        parts.pop()
    return parts


def _folders(post: Post) -> list[str]:
    return [fold(part) for part in _parts(post.path)[:-1]]


def _way(post: Post, other: Post) -> int:
    """Return how many folders lie between two posts."""
    here, there = _folders(post), _folders(other)
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return len(here) + len(there) - 2 * shared


def _anchor(heading: str) -> str:
    return "#" + _NOT_IN_ANCHORS.sub("", heading.lower()).replace(" ", "-")
