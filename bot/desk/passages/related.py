"""Which essays read well with one, and the words that tie them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.blog.catalog import Catalog
from bot.blog.indexed import is_indexed
from bot.blog.own_links import names_of
from bot.core.post import Post
from bot.core.text.folding import fold
from bot.core.text.function_words import function_stems
from bot.core.text.stems import term_of, words_and_stems
from bot.desk.passages.likeness import likenesses, rarities, weigh, weightiest
from bot.store.passages.counts import (
    count_passages,
    count_passages_with,
    count_posts,
    count_posts_with,
)
from bot.store.passages.whole_posts import (
    links_from,
    links_holding,
    posts_sharing,
    terms_of_posts,
)

MOST = 5
"""Essays that are named beside one."""

TIES = 3
"""Words that are given for a pair."""

SHORTEST_TIE = 3
"""Letters of a word that is given, in a script that has small ones."""

TELLING, TELLING_ANYWHERE = 0.03, 4
"""The share of all passages, and how many more, in which a word that is given may stand."""

LOOKED_AT = 30
"""Stems of a pair among which those are looked for."""

BEGINNING = 5
"""Letters by which two words that are given differ: *infinite* says no more than *infinity*."""

ASKED_WITH = 40
"""The weightiest stems of an essay, by which others are looked for."""

MOST_SHARING = 500
"""Essays that may have a stem by which others are looked for: more take long to go through."""

COMPARED = 60
"""Essays that are compared word by word."""

EARLIER = 1.4
"""What an essay counts that was there when the other was written: authors link back.

This and `NEXT` were set by hand: of some twenty links in as many strangers' blogs nearly all led
back, most of them over a few weeks. Without dates they do nothing.
"""

NEXT, NEAR = 0.6, 6
"""What the essay just before or after counts more, and after how many essays half of that."""

MOST_COUNTED = 200_000
"""Stems of which it is kept how rare they are, in some twenty megabytes."""

_HIGHEST = 3.0
"""More than any likeness with all that it is multiplied by."""


class Related(NamedTuple):
    """An essay that reads well with another.

    Attributes:
        score: Above 1 if one of the two links to the other; else below.
        ties: Stems that both have, those that tie them most first.
    """

    post: Post
    score: float
    ties: tuple[str, ...]


class Relating:
    """Finds related essays in a catalog; for where the database is read, off the loop."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._rare: dict[str, float] = {}
        self._known: set[str] = set()
        self._indexed = 0
        self._places: dict[int, int] = {}
        self._totals: Counter[str] = Counter()
        places: Counter[str] = Counter()
        for post in catalog.posts:
            if is_indexed(post) and post.id is not None:
                self._totals[_primary(post)] += 1
                if post.due is not None:
                    self._places[post.id] = places[post.lang]
                    places[post.lang] += 1

    def related(self, db: Database, post: Post, now: datetime, limit: int = MOST) -> list[Related]:
        """Return the public essays that read best with one, in its language, the best first.

        Essays that link to it or that it links to come before all others; its translations never.
        None while the index does not have it.
        """
        found = terms_of_posts(db, {post.id or 0})
        own = found.get(post.id or 0)
        if own is None:
            return []
        asked = weigh(own)
        rare = self._rarities(db, post, [asked.weights])
        own_rare = {stem: rare[stem] for stem in asked.weights if stem in rare}
        best = weightiest(asked, _quickly_found(own_rare, self._total(post)), ASKED_WITH)
        linked = self._linked(db, post)
        ids = {*posts_sharing(db, best, COMPARED), *linked}
        others = {key for key in ids if self._is_shown(key, post, now)}
        compared = {key: weigh(one) for key, one in terms_of_posts(db, others).items()}
        rare = self._rarities(
            db, post, [asked.weights, *(one.weights for one in compared.values())]
        )
        related = []
        for key, (score, shared) in likenesses(asked, compared, rare).items():
            other = self.catalog.by_id(key)
            if other is not None and (shared or key in linked):
                near = min(1.0, score * self._nearness(post, other) / _HIGHEST)
                related.append(Related(other, round(near + (key in linked), 4), shared))
        related.sort(key=lambda one: (-one.score, one.post.path))
        return _with_telling_ties(db, related[:limit])

    def _rarities(
        self, db: Database, post: Post, essays: Iterable[Mapping[str, object]]
    ) -> Mapping[str, float]:
        """Return how rare stems are, of essays in a post's language and of those before.

        It is kept, since to count the essays that have a stem is what takes long.
        """
        indexed = count_posts(db)
        if indexed != self._indexed or len(self._known) > MOST_COUNTED:
            self._rare, self._known, self._indexed = {}, set(), indexed
        rare, known = self._rare, self._known
        if new := set[str]().union(*(one.keys() - known for one in essays)):
            rare |= rarities(count_posts_with(db, new), self._total(post))
            known |= new
        return rare

    def _total(self, post: Post) -> int:
        """Return how many essays there are in a post's language."""
        return self._totals[_primary(post)]

    def _linked(self, db: Database, post: Post) -> set[int]:
        """Return the posts that one links to, or that link to it."""
        links = self.catalog.own_links
        found = {links.target(post, address) for address in links_from(db, post.id or 0)}
        ids = {one.id for one in found if one is not None}
        for key, address in links_holding(db, names_of(post)):
            source = self.catalog.by_id(key)
            if source is not None and links.target(source, address) == post:
                ids.add(key)
        return {key for key in ids if key is not None}

    def _is_shown(self, key: int, post: Post, now: datetime) -> bool:
        other = self.catalog.by_id(key)
        return (
            other is not None
            and other.kind == "essay"
            and (other.lang, other.essay == post.essay) == (post.lang, False)
            and self.catalog.is_public(other, now)
        )

    def _nearness(self, post: Post, other: Post) -> float:
        """Return what two essays count for when they were written."""
        here, there = self._places.get(post.id or 0), self._places.get(other.id or 0)
        if here is None or there is None:
            return 1.0
        apart = abs(there - here) - 1
        earlier = EARLIER if there > here else 1.0
        return earlier * (1 + NEXT * NEAR / (NEAR + max(0, apart)))


