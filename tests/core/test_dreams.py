"""When a night is due, and which silent threads are left alone."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.core.custom_ids import mint
from bot.core.dreams import LEFT_ALONE, is_left_alone, night_due

ISTANBUL = timezone(timedelta(hours=3))


def test_a_night_is_due_from_three_o_clock_in_the_site_s_time_zone() -> None:
    assert night_due(datetime(2026, 3, 2, 2, 59, tzinfo=UTC), UTC) == date(2026, 2, 28)
    assert night_due(datetime(2026, 3, 2, 3, 0, tzinfo=UTC), UTC) == date(2026, 3, 1)
    assert night_due(datetime(2026, 3, 2, 0, 0, tzinfo=UTC), ISTANBUL) == date(2026, 3, 1)


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_nights_come_one_after_another_across_changes_of_the_clock(minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    zone = ZoneInfo("Europe/Berlin")
    night = night_due(now, zone)
    assert night < now.astimezone(zone).date()
    assert night_due(now + timedelta(hours=1), zone) - night in {timedelta(0), timedelta(days=1)}


@given(st.integers(0, 2**22 - 1))
def test_about_one_thread_in_four_is_left_alone_by_its_id(entropy: int) -> None:
    number = mint(datetime(2026, 3, 1, tzinfo=UTC), entropy)
    assert is_left_alone(number) == (entropy % LEFT_ALONE == 0)
