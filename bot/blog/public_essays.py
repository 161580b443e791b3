"""The essays that are public at a moment, ordered by a reader's languages."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from itertools import accumulate

from rapidfuzz import fuzz, process

from bot.core.post import Post
from bot.core.site import Site
from bot.core.text.folding import fold

LEAST_LIKENESS = 75
"""Of 100: below it, what is offered for a misspelt name looks like noise."""

_OLDEST = datetime.min.replace(tzinfo=UTC)


def is_public(post: Post, site: Site, now: datetime) -> bool:
    """Return whether readers can see `post` on the blog at `now`; one without a date always is."""
    return (
        (site.drafts or not post.draft)
        and (site.future or post.due is None or post.due <= now)
        and (site.expired or post.expires is None or post.expires > now)
    )


def newest_first(posts: Iterable[Post]) -> list[Post]:
    """Return `posts` by date, the newest first and those without a date last."""
    by_path = sorted(posts, key=lambda post: post.path)
    return sorted(by_path, key=lambda post: post.due or _OLDEST, reverse=True)


class Shelf:
    """The public essays of a site at a moment, each in the first of a reader's languages.

    Building one takes milliseconds for each thousand posts; asking it takes none.
    """

    def __init__(
        self, posts: Sequence[Post], site: Site, order: Sequence[str], now: datetime
    ) -> None:
        """Take `posts` newest first and `order`, every language of theirs, the preferred first."""
        self._rank = {lang: rank for rank, lang in enumerate(order)}
        self._since = now
        self._until = min((when for when in _changes(posts) if when > now), default=None)
        essays = [post for post in posts if post.kind == "essay" and is_public(post, site, now)]
        groups: dict[str, list[Post]] = {}
        for post in essays:
            groups.setdefault(post.essay, []).append(post)
        ranked = [sorted(group, key=self._by_rank) for group in groups.values()]
        self.posts = tuple(group[0] for group in ranked)
        self._shown = [(post, number) for number, group in enumerate(ranked) for post in group]
        self._titles = _Lines([haystack(post) for post, _ in self._shown])
        self._by_tag: dict[str, list[Post]] = {}
        names: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for post in self.posts:
            for tag in post.tags:
                self._by_tag.setdefault(fold(tag), []).append(post)
                names[fold(tag)][tag] += 1
        named = [
            (min(names[tag], key=lambda name: (-names[tag][name], name)), len(found), tag)
            for tag, found in self._by_tag.items()
        ]
        named.sort(key=lambda one: (-one[1], one[2]))
        self.tags = tuple((name, count) for name, count, _ in named)
        self._tag_names = _Lines([f" {tag}" for _, _, tag in named])

    def with_posts(self, changed: Mapping[str, Post]) -> "Shelf":
        """Return a shelf with other posts at some paths, which differ in nothing it looks at."""
        shelf = copy(self)
        shelf._swap(changed)  # noqa: SLF001  # a shelf of our own
        return shelf

    def _swap(self, changed: Mapping[str, Post]) -> None:
        self.posts = tuple(changed.get(post.path, post) for post in self.posts)
        self._shown = [(changed.get(post.path, post), number) for post, number in self._shown]
        self._by_tag = dict(self._by_tag)
        for tag in {fold(tag) for post in changed.values() for tag in post.tags}:
            found = self._by_tag.get(tag, [])
            self._by_tag[tag] = [changed.get(post.path, post) for post in found]

    def holds_at(self, now: datetime) -> bool:
        """Return whether the same posts are public at `now`."""
        return self._since <= now and (self._until is None or now < self._until)

    def tagged(self, tag: str) -> tuple[Post, ...]:
        """Return the essays with `tag`, however it is cased or accented, newest first."""
        return tuple(self._by_tag.get(fold(tag), ()))

    def complete_posts(self, typed: str, limit: int) -> list[Post]:
        """Return at most `limit` essays whose title or slug holds `typed`."""
        wanted = fold(typed.replace("-", " "))
        if not wanted:
            return list(self.posts[:limit])
        return self._essays(self._titles.matches(wanted, limit * len(self._rank)), limit)

    def near(self, text: str, limit: int) -> list[Post]:
        """Return at most `limit` essays whose title or slug has words like `text`, misspelt."""
        titles = dict(enumerate(self._titles.lines()))
        wanted = fold(text.replace("-", " "))
        return self._essays(_alike(wanted, titles, limit * len(self._rank)), limit)

    def complete_tags(self, typed: str, limit: int) -> list[tuple[str, int]]:
        """Return at most `limit` tags that hold `typed`, with the number of their essays."""
        return [self.tags[index] for index in self._tag_names.matches(fold(typed), limit)]

    def near_tags(self, text: str, limit: int) -> list[str]:
        """Return at most `limit` tags that hold `text`, or are like it, misspelt."""
        holding = self.complete_tags(text, limit)
        if holding:
            return [name for name, _ in holding]
        wanted = fold(text)
        tags = {
            index: tag
            for index, tag in enumerate(self._tag_names.lines())
            if len(wanted) < 2 * len(tag) or f"{tag} " in f" {wanted} "
        }  # otherwise a tag of two letters would be like all words that hold them
        return [self.tags[index][0] for index in _alike(wanted, tags, limit)]

    def _essays(self, shown: Iterable[int], limit: int) -> list[Post]:
        """Return at most `limit` essays, each in the first of its languages among those shown."""
        found: dict[int, Post] = {}
        for index in shown:
            post, number = self._shown[index]
            found.setdefault(number, post)
        return list(found.values())[:limit]

    def _by_rank(self, post: Post) -> int:
        return self._rank.get(post.lang, len(self._rank))


def haystack(post: Post) -> str:
    """Return what `post` is searched by: a space stands before each word."""
    return f" {fold(post.title)} {fold(post.slug.replace('-', ' '))}"


def _alike(wanted: str, texts: Mapping[int, str], limit: int) -> list[int]:
    """Return the keys of at most `limit` texts that have words like the wanted ones, misspelt."""
    scorer, least = fuzz.partial_ratio, LEAST_LIKENESS
    found = process.extract(wanted, texts, scorer=scorer, limit=limit, score_cutoff=least)
    return [key for _, _, key in found]


def _changes(posts: Iterable[Post]) -> Iterator[datetime]:
    """Yield each moment at which something becomes public or ceases to be."""
    for post in posts:
        if post.due is not None:
            yield post.due
        if post.expires is not None:
            yield post.expires


class _Lines:
    """Many short texts searched as one: finding a word in all of them is one search in C."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
        self._starts = list(starts) if lines else []

    def lines(self) -> list[str]:
        """Return the texts."""
        return self._text.split("\n") if self._starts else []

    def matches(self, wanted: str, limit: int) -> list[int]:
        """Return at most `limit` lines that hold `wanted`, those first where a word begins so."""
        if not self._starts:  # in a text without lines, "" is found all the same
            return []
        found = dict.fromkeys(self._holding(f" {wanted}", limit))
        if len(found) < limit:
            found |= dict.fromkeys(self._holding(wanted, limit + len(found)))
        return list(found)[:limit]

    def _holding(self, wanted: str, limit: int) -> list[int]:
        found: list[int] = []
        at = self._text.find(wanted)
        while at >= 0 and len(found) < limit:
            found.append(bisect_right(self._starts, at) - 1)
            end = self._text.find("\n", at)
            at = self._text.find(wanted, end) if end >= 0 else -1
        return found
