"""Prints how well closing questions are found in labelled endings that the model has not seen.

Run as ``python -m tests.eval.closing``. Each blog's real endings are judged by a model that was
trained without them, each batch of written ones by one that was trained without the batch; the
batch ``held_out`` by one of all the rest, and its mistakes are never shown. The table of groups
says what is lost when a group of features is taken away, from the words of a question to its place.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text
from scipy.sparse import csr_matrix

from bot.core.closing.features import GROUPS
from bot.core.closing.questions import chosen
from bot.core.text.language_detection import CERTAIN, guess, words_in
from tests.eval import fitting, train
from tests.eval.labelled import HELD_OUT, Case, Example, bare, examples, real, written

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
FOLDS = 9  # of the table of groups, which need not be as exact
RESAMPLES = 1_000  # of cases, for the intervals


@dataclass(frozen=True)
class Score:
    """Counts of questions: found rightly, found wrongly, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Judged:
    """An ending with what a model that has not seen it says of its sentences."""

    case: Case
    said: tuple[tuple[Example, float], ...]

    def found(self, threshold: float = train.SURE) -> list[Example]:
        """Return what is taken for a question to readers."""
        likely = [probability for _, probability in self.said]
        runs_on = [one.runs_on for one, _ in self.said]
        asked = chosen(likely, runs_on, threshold, min(threshold, train.BESIDE))
        return [one for (one, _), is_asked in zip(self.said, asked, strict=True) if is_asked]

    def score(self, threshold: float = train.SURE) -> Score:
        """Return how it is judged; what may be judged either way is neither right nor wrong."""
        found = [one.label for one in self.found(threshold)]
        right = found.count("asked")
        return Score(right, found.count("not"), len(self.case.asks) - right)


