"""Which passages answer a question, or that none does."""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from bot.desk.passages.likelihood import Features, features, worth
from bot.desk.passages.question import Question, read_question
from bot.store.passages.counts import count_passages
from bot.store.passages.finding import (
    FoundPassage,
    Place,
    passages_at,
    passages_with,
    places_in,
)

MOST_ANSWERS = 3
CANDIDATES = 100
WHOLE, MOST_OF_ONE = 3, 40
"""Essays all of whose passages are looked at, and how many of one."""

LOOKED_BESIDE, NEARLY = 8, 1.0
"""Passages that are told with a better one beside them: of so many, and so nearly as good."""

FAR = 2.0
"""What is so much less likely than the best is no answer beside it: all that were lie nearer."""

MOST_TOGETHER, LONGEST_TOGETHER = 3, 250
"""Passages, and words of them, that are told as one answer: a message quotes it whole."""

MOST_TERMS = 60
MOST_POSTINGS = 6_000
"""In so many passages, all in all, the terms stand that are looked for: it takes milliseconds."""

THERE = 0.5
"""How much of a word is in reach of a passage that has it."""

SEVERAL = 5
"""Words of a question in one passage that are as good a sign as more."""

LANGUAGE = 1.0
"""How much a passage counts less for a language that has none of the question's words."""

OTHER_LANGUAGE = 0.6
"""A language that has less of the question's words than this, beside another, is not asked."""


class Hit(NamedTuple):
    """Passages of a post that were found, side by side, mostly one; the score is from 0 to 1."""

    post_id: int
    places: range
    score: float


class Verdict(NamedTuple):
    """What a question finds.

    Attributes:
        hits: What answers, the best first; empty if nothing does.
        nearest: The passage that comes nearest, whether it answers or not.
        words: What was looked for, as it was typed.
    """

    hits: tuple[Hit, ...]
    nearest: Hit | None
    words: tuple[str, ...]


class Candidate(NamedTuple):
    """A passage as it is judged."""

    question: Question
    place: Place
    passage: FoundPassage
    features: Features
    reach: tuple[float, ...]
    score: float


def ask(db: Database, question: str, langs: Collection[str], posts: Collection[int]) -> Verdict:
    """Return the passages that answer a question.

    Args:
        langs: The languages of the essays that are asked.
        posts: Ids of the posts that may be quoted; of one alone if one is asked.
    """
    found = candidates(db, question, langs, posts)
    if not found:
        return Verdict((), None, ())
    sure = certainty(found)
    words = tuple(concept.word for concept in found[0].question.concepts)
    hits = tuple(answers(found, sure)) if sure >= _fitted()["least"]["certainty"] else ()
    post_id, position = found[0].place
    return Verdict(hits, Hit(post_id, range(position, position + 1), sure), words)


def answers(found: Sequence[Candidate], sure: float) -> Iterator[Hit]:
    """Yield what answers; what is nearly as good beside it, under its heading, is told with it."""
    told: list[list[Candidate]] = []
    for rank, one in enumerate(found):
        is_near = rank < LOOKED_BESIDE and one.score >= found[0].score - NEARLY
        beside = next((some for some in told if is_near and _continues(some, one)), None)
        if beside is not None:
            beside.append(one)
        elif len(told) < MOST_ANSWERS and one.score >= found[0].score - FAR:
            told.append([one])
    for some in told:
        positions = [one.place.position for one in some]
        score = round(sure * exp(some[0].score - found[0].score), 4)
        yield Hit(some[0].place.post_id, range(min(positions), max(positions) + 1), score)


def _continues(some: Sequence[Candidate], one: Candidate) -> bool:
    """Return whether a passage stands before or after others, and all may be told as one."""
    positions = [each.place.position for each in some]
    is_beside = one.place.position in {min(positions) - 1, max(positions) + 1}
    words = sum(len(each.passage.text.split()) for each in (*some, one))
    return (
        one.place.post_id == some[0].place.post_id
        and is_beside
        and one.passage.heading == some[0].passage.heading
        and len(some) < MOST_TOGETHER
        and words <= LONGEST_TOGETHER
    )


