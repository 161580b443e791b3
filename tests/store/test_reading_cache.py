"""Readings that outlive their process: returned as they were, or not at all."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.post import Fault, Post, Question
from bot.core.reading.posts import Reading
from bot.store.content.readings import Kept, load_readings, save_readings
from tests.store.conftest import undone

MOMENTS = st.datetimes(timezones=st.just(UTC))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MANY = st.lists(TEXTS, max_size=3).map(tuple)
POSTS = st.builds(
    Post,
    **dict.fromkeys(("path", "lang", "slug", "title", "essay", "description", "digest"), TEXTS),
    **dict.fromkeys(("date", "publish", "expires", "updated"), st.none() | MOMENTS),
    **dict.fromkeys(("titled", "draft"), st.booleans()),
    **dict.fromkeys(("tags", "authors", "aliases"), MANY),
    **dict.fromkeys(("cover", "url"), st.none() | TEXTS),
    **dict.fromkeys(("id", "essay_id"), st.none()),
    kind=st.sampled_from(["essay", "page"]),
    minutes=st.integers(1, 500),
    questions=st.lists(st.builds(Question, TEXTS, st.booleans()), max_size=3).map(tuple),
    closing=st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)),
)
FAULTS = st.builds(Fault, TEXTS, st.none() | st.integers(1, 99), TEXTS, TEXTS)
READINGS = st.builds(
    Reading,
    post=st.none() | POSTS,
    body=st.just(""),
    line=st.integers(1, 99),
    faults=st.lists(FAULTS, max_size=2).map(tuple),
    pending=st.booleans(),
)
ONE = Kept(
    7, 5, 3, Reading(Post(path="a.md", lang="en", slug="a", title="A", essay="a", minutes=3), "")
)


@settings(max_examples=150)
@given(st.dictionaries(TEXTS, READINGS, max_size=3))
def test_readings_come_back_as_they_were(
    shared_empty: Database, readings: dict[str, Reading]
) -> None:
    db = shared_empty
    kept = {
        path: Kept(n, n * 2, 2**64 - 1 - n, reading)
        for n, (path, reading) in enumerate(readings.items())
    }
    with undone(db):
        save_readings(db, "this", kept, ())
        assert load_readings(db, "this") == kept
        assert load_readings(db, "that") == {}


def test_a_time_keeps_its_moment_whatever_its_zone(db: Database) -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=3)))
    post = Post(path="a.md", lang="en", slug="a", title="A", essay="a", date=moment)
    save_readings(db, "this", {"a.md": Kept(1, 1, 1, Reading(post, ""))}, ())
    kept = load_readings(db, "this")["a.md"].reading.post
    assert kept is not None
    assert kept.date == moment


def test_a_newer_reading_replaces_an_older_and_what_is_gone_is_forgotten(db: Database) -> None:
    save_readings(db, "this", {"a.md": ONE, "b.md": ONE}, ())
    newer = ONE._replace(size=6)
    save_readings(db, "this", {"a.md": newer}, ["b.md"])
    assert load_readings(db, "this") == {"a.md": newer}
    save_readings(db, "that", {"c.md": ONE}, ())
    assert load_readings(db, "this") == {}
    assert load_readings(db, "that") == {"c.md": ONE}


@pytest.mark.parametrize(
    "damage",
    [
        "reading = cast(replace(cast(reading as text), '\"A\"', '\"B\"') as blob)",
        "reading = x'00'",
        "reading = x''",
        "changed_at = changed_at + 1",
        "size = size + 1",
        "path = 'b.md'",
        "checksum = x''",
    ],
)
def test_a_damaged_row_is_never_trusted(db: Database, damage: str) -> None:
    save_readings(db, "this", {"a.md": ONE, "sound.md": ONE}, ())
    db.execute(f"update readings set {damage} where path = 'a.md'")  # noqa: S608  # from above
    assert load_readings(db, "this") == {"sound.md": ONE}
