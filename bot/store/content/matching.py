"""Telling which row of the database a file continues, whatever it is called now."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bot.core.post import Post
from bot.store.times import to_text

Row = dict[str, Any]


class Sign(NamedTuple):
    """Something by which a post is known again; None says nothing.

    Attributes:
        must_be_unique: It says nothing either where two have it that are still to be matched.
        among_all: Nor where one has it that was matched already.
        only_in_place: It is asked only of files that stand where the file of a row stood.
    """

    of_row: Callable[[Row], Hashable]
    of_post: Callable[[Post], Iterable[Hashable]]
    must_be_unique: bool = False
    among_all: bool = False
    only_in_place: bool = False


def _title_and_date(lang: str, title: str, date: str | None) -> Hashable:
    return (lang, title, date) if title and date else None


def _title_of_row(row: Row) -> Hashable:
    return _title_and_date(row["lang"], row["title"], row["date"])


def _title_of_post(post: Post) -> list[Hashable]:
    return [_title_and_date(post.lang, post.title, to_text(post.date) if post.date else None)]


def _text_of_row(row: Row) -> Hashable:
    return _with(row["body_digest"], row["lang"])


def _text_of_post(post: Post) -> list[Hashable]:
    return [_with(post.body_digest, post.lang)]


def _with(body_digest: str, *others: str) -> Hashable:
    return (*others, body_digest) if body_digest else None


def _last_part(address: str) -> str:
    return address.strip("/").rsplit("/", 1)[-1].removesuffix(".html")


SIGNS = (
    Sign(
        lambda row: (row["path"], row["lang"], row["slug"], row["digest"]),
        lambda post: [(post.path, post.lang, post.slug, post.digest)],
    ),
    Sign(
        lambda row: (row["lang"], row["slug"], row["digest"]),
        lambda post: [(post.lang, post.slug, post.digest)],
    ),
    Sign(
        lambda row: (row["lang"], row["digest"]) if row["digest"] else None,
        lambda post: [(post.lang, post.digest)],
    ),
    Sign(
        lambda row: _with(row["body_digest"], row["path"], row["lang"]),
        lambda post: [_with(post.body_digest, post.path, post.lang)],
    ),
    Sign(
        lambda row: _with(row["body_digest"], row["lang"], row["slug"]),
        lambda post: [_with(post.body_digest, post.lang, post.slug)],
    ),
    Sign(
        lambda row: (row["lang"], row["slug"], row["title"]),
        lambda post: [(post.lang, post.slug, post.title)],
    ),
    Sign(
        lambda row: (row["path"], row["lang"], row["title"]),
        lambda post: [(post.path, post.lang, post.title)],
    ),
    Sign(_text_of_row, _text_of_post, must_be_unique=True, among_all=True, only_in_place=True),
    Sign(_title_of_row, _title_of_post, must_be_unique=True, only_in_place=True),
    Sign(
        lambda row: (row["path"], row["lang"], row["slug"]),
        lambda post: [(post.path, post.lang, post.slug)],
    ),
    Sign(
        lambda row: (row["lang"], row["slug"]),
        lambda post: [(post.lang, post.slug)],
    ),
    Sign(
        lambda row: (row["path"], row["lang"]),
        lambda post: [(post.path, post.lang)],
    ),
    Sign(
        lambda row: (row["lang"], row["slug"]),
        lambda post: [(post.lang, _last_part(alias)) for alias in post.aliases],
    ),
    Sign(
        lambda row: (row["lang"], row["key"]) if row["key"] != row["slug"] else None,
        lambda post: [(post.lang, post.essay)],
    ),
    Sign(_title_of_row, _title_of_post, must_be_unique=True),
    Sign(_text_of_row, _text_of_post, must_be_unique=True, among_all=True),
)
"""What says more comes first.

The last two are of files of which everything else is new. A wrong match would put one essay's
responses below another, which is worse than none: so nobody else may have the same title and date,
and no post at all the same text, which may be a template's. In place, both come before the names:
of files that traded their names and were edited too, a name says less than text, or title and date.
"""


def match_posts(rows: Sequence[Row], posts: Sequence[Post]) -> dict[int, int]:
    """Return the id of the row that each post continues, by the post's place.

    Args:
        rows: Those first that are preferred where several fit: of files that were there the last
            time, then of missing ones, then of removed ones.
        posts: All that there are.
    """
    matched: dict[int, int] = {}
    free = {row["id"]: row for row in rows}
    for sign in SIGNS:
        if not free or len(matched) == len(posts):
            break
        index = _unique(sign, rows, free) if sign.must_be_unique else _first(sign, free.values())
        shared = _shared(sign, posts, matched) if sign.must_be_unique else frozenset()
        names = {_name(row) for row in free.values()} if sign.only_in_place else None
        for place, post in enumerate(posts):
            if place in matched or (names is not None and _name_of(post) not in names):
                continue
            keys = (key for key in sign.of_post(post) if key not in shared)
            found = next((index[key] for key in keys if index.get(key) in free), None)
            if found is not None:
                matched[place] = found
                del free[found]
    return matched


def _first(sign: Sign, rows: Iterable[Row]) -> dict[Hashable, int]:
    """Return the first row with each sign."""
    index: dict[Hashable, int] = {}
    for row in rows:
        index.setdefault(sign.of_row(row), row["id"])
    index.pop(None, None)
    return index


def _unique(sign: Sign, rows: Sequence[Row], free: Mapping[int, Row]) -> dict[Hashable, int]:
    """Return the rows that alone have a sign; one whose file is there outdoes one whose is not."""
    index: dict[Hashable, list[Row]] = {}
    for row in rows if sign.among_all else free.values():
        index.setdefault(sign.of_row(row), []).append(row)
    index.pop(None, None)
    return {
        key: first["id"]
        for key, (first, *others) in index.items()
        if all(_absence(other) > _absence(first) for other in others)
    }


def _shared(sign: Sign, posts: Sequence[Post], matched: Mapping[int, int]) -> frozenset[Hashable]:
    """Return the signs that several posts have."""
    count = Counter(
        key
        for place, post in enumerate(posts)
        if sign.among_all or place not in matched
        for key in sign.of_post(post)
    )
    return frozenset(key for key, times in count.items() if times > 1)


def _absence(row: Row) -> tuple[bool, bool]:
    return row["removed_at"] is not None, row["missing_since"] is not None


def _name(row: Row) -> Hashable:
    return row["path"], row["lang"], row["slug"]


def _name_of(post: Post) -> Hashable:
    return post.path, post.lang, post.slug
