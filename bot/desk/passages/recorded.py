"""What reads well together, from a database alone: for who exports it, beside a running bot."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.blog.catalog import Catalog
from bot.core.post import Post
from bot.core.site import Site
from bot.desk.passages.related import Named, Relating, named
from bot.store.content.readings import recorded_posts

Key = tuple[str, str]
"""The language and the slug of a post."""


def recorded_related(
    db: Database,
    keys: Iterable[Key],
    texts: Callable[[Post], Sequence[str]],
    now: datetime,
) -> Mapping[Key, list[Named]]:
    """Return what reads well with each of some posts; nothing of those that are not indexed.

    Drafts, and what is dated in the future, are never named, whatever the site builds.

    Args:
        db: In a transaction, so that all is of one moment.
        texts: Returns the passages of a post, for the words that tie.
    """
    catalog = Catalog(recorded_posts(db), Site())
    relating = Relating(catalog)
    by_key = {(post.lang, post.slug): post for post in catalog.posts}
    found = {}
    for key in keys:
        post = by_key.get(key)
        related = relating.related(db, post, now) if post is not None else []
        if post is not None and related:
            found[key] = named(post, related, texts(post))
    return found
