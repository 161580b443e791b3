"""Passages are found by their rarest words, in a few essays or in all."""

from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from bot.core.post import Post
from bot.store.content.posts import record_posts
from bot.store.file.migrations import migrations
from bot.store.passages.counts import count_passages, count_passages_with, count_posts_with
from bot.store.passages.finding import (
    Place,
    passages_at,
    passages_with,
    places_in,
    terms_between,
)
from bot.store.passages.index import IndexedPassage, IndexedPost, index_posts

MANY = 30


@pytest.fixture
def made() -> tuple[Database, list[int]]:
    """Thirty essays of two passages; the second of the first alone speaks of maps."""
    db = Database(memory=True)
    migrations.apply(db)
    posts = [Post(f"{at}.md", "en", f"e{at}", "T", f"e{at}", digest="1") for at in range(MANY)]
    with db.conn:
        stored = record_posts(db, posts, datetime(2026, 3, 1, tzinfo=UTC)).posts
        ids = [post.id or 0 for post in stored]
        index_posts(
            db,
            [
                IndexedPost(
                    post,
                    "1",
                    "en_essay",
                    "en_tag",
                    (
                        IndexedPassage("en_old", "en_river en_forget"),
                        IndexedPassage("", "en_map en_river" if post == ids[0] else "en_river"),
                    ),
                    (),
                )
                for post in ids
            ],
        )
    return db, ids


def test_words_are_counted_by_passage_and_by_essay(made: tuple[Database, list[int]]) -> None:
    db, _ = made
    assert count_passages(db) == 2 * MANY
    assert count_passages_with(db, ["en_river", "en_map", "en_none"]) == {
        "en_river": 60,
        "en_map": 1,
    }
    assert count_posts_with(db, ["en_river", "en_map"]) == {"en_river": 30, "en_map": 1}
    assert terms_between(db, "en_forget", "en_n") == ["en_forget", "en_map"]


def test_the_passage_with_the_rarest_word_comes_first(made: tuple[Database, list[int]]) -> None:
    db, ids = made
    assert passages_with(db, ["en_map", "en_river"], ids, 5)[0] == Place(ids[0], 1)
    assert passages_with(db, ["en_map"], ids, 5) == [Place(ids[0], 1)]
    assert passages_with(db, ["en_map"], ids[1:], 5) == []
    assert passages_with(db, ["en_forget"], ids[2:4], 5) == [Place(ids[2], 0), Place(ids[3], 0)]
    assert passages_with(db, [], ids, 5) == []
    assert passages_with(db, ["en_map"], [], 5) == []


def test_a_passage_has_all_that_it_is_judged_by(made: tuple[Database, list[int]]) -> None:
    db, ids = made
    first = ids[0]
    found = passages_at(db, [Place(first, 0), Place(first, 1), Place(first, 2), Place(99, 0)])
    assert list(found) == [Place(first, 0), Place(first, 1)]
    words = ("en_essay", "en_tag", "en_old", "en_river en_forget")
    assert found[Place(first, 0)] == (first, 0, *words)
    assert places_in(db, [ids[1], 99], 1) == [Place(ids[1], 0)]
