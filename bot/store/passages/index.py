"""The index of passages: what essays are found by when somebody asks, and compared by."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlite_utils import Database


class IndexedPassage(NamedTuple):
    """The stems of a passage and of its heading, each text as stems with a space between them."""

    heading: str
    text: str


class IndexedPost(NamedTuple):
    """What is kept of an essay to find it by.

    Attributes:
        id: The post's.
        digest: Of what it was made from: its file, and the code that made it.
        title: As stems.
        about: Its tags and description, as stems.
        passages: In order.
        links: The addresses that its body links to.
    """

    id: int
    digest: str
    title: str
    about: str
    passages: tuple[IndexedPassage, ...]
    links: tuple[str, ...]


def indexed_digests(db: Database) -> dict[int, str]:
    """Return of what each post's rows were made, by the post's id."""
    return dict(db.execute("select id, digest from indexed_posts").fetchall())


class IndexedPath(NamedTuple):
    """Which post a file is, and of what its rows were made."""

    id: int
    essay_id: int
    digest: str


def indexed_paths(db: Database) -> dict[str, IndexedPath]:
    """Return the posts that are in the index, by their paths."""
    rows = db.execute(
        "select posts.path, posts.id, posts.essay_id, indexed_posts.digest "
        "from indexed_posts join posts using (id) where posts.removed_at is null"
    )
    return {path: IndexedPath(*row) for path, *row in rows}


def index_posts(db: Database, posts: Sequence[IndexedPost], gone: Collection[int] = ()) -> None:
    """Put posts into the index, in the place of what it had of them, and take others out.

    Args:
        db: In a transaction.
        posts: To put in. One whose row is gone from `posts` meanwhile is left out.
        gone: Ids of posts to take out.
    """
    for post_id in (*gone, *(post.id for post in posts)):
        _take_out(db, post_id)
    for post in posts:
        known = db.execute("select 1 from posts where id = ?", [post.id]).fetchone()
        if known is not None:
            _put_in(db, post)


def _put_in(db: Database, post: IndexedPost) -> None:
    db.execute(
        "insert into indexed_posts (id, digest, title, about) values (?, ?, ?, ?)",
        [post.id, post.digest, post.title, post.about],
    )
    db.conn.executemany(
        "insert into passages (post_id, position, heading, text) values (?, ?, ?, ?)",
        ((post.id, place, *passage) for place, passage in enumerate(post.passages)),
    )
    db.conn.executemany(
        "insert into post_links (post_id, target) values (?, ?)", _rows(post.id, post.links)
    )
    db.execute(_ADD_PASSAGES, [post.id])
    db.execute(_ADD_POST, [post.id])


def _take_out(db: Database, post_id: int) -> None:
    """Take a post out: a full-text table over a view must be told the words that it forgets."""
    db.execute(_FORGET_PASSAGES, [post_id])
    db.execute(_FORGET_POST, [post_id])
    db.execute("delete from post_links where post_id = ?", [post_id])
    db.execute("delete from passages where post_id = ?", [post_id])
    db.execute("delete from indexed_posts where id = ?", [post_id])


_ADD_PASSAGES = """
insert into passage_words (rowid, title, heading, text)
select id, title, heading, text from passage_texts where post_id = ?
"""
_FORGET_PASSAGES = """
insert into passage_words (passage_words, rowid, title, heading, text)
select 'delete', id, title, heading, text from passage_texts where post_id = ?
"""
_ADD_POST = """
insert into post_words (rowid, title, about, text)
select id, title, about, text from post_texts where id = ?
"""
_FORGET_POST = """
insert into post_words (post_words, rowid, title, about, text)
select 'delete', id, title, about, text from post_texts where id = ?
"""


def _rows(post_id: int, targets: Iterable[str]) -> Iterable[tuple[int, str]]:
    return ((post_id, target) for target in dict.fromkeys(targets))
