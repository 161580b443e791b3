"""How much of everything is measured, and the words in between."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """The sizes of a run.

    Attributes:
        runs: Of each pair, alternating; the table shows their median.
        events: Sent flat out.
        posts: Of the blog that is indexed.
        keystrokes: In each run of autocompletion.
        seconds: That these are spread over.
        responses: In the database of the author's desk.
        essays: That are read along; there are ten times as many responses to them.
        asked: Questions about these.
    """

    runs: int = 7
    events: int = 20_000
    posts: int = 10_000
    keystrokes: int = 500
    seconds: float = 10
    responses: int = 100_000
    essays: int = 10_000
    asked: int = 200


QUICK = Scale(
    runs=1,
    events=400,
    posts=40,
    keystrokes=10,
    seconds=0.5,
    responses=400,
    essays=1_000,
    asked=20,
)
"""So little that it is done soon; its numbers mean nothing."""


def in_turn(number: int) -> tuple[str, str]:
    """Return who goes first in a run: they take turns, since a machine may tire."""
    return ("baseline_client", "bot_client") if number % 2 else ("bot_client", "baseline_client")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all values does not exceed."""
    return sorted(values)[max(0, round(len(values) * share) - 1)]


def say(text: str) -> None:
    """Tell who waits how far it is; the table alone goes to standard output."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
