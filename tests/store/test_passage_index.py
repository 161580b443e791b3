"""The index of passages holds what was put in last, and each word of it is found."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.core.post import Post
from bot.store.content.posts import record_posts
from bot.store.file.migrations import migrations
from bot.store.passages.index import (
    IndexedPassage,
    IndexedPost,
    index_posts,
    indexed_digests,
    indexed_paths,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def db() -> Database:
    made = Database(memory=True)
    migrations.apply(made)
    return made


def store(db: Database, *slugs: str) -> list[Post]:
    posts = [Post(f"{slug}.md", "en", slug, slug.title(), slug) for slug in slugs]
    return list(record_posts(db, posts, NOW).posts)


def indexed(post: Post, *texts: str) -> IndexedPost:
    assert post.id is not None
    passages = tuple(IndexedPassage("en_head", text) for text in texts)
    return IndexedPost(post.id, "1", "en_title", "en_tag", passages, ("/there/",))


def found(db: Database, word: str) -> list[int]:
    query = (
        "select post_id from passage_words join passages on passages.id = passage_words.rowid "
        "where passage_words match ? order by 1"
    )
    return [post_id for (post_id,) in db.execute(query, [f'"{word}"'])]


def of_posts(db: Database, word: str) -> list[int]:
    query = "select rowid from post_words where post_words match ? order by 1"
    return [post_id for (post_id,) in db.execute(query, [f'"{word}"'])]


def test_a_passage_is_found_by_its_words_its_heading_and_its_essays_title(db: Database) -> None:
    [post] = store(db, "maps")
    index_posts(db, [indexed(post, "en_forget en_map", "en_train")])
    assert found(db, "en_map") == [post.id]
    assert found(db, "en_head") == found(db, "en_title") == [post.id, post.id]
    assert of_posts(db, "en_train") == of_posts(db, "en_tag") == [post.id]


def test_what_was_put_in_before_is_forgotten(db: Database) -> None:
    one, other = store(db, "maps", "trains")
    assert one.id is not None
    index_posts(db, [indexed(one, "en_old"), indexed(other, "en_stays")])
    index_posts(db, [replace_digest(indexed(one, "en_new"))])
    assert (found(db, "en_old"), of_posts(db, "en_old")) == ([], [])
    assert db.execute("select 1 from passage_terms where term = 'en_old'").fetchall() == []
    assert found(db, "en_new") == of_posts(db, "en_new") == [one.id]
    assert indexed_digests(db) == {one.id: "2", other.id: "1"}
    index_posts(db, [], [one.id])
    assert (found(db, "en_new"), found(db, "en_stays")) == ([], [other.id])
    assert list(indexed_paths(db)) == ["trains.md"]
    db.execute("insert into passage_words (passage_words) values ('integrity-check')")
    db.execute("insert into post_words (post_words) values ('integrity-check')")


def replace_digest(post: IndexedPost) -> IndexedPost:
    return post._replace(digest="2")


def test_a_post_that_was_never_recorded_is_left_out(db: Database) -> None:
    [post] = store(db, "maps")
    index_posts(db, [indexed(replace(post, id=7), "en_word")])
    assert found(db, "en_word") == []


@pytest.mark.parametrize("word", ["hi_हिंदी", "tr_ışık", "ja_図書", "en_c3po", "ru_ёлка"])
def test_a_stem_of_any_script_is_one_word(db: Database, word: str) -> None:
    [post] = store(db, "maps")
    index_posts(db, [indexed(post, f"{word} en_other")])
    terms = {term for (term,) in db.execute("select term from passage_terms")}
    assert word in terms
    assert found(db, word) == [post.id]


@given(st.lists(st.lists(st.sampled_from(["en_a", "en_b", "tr_a"]), min_size=1), max_size=4))
def test_terms_are_counted_by_passages(texts: list[list[str]]) -> None:
    db = Database(memory=True)
    migrations.apply(db)
    [post] = store(db, "maps")
    index_posts(db, [indexed(post, *map(" ".join, texts))])
    counts = dict(db.execute("select term, doc from passage_terms where term <> 'en_title'"))
    for word in ("en_a", "en_b", "tr_a"):
        assert counts.get(word, 0) == sum(word in text for text in texts)
