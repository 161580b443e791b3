"""Labelled endings: ours beside it in `endings/`, and real ones of other people's blogs.

The real ones (`REAL`) are other people's text and no part of the repository.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.core.closing.blocks import blocks_at_end
from bot.core.closing.features import Place, candidates, features, run_on, said_in
from bot.core.closing.questions import plain_text
from bot.core.closing.sentences import without_title_marks

HELD_OUT = "held_out"
"""The batch that nothing is trained on, and whose mistakes nobody looks at."""

WRITTEN = Path(__file__).parent / "endings"
REAL = Path(__file__).parents[3] / "shared" / "endings" / "endings.jsonl"

Label = Literal["asked", "not", "either"]


@dataclass(frozen=True)
class Case:
    """An ending with the questions that it asks.

    Attributes:
        source: A blog's name for real ones, a batch's for those that were written.
        either: Questions that two careful readers would judge differently.
    """

    source: str
    is_real: bool
    lang: str
    level: str
    body: str
    asks: tuple[str, ...]
    either: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """A sentence that may be a closing question.

    Attributes:
        case: The number of the case that it stands in.
        runs_on: Whether it is asked right after the example before it.
    """

    case: int
    text: str
    features: frozenset[str]
    label: Label
    runs_on: bool


def written() -> Iterator[Case]:
    """Yield our endings."""
    for path in sorted(WRITTEN.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield Case(
                source=one["batch"],
                is_real=False,
                lang=one.get("lang", path.stem),
                level=one["level"],
                body=one["body"],
                asks=tuple(one["asks"]),
                either=tuple(one.get("either_way", ())),
            )


def real(path: Path = REAL) -> Iterator[Case]:
    """Yield endings of other people's blogs, if the file is there."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        yield Case(
            source=one["blog"],
            is_real=True,
            lang=one["lang"],
            level=one["difficulty"],
            body=one["body"],
            asks=tuple(one["asks"]),
            either=tuple(one["either_way"]),
        )


def examples(cases: Sequence[Case]) -> list[Example]:
    """Return the sentences of endings that may be questions to readers."""
    return [one for number, case in enumerate(cases) for one in _of_case(number, case)]


def _of_case(number: int, case: Case) -> Iterable[Example]:
    """Yield a case's; where a question stands twice, the last is the one that is asked."""
    blocks = blocks_at_end(case.body)
    said = said_in(blocks)
    left = Counter(map(bare, case.asks))
    either = set(map(bare, case.either))
    found: list[Example] = []
    numbers = candidates(said)
    for index, runs_on in reversed([*zip(numbers, run_on(said, numbers), strict=True)]):
        text = without_title_marks(said[index].text)
        label: Label = "either" if bare(text) in either else "not"
        if left[bare(text)] > 0:
            label = "asked"
            left[bare(text)] -= 1
        known = frozenset(features(Place(blocks, said, index)))
        found.append(Example(number, text, known, label, runs_on))
    return reversed(found)


def bare(text: str) -> str:
    """Return a question as it is compared: without markup and spaces."""
    return "".join(plain_text(text).split())
