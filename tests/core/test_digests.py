"""When a digest is due, over days, weeks and changed clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digests import Digest, is_due, latest_turn

BERLIN = ZoneInfo("Europe/Berlin")
"""Its clocks go forward on 2026-03-29, a Sunday, and back on 2026-10-25, another."""


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("digest", "last", "now", "due"),
    [
        ("off", None, at(2, 12), False),
        ("daily", None, at(2, 12), True),
        ("daily", at(1, 9), at(2, 8, 59), False),
        ("daily", at(1, 9), at(2, 9), True),
        ("daily", at(2, 9), at(2, 23, 59), False),
        ("daily", at(1, 23), at(2, 9), True),  # turned on the evening before
        ("daily", at(2, 9), at(12, 20), True),  # the bot was away for ten days
        ("weekly", at(2, 9), at(8, 23, 59), False),  # 2026-03-02 is a Monday
        ("weekly", at(2, 9), at(9, 8, 59), False),
        ("weekly", at(2, 9), at(9, 9), True),
        ("weekly", at(5, 12), at(9, 9), True),
        ("weekly", at(2, 9), at(11, 12), True),  # it was away on Monday
    ],
)
def test_a_digest_is_due_once_in_a_morning(
    digest: Digest, last: datetime | None, now: datetime, *, due: bool
) -> None:
    assert is_due(digest, last, now, BERLIN) is due


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 23), (10, 25, 25)])
def test_changed_clocks_neither_skip_a_morning_nor_double_it(
    month: int, day: int, hours: int
) -> None:
    before = at(day - 1, 9, month=month)
    turn = latest_turn("daily", at(day, 10, month=month), BERLIN)
    assert turn - before.astimezone(UTC) == timedelta(hours=hours)
    assert not is_due("daily", before, turn - timedelta(seconds=1), BERLIN)
    assert is_due("daily", before, turn, BERLIN)
    assert not is_due("daily", turn, turn + timedelta(hours=23), BERLIN)
    monday = latest_turn("weekly", at(day + 1, 9, month=month), BERLIN)
    assert monday == at(day + 1, 9, month=month)
    assert not is_due("weekly", at(day - 6, 9, month=month), at(day, 23, month=month), BERLIN)


@given(
    st.sampled_from(["daily", "weekly"]),
    st.datetimes(datetime(2026, 1, 2), datetime(2030, 1, 1)),  # noqa: DTZ001  # made aware below
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"]),
)
def test_the_latest_turn_is_past_and_less_than_a_period_old(
    digest: Digest, moment: datetime, zone: str
) -> None:
    now = moment.replace(tzinfo=UTC)
    turn = latest_turn(digest, now, ZoneInfo(zone))
    period = timedelta(weeks=1) if digest == "weekly" else timedelta(days=1)
    assert now - period - timedelta(hours=1) <= turn <= now
    assert turn.astimezone(ZoneInfo(zone)).hour == 9
    assert digest == "daily" or turn.astimezone(ZoneInfo(zone)).weekday() == 0
