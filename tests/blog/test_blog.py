import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.blog.blog import Blog
from bot.blog.files.reading import NoContentError
from bot.blog.site.configuration import Overrides
from bot.core.reading.posts import Reading, read_post
from bot.store.store import Store
from tests.blog.conftest import NOW, OpenBlog

ADD_COLUMN = "alter table readings add column earlier integer default 0"


@pytest.fixture
async def blog(tmp_path: Path, open_blog: OpenBlog) -> Blog:
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\nText.\n")
    known = Overrides("https://example.org/", "Europe/Istanbul", "tr")
    return await open_blog(tmp_path, overrides=known)


async def test_a_refresh_reads_what_changed_in_the_folder(blog: Blog) -> None:
    def found() -> dict[str, str]:
        return {post.path: post.title for post in blog.catalog.posts}

    assert found() == {"a.md": "A"}
    assert not await blog.refresh(NOW)
    (blog.folder / "a.md").write_text("---\ntitle: B\n---\nText.\n")
    (blog.folder / "b.md").write_text("---\ntitle: C\n---\nText.\n")
    assert await blog.refresh(NOW)
    assert found() == {"a.md": "B", "b.md": "C"}
    (blog.folder / "a.md").unlink()
    assert await blog.refresh(NOW)
    assert found() == {"b.md": "C"}


async def test_what_the_operator_knows_wins(blog: Blog) -> None:
    (post,) = blog.catalog.posts
    assert post.url == "https://example.org/a/"
    assert post.lang == "tr"
    assert post.date == datetime(2025, 12, 31, 21, tzinfo=UTC)


