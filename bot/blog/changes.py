"""What is different between two readings of a blog."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.post import Post


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh found, told apart by path.

    Attributes:
        added: New, or at a new path.
        changed: As they are now.
        removed: As they were.
    """

    added: tuple[Post, ...] = ()
    changed: tuple[Post, ...] = ()
    removed: tuple[Post, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes_between(before: Iterable[Post], after: Iterable[Post]) -> Changes:
    """Return what `after` has that `before` has not, and the other way round."""
    old = {post.path: post for post in before}
    new = {post.path: post for post in after}
    return Changes(
        added=tuple(post for path, post in new.items() if path not in old),
        changed=tuple(post for path, post in new.items() if path in old and old[path] != post),
        removed=tuple(post for path, post in old.items() if path not in new),
    )
