# ruff: noqa: RUF001  # the letters of other scripts are meant
"""Prints precision, recall and F1 of closing questions over the labelled endings beside it.

Run as ``python -m tests.eval.score``; ``--misses`` shows each ending that was misjudged. Batches
that are named by a number were written by people who knew the rules and not the code, and were
scored once before anybody read their misses; then they became batches to write rules by, and the
next one was held out. So ``held_out`` alone says what to expect, and its misses are never shown.
"""

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.core.closing.questions import closing_questions
from bot.core.text.language_detection import CERTAIN, guess, words_in

HELD_OUT = "held_out"
"""The batch that nobody tunes on."""

ABOVE = {
    "en": "Something was said before this, at length.",
    "de": "Davor wurde etwas gesagt, und zwar ausführlich und nicht ohne Grund.",
    "fr": "Avant cela, on a dit quelque chose, et on l'a dit longuement.",
    "es": "Antes de esto se dijo algo, y se dijo con calma.",
    "pt": "Antes disto foi dita alguma coisa, e não foi pouco.",
    "it": "Prima di questo si è detto qualcosa, e lo si è detto con calma.",
    "tr": "Bundan önce bir şey söylendi ve bu uzun sürdü.",
    "ru": "До этого было что-то сказано, и сказано подробно.",
    "ja": "その前に、いろいろなことを書きました。",
    "zh": "在这之前，我们谈了很多。",
    "nl": "Hiervoor is er het een en ander gezegd, en niet zonder reden.",
    "pl": "Przedtem coś zostało powiedziane i nie było to krótkie.",
}
"""Stands over every ending of its language: an essay is more than its end."""


@dataclass(frozen=True)
class Case:
    """An ending with the questions that it asks."""

    batch: str
    lang: str
    level: str
    body: str
    asks: tuple[str, ...]


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


def cases() -> Iterator[Case]:
    """Yield every labelled ending."""
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            lang = one.get("lang", path.stem)
            body = f"{ABOVE.get(lang, '')}\n\n{one['body'].strip()}\n"
            yield Case(path.stem, lang, one["level"], body, tuple(one["asks"]))


def found(case: Case) -> tuple[str, ...]:
    """Return the questions that the bot finds in an ending."""
    return tuple(question.text for question in closing_questions(case.body).questions)


def judge(case: Case) -> Score:
    """Return the score of one ending; a question counts only if its text is the very same."""
    expected, got = Counter(case.asks), Counter(found(case))
    right = (expected & got).total()
    return Score(right, got.total() - right, expected.total() - right)


def total(chosen: Iterable[Case]) -> Score:
    """Return the score of several endings together."""
    return sum(map(judge, chosen), Score())


def groups(every: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    """Yield `every` case together, then apart by batch, by difficulty and by language."""
    yield "all", list(every)
    for name in ("batch", "level", "lang"):
        sort = attrgetter(name)
        for key, chosen in groupby(sorted(every, key=sort), key=sort):
            yield f"{name} {key}", list(chosen)


def ending(case: Case) -> str:
    """Return an ending without what stands over it."""
    return case.body.removeprefix(ABOVE.get(case.lang, ""))


def languages_guessed(every: Iterable[Case]) -> str:
    """Return in a sentence how well the languages of endings are guessed from their words."""
    guesses = [(one.lang.partition("-")[0], guess(words_in(ending(one)))) for one in every]
    made = [(lang, one) for lang, one in guesses if one is not None]
    sure = [(lang, one) for lang, one in made if one.certainty >= CERTAIN]
    right, surely = (sum(lang == one.code for lang, one in some) for some in (made, sure))
    return (
        f"Languages: of {len(guesses)} endings {right} are guessed rightly; {len(sure)} with a "
        f"certainty of {CERTAIN} or more, {surely} of them rightly."
    )


def main() -> None:
    """Print the scores of questions by batch, difficulty and language, and those of guesses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show each misjudged ending")
    arguments = parser.parse_args()
    console = Console()
    every = list(cases())
    table = Table("endings", "number", "with questions", "precision", "recall", "F1")
    for name, chosen in groups(every):
        score = total(chosen)
        asking = sum(1 for one in chosen if one.asks)
        numbers = (f"{score.precision:.2f}", f"{score.recall:.2f}", f"{score.f1:.2f}")
        table.add_row(name, str(len(chosen)), str(asking), *numbers)
    console.print(table)
    console.print(languages_guessed(every))
    if arguments.misses:
        for case in every:
            if case.batch != HELD_OUT and Counter(found(case)) != Counter(case.asks):
                console.print(f"[bold]{case.batch} {case.lang}[/]", Text(case.body.strip()))
                console.print(Text(f"  expected {list(case.asks)}\n  found    {list(found(case))}"))


if __name__ == "__main__":
    main()
