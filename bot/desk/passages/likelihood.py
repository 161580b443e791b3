"""How well a passage goes with a question, in a few numbers that mean the same on every blog."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.core.text.stems import term_of
from bot.desk.passages.question import Concept, Question
from bot.desk.passages.word_lists import asking_stems
from bot.store.passages.finding import FoundPassage

WINDOW = 24
"""Words that stand together: about a sentence."""

_FULL = 70
"""Words of a passage of usual length."""


class Features(NamedTuple):
    """What a passage is judged by; the shares are of what the question's words count.

    Attributes:
        text: The share of what the passage says, less for one long or where a word stands once.
        covered: The share that stands in it at all.
        heading: The share in its heading.
        title: The share in its essay's title, tags and description.
        beside: The share that stands only in the passages beside it.
        together: The share in its best sentence or two.
        pairs: The share of pairs of neighbouring words of the question that are neighbours there.
        essay: How well the whole essay goes with the question, beside the one that does best.
        reached: The share in the passage, its heading and its title together.
        number: Whether a number was asked for and stands there.
        reason: Whether a reason was asked for and something is given as one.
        size: How long it is, up to the usual length.
    """

    text: float
    covered: float
    heading: float
    title: float
    beside: float
    together: float
    pairs: float
    essay: float
    reached: float
    number: float
    reason: float
    size: float


_SUMMED = ("text", "covered", "heading", "title", "beside", "reached")


def features(
    question: Question, passage: FoundPassage, beside: Iterable[FoundPassage], essay: float
) -> tuple[Features, tuple[float, ...]]:
    """Return what a passage is judged by, and how much of each word is in its reach.

    Args:
        beside: The passages before and after it.
        essay: From 0 to 1.
    """
    words = passage.text.split()
    counts, weight = Counter(words), question.weight or 1.0
    heading, title = set(passage.heading.split()), {*passage.title.split(), *passage.about.split()}
    around = {word for one in beside for word in f"{one.text} {one.heading}".split()}
    length = 0.4 + 0.6 * len(words) / _FULL
    sums = dict.fromkeys(_SUMMED, 0.0)
    reach: list[float] = []
    stands_for = _stands_for(question)
    for concept in question.concepts:
        there = worth(concept, counts)
        in_heading, in_title = worth(concept, heading), worth(concept, title)
        count = max([counts[term] for term in concept.terms if term in counts], default=0)
        sums["text"] += concept.rarity * there * 2.2 * count / (count + 1.2 * length)
        sums["covered"] += concept.rarity * there
        sums["heading"] += concept.rarity * in_heading
        sums["title"] += concept.rarity * in_title
        sums["beside"] += concept.rarity * max(0.0, worth(concept, around) - there)
        reach.append(max(there, 0.9 * in_heading, 0.8 * in_title))
        sums["reached"] += concept.rarity * reach[-1]
    value = Features(
        **{name: value / weight for name, value in sums.items()},
        together=_together(stands_for, words) / weight,
        pairs=_pairs(stands_for, words) / max(1, len(question.concepts) - 1),
        essay=essay,
        number=float(question.asks("number") and _has_number(question.lang, counts)),
        reason=float(question.asks("reason") and _has(question.lang, "reasons", counts)),
        size=min(1.0, len(words) / _FULL),
    )
    return value, tuple(reach)


def worth(concept: Concept, words: Mapping[str, int] | set[str]) -> float:
    """Return what of a word is in a text: the best of what stands for it there."""
    best = 0.0
    for term, value in concept.terms.items():
        if value > best and term in words:
            best = value
    return best


StandsFor = Mapping[str, Sequence[tuple[int, float]]]
"""For each term which words of a question it stands for, by number, and what it counts."""


def _together(stands_for: StandsFor, words: list[str]) -> float:
    """Return what the question's words count that stand near each other, where most do."""
    places = [
        (place, *one)
        for place, word in enumerate(words)
        if word in stands_for
        for one in stands_for[word]
    ]
    best = 0.0
    for at, (start, _, _) in enumerate(places):
        inside: dict[int, float] = {}
        for place, number, value in places[at:]:
            if place >= start + WINDOW:
                break
            inside[number] = max(value, inside.get(number, 0.0))
        best = max(best, sum(inside.values()))
    return best


def _pairs(stands_for: StandsFor, words: list[str]) -> int:
    """Return how many of the question's neighbouring words are almost neighbours here."""
    marked = [
        (at, {number for number, _ in stands_for[word]})
        for at, word in enumerate(words)
        if word in stands_for
    ]
    found = {
        one
        for place, (at, here) in enumerate(marked)
        for other, near in marked[place + 1 : place + 3]
        if other <= at + 2
        for one in here
        if one + 1 in near
    }
    return len(found)


def _stands_for(question: Question) -> StandsFor:
    found: dict[str, list[tuple[int, float]]] = {}
    for number, concept in enumerate(question.concepts):
        for term, value in concept.terms.items():
            found.setdefault(term, []).append((number, value * concept.rarity))
    return found


def _has_number(lang: str, words: Mapping[str, int]) -> bool:
    return _has(lang, "numbers", words) or any(
        any(map(str.isdigit, word.partition("_")[2])) for word in words
    )


def _has(lang: str, what: str, words: Mapping[str, int]) -> bool:
    return any(term_of(stem, lang) in words for stem in asking_stems(lang, what))
