"""From when on somebody wants to read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.since import read_since

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01", datetime(2026, 2, 28, 21, tzinfo=UTC)),
        (" 2026-03-01 ", datetime(2026, 2, 28, 21, tzinfo=UTC)),
        ("7d", NOW - timedelta(days=7)),
        ("2W", NOW - timedelta(days=14)),
        ("0d", NOW),
    ],
)
def test_a_day_begins_where_the_blog_is_and_days_count_from_now(
    text: str, moment: datetime
) -> None:
    assert read_since(text, NOW, ISTANBUL) == moment


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
        "12345d",
        "\u0667d",
        "0001-01-01",
    ],
)
def test_what_names_no_moment_is_none(text: str) -> None:
    assert read_since(text, NOW, ISTANBUL) is None


@given(st.text() | st.from_regex(r"[0-9]{1,5}[dwDW]|[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_any_text_is_taken(text: str) -> None:
    found = read_since(text, NOW, ISTANBUL)
    assert found is None or found.tzinfo is not None
