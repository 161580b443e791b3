import asyncio
import sqlite3
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.blog.blog import Blog
from bot.blog.folder import NoContentError
from bot.core.post import Post
from bot.store.content.readings import Kept

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
async def blog(tmp_path: Path) -> AsyncIterator[Blog]:
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\nText.\n")
    one = Blog(tmp_path, address="https://example.org/", timezone="Europe/Istanbul", language="tr")
    yield one
    one.close()


async def test_a_refresh_reads_the_folder_and_tells_what_changed(blog: Blog) -> None:
    first = await blog.refresh(NOW)
    assert [post.path for post in first.added] == ["a.md"]
    assert not await blog.refresh(NOW)
    (blog.folder / "a.md").write_text("---\ntitle: B\n---\nText.\n")
    (blog.folder / "b.md").write_text("---\ntitle: C\n---\nText.\n")
    second = await blog.refresh(NOW)
    assert [post.title for post in second.changed] == ["B"]
    assert [post.path for post in second.added] == ["b.md"]
    (blog.folder / "a.md").unlink()
    assert [post.path for post in (await blog.refresh(NOW)).removed] == ["a.md"]


async def test_what_the_operator_knows_wins(blog: Blog) -> None:
    await blog.refresh(NOW)
    (post,) = blog.catalog.posts
    assert post.url == "https://example.org/a/"
    assert post.lang == "tr"
    assert post.date == datetime(2025, 12, 31, 21, tzinfo=UTC)


