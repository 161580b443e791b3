"""Which passages and essays have some of the words that somebody asks for."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import orjson
from sqlite_utils import Database

MOST_NEAR = 400
"""Terms of the index that begin alike and are looked at."""

_FEW_POSTS = 20
"""So many posts are named in a query; more are sorted out of what it finds."""


class FoundPassage(NamedTuple):
    """A passage with all that it is judged by; its texts are stems with a space between them."""

    post_id: int
    position: int
    title: str
    about: str
    heading: str
    text: str


class Place(NamedTuple):
    """Where a passage stands."""

    post_id: int
    position: int


def terms_between(db: Database, first: str, end: str) -> list[str]:
    """Return the terms of essays from one to before another, in their order, at most a few."""
    rows = db.execute(
        "select term from post_terms where term >= ? and term < ? limit ?", [first, end, MOST_NEAR]
    )
    return [term for (term,) in rows.fetchall()]


def passages_with(
    db: Database, terms: Iterable[str], posts: Collection[int], limit: int
) -> list[Place]:
    """Return passages that have some of the terms, by BM25, the best first.

    Args:
        posts: Ids of the posts that they may be of.
    """
    match = " OR ".join(f'"{term}"' for term in terms)
    if not match or not posts:
        return []
    if len(posts) <= _FEW_POSTS:
        among = ", ".join("?" * len(posts))
        rows = db.execute(_OF_FEW.format(among=among), [match, *posts, limit])
    else:
        rows = db.execute(_OF_ALL, [match, limit * 2])
    return [Place(*row) for row in rows.fetchall() if row[0] in posts][:limit]


_OF_FEW = """
select post_id, position from passage_words join passages on passages.id = passage_words.rowid
where passage_words match ? and post_id in ({among})
order by bm25(passage_words, 2.0, 2.0, 1.0) limit ?
"""
_OF_ALL = """
select post_id, position from (
  select rowid as id, bm25(passage_words, 2.0, 2.0, 1.0) as score from passage_words
  where passage_words match ? order by score limit ?
) join passages using (id) order by score
"""


def passages_at(db: Database, places: Iterable[Place]) -> dict[Place, FoundPassage]:
    """Return the passages at some places, of those that are there."""
    asked = orjson.dumps([tuple(place) for place in places]).decode()
    rows = db.execute(_AT, [asked]).fetchall()
    return {Place(row[0], row[1]): FoundPassage(*row) for row in rows}


_AT = """
select post_id, position, title, about, heading, text from json_each(?) as asked
cross join passages on post_id = json_extract(asked.value, '$[0]')
  and position = json_extract(asked.value, '$[1]')
join indexed_posts on indexed_posts.id = post_id
"""


def places_in(db: Database, posts: Iterable[int], most: int) -> list[Place]:
    """Return where the passages of some posts stand, of each its first so many."""
    return [
        Place(post_id, position)
        for post_id in posts
        for (position,) in db.execute(
            "select position from passages where post_id = ? and position < ?", [post_id, most]
        ).fetchall()
    ]
