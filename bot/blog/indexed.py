"""What of a post goes into the index of passages."""

from bot.blog.index import code_digest
from bot.core.post import Post
from bot.core.reading.own_links import linked_addresses
from bot.core.reading.passages import passages
from bot.core.text.stems import terms
from bot.store.passages.index import IndexedPassage, IndexedPost


def is_indexed(post: Post) -> bool:
    """Return whether an essay's passages can be found; whether it is public now is asked then."""
    return post.kind == "essay" and not post.draft


def digest_of(post: Post) -> str:
    """Return what changes whenever a post's rows in the index would."""
    return f"{post.digest} {code_digest()}"


def indexed_post(post: Post, body: str) -> IndexedPost:
    """Return a post as the index has it.

    Args:
        post: With its id.
        body: Its Markdown.
    """
    if post.id is None:
        raise ValueError(f"{post.path} has no id")
    return IndexedPost(
        post.id,
        digest_of(post),
        terms(post.title, post.lang),
        terms(" ".join((*post.tags, post.description)), post.lang),
        tuple(
            IndexedPassage(terms(one.heading, post.lang), terms(one.text, post.lang))
            for one in passages(body)
        ),
        tuple(linked_addresses(body)),
    )