async def test_the_operators_time_zone_counts_in_every_language(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\n")
    (tmp_path / "hugo.toml").write_text("[languages.en]\ntimeZone = 'Asia/Tokyo'\n")
    blog = Blog(tmp_path, timezone="Europe/Istanbul")
    await blog.refresh(NOW)
    assert [post.date for post in blog.catalog.posts] == [datetime(2025, 12, 31, 21, tzinfo=UTC)]
    blog.close()


async def test_posts_get_the_ids_under_which_they_are_kept(tmp_path: Path) -> None:
    async def record(posts: tuple[Post, ...], _pending: frozenset[str]) -> tuple[Post, ...]:
        return tuple(replace(post, id=number) for number, post in enumerate(posts, 7))

    (tmp_path / "a.md").write_text("# A")
    blog = Blog(tmp_path, record=record)
    await blog.refresh(NOW)
    assert [post.id for post in blog.catalog.posts] == [7]
    blog.close()


async def test_a_body_is_read_off_the_loop(blog: Blog) -> None:
    await blog.refresh(NOW)
    assert (await blog.body(blog.catalog.posts[0])).markdown == "Text.\n"


async def test_a_folder_that_vanishes_leaves_the_catalog_as_it_was(blog: Blog) -> None:
    await blog.refresh(NOW)
    (blog.folder / "a.md").unlink()
    blog.folder.rmdir()
    with pytest.raises(NoContentError):
        await blog.refresh(NOW)
    assert len(blog.catalog) == 1


async def test_a_changed_file_is_noticed(blog: Blog) -> None:
    noticed = asyncio.Event()
    blog.watch(lambda _: noticed.set())
    async with asyncio.timeout(30):
        number = 0
        while not noticed.is_set():  # the watch begins at some moment after the thread does
            number += 1
            (blog.folder / "a.md").write_text(f"# {number}")
            try:
                await asyncio.wait_for(noticed.wait(), 0.2)
            except TimeoutError:
                continue


async def test_closing_twice_is_harmless(blog: Blog) -> None:
    blog.watch(lambda _: None)
    blog.close()
    blog.close()


async def test_questions_are_filled_in_behind(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    blog = Blog(tmp_path)
    await blog.refresh(NOW, at_once=0)
    assert (blog.pending, blog.catalog.posts[0].questions) == (1, ())
    changes = await blog.ask()
    assert [len(post.questions) for post in changes.changed] == [1]
    assert blog.pending == 0
    blog.close()


async def test_what_was_not_recorded_is_recorded_the_next_time(tmp_path: Path) -> None:
    told: list[int] = []

    async def record(posts: tuple[Post, ...], _pending: frozenset[str]) -> tuple[Post, ...]:
        told.append(len(posts))
        if len(told) == 2:
            raise sqlite3.OperationalError("the disk is full")
        return posts

    (tmp_path / "a.md").write_text("# A\n")
    blog = Blog(tmp_path, record=record)
    assert await blog.refresh(NOW)
    assert not await blog.refresh(NOW)
    (tmp_path / "a.md").write_text("# Another\n")
    with pytest.raises(sqlite3.OperationalError):
        await blog.refresh(NOW)
    assert await blog.refresh(NOW)
    assert not await blog.refresh(NOW)
    assert told == [1, 1, 1]
    blog.close()


async def test_a_text_that_changed_is_put_in_its_place(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# A\n\nText.\n")
    told: list[str] = []

    async def rerecord(posts: tuple[Post, ...]) -> None:
        told.extend(post.path for post in posts)

    blog = Blog(tmp_path, rerecord=rerecord)
    await blog.refresh(NOW)
    slug = blog.catalog.posts[1].slug
    (tmp_path / "b.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    changes = await blog.reread({"b.md"})
    assert changes is not None
    assert [len(post.questions) for post in changes.changed] == [1]
    assert blog.catalog.find(slug, now=NOW) == changes.changed[0]
    assert told == ["b.md"]
    (tmp_path / "b.md").write_text("# B\n\nText.\n\nWhat do you think?\n")
    assert await blog.reread({"b.md"}) is None
    await blog.refresh(NOW)
    assert blog.catalog.posts[1].title == "B"
    blog.close()


async def test_what_was_read_beside_something_else_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    blog = Blog(tmp_path)
    await blog.refresh(NOW)
    (tmp_path / "a.md").write_text("# A\n\nAnother text.\n")
    assert await blog.reread(["a.md", "config-notes.txt"]) is None
    assert [post.path for post in (await blog.refresh(NOW)).changed] == ["a.md"]
    blog.close()


async def test_the_watcher_tells_which_files_changed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    told: asyncio.Queue[frozenset[str] | None] = asyncio.Queue()
    blog = Blog(tmp_path)
    blog.watch(told.put_nowait)
    async with asyncio.timeout(30):
        assert await told.get() is None  # what changed before it watched
        (tmp_path / "a.md").write_text("# A\n\nText.\n")
        assert await told.get() == frozenset({"a.md"})
        (tmp_path / "hugo.toml").write_text("title = 'A site'\n")
        assert await told.get() == frozenset({"hugo.toml"})
    blog.close()


async def test_who_records_posts_is_told_which_were_not_asked_yet(tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    asked: list[list[str]] = []

    async def record(posts: tuple[Post, ...], pending: frozenset[str]) -> tuple[Post, ...]:
        told.append(pending)
        return posts

    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# A\n\nText.\n\nWhat do you think?\n")

    async def rerecord(posts: tuple[Post, ...]) -> None:
        asked.append([post.path for post in posts])

    blog = Blog(tmp_path, record=record, rerecord=rerecord)
    await blog.refresh(NOW, at_once=0, first=["b.md"])
    await blog.ask()
    assert told == [{"a.md"}]
    assert asked == [["a.md"]]
    blog.close()


class Shelf:
    """Keeps readings as the store does, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Kept]] = {}
        self.saves = 0

    async def load(self, made_by: str) -> Mapping[str, Kept]:
        return dict(self.kept.get(made_by, {}))

    async def save(self, made_by: str, kept: Mapping[str, Kept], gone: Collection[str]) -> None:
        self.saves += 1
        mine = self.kept.setdefault(made_by, {})
        mine.update(kept)
        for path in gone:
            del mine[path]


async def test_a_new_process_takes_over_what_was_read(tmp_path: Path) -> None:
    shelf = Shelf()
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    first = Blog(tmp_path, load=shelf.load, save=shelf.save)
    await first.refresh(NOW)
    first.close()
    second = Blog(tmp_path, load=shelf.load, save=shelf.save)
    await second.refresh(NOW, at_once=0)
    assert second.pending == 0
    assert second.catalog.posts == first.catalog.posts
    assert shelf.saves == 1
    (tmp_path / "a.md").unlink()
    await second.refresh(NOW)
    assert [list(kept) for kept in shelf.kept.values()] == [["b.md"]]
    second.close()


async def test_faults_of_the_configuration_stay_while_questions_are_filled_in(
    tmp_path: Path,
) -> None:
    (tmp_path / "hugo.toml").write_text("baseURL = ")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("# A\n\nText.\n\nWhat do you think?\n")
    blog = Blog(tmp_path)
    await blog.refresh(NOW, at_once=0)
    before = blog.faults
    await blog.ask()
    assert [fault.path for fault in blog.faults] == ["hugo.toml"]
    assert blog.faults == before
    blog.close()


async def test_what_changed_before_the_folder_was_watched_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("---\ntitle: One\n---\nText.\n", encoding="utf-8")
    blog = Blog(tmp_path)
    await blog.refresh(NOW)
    (tmp_path / "two.md").write_text("---\ntitle: Two\n---\nText.\n", encoding="utf-8")
    called = asyncio.Event()
    blog.watch(lambda _: called.set())
    try:
        async with asyncio.timeout(30):
            await called.wait()
    finally:
        await asyncio.to_thread(blog.close)