class Data:
    """Labelled endings and their sentences, as a matrix that models are trained on."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.examples = examples(cases)
        self.number = np.array([one.case for one in self.examples])
        self.labels = np.array([one.label == "asked" for one in self.examples])
        self.clear = np.array([one.label != "either" for one in self.examples])
        real_ones = np.array([case.is_real for case in cases])
        self.weights = np.where(real_ones[self.number], train.REAL_WEIGHT, 1.0)
        self.matrix = self.without("")

    def without(self, group: str) -> csr_matrix:
        """Return the matrix without a group of features."""
        return fitting.matrix(
            (feature for feature in one.features if feature.partition(" ")[0] != group)
            for one in self.examples
        )

    def left_out(
        self, fold: Sequence[str], matrix: csr_matrix | None = None, name: str = ""
    ) -> np.ndarray:
        """Return each sentence's probability by a model that has not seen its fold.

        Args:
            fold: Of each case.
        """
        matrix = self.matrix if matrix is None else matrix
        fold_of = np.array(fold)[self.number]
        held_out = np.array([case.source == HELD_OUT for case in self.cases])[self.number]
        found = np.zeros(len(self.examples))
        for one in track(sorted(set(fold)), description=f"{name:10}", transient=True):
            seen = (fold_of != one) & self.clear & ~held_out
            model = fitting.fit(matrix[seen], self.labels[seen], self.weights[seen])
            found[fold_of == one] = fitting.probabilities(model, matrix[fold_of == one])
        return found

    def judged(self, probabilities: np.ndarray) -> list[Judged]:
        """Return the cases with what is said of their sentences."""
        said: list[list[tuple[Example, float]]] = [[] for _ in self.cases]
        for one, probability in zip(self.examples, probabilities.tolist(), strict=True):
            said[one.case].append((one, probability))
        return [Judged(case, tuple(some)) for case, some in zip(self.cases, said, strict=True)]


def total(judged: Iterable[Judged], threshold: float = train.SURE) -> Score:
    """Return the score of several endings together."""
    return sum((one.score(threshold) for one in judged), Score())


def interval(judged: Sequence[Judged], value: Callable[[Score], float]) -> tuple[float, float]:
    """Return where a value lies in 95 of 100 sets of endings drawn from these."""
    drawn = random.Random(0)  # noqa: S311  # for the same figures each time
    scores = [one.score() for one in judged]
    values = sorted(
        value(sum(drawn.choices(scores, k=len(scores)), Score())) for _ in range(RESAMPLES)
    )
    return values[RESAMPLES // 40], values[-RESAMPLES // 40]


def kind(case: Case) -> str:
    """Return which endings a case is told with."""
    if case.is_real:
        return "real"
    return "held out" if case.source == HELD_OUT else "written"


def groups(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """Yield each kind of endings together, then apart by difficulty and by language."""

    def apart(
        some: Sequence[Judged], by: Callable[[Judged], str]
    ) -> Iterator[tuple[str, list[Judged]]]:
        for key, alike in groupby(sorted(some, key=by), key=by):
            yield key, list(alike)

    for name, some in apart(judged, lambda one: kind(one.case)):
        yield name, some
        for level, alike in apart(some, lambda one: one.case.level):
            yield f"  {level}", alike
        for lang, alike in apart(some, lambda one: one.case.lang):
            yield f"  {lang}", alike


def scores(judged: Sequence[Judged]) -> Table:
    """Return the table of precision, recall and F1."""
    table = Table("endings", "number", "questions", "precision", "recall", "F1", "95 of 100")
    for name, some in groups(judged):
        score = total(some)
        numbers = (f"{value:.2f}" for value in (score.precision, score.recall, score.f1))
        low, high = interval(some, lambda one: one.f1)
        asked = str(score.right + score.missed)
        table.add_row(name, str(len(some)), asked, *numbers, f"{low:.2f} to {high:.2f}")
    return table


def curve(judged: Sequence[Judged]) -> Table:
    """Return the table of thresholds; the one that is used is marked."""
    names = sorted({kind(one.case) for one in judged})
    table = Table("sure from", *(f"{name}: precision, recall, F1" for name in names))
    for threshold in THRESHOLDS:
        cells = []
        for name in names:
            score = total((one for one in judged if kind(one.case) == name), threshold)
            cells.append(f"{score.precision:.2f}  {score.recall:.2f}  {score.f1:.2f}")
        mark = " (used)" if threshold == train.SURE else ""
        table.add_row(f"{threshold:.2f}{mark}", *cells)
    return table


def worth(data: Data) -> Table:
    """Return the table of what each group of features is worth: without it, F1 and loss are so."""
    fold = [str(number % FOLDS) for number in _sources(data.cases)]
    names = ("real", "written")
    columns = [f"{name}: {value}" for name in names for value in ("F1", "loss")]
    table = Table("without", "what it holds", *columns)
    for group in ("", *GROUPS):
        found = data.left_out(fold, data.without(group), group)
        judged = data.judged(found)
        cells = [
            cell
            for name in names
            for cell in (f"{_best(judged, name):.3f}", f"{_loss(data, found, name):.3f}")
        ]
        table.add_row(group, _told(group), *cells)
    return table


def _told(group: str) -> str:
    """Return what a group of features holds."""
    return (GROUPS[group].__doc__ or "") if group else "(nothing)"


def _sources(cases: Sequence[Case]) -> list[int]:
    """Return a number for each case, the same for those of a real blog."""
    known: dict[str, int] = {}
    return [
        known.setdefault(case.source if case.is_real else case.body, len(known)) for case in cases
    ]


def _best(judged: Sequence[Judged], name: str) -> float:
    """Return the best F1 at any threshold."""
    some = [one for one in judged if kind(one.case) == name]
    return max(total(some, threshold).f1 for threshold in THRESHOLDS)


def _loss(data: Data, probabilities: np.ndarray, name: str) -> float:
    """Return the mean logarithmic loss over the sentences of a kind that were judged clearly."""
    of_kind = np.array([kind(case) == name for case in data.cases])[data.number]
    likely = np.clip(probabilities, 0.001, 0.999)
    right = np.where(data.labels, likely, 1 - likely)[data.clear & of_kind]
    return float(-np.log(right).mean())


def languages_guessed(every: Iterable[Case]) -> str:
    """Return in a sentence how well the languages of endings are guessed from their words."""
    guesses = [(one.lang.partition("-")[0], guess(words_in(one.body))) for one in every]
    made = [(lang, one) for lang, one in guesses if one is not None]
    sure = [(lang, one) for lang, one in made if one.certainty >= CERTAIN]
    right, surely = (sum(lang == one.code for lang, one in some) for some in (made, sure))
    return (
        f"Languages: of {len(guesses)} endings {right} are guessed rightly; {len(sure)} with a "
        f"certainty of {CERTAIN} or more, {surely} of them rightly."
    )


def show_mistakes(judged: Sequence[Judged], console: Console) -> None:
    """Print each ending that was misjudged, except those that are held out."""
    for one in judged:
        score = one.score()
        if (score.wrong or score.missed) and one.case.source != HELD_OUT:
            found = [each.text for each in one.found()]
            console.print(f"[bold]{one.case.source} {one.case.lang}[/]", Text(one.case.body[-900:]))
            console.print(Text(f"  expected {list(one.case.asks)}\n  found    {found}"))


def never_candidates(judged: Sequence[Judged]) -> int:
    """Return how many questions do not end as questions do, or stand too far from the end."""
    missing = 0
    for one in judged:
        said = Counter(bare(each.text) for each, _ in one.said)
        missing += (Counter(map(bare, one.case.asks)) - said).total()
    return missing


def main() -> None:
    """Print the scores, the curve and what each group of features is worth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show each misjudged ending")
    parser.add_argument("--quick", action="store_true", help="leave the table of groups out")
    arguments = parser.parse_args()
    console = Console()
    cases = [*written(), *real()]
    if not any(case.is_real for case in cases):
        console.print("The real endings are not beside the project: only ours are judged.")
    data = Data(cases)
    judged = data.judged(data.left_out([case.source for case in cases]))
    console.print(scores(judged))
    console.print(curve(judged))
    console.print(f"No candidates, and so never found: {never_candidates(judged)} questions.")
    if not arguments.quick:
        console.print(worth(data))
    console.print(languages_guessed(cases))
    if arguments.misses:
        show_mistakes(judged, console)


if __name__ == "__main__":
    main()
