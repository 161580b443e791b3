"""The index of passages follows the files, and is left alone by what did not change."""

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.blog.indexing import AT_ONCE, Indexer
from bot.store.passages.index import IndexedPost, index_posts
from bot.store.store import Store
from tests.blog.conftest import OpenBlog, page


def write(root: Path, name: str, text: str, **keys: str) -> None:
    (root / f"{name}.md").write_text(page(name.title(), **keys) + text)


def found(db: Database, word: str) -> list[str]:
    query = (
        "select posts.path from passage_words join passages on passages.id = passage_words.rowid "
        "join posts on posts.id = passages.post_id where passage_words match ? order by 1"
    )
    return [path for (path,) in db.execute(query, [f'"{word}"'])]


def rows(db: Database) -> dict[str, int]:
    """Return which row each passage has: it stays as long as nobody touches it."""
    query = "select posts.path, passages.id from passages join posts on posts.id = post_id"
    return dict(db.execute(query).fetchall())


@pytest.fixture
async def blog(store: Store, tmp_path: Path, open_blog: OpenBlog) -> Blog:
    write(tmp_path, "maps", "We forget maps.\n")
    write(tmp_path, "trains", "Trains are late.\n")
    write(tmp_path, "draft", "Nobody reads this.\n", draft="true")
    return await open_blog(tmp_path, store)


async def test_every_essay_is_indexed_and_no_draft(blog: Blog, store: Store) -> None:
    indexer = Indexer(blog, store)
    assert not indexer.is_done
    await indexer.update()
    assert indexer.is_done
    assert await store.read(found, "en_forget") == ["maps.md"]
    assert await store.read(found, "en_reads") == await store.read(found, "en_nobodi") == []


def watched(store: Store, patch: pytest.MonkeyPatch) -> list[IndexedPost]:
    """Return the posts that are put in from now on."""
    written: list[IndexedPost] = []
    write_before = store.write

    async def write_and_note(work: Any, *arguments: Any) -> Any:
        if work is index_posts:
            written.extend(arguments[0])
        return await write_before(work, *arguments)

    patch.setattr(store, "write", write_and_note)
    return written


async def test_a_changed_essay_is_indexed_alone(
    blog: Blog, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer = Indexer(blog, store)
    await indexer.update()
    before = await store.read(rows)
    write(tmp_path, "maps", "We remember maps.\n")
    await blog.update()
    written = watched(store, monkeypatch)
    await indexer.update()
    assert [post.title for post in written] == ["en_map"]
    assert await store.read(found, "en_forget") == []
    assert await store.read(found, "en_rememb") == ["maps.md"]
    after = await store.read(rows)
    assert before["trains.md"] == after["trains.md"]
    again = Indexer(blog, store)
    await again.update()
    assert await store.read(rows) == after


async def test_what_is_gone_is_found_no_more(blog: Blog, store: Store, tmp_path: Path) -> None:
    indexer = Indexer(blog, store)
    await indexer.update()
    (tmp_path / "maps.md").unlink()
    write(tmp_path, "trains", "Trains are late.\n", draft="true")
    await blog.update()
    assert not indexer.is_done
    await indexer.update()
    assert await store.read(rows) == {}


async def test_many_essays_are_put_in_a_few_at_a_time(
    blog: Blog, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.blog.indexing.REST", 0)
    for number in range(2 * AT_ONCE):
        write(tmp_path, f"essay-{number}", "About rivers.\n")
    await blog.update()
    indexer, left = Indexer(blog, store), []
    write_before = store.write

    async def watched(*arguments: object) -> object:
        left.append(indexer.left)
        return await write_before(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "write", watched)
    await indexer.update()
    assert left == [18, 10, 2]
    assert indexer.left == 0
    assert len(await store.read(found, "en_river")) == 2 * AT_ONCE
