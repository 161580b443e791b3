"""The words of a passage, in its own language or in a translation that has it too."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

from bot.blog.blog import Blog
from bot.core.post import Post
from bot.core.reading.passages import Passage, passages, told_together
from bot.core.text.fragments import with_fragment
from bot.discussion.messages.asking import Quotation

AT_HAND = 20
"""Essays whose passages stay in memory: the same few are asked again, and their translations."""


class Passages:
    """Reads passages from the files of essays that readers can read now."""

    def __init__(self, blog: Blog) -> None:
        self._blog = blog
        self._read: dict[tuple[str, str], list[Passage]] = {}

    def is_readable(self, post: Post) -> bool:
        """Return whether a post is an essay that everybody can read on the blog now."""
        return post.kind == "essay" and self._blog.catalog.is_public(post, datetime.now(UTC))

    async def quote(self, post: Post, places: range, langs: Sequence[str] = ()) -> Quotation | None:
        """Return passages side by side, in the first of some languages in which the essay has them.

        A translation has them if it has as many passages under as many headings: then they stand
        at the same places. Otherwise it is named, for who would rather read that.

        Returns:
            None if they are not there any more, or may not be read.
        """
        there = await self._of(post) if self.is_readable(post) else []
        if not places or places[-1] >= len(there):
            return None
        other = self._translation(post, langs)
        if other is None:
            return _quotation(post, places, there)
        name = self._blog.site.language_name
        translated = await self._of(other)
        if _shape(translated) != _shape(there):
            return _quotation(post, places, there, (name(other.lang), other))
        return _quotation(other, places, translated, (name(post.lang), post))

    def _translation(self, post: Post, langs: Sequence[str]) -> Post | None:
        """Return the readable translation that stands before a post in the order of languages."""
        wanted = {lang.partition("-")[0] for lang in langs}
        order = [one for one in self._blog.catalog.order(langs) if one.partition("-")[0] in wanted]
        own = order.index(post.lang) if post.lang in order else len(order)
        there = {one.lang: one for one in self._blog.catalog.translations(post)}
        preferred = (there[lang] for lang in order[:own] if lang in there)
        return next((one for one in preferred if self.is_readable(one)), None)

    async def _of(self, post: Post) -> list[Passage]:
        """Return the passages of a post; those of the essays that were asked last are at hand."""
        key = (post.path, post.digest)
        found = self._read.pop(key, None)
        if found is None:
            text = await self._blog.body(post, datetime.now(UTC))
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(None, passages, text.markdown)
        self._read[key] = found
        if len(self._read) > AT_HAND:
            del self._read[next(iter(self._read))]
        return found


def _shape(found: Sequence[Passage]) -> tuple[bool, ...]:
    """Return before which passages a heading stands: what two translations share."""
    headings = ["", *(one.heading for one in found)]
    return tuple(before != after for before, after in pairwise(headings))


def _quotation(
    post: Post, places: range, found: Sequence[Passage], other: tuple[str, Post] | None = None
) -> Quotation:
    text = told_together(found, places)
    url = with_fragment(post.url, text) if post.url else None
    return Quotation(post, places, found[places.start].heading, text, url, other)
