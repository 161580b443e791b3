"""How alike two essays are by their words: a cosine of rare stems, and what tells more.

The numbers were chosen on links that authors set between pages of their own, by
``python -m tests.eval.related``; small changes of any of them change little.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from bot.store.passages.whole_posts import PostTerms

TITLE, HEADING, ABOUT = 5, 2, 2
"""How much a stem in the title, a heading, or a tag or the description counts in the text."""

OFTEN = 0.9
"""The power of a stem's weight in an essay: one that stands there ten times counts eight."""

RARE = 1.25
"""The power of how rare a stem is."""

PIVOT = 0.75
"""How far long essays are held back; the rest of their length counts as everybody's."""

PASSAGE = 0.2
"""What the likeness of one passage counts beside that of the whole: links are set in a place."""

NAMED = 0.1
"""What it counts that an essay's text has the words of the other's title."""

FEWEST_WORDS = 5
"""Stems of a passage that is compared by itself."""

Rarity = Mapping[str, float]
"""By stem, how rare it is; those that stand in one essay alone are left out."""


class Likeness(NamedTuple):
    """How alike an essay is to the one that was asked for.

    Attributes:
        shared: The stems that both have, by what they add, the most first.
    """

    score: float
    shared: tuple[str, ...]


def rarities(counts: Mapping[str, int], total: int) -> dict[str, float]:
    """Return how rare stems are.

    Args:
        counts: In how many essays each stands.
        total: How many essays there are in the language.
    """
    return {
        stem: math.log((total + 1) / (count + 0.5)) ** RARE
        for stem, count in counts.items()
        if 1 < count <= total
    }


class Weighed(NamedTuple):
    """An essay as it is compared.

    Attributes:
        weights: How much of it each of its stems is, whether it is rare or not.
        passages: The stems of each.
    """

    title: frozenset[str]
    weights: Mapping[str, float]
    passages: list[list[str]]


def weigh(post: PostTerms) -> Weighed:
    """Return an essay as it is compared."""
    counts = Counter(chain.from_iterable(post.passages))
    for stems, weight in (
        (post.title, TITLE),
        (post.about, ABOUT),
        *((heading, HEADING) for heading in post.headings),
    ):
        for stem in stems:
            counts[stem] += weight
    powers = {count: count**OFTEN for count in set(counts.values())}
    weights = {stem: powers[count] for stem, count in counts.items()}
    return Weighed(frozenset(post.title), weights, post.passages)


def weightiest(post: Weighed, rare: Rarity, limit: int) -> list[str]:
    """Return the stems that an essay is best found by."""
    known = _rare(post.weights, rare)
    return sorted(known, key=lambda stem: (-known[stem], stem))[:limit]


def likenesses(post: Weighed, others: Mapping[int, Weighed], rare: Rarity) -> dict[int, Likeness]:
    """Return how alike each of some essays is to one.

    Args:
        others: By id; a few dozen of those that share most with it.
        rare: Of all stems of all of them.
    """
    asked = _unit(_rare(post.weights, rare))
    passages = [
        _unit(_rare({stem: math.sqrt(count) for stem, count in Counter(one).items()}, rare))
        for one in post.passages
        if len(set(one)) >= FEWEST_WORDS
    ]
    lengths = _levelled({key: _rare_length(other.weights, rare) for key, other in others.items()})
    found = {}
    for key, other in others.items():
        weights, length = other.weights, lengths[key]
        vector = {stem: weights[stem] * rare[stem] / length for stem in asked if stem in weights}
        parts = {stem: asked[stem] * weight for stem, weight in vector.items()}
        best = max((_product(passage, vector) for passage in passages), default=0.0)
        named = _share(other.title, asked, rare) ** 2
        shared = tuple(sorted(parts, key=lambda stem: (-parts[stem], stem)))
        score = math.fsum(parts.values()) + PASSAGE * best + NAMED * named
        found[key] = Likeness(score, shared)
    return found


def _rare(weighed: Mapping[str, float], rare: Rarity) -> dict[str, float]:
    return {stem: weight * rare[stem] for stem, weight in weighed.items() if stem in rare}


def _length(vector: Mapping[str, float]) -> float:
    return math.sqrt(sum([weight * weight for weight in vector.values()]))


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = _length(vector) or 1.0
    return {stem: weight / length for stem, weight in vector.items()}


def _rare_length(weighed: Mapping[str, float], rare: Rarity) -> float:
    """Return the length of what `_rare` returns, without making that."""
    parts = [weight * rare[stem] for stem, weight in weighed.items() if stem in rare]
    return math.sqrt(sum([part * part for part in parts]))


def _levelled(lengths: Mapping[int, float]) -> dict[int, float]:
    """Return by what to divide vectors, so that the long ones stay a little longer than others."""
    mean = math.fsum(lengths.values()) / max(1, len(lengths))
    return {key: (1 - PIVOT) * mean + PIVOT * length or 1.0 for key, length in lengths.items()}


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum([weight * other[stem] for stem, weight in one.items() if stem in other])


def _share(title: Iterable[str], words: Mapping[str, float], rare: Rarity) -> float:
    """Return how much of a title, by how rare its stems are, is among some words."""
    stems = [stem for stem in title if stem in rare]
    whole = math.fsum(rare[stem] for stem in stems)
    return math.fsum(rare[stem] for stem in stems if stem in words) / whole if whole else 0.0
