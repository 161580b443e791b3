"""Two responses that never meet, and both meet a passage of a third essay (Swanson's ABC)."""

from collections.abc import Callable, Iterable, Mapping
from heapq import nlargest
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

ROUNDED = 0.001
"""To what scores are rounded: those that differ by less may be the same."""

ROUNDING = 1e-6
"""How far sums in another order may differ."""

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


class Bridges:
    """Finds bridges in a corpus.

    Args:
        may_pair: Tells whether two responses may meet in a passage of a post.
        most: Bridges that are looked for in all.
    """

    def __init__(
        self,
        db: Database,
        corpus: Corpus,
        may_pair: Callable[[Said, Said, int], bool],
        most: int,
    ) -> None:
        self._most = most
        self._db = db
        self._corpus = corpus
        self._may_pair = may_pair
        self._says = [self._says_of(number) for number in range(len(corpus.terms))]

    def _says_of(self, number: int) -> float:
        """Return what a stem says where few passages have it; 0 where none leads to one."""
        corpus = self._corpus
        is_narrow = 0 < corpus.share_of_passages(number) <= WIDEST
        if not corpus.weights[number] or not corpus.is_told(number) or not is_narrow:
            return 0.0
        return corpus.rarity_in_passages(number) * (0.3 + 0.7 * corpus.weights[number])

    def of(self, place: int, least: float) -> dict[int, Bridge]:
        """Return the best bridge from a response to each other one, of the best by their places.

        Args:
            least: The score below which none is looked for.
        """
        corpus = self._corpus
        one = corpus.said[place]
        mine = self._weights(one, one.terms)
        asked = sorted(mine, key=lambda number: (-mine[number], corpus.terms[number]))[:ASKED_WITH]
        found: dict[int, Bridge] = {}
        full = 2 * self._most
        for passage in passages_sharing(self._db, [corpus.terms[n] for n in asked], MOST_PASSAGES):
            numbers = {n for term in passage.terms if (n := corpus.number_of(term)) is not None}
            here = {number: mine[number] for number in numbers & mine.keys()}
            if sum(here.values()) <= LEAST:
                continue
            crossing = Crossing(passage, here, least)
            leading = [
                number
                for number in numbers - here.keys()
                if self._says[number] and len(corpus.holders[number]) <= MOST_HOLDERS
            ]
            for other, most in self._within(crossing, leading):
                if most < crossing.asked:
                    break
                if not self._may_meet(place, other, passage):
                    continue
                bridge = self._bridge(crossing, (one, corpus.said[other]), other, leading)
                if bridge and (other not in found or bridge.score > found[other].score):
                    found[other] = bridge
                    if len(found) >= full:
                        found, least = _best(found, self._most)
                        full = len(found) + self._most
                        crossing = Crossing(passage, here, least)
        return found

    def _may_meet(self, place: int, other: int, passage: Place) -> bool:
        """Return whether two responses may meet in a passage, and were not looked at before."""
        one, second = self._corpus.said[place], self._corpus.said[other]
        is_known = other == place or (second.is_new and other < place)
        return not is_known and self._may_pair(one, second, passage.post_id)

    def _weights(self, said: Said, numbers: Iterable[int]) -> dict[int, float]:
        """Return what each of some stems says in a response, of those that lead to passages."""
        factor, says = self._corpus.factor, self._says
        return {n: says[n] * factor(said.post_id, n) for n in numbers if says[n]}

    def _within(self, crossing: "Crossing", leading: Iterable[int]) -> list[tuple[int, float]]:
        """Return who may share enough of some stems with a passage, and how much at most.

        Those that share only stems which together say too little are not gone through.
        """
        says, holders, asked = self._says, self._corpus.holders, crossing.asked
        rest, shared = 0.0, dict[int, float]()
        for number in sorted(leading, key=says.__getitem__):
            if rest + says[number] < asked:
                rest += says[number]
                continue
            for other in holders[number]:
                shared[other] = shared.get(other, rest) + says[number]
        return sorted(shared.items(), key=lambda item: -item[1])

    def _bridge(
        self, crossing: "Crossing", ends: tuple[Said, Said], other: int, leading: Iterable[int]
    ) -> Bridge | None:
        """Return the bridge between two responses, if both share enough with the passage."""
        second = ends[1]
        terms = set(second.terms)
        there = self._weights(second, [number for number in leading if number in terms])
        left = {number: how for number, how in crossing.here.items() if number not in terms}
        weights = sum(left.values()), sum(there.values())
        if min(weights) <= LEAST or crossing.score(weights, MOST_OF_FIELDS) < crossing.least:
            return None
        score = crossing.score(weights, self._of_fields(crossing.passage, ends))
        return Bridge(score, other, crossing.passage, _first(left), _first(there))

    def _of_fields(self, passage: Place, ends: tuple[Said, Said]) -> float:
        """Return what it says that a passage and two responses speak of the same fields."""
        rarity = self._corpus.field_rarity
        spoken = {name for term in passage.terms for name in fields_of(term)}
        return min(
            sum(rarity[name] / 2 for name in self._corpus.fields(end) if name in spoken)
            for end in ends
        )


class Crossing:
    """A passage, as one response meets it.

    Attributes:
        here: What each stem says that the response shares with it.
        least: The score below which no bridge is looked for.
        asked: What another response has to share with it at least.
    """

    def __init__(self, passage: Place, here: Mapping[int, float], least: float) -> None:
        self.passage = passage
        self.here = here
        self.least = least
        self._length = 1 + len(set(passage.terms)) / LONG
        own = sum(here.values())
        wanted = least * self._length - OF_FIELDS * MOST_OF_FIELDS
        as_weaker, as_stronger = wanted - GREATER * own, (wanted - own) / GREATER
        enough = as_weaker if as_weaker <= own else as_stronger
        self.asked = max(LEAST, enough) - ROUNDING

    def score(self, weights: tuple[float, float], of_fields: float) -> float:
        """Return how strong a bridge is between two responses that share so much with it."""
        score = min(weights) + GREATER * max(weights) + OF_FIELDS * min(of_fields, MOST_OF_FIELDS)
        return score / self._length


def _best(found: Mapping[int, Bridge], most: int) -> tuple[dict[int, Bridge], float]:
    """Return the best of what was found, and all that is as good; and below what is none of it."""
    least = nlargest(most, (bridge.score for bridge in found.values()))[-1] - ROUNDED
    return {other: bridge for other, bridge in found.items() if bridge.score >= least}, least


def _first(weights: Mapping[int, float]) -> tuple[int, ...]:
    return tuple(sorted(weights, key=lambda number: (-weights[number], number)))
