"""Until when answers wait: what front matter says, and how a change of it moves that."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.publishing.sealing import OPEN, Seal, Sealed, seal_of
from bot.core.reading.frontmatter.sealing import read_sealed
from bot.core.reading.posts import read_post
from bot.core.site import Site

ISTANBUL = ZoneInfo("Europe/Istanbul")
ASKED = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOW = ASKED + timedelta(days=2)
DAY = timedelta(days=1)
SOON, LATER, PAST = NOW + DAY, NOW + 9 * DAY, NOW - DAY


@pytest.mark.parametrize(
    ("value", "sealed"),
    [
        (None, None),
        ("", None),
        (False, 0),
        ("no", 0),
        (0, 0),
        (7, 7),
        ("7", 7),
        ("7 days", 7),
        ("14d", 14),
        ("2026-04-01", datetime(2026, 4, 1, tzinfo=ISTANBUL)),
        (datetime(2026, 4, 1).date(), datetime(2026, 4, 1, tzinfo=ISTANBUL)),  # noqa: DTZ001  # a date alone
        ("2026-04-01T09:00:00Z", datetime(2026, 4, 1, 9, tzinfo=UTC)),
    ],
)
def test_a_day_or_a_number_of_days_is_read(value: object, sealed: Sealed | None) -> None:
    assert read_sealed(value, ISTANBUL) == sealed


@pytest.mark.parametrize(
    "value", [True, "soon", "yes", -3, 400, 1.5, "2026-13-01", [7], {"days": 7}, "a week"]
)
def test_nonsense_is_a_fault(value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_sealed(value, UTC)


@given(st.one_of(st.text(), st.integers(), st.booleans(), st.floats(), st.none(), st.dates()))
def test_whatever_stands_there_is_read_or_is_a_fault(value: object) -> None:
    try:
        found = read_sealed(value, UTC)
    except ValueError:
        return
    assert found is None or isinstance(found, datetime) or 0 <= found <= 366


def test_a_fault_names_its_line_and_the_essay_is_read_all_the_same() -> None:
    text = b"---\ntitle: Maps\ndate: 2026-03-01\nsealed: soon\n---\n\nText. Why?\n"
    reading = read_post("posts/maps.md", text, Site())
    assert reading.post is not None
    assert reading.post.sealed is None
    (fault,) = reading.faults
    assert (fault.line, fault.message) == (
        4,
        "What “sealed” says cannot be read: 'soon' is no date.",
    )


@pytest.mark.parametrize(
    ("stated", "days", "before", "after"),
    [
        (None, None, None, OPEN),
        (None, 7, None, Seal(ASKED + 7 * DAY)),
        (5, 7, None, Seal(ASKED + 5 * DAY, by_file=True)),
        (0, 7, None, Seal(by_file=True)),
        (LATER, None, None, Seal(LATER, by_file=True)),
        (PAST, None, None, Seal(by_file=True)),
        (LATER, None, Seal(SOON, by_file=True), Seal(LATER, by_file=True)),
        (SOON, None, Seal(LATER, by_file=True), Seal(SOON, by_file=True)),
        (PAST, None, Seal(LATER, by_file=True), Seal(PAST, by_file=True)),
        (None, None, Seal(LATER, by_file=True), Seal(NOW)),  # taken back: it opens now
        (0, None, Seal(LATER), Seal(NOW, by_file=True)),
        (None, 9, OPEN, OPEN),  # a setting is for what is asked from then on
        (None, None, Seal(LATER), Seal(LATER)),  # and so is turning it off
        (LATER, None, OPEN, Seal(LATER, by_file=True)),
    ],
)
def test_how_a_prompt_is_sealed(
    stated: Sealed | None, days: int | None, before: Seal | None, after: Seal
) -> None:
    assert seal_of(stated, days, ASKED, NOW, before) == after


SEALS = st.builds(Seal, st.sampled_from([None, PAST, NOW, SOON, LATER]), st.booleans())


@given(st.sampled_from([None, 0, 1, 5, PAST, SOON, LATER]), st.sampled_from([None, 5]), SEALS)
def test_what_is_decided_stays_as_long_as_nothing_changes(
    stated: Sealed | None, days: int | None, before: Seal
) -> None:
    once = seal_of(stated, days, ASKED, NOW, before)
    assert seal_of(stated, days, ASKED, NOW + timedelta(hours=1), once) == once


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Seal(None, by_file=True), Seal(None)),  # it was open, and stays so
        (Seal(SOON, by_file=True), Seal(NOW)),
        (Seal(PAST, by_file=True), Seal(PAST)),
        (Seal(SOON), Seal(SOON)),
    ],
)
def test_a_line_that_is_taken_out_never_seals(before: Seal, after: Seal) -> None:
    for days in (None, 7, 30):
        assert seal_of(None, days, ASKED, NOW, before) == after
