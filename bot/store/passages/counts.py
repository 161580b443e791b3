"""How many essays and passages the index has, and in how many of them each term stands."""

from collections.abc import Iterable

import orjson
from sqlite_utils import Database


def count_posts(db: Database) -> int:
    """Return how many essays are in the index."""
    (count,) = db.execute("select count(*) from indexed_posts").fetchone()
    return int(count)


def count_passages(db: Database) -> int:
    """Return how many passages all essays have."""
    (count,) = db.execute("select count(*) from passages").fetchone()
    return int(count)


def count_posts_with(db: Database, terms: Iterable[str]) -> dict[str, int]:
    """Return in how many essays each of some stems stands."""
    return _counts(db, _IN_POSTS, terms)


def count_passages_with(db: Database, terms: Iterable[str]) -> dict[str, int]:
    """Return in how many passages each of some stems stands."""
    return _counts(db, _IN_PASSAGES, terms)


def _counts(db: Database, query: str, terms: Iterable[str]) -> dict[str, int]:
    asked = orjson.dumps(sorted(terms)).decode()
    return dict(db.execute(query, [asked]).fetchall())


_IN_POSTS = """
select term, doc from json_each(?) cross join post_terms on post_terms.term = json_each.value
"""
_IN_PASSAGES = """
select term, doc from json_each(?) cross join passage_terms on passage_terms.term = json_each.value
"""