def _quickly_found(rare: Mapping[str, float], total: int) -> Mapping[str, float]:
    """Return the stems that few enough essays have; all, if there are hardly such."""
    least = rarities({"": MOST_SHARING}, total).get("", 0.0)
    found = {stem: how for stem, how in rare.items() if how >= least}
    return found if len(found) >= ASKED_WITH else rare


def _with_telling_ties(db: Database, related: list[Related]) -> list[Related]:
    """Return what was found without the ties that many passages have, such as *before*."""
    few = [one._replace(ties=one.ties[:LOOKED_AT]) for one in related]
    counts = count_passages_with(db, {stem for one in few for stem in one.ties})
    most = TELLING * count_passages(db) + TELLING_ANYWHERE
    return [
        one._replace(ties=tuple(s for s in one.ties if counts.get(s, 0) <= most)) for one in few
    ]


class Named(NamedTuple):
    """An essay that reads well with another, with what ties them as people read it.

    Attributes:
        because: At most `TIES` words; none if they share none and are only linked.
    """

    post: Post
    score: float
    because: tuple[str, ...]


def named(post: Post, found: Iterable[Related], passages: Iterable[str]) -> list[Named]:
    """Return what was found with the words that tie it to a post, as that one writes them.

    Args:
        passages: The post's.
    """
    forms = _forms([*passages, post.title, post.description, *post.tags], post.lang)
    empty = {term_of(stem, post.lang) for stem in function_stems(post.lang)}
    return [Named(one.post, one.score, _in_words(one.ties, forms, empty)) for one in found]


def _forms(texts: Iterable[str], lang: str) -> dict[str, Counter[str]]:
    """Return the forms in which each stem stands in some texts."""
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        for word, stem in words_and_stems(text, lang):
            forms.setdefault(term_of(stem, lang), Counter())[word] += 1
    return forms


def _in_words(
    ties: Iterable[str], forms: Mapping[str, Counter[str]], empty: AbstractSet[str]
) -> tuple[str, ...]:
    """Return the first few stems as words, of words that begin alike only the first."""
    words: dict[str, str] = {}
    for stem in ties:
        if stem in forms and stem not in empty and len(words) < TIES:
            word = _usual(forms[stem])
            if _is_telling(word):
                words.setdefault(fold(word)[:BEGINNING], word)
    return tuple(words.values())


def _usual(forms: Counter[str]) -> str:
    """Return the shortest of the forms in which a word often stands, small if it ever is."""
    counts: Counter[str] = Counter()
    small = {form for form in forms if form[:1].islower()}
    for form, count in forms.items():
        lower = form[:1].lower() + form[1:]
        counts[lower if lower in small else form] += count
    most = max(counts.values())
    often = (form for form, count in counts.items() if 2 * count >= most)
    return min(often, key=lambda form: (len(form), -counts[form], form))


def _is_telling(word: str) -> bool:
    return not word.isdigit() and (len(word) >= SHORTEST_TIE or not word.isascii())


def _primary(post: Post) -> str:
    return post.lang.partition("-")[0]
