"""Whole essays in the index of passages: their stems, who shares some, who links to whom."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import orjson
from sqlite_utils import Database


class PostTerms(NamedTuple):
    """The stems of an essay, as the index has them.

    Attributes:
        about: Of its tags and its description.
        headings: Each heading once, in order.
        passages: Each passage's own.
    """

    title: list[str]
    about: list[str]
    headings: list[list[str]]
    passages: list[list[str]]


def terms_of_posts(db: Database, post_ids: Collection[int]) -> dict[int, PostTerms]:
    """Return the stems of essays by their ids; those that are not indexed are left out."""
    ids = orjson.dumps(sorted(post_ids)).decode()
    found = {
        post_id: PostTerms(title.split(), about.split(), [], [])
        for post_id, title, about in db.execute(_POSTS, [ids])
    }
    before: tuple[int, str] = 0, ""
    for post_id, heading, text in db.execute(_PASSAGES, [ids]):
        post = found[post_id]
        post.passages.append(text.split())
        if heading and (post_id, heading) != before:
            post.headings.append(heading.split())
        before = post_id, heading
    return found


_POSTS = """
select id, title, about from indexed_posts
where id in (select value from json_each(?))
"""
_PASSAGES = """
select post_id, heading, text from passages
where post_id in (select value from json_each(?)) order by post_id, position
"""


def posts_sharing(db: Database, terms: Iterable[str], limit: int) -> list[int]:
    """Return the essays that share most with some stems, the best first.

    Args:
        terms: Few and rare ones: each is looked up, with all the essays that have it.
    """
    query = " OR ".join(f'"{term}"' for term in terms)
    if not query:
        return []
    rows = db.execute(_SHARING, {"query": query, "limit": limit})
    return [post_id for (post_id,) in rows]


_SHARING = """
select rowid from post_words where post_words match :query
order by bm25(post_words, 5.0, 2.0, 1.0), rowid limit :limit
"""


def links_from(db: Database, post_id: int) -> list[str]:
    """Return the addresses that an essay's body links to, as they are written."""
    rows = db.execute("select target from post_links where post_id = ? order by target", [post_id])
    return [target for (target,) in rows]


def links_holding(db: Database, names: Iterable[str]) -> list[tuple[int, str]]:
    """Return the links that hold one of some names, each with the essay in which it stands."""
    asked = orjson.dumps(sorted(names)).decode()
    return db.execute(_HOLDING, [asked]).fetchall()


_HOLDING = """
select distinct post_id, target from post_links join json_each(?)
on instr(lower(target), lower(json_each.value)) order by post_id, target
"""
