"""What can be counted about responses, and how sure one can be of it. Knows no words of the page.

A figure that few readers are behind tells more of them than of the essays: see `LEAST_READERS`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bot.desk.report.wording import MONTHS
from bot.store.desk.report import Said

LEAST_READERS = 3
"""How many readers a share, a median, a distribution or a comparison takes; else it is withheld.

What is no more than the number of responses that stand beside it is never withheld.
"""

Z = 1.959964
"""The quantile of the normal distribution that leaves a fortieth at either side."""

ONE_IN = 20
"""Of so many intervals, one may miss what it is about."""


class Bar(NamedTuple):
    """What a bar of a plot stands for, how long it is, and what is written where room is scarce."""

    name: str
    size: int
    tick: str = ""


class Estimate(NamedTuple):
    """A value, and between what it lies as far as so few can tell."""

    value: float
    low: float
    high: float


DELAYS = (
    ("under 1 hour", timedelta(hours=1)),
    ("1 to 6 hours", timedelta(hours=6)),
    ("6 to 24 hours", timedelta(days=1)),
    ("1 to 3 days", timedelta(days=3)),
    ("3 to 7 days", timedelta(days=7)),
    ("1 to 4 weeks", timedelta(weeks=4)),
    ("4 to 26 weeks", timedelta(weeks=26)),
)
"""Spans after a thread's start, each up to its time."""

LATER = "later"


def spread(delays: Iterable[timedelta]) -> list[Bar]:
    """Return how many responses came how long after their thread's start, up to the last of them.

    Args:
        delays: At least one.
    """
    counts = Counter(next((name for name, end in DELAYS if delay < end), LATER) for delay in delays)
    names = [*(name for name, _ in DELAYS), LATER]
    last = max(place for place, name in enumerate(names) if counts[name])
    return [Bar(name, counts[name]) for name in names[: last + 1]]


class Timeline(NamedTuple):
    """Responses by equal spans of the calendar, from the first to the last.

    Attributes:
        unit: "day", "week", "month" or "year".
    """

    unit: str
    bars: list[Bar]


SPANS = {"day": 1, "week": 7, "month": 31, "year": 366}
"""Days after which the next span has begun, from the start of one."""

MOST_BARS = 60
"""Of a timeline: beyond, each stands for more."""


def unfolding(moments: Sequence[datetime]) -> Timeline:
    """Return how many responses came when, oldest first, none left out between.

    Args:
        moments: Aware, at least one.
    """
    by_day = Counter(moment.astimezone(UTC).date() for moment in moments)
    first, last = min(by_day), max(by_day)
    length = (last - first).days
    unit = next((one for one, days in SPANS.items() if length < MOST_BARS * days), "year")
    counts: Counter[date] = Counter()
    for each, count in by_day.items():
        counts[_start(each, unit)] += count
    bars, here = [], _start(first, unit)
    while here <= last:
        bars.append(_bar(here, unit, counts[here]))
        here = _start(here + timedelta(days=SPANS[unit]), unit)
    return Timeline(unit, bars)


def _start(day: date, unit: str) -> date:
    """Return the first day of the span that a day lies in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _bar(start: date, unit: str, size: int) -> Bar:
    month = MONTHS[start.month - 1]
    if unit == "year":
        return Bar(f"{start.year}", size, f"{start.year}")
    if unit == "month":
        return Bar(f"{month} {start.year}", size, f"{month[:3]} {start.year}")
    return Bar(f"{start.day} {month} {start.year}", size, f"{start.day} {month[:3]} {start.year}")


def wilson(found: int, of: int) -> Estimate:
    """Return a share with Wilson's interval, which also holds for few and for none.

    Wilson (1927), *Probable inference, the law of succession, and statistical inference*.

    Args:
        of: At least 1.
    """
    share = found / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    reach = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    return Estimate(share, max(0.0, middle - reach), min(1.0, middle + reach))


def median_of(values: Sequence[float]) -> Estimate | None:
    """Return a median with the exact interval between two of the values; None for fewer than six.

    A median lies below as many of the values as a coin falls on heads: no distribution is assumed.
    """
    ordered, rank = sorted(values), 0
    ways = below = 1  # of so many tosses: to see `rank` heads, and to see at most as many
    while below * 2 * ONE_IN <= 2 ** len(ordered):
        ways = ways * (len(ordered) - rank) // (rank + 1)
        rank += 1
        below += ways
    if rank == 0:
        return None
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return Estimate(middle, ordered[rank - 1], ordered[-rank])


def are_enough(said: Iterable[Said]) -> bool:
    """Return whether so many readers are behind responses that a figure may be made of them."""
    return len({one.reader for one in said}) >= LEAST_READERS
