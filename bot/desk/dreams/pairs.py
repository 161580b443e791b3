"""Two responses that speak of the same: they share rare words, or words of the same field."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.desk.dreams.corpus import Corpus, Said

LEAST = 0.1
"""What a shared word must say, from 0 to 1, to count at all."""

MOST_HOLDERS = 400
"""Responses that have a word by which others are looked for: one that more have ties nobody."""

MOST_SPEAKERS = 4_000
"""Responses that speak of a field by which others are looked for."""

COMPARED = 80
"""Responses that are compared with each new one word by word."""

SAME_WORD = 0.4
"""What a field counts of which one has only a word that the other has: it counts by itself."""

FADING = 0.35
"""What each further field counts of the one before."""

FIELDS = 0.6
"""What fields count beside words."""

ALONE, ENOUGH = 0.45, 0.6
"""What a word counts that nothing else supports, and how much support lets it count in full."""


class Tie(NamedTuple):
    """What ties a response to another.

    Attributes:
        words: Numbers of the stems that both have, those that tie most first.
        fields: The fields that both speak of, the same way.
    """

    score: float
    words: tuple[int, ...]
    fields: tuple[str, ...]


def candidates(corpus: Corpus, place: int, may_pair: Callable[[Said, Said], bool]) -> list[int]:
    """Return the responses that may be tied to one, as places, those that share most first."""
    one = corpus.said[place]
    shared: defaultdict[int, float] = defaultdict(float)
    for number in one.terms:
        weight = corpus.weights[number] * corpus.factor(one.post_id, number)
        holders = corpus.holders[number]
        if weight > LEAST and len(holders) <= MOST_HOLDERS:
            for other in holders:
                shared[other] += weight
    for name, words in corpus.fields(one).items():
        speakers = corpus.speakers.get((one.lang, name), ())
        if words and len(speakers) <= MOST_SPEAKERS:
            weight = corpus.field_rarity[name] * corpus.field_factor(one.post_id, name)
            for other in speakers:
                shared[other] += weight
    found = [
        other
        for other, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        if may_pair(one, corpus.said[other]) and (not corpus.said[other].is_new or other > place)
    ]
    return found[:COMPARED]


def tie(corpus: Corpus, one: Said, other: Said, texts: Callable[[int], str]) -> Tie:
    """Return what ties two responses.

    Args:
        texts: Returns what a response says.
    """
    words = list(_words(corpus, one, other, texts))
    fields = _fields(corpus, one, other)
    weights = [weight for weight, _ in words[:4]]
    of_fields = sum(weight * FADING**place for place, (weight, _) in enumerate(fields[:4]))
    support = sum(weights[1:3]) + FADING * of_fields
    score = sum(weights) * min(1.0, ALONE + (1 - ALONE) * support / ENOUGH) + FIELDS * of_fields
    return Tie(score, tuple(number for _, number in words), tuple(name for _, name in fields))


def _words(
    corpus: Corpus, one: Said, other: Said, texts: Callable[[int], str]
) -> Iterator[tuple[float, int]]:
    """Yield the stems that both have with their weights; of a phrase that both have only one."""
    shared = []
    for number in set(one.terms) & set(other.terms):
        weight = corpus.weights[number]
        if weight > LEAST and corpus.is_told(number):
            weight *= corpus.factor(one.post_id, number) * corpus.factor(other.post_id, number)
            if weight > LEAST:
                shared.append((weight, number))
    shared.sort(key=lambda item: (-item[0], corpus.terms[item[1]]))
    phrases: set[tuple[str, str]] = set()
    if shared[1:]:
        phrases = corpus.pairs_in(one, texts(one.id)) & corpus.pairs_in(other, texts(other.id))
    kept: list[str] = []
    for weight, number in shared:
        term = corpus.terms[number]
        if not any((term, each) in phrases or (each, term) in phrases for each in kept):
            kept.append(term)
            yield weight, number


def _fields(corpus: Corpus, one: Said, other: Said) -> list[tuple[float, str]]:
    mine, theirs = corpus.fields(one), corpus.fields(other)
    found = []
    for name in mine.keys() & theirs.keys():
        here, there = mine[name], theirs[name]
        weight = corpus.field_rarity[name] * (min(len(here), 3) * min(len(there), 3)) ** 0.5
        weight *= corpus.field_factor(one.post_id, name) * corpus.field_factor(other.post_id, name)
        if min(len(here), len(there)) == 1 and here & there:
            weight *= SAME_WORD
        found.append((weight, name))
    return sorted(found, key=lambda item: (-item[0], item[1]))
