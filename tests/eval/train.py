"""Fits the weights of closing questions on labelled endings, and writes them into the package.

Run as ``make train``. The same endings give the same weights. Real endings lie beside the project
(`labelled.REAL`): without them nothing is written, since the weights would be worse.
"""

import tomllib
from pathlib import Path

import click

from bot.core.closing import model
from bot.core.closing.features import asked_words
from bot.core.closing.model import Model
from tests.eval import fitting, labelled
from tests.eval.labelled import Case, Example

SURE = 0.7
"""From which probability on a question is asked in public; chosen on the curve of `make eval`."""

BESIDE = 0.5
"""The same for one that stands beside one that is asked."""

UNSURE = (0.45, 0.8)
"""Between which probabilities an author is asked about one."""

REAL_WEIGHT = 3.0
"""A real example counts as this many written ones."""

GENERIC_SIZE = 1 << 12
"""Weights that tell questions for an opinion apart."""

WEIGHTS = Path(model.__file__).with_name(model.FILE)
GENERIC = Path(__file__).with_name("generic.toml")


def asked(cases: list[Case], examples: list[Example]) -> Model:
    """Return the model of questions to readers; what may be judged either way teaches nothing."""
    clear = [one for one in examples if one.label != "either"]
    weights = [REAL_WEIGHT if cases[one.case].is_real else 1.0 for one in clear]
    rows = fitting.matrix(one.features for one in clear)
    fitted = fitting.fit(rows, [one.label == "asked" for one in clear], weights)
    return fitted._replace(sure=SURE, beside=BESIDE, unsure=UNSURE)


def generic(cases: list[Case]) -> Model:
    """Return the model of questions that only ask for an opinion."""
    phrases = tomllib.loads(GENERIC.read_text(encoding="utf-8"))
    opinions = {one for some in phrases["opinions"].values() for one in some}
    others = {one for some in phrases["others"].values() for one in some}
    others |= {one for case in cases for one in case.asks} - opinions
    rows = fitting.matrix(map(asked_words, [*sorted(opinions), *sorted(others)]), GENERIC_SIZE)
    return fitting.fit(rows, [True] * len(opinions) + [False] * len(others), [1.0] * rows.shape[0])


def trained() -> dict[str, Model]:
    """Return the models by name.

    Raises:
        SystemExit: The real endings are not there.
    """
    if not labelled.REAL.exists():
        message = f"{labelled.REAL} is not there: the weights stay as they are."
        raise SystemExit(message)
    ours = [case for case in labelled.written() if case.source != labelled.HELD_OUT]
    cases = [*ours, *labelled.real()]
    return {"asked": asked(cases, labelled.examples(cases)), "generic": generic(ours)}


def main() -> None:
    """Write the weights."""
    text = fitting.to_json(trained())
    WEIGHTS.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {WEIGHTS.name}: {len(text) // 1000} kB.")


if __name__ == "__main__":
    main()
