"""What is counted, against numbers that were worked out by hand or stand in a book."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.report.figures import median_of, spread, unfolding, wilson
from bot.desk.report.wording import counted, lasting, minute, span, within

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_delay_counts_in_the_span_that_it_falls_into() -> None:
    found = spread([timedelta(minutes=59), HOUR, 5 * HOUR, 6 * HOUR, 2 * DAY])
    assert [(bar.name, bar.size) for bar in found] == [
        ("under 1 hour", 1), ("1 to 6 hours", 2), ("6 to 24 hours", 1), ("1 to 3 days", 1),
    ]  # fmt: skip
    assert spread([400 * DAY])[-1][:2] == ("later", 1)


@pytest.mark.parametrize(
    ("days", "unit", "count", "last"),
    [
        (0, "day", 1, "28 February 2026"),
        (2, "day", 3, "2 March 2026"),
        (59, "day", 60, "28 April 2026"),
        (60, "week", 10, "27 April 2026"),
        (600, "month", 21, "October 2027"),
        (3000, "year", 9, "2034"),
    ],
)
def test_a_timeline_leaves_no_span_out(days: int, unit: str, count: int, last: str) -> None:
    first = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    found = unfolding([first, first + days * DAY])
    assert (found.unit, len(found.bars)) == (unit, count)
    assert found.bars[-1].name == last
    assert sum(bar.size for bar in found.bars) == 2
    assert found.bars[0].size >= 1 <= found.bars[-1].size


def test_wilsons_interval_is_the_one_in_the_tables() -> None:
    rounded = [round(value, 3) for value in wilson(8, 10)]
    assert rounded == [0.8, 0.490, 0.943]
    assert [round(value, 3) for value in wilson(0, 5)] == [0.0, 0.0, 0.434]
    assert wilson(5, 5).high == 1.0


def test_a_median_lies_between_two_values_of_the_sample() -> None:
    """For 6, 9, 20 and 100 values, tables of the sign test give ranks 1, 2, 6 and 40."""
    assert median_of([5, 3, 1, 2, 4]) is None
    assert median_of([]) is None
    for count, rank in ((6, 1), (9, 2), (20, 6), (100, 40)):
        found = median_of(list(reversed(range(1, count + 1))))
        assert found == ((count + 1) / 2, rank, count + 1 - rank)


def test_times_are_said_in_their_largest_unit() -> None:
    assert [lasting(time) for time in (timedelta(seconds=59), 61 * timedelta(seconds=1))] == [
        "less than a minute", "1 minute",
    ]  # fmt: skip
    assert [lasting(time) for time in (47 * HOUR, 2 * DAY, 60 * DAY, 61 * DAY, 800 * DAY)] == [
        "47 hours", "2 days", "60 days", "2 months", "2 years",
    ]  # fmt: skip
    assert [within(time) for time in (timedelta(), HOUR, HOUR * 1.5, 2.1 * DAY)] == [
        "a minute", "1 hour", "2 hours", "3 days",
    ]  # fmt: skip


def test_spans_say_nothing_twice() -> None:
    first = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
    assert span(first, first) == "on 2 March 2026"
    assert span(first, first + DAY) == "from 2 to 3 March 2026"
    assert span(first, first + 31 * DAY) == "from 2 March to 2 April 2026"
    assert span(first, first + 365 * DAY) == "from 2 March 2026 to 2 March 2027"
    assert minute(first) == "2 March 2026, 23:59"
    assert (counted(1, "essay"), counted(2000, "essay")) == ("1 essay", "2,000 essays")
