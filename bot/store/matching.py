"""Telling which row of the database a file continues, whatever it is called now."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from bot.core.post import Post

Row = dict[str, Any]


def match_posts(rows: Sequence[Row], posts: Sequence[Post]) -> dict[int, int]:
    """Return the id of the row that each post continues, by the post's place.

    What says more is looked at first; of rows that fit as well, the first is taken.
    """
    passes: tuple[tuple[Callable[[Row], Hashable], Callable[[Post], Iterable[Hashable]]], ...] = (
        (
            lambda row: (row["path"], row["lang"], row["slug"], row["digest"]),
            lambda post: [(post.path, post.lang, post.slug, post.digest)],
        ),
        (
            lambda row: (row["lang"], row["slug"], row["digest"]),
            lambda post: [(post.lang, post.slug, post.digest)],
        ),
        (
            lambda row: (row["lang"], row["digest"]) if row["digest"] else None,
            lambda post: [(post.lang, post.digest)],
        ),
        (
            lambda row: (row["lang"], row["slug"], row["title"]),
            lambda post: [(post.lang, post.slug, post.title)],
        ),
        (
            lambda row: (row["path"], row["lang"], row["title"]),
            lambda post: [(post.path, post.lang, post.title)],
        ),
        (lambda row: (row["path"], row["lang"], row["slug"]), lambda p: [(p.path, p.lang, p.slug)]),
        (lambda row: (row["lang"], row["slug"]), lambda post: [(post.lang, post.slug)]),
        (lambda row: (row["path"], row["lang"]), lambda post: [(post.path, post.lang)]),
        (
            lambda row: (row["lang"], row["slug"]),
            lambda post: [(post.lang, _last_part(alias)) for alias in post.aliases],
        ),
        (
            lambda row: (row["lang"], row["key"]) if row["key"] != row["slug"] else None,
            lambda post: [(post.lang, post.essay)],
        ),
    )
    matched: dict[int, int] = {}
    free = {row["id"]: row for row in rows}
    for key_of_row, keys_of_post in passes:
        index: dict[Hashable, int] = {}
        for row in free.values():
            index.setdefault(key_of_row(row), row["id"])
        for place, post in enumerate(posts):
            if place in matched:
                continue
            found = next((index[key] for key in keys_of_post(post) if index.get(key) in free), None)
            if found is not None:
                matched[place] = found
                del free[found]
    return matched


def _last_part(address: str) -> str:
    return address.strip("/").rsplit("/", 1)[-1].removesuffix(".html")
