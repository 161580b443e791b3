"""Counts, times and spans as people say them in English."""

from datetime import UTC, date, datetime, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_MONTH, _YEAR = timedelta(days=30.44), timedelta(days=365.25)

_UNITS = (
    (2 * _YEAR, _YEAR, "year"),
    (2 * _MONTH, _MONTH, "month"),
    (2 * _DAY, _DAY, "day"),
    (_HOUR, _HOUR, "hour"),
    (_MINUTE, _MINUTE, "minute"),
)
"""From how long on a unit is used, the unit, and its name."""


def counted(number: int, what: str) -> str:
    """Return a number with what it counts, as "1 response" or "2,000 responses"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def day(moment: datetime) -> str:
    """Return the day of an aware time in UTC, as "2 March 2026"."""
    there = moment.astimezone(UTC)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def date_words(when: date) -> str:
    """Return a day as "2 March 2026"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def minute(moment: datetime) -> str:
    """Return an aware time in UTC, as "2 March 2026, 14:05"."""
    return f"{day(moment)}, {moment.astimezone(UTC):%H:%M}"


def span(first: datetime, last: datetime) -> str:
    """Return from when to when, without saying twice what both have in common."""
    start, end = first.astimezone(UTC), last.astimezone(UTC)
    if start.date() == end.date():
        return f"on {day(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"from {start.day} to {day(end)}"
    if start.year == end.year:
        return f"from {start.day} {MONTHS[start.month - 1]} to {day(end)}"
    return f"from {day(start)} to {day(end)}"


def lasting(time: timedelta) -> str:
    """Return how long a time is, in its largest unit, rounded down."""
    for least, unit, name in _UNITS:
        if time >= least:
            return counted(time // unit, name)
    return "less than a minute"


def within(time: timedelta) -> str:
    """Return in how much time something happened, in its largest unit, rounded up."""
    for least, unit, name in _UNITS:
        if time >= least:
            return counted(-(-time // unit), name)
    return "a minute"


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{share * 100:.0f}%"


def listed(words: list[str]) -> str:
    """Return words as English lists them: "a", "a and b", "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
