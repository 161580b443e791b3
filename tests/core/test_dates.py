from datetime import UTC, date, datetime

import pytest

from bot.core.reading.frontmatter.dates import read_date, time_zone

ISTANBUL = time_zone("Europe/Istanbul")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-01T01:27:00+03:00", datetime(2026, 2, 28, 22, 27, tzinfo=UTC)),
        ("2018-07-28 03:00:00 +0000", datetime(2018, 7, 28, 3, tzinfo=UTC)),
        ("2020-01-01 10:00:00 -0500 EST", datetime(2020, 1, 1, 15, tzinfo=UTC)),
        ("2014-08-19T08:23", datetime(2014, 8, 19, 5, 23, tzinfo=UTC)),
        ("2014-08-19T08:23:10.123456789Z", datetime(2014, 8, 19, 8, 23, 10, tzinfo=UTC)),
        ("2020-1-2", datetime(2020, 1, 1, 21, tzinfo=UTC)),
        ("March 1, 2026", datetime(2026, 2, 28, 21, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 10:00:00 +0000", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("2020-01-01 10:30 PM", datetime(2020, 1, 1, 19, 30, tzinfo=UTC)),
        ("1577836800", datetime(2020, 1, 1, tzinfo=UTC)),
        ("1577836800000", datetime(2020, 1, 1, tzinfo=UTC)),
        (date(2020, 1, 2), datetime(2020, 1, 1, 21, tzinfo=UTC)),
        (datetime(2020, 1, 2, 3, tzinfo=UTC), datetime(2020, 1, 2, 3, tzinfo=UTC)),
    ],
)
def test_dates_are_read_in_every_form_that_authors_use(written: object, expected: datetime) -> None:
    assert read_date(written, ISTANBUL) == expected


@pytest.mark.parametrize("written", [None, "", "  ", "0001-01-01", "0001-01-01T00:00:00Z"])
def test_no_date_is_none(written: object) -> None:
    assert read_date(written, UTC) is None


@pytest.mark.parametrize(
    "written",
    [
        "2020-02-30",
        "2020-01-01 25:00",
        "soon",
        True,
        ["2020"],
        "9999-12-31T23:59:59-12:00",
        "2020-01-01 10:00:00+99:99",
    ],
)
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(written, UTC)


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="Mars"):
        time_zone("Mars/Olympus")
