"""Telling which row of the database a file continues, whatever it is called now."""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

Row = dict[str, Any]


class Sign(NamedTuple):
    """Something by which a post is known again; None says nothing.

    Attributes:
        of_row: What a row of the table of posts says.
        of_post: What the columns say that a file which was read will have.
        must_be_unique: It says nothing either where two have it that are still to be matched.
        among_all: Nor where one has it that was matched already.
        only_in_place: It is asked only of files that stand where the file of a row stood.
    """

    of_row: Callable[[Row], Hashable]
    of_post: Callable[[Row], Iterable[Hashable]]
    must_be_unique: bool = False
    among_all: bool = False
    only_in_place: bool = False


def _same(*columns: str, filled: Sequence[str] = (), **how: bool) -> Sign:
    """Return the sign that columns are the same; if one of `filled` is empty, it says nothing."""
    values = itemgetter(*columns)

    def read(row: Row) -> Hashable:
        return values(row) if all(row[column] for column in filled) else None

    return Sign(read, lambda post: (read(post),), **how)


def _last_part(address: str) -> str:
    return address.strip("/").rsplit("/", 1)[-1].removesuffix(".html")


_name = itemgetter("path", "lang", "slug")
TEXT, TITLE = ("body_digest",), ("title", "date")

SIGNS = (
    _same("path", "lang", "slug", "digest"),
    _same("lang", "slug", "digest"),
    _same("lang", "digest", filled=["digest"]),
    _same("path", "lang", *TEXT, filled=TEXT),
    _same("lang", "slug", *TEXT, filled=TEXT),
    _same("lang", "slug", "title"),
    _same("path", "lang", "title"),
    _same("lang", *TEXT, filled=TEXT, must_be_unique=True, among_all=True, only_in_place=True),
    _same("lang", *TITLE, filled=TITLE, must_be_unique=True, only_in_place=True),
    _same("path", "lang", "slug"),
    _same("lang", "slug"),
    _same("path", "lang"),
    Sign(
        itemgetter("lang", "slug"),
        lambda post: [(post["lang"], _last_part(one)) for one in json.loads(post["aliases"])],
    ),
    Sign(
        lambda row: (row["lang"], row["key"]) if row["key"] != row["slug"] else None,
        lambda post: [(post["lang"], post["key"])],
    ),
    _same("lang", *TITLE, filled=TITLE, must_be_unique=True),
    _same("lang", *TEXT, filled=TEXT, must_be_unique=True, among_all=True),
)
"""What says more comes first.

The last two are of files of which everything else is new. A wrong match would put one essay's
responses below another, which is worse than none: so nobody else may have the same title and date,
and no post at all the same text, which may be a template's. In place, both come before the names:
of files that traded their names and were edited too, a name says less than text, or title and date.
"""


def match_posts(rows: Sequence[Row], posts: Sequence[Row]) -> dict[int, int]:
    """Return the id of the row that each post continues, by the post's place.

    Args:
        rows: Those first that are preferred where several fit: of files that were there the last
            time, then of missing ones, then of removed ones.
        posts: The columns of all that there are.
    """
    matched: dict[int, int] = {}
    free = {row["id"]: row for row in rows}
    for sign in SIGNS:
        if not free or len(matched) == len(posts):
            break
        index = _unique(sign, rows, free) if sign.must_be_unique else _first(sign, free.values())
        shared = _shared(sign, posts, matched) if sign.must_be_unique else frozenset()
        names = set(map(_name, free.values())) if sign.only_in_place else None
        for place, post in enumerate(posts):
            if place in matched or (names is not None and _name(post) not in names):
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


def _shared(sign: Sign, posts: Sequence[Row], matched: Mapping[int, int]) -> frozenset[Hashable]:
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
