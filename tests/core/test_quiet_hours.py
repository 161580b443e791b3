"""Quiet hours: what is due in them starts when they are over."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.post import Post
from bot.core.publishing.due import plan_next
from bot.core.publishing.quiet import QuietHours

BERLIN, ISTANBUL = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Istanbul")
ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu"]
NIGHT = QuietHours(22, 7, ISTANBUL)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        ("2026-03-01T21:59+03:00", "2026-03-01T21:59+03:00"),
        ("2026-03-01T22:00+03:00", "2026-03-02T07:00+03:00"),
        ("2026-03-02T06:59+03:00", "2026-03-02T07:00+03:00"),
        ("2026-03-02T07:00+03:00", "2026-03-02T07:00+03:00"),
        ("2026-03-01T19:30+00:00", "2026-03-02T04:00+00:00"),
    ],
)
def test_hours_over_midnight_follow_the_clock_of_the_site(moment: str, over: str) -> None:
    assert NIGHT.over_at(at(moment)) == at(over)


def test_hours_of_one_day_are_over_on_that_day() -> None:
    noon = QuietHours(12, 14, UTC)
    assert noon.over_at(at("2026-03-01T13:30Z")) == at("2026-03-01T14:00Z")
    assert not noon.cover(at("2026-03-01T14:00Z"))
    assert not noon.cover(at("2026-03-01T11:59Z"))


def test_hours_that_end_where_the_clocks_are_put_forward_are_over_after_the_gap() -> None:
    quiet = QuietHours(22, 2, BERLIN)
    assert quiet.over_at(at("2026-03-29T00:30+01:00")) == at("2026-03-29T03:00+02:00")


@given(
    st.integers(0, 23),
    st.integers(0, 23),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # Hypothesis adds the zone
)
def test_quiet_hours_are_always_over_within_two_days(
    start: int, end: int, zone: str, moment: datetime
) -> None:
    if start == end:
        return
    quiet = QuietHours(start, end, ZoneInfo(zone))
    over = quiet.over_at(moment)
    assert moment <= over <= moment + timedelta(days=2)
    assert not quiet.cover(over)
    if over > moment:
        assert quiet.cover(moment)
        assert quiet.cover(over - timedelta(minutes=1))


def test_what_is_due_in_quiet_hours_starts_after_them() -> None:
    now = at("2026-03-01T23:00+03:00")
    post = Post("a.md", "en", "a", "A", "a", date=now - timedelta(hours=1), essay_id=1)
    plan = plan_next([post], "each", [], now, NIGHT)
    assert (plan.start, plan.shelve, plan.again) == ((), (), at("2026-03-02T07:00+03:00"))
    assert plan_next([post], "each", [], plan.again or now, NIGHT).start == (post,)


def test_a_slot_of_the_pace_that_falls_into_quiet_hours_is_moved_behind_them() -> None:
    now = at("2026-03-01T21:30+03:00")
    post = Post("a.md", "en", "a", "A", "a", date=now, essay_id=1)
    plan = plan_next([post], "each", [now - timedelta(minutes=10)], now, NIGHT)
    assert plan.again == at("2026-03-02T07:00+03:00")
