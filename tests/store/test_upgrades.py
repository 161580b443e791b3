"""A file of an earlier Afterword is brought up to date, and all that was in it stays."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.post import Post, Question
from bot.store.content.posts import question_ids, record_posts
from bot.store.content.readings import load_readings
from bot.store.file.database import connect, open_database
from bot.store.file.migrations import NAMES, migrations
from bot.store.responses.queries import Filter, listing

FIRST = """
insert into essays values (1, 'dreams', '2026-01-01T00:00:00.000+00:00');
insert into posts (id, essay_id, path, lang, slug, key, aliases, title, date, digest, first_seen_at)
  values (2, 1, 'dreams.md', 'en', 'dreams', 'dreams', '[]', 'Dreams',
  '2026-01-01T00:00:00.000+00:00', 'digest', '2026-01-01T00:00:00.000+00:00');
insert into questions values (3, 2, 0, 'Why?', 0, '2026-01-01T00:00:00.000+00:00', null);
insert into readings values ('dreams.md', 1, 1, 'older code', x'00', x'00');
insert into guilds (id, name, joined_at) values (10, 'Readers', '2026-01-01T00:00:00.000+00:00');
insert into channels (id, guild_id, kind, lang, pace, body)
  values (20, 10, 'text', 'en', 'each', 'auto');
insert into publications (id, channel_id, essay_id, post_id, thread_id, title, settled, intended_at)
  values (4, 20, 1, 2, 1000, 'Dreams', 'digest', '2026-01-01T00:00:00.000+00:00');
insert into threads (id, guild_id, publication_id, seen_id) values (1000, 10, 4, 1001);
insert into readers values (500, 'Ada');
insert into responses (id, source_id, source, guild_id, thread_id, publication_id, reader_id, text,
  created_at) values (5, 1001, 'message', 10, 1000, 4, 500, 'I dream of *drawers*.',
  '2026-01-02T00:00:00.000+00:00')
"""
"""Rows as the first schema has them."""

NOW = datetime(2026, 3, 1, tzinfo=UTC)
POST = Post(
    path="dreams.md",
    lang="en",
    slug="dreams",
    title="Dreams",
    essay="dreams",
    date=datetime(2026, 1, 1, tzinfo=UTC),
    digest="digest",
    body_digest="text",
    questions=(Question("Why?"),),
)


@pytest.fixture(params=range(1, len(NAMES)), ids=lambda count: f"after {NAMES[count - 1]}")
def upgraded(path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A file that knew so many migrations when its rows were written."""
    with closing(connect(path)) as db:
        migrations.apply(db, stop_before=NAMES[request.param])
        for statement in FIRST.split(";"):
            db.execute(statement)
        db.conn.commit()
    with closing(open_database(path)) as db:
        yield db


def test_every_row_is_there_and_every_word_is_found(upgraded: Database) -> None:
    assert upgraded.conn.execute("pragma foreign_key_check").fetchall() == []
    assert [one.text for one in listing(upgraded, Filter(words="drawers"))] == [
        "I dream of *drawers*."
    ]
    upgraded.execute("update responses set text = 'I dream of keys.'")
    assert listing(upgraded, Filter(words="drawers")) == []
    assert len(listing(upgraded, Filter(words="keys"))) == 1


def test_the_text_of_a_post_is_filled_in_and_nothing_else_is_touched(upgraded: Database) -> None:
    known = "select id, settled, post_id, title from publications"
    before = upgraded.execute(known).fetchall()
    recorded = record_posts(upgraded, [POST], NOW)
    assert [one.id for one in recorded.posts] == [2]
    assert upgraded.execute("select body_digest from posts").fetchall() == [("text",)]
    assert upgraded.execute(known).fetchall() == before == [(4, "digest", 2, "Dreams")]
    assert question_ids(upgraded, 2) == {"Why?": 3}


def test_a_post_that_was_renamed_and_corrected_meanwhile_is_known(upgraded: Database) -> None:
    renamed = replace(POST, path="b.md", slug="b", essay="b", digest="new", body_digest="new")
    assert [one.id for one in record_posts(upgraded, [renamed], NOW).posts] == [2]


def test_no_reading_of_the_older_code_is_taken(upgraded: Database) -> None:
    assert load_readings(upgraded, "newer code") == {}
    assert load_readings(upgraded, "older code") == {}


def test_a_file_that_never_had_an_earlier_migration_gets_it(path: Path) -> None:
    """One that was made before a release may have a later migration alone."""
    with closing(connect(path)) as db:
        migrations.apply(db, stop_before="0002_bodies")
        [access] = [one for one in migrations.pending(db) if one.name == "0003_access"]
        access.fn(db)
        migrations._record_applied(db, access.name)
        db.conn.commit()
    with closing(open_database(path)) as db:
        assert migrations.pending(db) == []
        assert "body_digest" in db.table("posts").columns_dict
