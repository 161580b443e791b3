"""Two responses that never meet, and both meet a passage of a third essay (Swanson's ABC)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlite_utils import Database

from bot.desk.dreams.corpus import Corpus, Said
from bot.desk.dreams.lexicon import fields_of
from bot.store.dreams.material import Place, passages_sharing

ASKED_WITH = 12
"""The weightiest stems of a response, by which passages are looked for."""

MOST_PASSAGES = 120
"""Passages that are looked at for each new response."""

WIDEST = 0.02
"""The greatest share of all passages that may have a stem which leads to one."""

MOST_HOLDERS = 300
"""Responses that have a stem by which the other end is looked for."""

LEAST = 0.2
"""What each end must share with the passage."""

GREATER = 0.25
"""What the end counts that shares more: a chain is as strong as its weaker link, nearly."""

OF_FIELDS, MOST_OF_FIELDS = 0.15, 1.5
"""What it counts that the passage and both ends speak of the same fields, and how far."""

LONG = 150
"""Stems of a passage that counts half: many words meet anything."""


class Bridge(NamedTuple):
    """A passage between two responses.

    Attributes:
        other: The second response, as a place.
        here: The stems that the first shares with the passage, by number, the weightiest first.
        there: Those of the second.
    """

    score: float
    other: int
    passage: Place
    here: tuple[int, ...]
    there: tuple[int, ...]


def bridges(
    db: Database, corpus: Corpus, place: int, may_pair: Callable[[Said, Said, int], bool]
) -> dict[int, Bridge]:
    """Return the best bridge from a response to each other one, by the other's place.

    Args:
        may_pair: Tells whether two responses may meet in a passage of a post.
    """
    one = corpus.said[place]
    mine = _weights(corpus, one)
    asked = sorted(mine, key=lambda number: (-mine[number], corpus.terms[number]))[:ASKED_WITH]
    found: dict[int, Bridge] = {}
    for passage in passages_sharing(db, [corpus.terms[n] for n in asked], MOST_PASSAGES):
        numbers = {n for term in passage.terms if (n := corpus.number_of(term)) is not None}
        here = {number: mine[number] for number in numbers & mine.keys()}
        if sum(here.values()) <= LEAST:
            continue
        for other, there in _others(corpus, place, numbers - here.keys()).items():
            second = corpus.said[other]
            if (second.is_new and other < place) or not may_pair(one, second, passage.post_id):
                continue
            also = set(here) & set(second.terms)
            left = {number: weight for number, weight in here.items() if number not in also}
            score = _score(corpus, passage, (one, second), left, there)
            if score and (other not in found or score > found[other].score):
                found[other] = Bridge(score, other, passage, _first(left), _first(there))
    return found


def _weights(corpus: Corpus, said: Said) -> dict[int, float]:
    """Return what each stem of a response says that few passages have."""
    found = {}
    for number in said.terms:
        if corpus.is_told(number) and 0 < corpus.share_of_passages(number) <= WIDEST:
            weight = corpus.rarity_in_passages(number) * corpus.factor(said.post_id, number)
            weight *= 0.3 + 0.7 * corpus.weights[number]
            if corpus.weights[number]:
                found[number] = weight
    return found


def _others(corpus: Corpus, place: int, numbers: set[int]) -> Mapping[int, dict[int, float]]:
    """Return the other responses that share stems with a passage, and what these say."""
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for number in numbers:
        holders = corpus.holders[number]
        if (
            len(holders) > MOST_HOLDERS
            or not corpus.weights[number]
            or corpus.share_of_passages(number) > WIDEST
            or not corpus.is_told(number)
        ):
            continue
        weight = corpus.rarity_in_passages(number) * (0.3 + 0.7 * corpus.weights[number])
        for other in holders:
            if other != place:
                factor = corpus.factor(corpus.said[other].post_id, number)
                found[other][number] = weight * factor
    return found


def _score(
    corpus: Corpus,
    passage: Place,
    ends: tuple[Said, Said],
    here: Mapping[int, float],
    there: Mapping[int, float],
) -> float:
    """Return how strong a bridge is; 0 if one of its ends hardly meets the passage."""
    weights = sum(here.values()), sum(there.values())
    if min(weights) <= LEAST:
        return 0.0
    spoken = {name for term in passage.terms for name in fields_of(term)}
    of_fields = min(
        sum(corpus.field_rarity[name] / 2 for name in corpus.fields(end) if name in spoken)
        for end in ends
    )
    score = min(weights) + GREATER * max(weights) + OF_FIELDS * min(of_fields, MOST_OF_FIELDS)
    return score / (1 + len(set(passage.terms)) / LONG)


def _first(weights: Mapping[int, float]) -> tuple[int, ...]:
    return tuple(sorted(weights, key=lambda number: (-weights[number], number)))