async def test_the_operators_time_zone_counts_in_every_language(
    tmp_path: Path, open_blog: OpenBlog
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\n")
    (tmp_path / "hugo.toml").write_text("[languages.en]\ntimeZone = 'Asia/Tokyo'\n")
    blog = await open_blog(tmp_path, overrides=Overrides(timezone="Europe/Istanbul"))
    assert [post.date for post in blog.catalog.posts] == [datetime(2025, 12, 31, 21, tzinfo=UTC)]


async def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = await store.read(lambda db: db.execute(query).fetchall())
    return found


async def test_posts_get_the_ids_under_which_they_are_kept(
    tmp_path: Path, store: Store, open_blog: OpenBlog
) -> None:
    (tmp_path / "a.md").write_text("# A")
    blog = await open_blog(tmp_path, store)
    assert await rows(store, "select id from posts") == [(blog.catalog.posts[0].id,)]


async def test_a_body_is_read_off_the_loop(blog: Blog) -> None:
    assert (await blog.body(blog.catalog.posts[0])).markdown == "Text.\n"


async def test_a_folder_that_vanishes_leaves_the_catalog_as_it_was(blog: Blog) -> None:
    (blog.folder / "a.md").unlink()
    blog.folder.rmdir()
    with pytest.raises(NoContentError):
        await blog.refresh(NOW)
    assert len(blog.catalog) == 1


async def test_closing_twice_is_harmless(blog: Blog) -> None:
    blog.watch(lambda _: None)
    blog.close()
    blog.close()


async def test_questions_are_filled_in_behind(tmp_path: Path, open_blog: OpenBlog) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    blog = await open_blog(tmp_path, at_once=0)
    assert (blog.pending, blog.catalog.posts[0].questions) == (1, ())
    await blog.ask()
    assert [len(post.questions) for post in blog.catalog.posts] == [1]
    assert blog.pending == 0


async def test_what_was_not_recorded_is_recorded_the_next_time(
    tmp_path: Path, store: Store
) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    blog = Blog(tmp_path, store)
    assert await blog.refresh(NOW)
    assert not await blog.refresh(NOW)
    (tmp_path / "a.md").write_text("# Another\n")
    await store.write(lambda db: db.execute("alter table posts rename to away"))
    with pytest.raises(sqlite3.OperationalError):
        await blog.refresh(NOW)
    await store.write(lambda db: db.execute("alter table away rename to posts"))
    assert await blog.refresh(NOW)
    assert await rows(store, "select title from posts") == [("Another",)]
    assert not await blog.refresh(NOW)
    blog.close()


async def test_a_text_that_changed_is_put_in_its_place(
    tmp_path: Path, store: Store, open_blog: OpenBlog
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# A\n\nText.\n")
    blog = await open_blog(tmp_path, store)
    slug = blog.catalog.posts[1].slug
    (tmp_path / "b.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    assert await blog.reread({"b.md"})
    assert {post.path: len(post.questions) for post in blog.catalog.posts} == {"a.md": 0, "b.md": 1}
    assert blog.catalog.find(slug, now=NOW) == blog.catalog.at("b.md")
    asking = "select path from posts where id in (select post_id from questions)"
    assert await rows(store, asking) == [("b.md",)]
    (tmp_path / "b.md").write_text("# B\n\nText.\n\nWhat do you think?\n")
    assert not await blog.reread({"b.md"})
    await blog.refresh(NOW)
    assert blog.catalog.posts[1].title == "B"


async def test_what_was_read_beside_something_else_is_not_lost(
    tmp_path: Path, open_blog: OpenBlog
) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    blog = await open_blog(tmp_path)
    (tmp_path / "a.md").write_text("# A\n\nAnother text.\n")
    before = blog.catalog.at("a.md")
    assert not await blog.reread(["a.md", "config-notes.txt"])
    assert await blog.refresh(NOW)
    assert blog.catalog.at("a.md") != before


async def test_the_watcher_tells_which_files_changed(tmp_path: Path, open_blog: OpenBlog) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    told: asyncio.Queue[frozenset[str] | None] = asyncio.Queue()
    blog = await open_blog(tmp_path)
    blog.watch(told.put_nowait)
    async with asyncio.timeout(30):
        assert await told.get() is None  # what changed before it watched
        (tmp_path / "a.md").write_text("# A\n\nText.\n")
        assert await told.get() == frozenset({"a.md"})
        (tmp_path / "hugo.toml").write_text("title = 'A site'\n")
        assert await told.get() == frozenset({"hugo.toml"})


async def test_the_store_knows_which_posts_were_not_asked_yet(
    tmp_path: Path, store: Store, open_blog: OpenBlog
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    blog = await open_blog(tmp_path, store, at_once=0, first=["b.md"])
    pending = "select path from posts where pending"
    assert await rows(store, pending) == [("a.md",)]
    await blog.ask()
    assert await rows(store, pending) == []


async def test_a_new_process_takes_over_what_was_read(
    tmp_path: Path, store: Store, open_blog: OpenBlog
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    first = await open_blog(tmp_path, store)
    first.close()
    await store.write(lambda db: db.execute(ADD_COLUMN))
    await store.write(lambda db: db.execute("update readings set earlier = 1"))
    second = await open_blog(tmp_path, store, at_once=0)
    assert second.pending == 0
    assert second.catalog.posts == first.catalog.posts
    (tmp_path / "a.md").unlink()
    await second.refresh(NOW)
    assert await rows(store, "select path, earlier from readings") == [("b.md", 1)]


async def test_an_edited_file_is_read_once_until_it_is_shown(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []

    def counted(path: str, *args: Any, **options: Any) -> Reading:
        reads.append(path)
        return read_post(path, *args, **options)

    monkeypatch.setattr("bot.blog.files.reading.read_post", counted)
    for title in ("A", "B"):
        text = f"---\ntitle: {title}\ndate: 2026-01-01\n---\nText {title}.\n\nWhat do you think?\n"
        (blog.folder / "a.md").write_text(text)
        await blog.update(["a.md"])
        shown = await blog.body(blog.catalog.posts[0])
        assert (shown.markdown, shown.closing) == (f"Text {title}.\n\nWhat do you think?\n", (2, 3))
        assert blog.catalog.posts[0].title == title
    assert reads == ["a.md", "a.md"]


async def test_faults_of_the_configuration_stay_while_questions_are_filled_in(
    tmp_path: Path, open_blog: OpenBlog
) -> None:
    (tmp_path / "hugo.toml").write_text("baseURL = ")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    blog = await open_blog(tmp_path, at_once=0)
    before = blog.faults
    await blog.ask()
    assert [fault.path for fault in blog.faults] == ["hugo.toml"]
    assert blog.faults == before
    blog.close()
