"""From when on somebody wants to read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.moments import moment

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-01", datetime(2026, 2, 28, 21, tzinfo=UTC)),
        (" 2026-03-01 ", datetime(2026, 2, 28, 21, tzinfo=UTC)),
        ("7d", NOW - timedelta(days=7)),
        ("2W", NOW - timedelta(days=14)),
        ("0d", NOW),
        ("12 h", NOW - timedelta(hours=12)),
        ("2026-03-01T12:00", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T12:00+01:00", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("99999d", NOW - timedelta(days=99999)),
    ],
)
def test_a_day_begins_where_the_blog_is_and_days_count_from_now(text: str, meant: datetime) -> None:
    assert moment(text, NOW, ISTANBUL) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-02-30",
        "2026-3-1",
        "7",
        "7m",
        "-7d",
        "123456d",
        "20260301",
        "2026-W09-1",
        "\u0667d",
        "0001-01-01",
    ],
)
def test_what_names_no_moment_is_none(text: str) -> None:
    assert moment(text, NOW, ISTANBUL) is None


@given(st.text() | st.from_regex(r"[0-9]{1,5}[dwDW]|[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_any_text_is_taken(text: str) -> None:
    found = moment(text, NOW, ISTANBUL)
    assert found is None or found.tzinfo is not None
