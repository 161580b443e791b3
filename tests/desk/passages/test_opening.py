"""A command has the index that the bot made, if it has every essay as it is, or makes its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.blog.files.reading import read_body
from bot.blog.indexed import indexed_post
from bot.core.post import Post
from bot.core.site import Site
from bot.desk.passages.opening import open_index
from bot.store.content.posts import record_posts
from bot.store.file.database import open_database
from bot.store.passages.index import index_posts

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MAPS = Post("maps.md", "en", "maps", "Maps", "maps", digest="1")
DRAFT = Post("draft.md", "en", "draft", "Draft", "draft", digest="1", draft=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "maps.md").write_text("---\ntitle: Maps\n---\n## Old\n\nWe forget maps.\n")
    (tmp_path / "draft.md").write_text("---\ntitle: Draft\ndraft: true\n---\nLater.\n")
    return tmp_path


@pytest.fixture
def bots(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The database of a bot that has indexed the blog."""
    db = open_database(tmp_path_factory.mktemp("bot") / "afterword.db")
    with db.conn:
        maps, _ = record_posts(db, [MAPS, DRAFT], NOW).posts
        index_posts(db, [indexed_post(maps, read_body(root, maps, Site()).markdown)])
    yield db
    db.close()


def test_one_is_made_where_there_is_none(root: Path) -> None:
    told: list[tuple[int, int]] = []
    index = open_index([MAPS, DRAFT], Site(), root, NOW, tell=lambda *counts: told.append(counts))
    assert told == [(1, 1)]
    assert index.db.execute("select count(*) from passages").fetchone() == (1,)
    maps = index.catalog.at("maps.md")
    assert maps is not None
    assert maps.id is not None
    assert index.passages(maps) == [("Old", "We forget maps.")]


def test_the_bots_is_taken_as_it_is(root: Path, bots: Database) -> None:
    index = open_index([MAPS, DRAFT], Site(), root, NOW, bots)
    assert index.db is bots
    [(post_id,)] = bots.execute("select id from posts where path = 'maps.md'").fetchall()
    assert [post.id for post in index.catalog.posts if post.path == "maps.md"] == [post_id]


@pytest.mark.parametrize("posts", [[replace(MAPS, digest="2")], [MAPS, replace(MAPS, path="b.md")]])
def test_one_that_is_behind_is_left_alone(root: Path, bots: Database, posts: list[Post]) -> None:
    (root / "b.md").write_text((root / "maps.md").read_text())
    index = open_index(posts, Site(), root, NOW, bots)
    assert index.db is not bots
    assert len(index.catalog.posts) == len(posts)
