"""Fits the numbers in ``bot/desk/passages/asking.toml`` to labelled questions.

Run as ``python -m tests.eval.ask_fit [FOLDER QUESTIONS]...``: what is given comes on top of the
questions here, of which those that are held out are left alone. It prints the file. First the
order of passages is fitted, so that one that answers comes before those that do not; then, from
few signs, how sure it is that any of the first few answers; and then from where on to answer, by
questions about essays that were left out in turn.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from zlib import crc32

from bot.desk.passages.asking import Candidate, answers, candidates, evidence
from bot.desk.passages.likelihood import Features
from bot.store.passages.finding import Place
from tests.eval.asked_blog import OURS, AskedBlog, is_right, opened

BAR, SHOWN = 0.15, (0.05, 0.1, 0.15)
"""The share of unanswerable questions that may be answered, and others that are printed."""

FOLDS, STEPS, RATE = 4, 250, 0.03
SHARPNESS = 2.5
PRIOR = 0.6
PULL_OF_ORDER, PULL_OF_CERTAINTY = 0.02, 0.01
"""How strongly weights are held where they would be without any question."""

WRONG_COUNTS = 0.2
"""What a question with a wrong answer counts beside one with a right one."""

Weights = dict[str, float]


@dataclass(frozen=True)
class Example:
    """A question with the passages that came into question.

    Attributes:
        essay: The name of the file that it is about, the same in all languages.
    """

    answerable: bool
    essay: str
    found: list[Candidate]
    right: list[bool]


@dataclass(frozen=True)
class Judged:
    """A question with the place at which an answer comes, and how sure it was that one does."""

    example: Example
    place: int | None
    sure: float


def examples(blog: AskedBlog, *, every: bool) -> Iterator[Example]:
    for question in blog.questions:
        if question.held_out and not every:
            continue
        gold = blog.gold(question)
        found = candidates(blog.index.db, question.text, blog.langs, blog.among(question))
        texts = [blog.passages[one.place.post_id][one.place.position].text for one in found]
        right = [is_right(text, gold) for text in texts]
        if found:
            paths = {post.id: path for path, post in blog.essays.items()}
            about = question.post or paths[found[0].place.post_id]
            essay = Path(question.starts[0][0] if question.starts else about).stem
            yield Example(question.answerable, essay, found, right)


def descended(start: Weights, slope: Callable[[Weights], Weights]) -> Weights:
    """Return weights from where nothing falls any more (Adam)."""
    weights, means, squares = dict(start), dict.fromkeys(start, 0.0), dict.fromkeys(start, 0.0)
    for step in range(1, STEPS + 1):
        for name, value in slope(weights).items():
            means[name] = 0.9 * means[name] + 0.1 * value
            squares[name] = 0.99 * squares[name] + 0.01 * value**2
            mean, square = means[name] / (1 - 0.9**step), squares[name] / (1 - 0.99**step)
            weights[name] -= RATE * mean / (sqrt(square) + 1e-8)
    return weights


def order(some: Sequence[Example]) -> Weights:
    """Return weights with which passages that answer come first, as likely as can be."""
    useful = [one for one in some if any(one.right) and not all(one.right)]

    def slope(weights: Weights) -> Weights:
        found = {name: PULL_OF_ORDER * (value - PRIOR) for name, value in weights.items()}
        for one in useful:
            scores = [SHARPNESS * scored(each, weights) for each in one.found]
            odds = [exp(score - max(scores)) for score in scores]
            of_right = sum(odd for odd, right in zip(odds, one.right, strict=True) if right)
            for each, odd, right in zip(one.found, odds, one.right, strict=True):
                pull = odd / sum(odds) - (odd / of_right if right else 0.0)
                for name, value in each.features._asdict().items():
                    found[name] += SHARPNESS * pull * value / len(useful)
        return found

    return descended(dict.fromkeys(Features._fields, PRIOR), slope)


def scored(one: Candidate, weights: Weights) -> float:
    return sum((weights[name] * value for name, value in one.features._asdict().items()), 0.0)


def ordered(one: Example, weights: Weights) -> tuple[list[Candidate], int | None]:
    """Return the passages as they come with these weights, and which answer of them is right."""
    places = [scored(each, weights) for each in one.found]
    best = sorted(range(len(places)), key=places.__getitem__, reverse=True)
    found = [one.found[at]._replace(score=places[at]) for at in best]
    right = {one.found[at].place for at in best if one.right[at]}
    answering = (
        number
        for number, hit in enumerate(answers(found, 1.0))
        if any(Place(hit.post_id, position) in right for position in hit.places)
    )
    return found, next(answering, None)


def certainty(some: Sequence[Example], of_order: Weights) -> Weights:
    """Return weights with which it is as likely as can be that what is answered has an answer."""
    rows = []
    for one in some:
        found, place = ordered(one, of_order)
        is_wrong = one.answerable and place is None
        counts = WRONG_COUNTS if is_wrong else 1.0
        rows.append((evidence(found), float(place is not None), counts))

    def slope(weights: Weights) -> Weights:
        found = {name: PULL_OF_CERTAINTY * value for name, value in weights.items()}
        for signs, truth, counts in rows:
            pull = counts * (sureness(signs, weights) - truth) / len(rows)
            for name, value in signs.items():
                found[name] += pull * value
        return found

    return descended(dict.fromkeys(rows[0][0], 0.0), slope)


def sureness(signs: Weights, weights: Weights) -> float:
    return 1 / (1 + exp(-sum(weights[name] * value for name, value in signs.items())))


def left_out(every: Sequence[Example]) -> list[Judged]:
    """Return how questions come out when nothing is fitted on any about the same essay."""
    found: list[Judged] = []
    for fold in range(FOLDS):
        rest = [one for one in every if _fold(one) != fold]
        of_order = order(rest)
        of_certainty = certainty(rest, of_order)
        for one in every:
            if _fold(one) == fold:
                passages, place = ordered(one, of_order)
                found.append(Judged(one, place, sureness(evidence(passages), of_certainty)))
    return found


def _fold(one: Example) -> int:
    return crc32(one.essay.encode()) % FOLDS


def least(found: Sequence[Judged], share: float) -> float:
    """Return from where on to answer, so that a share of the unanswerable are answered."""
    sure = sorted((one.sure for one in found if not one.example.answerable), reverse=True)
    return sure[int(share * len(sure))]


def told(found: Sequence[Judged], share: float) -> str:
    """Return how many come out right where a share of the unanswerable are answered."""
    cut = least(found, share)
    able = [one for one in found if one.example.answerable]
    said = [one for one in able if one.sure > cut and one.place is not None]
    first = sum(one.place == 0 for one in said)
    return (
        f"# Left out in turn, with {share:.2f} of the unanswerable answered: "
        f"{first / len(able):.2f} right first, {len(said) / len(able):.2f} in three."
    )


def main() -> None:
    """Print the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", nargs="*", type=Path, help="folders, each with its questions")
    given = parser.parse_args().given
    every = [one for pair in OURS for one in examples(opened(*pair), every=False)]
    for pair in zip(given[::2], given[1::2], strict=True):
        every += examples(opened(*pair), every=True)
    of_order = order(every)
    judged = left_out(every)
    tables = {
        "order": of_order,
        "certainty": certainty(every, of_order),
        "least": {"certainty": least(judged, BAR)},
    }
    print("# How passages are ordered, and how sure it is that the best one answers.")  # noqa: T201
    print("# Made by python -m tests.eval.ask_fit, which see.")  # noqa: T201
    print("\n".join(told(judged, share) for share in SHOWN))  # noqa: T201
    for name, weights in tables.items():
        print(f"\n[{name}]")  # noqa: T201
        print("\n".join(f"{key} = {value:.2f}" for key, value in weights.items()))  # noqa: T201


if __name__ == "__main__":
    main()
