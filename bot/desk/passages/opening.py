"""The index of passages for a command: the running bot's, or one made for the moment in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.blog.catalog import Catalog
from bot.blog.files.reading import read_body
from bot.blog.indexed import digest_of, indexed_post, is_indexed
from bot.core.post import Post
from bot.core.reading.passages import Passage, passages
from bot.core.site import Site
from bot.store.content.posts import record_posts
from bot.store.file.migrations import migrations
from bot.store.passages.index import index_posts, indexed_paths

AT_ONCE = 50
"""Essays that are put in between two moves of the progress bar."""


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An index of passages, and the essays that it is of.

    Attributes:
        db: With the tables of `bot.store.file.passage_tables`.
        catalog: The blog's posts; those that are in the index have ids.
        root: The folder that posts' paths are taken from.
    """

    db: Database
    catalog: Catalog
    root: Path

    def passages(self, post: Post) -> list[Passage]:
        """Return the passages of a post as its file has them now, in the order of the index."""
        return passages(read_body(self.root, post, self.catalog.site).markdown)


def open_index(
    posts: Sequence[Post],
    site: Site,
    root: Path,
    now: datetime,
    db: Database | None = None,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> OpenIndex:
    """Return the index of a blog.

    Args:
        posts: All of the blog, as they were read.
        root: The folder that their paths are taken from.
        db: The bot's own, open for reading. It is taken if it has every essay as it is now;
            otherwise one is made in memory.
        tell: Called with how many essays are in, and of how many.
    """
    known = _known(db, posts) if db is not None else None
    if db is not None and known is not None:
        return OpenIndex(db, Catalog(known, site), root)
    made = Database(memory=True)
    migrations.apply(made)
    stored = record_posts(made, posts, now).posts
    essays = [post for post in stored if is_indexed(post)]
    for start in range(0, len(essays), AT_ONCE):
        some = essays[start : start + AT_ONCE]
        with made.conn:
            index_posts(
                made, [indexed_post(post, read_body(root, post, site).markdown) for post in some]
            )
        tell(min(start + AT_ONCE, len(essays)), len(essays))
    return OpenIndex(made, Catalog(stored, site), root)


def _known(db: Database, posts: Sequence[Post]) -> list[Post] | None:
    """Return the posts with the ids that a database has for them; None if one is not up to date."""
    rows = indexed_paths(db)
    found: list[Post] = []
    for post in posts:
        row = rows.get(post.path)
        if row is not None and row.digest == digest_of(post):
            found.append(replace(post, id=row.id, essay_id=row.essay_id))
        elif is_indexed(post):
            return None
        else:
            found.append(post)
    return found