def candidates(
    db: Database, question: str, langs: Collection[str], posts: Collection[int]
) -> list[Candidate]:
    """Return the passages that come into question, the best first."""
    total = count_passages(db)
    primary = dict.fromkeys(lang.partition("-")[0] for lang in langs)
    asked = [read_question(db, question, lang, total) for lang in primary]
    best = max((each.familiarity for each in asked), default=0.0) or 1.0
    found = [
        one
        for each in asked
        if each.familiarity >= OTHER_LANGUAGE * best
        for one in _of_language(db, each, posts, each.familiarity / best)
    ]
    return sorted(found, key=lambda one: one.score, reverse=True)


def _of_language(
    db: Database, question: Question, posts: Collection[int], familiarity: float
) -> list[Candidate]:
    looked_for = _rarest(question)
    places = passages_with(db, looked_for, posts, CANDIDATES)
    essays = _essays(question, passages_at(db, places))
    best = sorted(essays, key=essays.__getitem__, reverse=True)[:WHOLE]
    places = list(dict.fromkeys([*places, *places_in(db, best, MOST_OF_ONE)]))
    around = [Place(post, at) for post, place in places for at in range(place - 1, place + 2)]
    texts = passages_at(db, dict.fromkeys(around))
    judged: list[Candidate] = []
    for place in places:
        beside = [Place(place.post_id, place.position + step) for step in (-1, 1)]
        value, reach = features(
            question,
            texts[place],
            [texts[one] for one in beside if one in texts],
            essays[place.post_id],
        )
        order = score(value) - LANGUAGE * (1 - familiarity)
        judged.append(Candidate(question, place, texts[place], value, reach, order))
    return judged


def _essays(question: Question, found: Mapping[Place, FoundPassage]) -> dict[int, float]:
    """Return for essays how well all that was found of each goes with a question, from 0 to 1."""
    words: dict[int, set[str]] = {}
    for place, one in found.items():
        texts = (one.title, one.about, one.heading, one.text)
        words.setdefault(place.post_id, set()).update(" ".join(texts).split())
    weight = question.weight or 1.0
    return {
        post: sum(one.rarity * worth(one, there) for one in question.concepts) / weight
        for post, there in words.items()
    }


def _rarest(question: Question) -> list[str]:
    """Return the terms to look for: the rarest, so many that no more passages have them."""
    counts = {term: count for one in question.concepts for term, count in one.counts.items()}
    chosen: list[str] = []
    left = MOST_POSTINGS
    for term in sorted(counts, key=counts.__getitem__)[:MOST_TERMS]:
        left -= counts[term]
        if left < 0 and chosen:
            break
        chosen.append(term)
    return chosen


def score(value: Features) -> float:
    """Return how well a passage goes with a question, to order passages by."""
    weights = _fitted()["order"]
    return sum((weights[name] * number for name, number in value._asdict().items()), 0.0)


def evidence(found: Sequence[Candidate]) -> dict[str, float]:
    """Return what tells whether the best of some passages answers.

    An essay that answers has most of the question's words somewhere, and the passage several of
    them and few not; one in the title says little by itself. A question for a fact is often close
    to what an essay says and yet not answered by it; one for a reason mostly is answered, if
    anything comes close.
    """
    best, question = found[0], found[0].question
    of_essay = (one.reach for one in found if _is_beside(one, best))
    essay = [max(parts) for parts in zip(*of_essay, strict=True)]
    missing = sum(
        one.rarity * (1 - part) for one, part in zip(question.concepts, best.reach, strict=True)
    )
    there = sum(part > THERE for part in best.reach)
    fact = question.asks("fact") or question.asks("number")
    explains = question.asks("reason") or question.asks("manner")
    return {
        "one": 1.0,
        "essay": sum(essay) / max(1, len(essay)),
        "several": min(1.0, there / SEVERAL),
        "absent": (len(best.reach) - there) / SEVERAL,
        "missing": missing / (question.weight or 1.0),
        "title": best.features.title,
        "explains": float(explains and not fact),
    }


def _is_beside(one: Candidate, best: Candidate) -> bool:
    return one.place.post_id == best.place.post_id and one.question is best.question


def certainty(found: Sequence[Candidate]) -> float:
    """Return how likely it is that the best of some passages answers."""
    weights = _fitted()["certainty"]
    value = sum(weights.get(name, 0.0) * number for name, number in evidence(found).items())
    return 1 / (1 + exp(-value))


@cache
def _fitted() -> dict[str, dict[str, float]]:
    return tomllib.loads((Path(__file__).parent / "asking.toml").read_text(encoding="utf-8"))
