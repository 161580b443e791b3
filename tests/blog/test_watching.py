"""The folder is watched wherever its path leads, and whatever takes its place."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from watchfiles import watch

from bot.blog.blog import Blog
from bot.blog.files import watching
from bot.blog.files.reading import NoContentError, read_file
from bot.core.reading.posts import Reading
from bot.core.site import Site
from bot.store.store import Store
from tests.blog.conftest import NOW, OpenBlog
from tests.blog.folder_swaps import INSIDE, REPLACED, Swap, point, release

SECONDS = 30
"""Changes are noticed sooner; this is for a machine that does something else."""

Reports = asyncio.Queue[frozenset[str] | None]


@pytest.fixture(autouse=True)
def awake_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "AWAKE_MILLISECONDS", 50)


@asynccontextmanager
async def watched(folder: Path) -> AsyncIterator[tuple[Blog, Reports]]:
    """Read and watch a folder; the first report, which names no files, is taken."""
    reports: Reports = asyncio.Queue()
    blog = Blog(folder)
    try:
        await blog.refresh(NOW)
        blog.watch(reports.put_nowait)
        async with asyncio.timeout(SECONDS):
            assert await reports.get() is None
            yield blog, reports
    finally:
        await asyncio.to_thread(blog.close)


async def read_until(blog: Blog, reports: Reports, title: str) -> None:
    """Read what is reported, as the bot does, until there is an essay of this title."""
    while title not in {post.title for post in blog.catalog.posts}:
        paths = await reports.get()
        if paths is None or not await blog.reread(paths):
            await blog.refresh(NOW)


@pytest.mark.parametrize("build", [*REPLACED, *INSIDE])
async def test_new_essays_are_noticed_whatever_is_swapped(
    tmp_path: Path, build: Callable[[Path], tuple[Path, Swap]]
) -> None:
    content, swap = build(tmp_path)
    async with watched(content) as (blog, reports):
        assert [post.title for post in blog.catalog.posts] == ["On a"]
        await asyncio.to_thread(swap)
        await read_until(blog, reports, "On b")


@pytest.mark.parametrize("build", REPLACED)
async def test_what_took_the_place_of_the_folder_is_watched_from_then_on(
    tmp_path: Path, build: Callable[[Path], tuple[Path, Swap]]
) -> None:
    content, swap = build(tmp_path)
    async with watched(content) as (blog, reports):
        await asyncio.to_thread(swap)
        await read_until(blog, reports, "On b")
        (content / "b.md").write_text("# On b\n\nMore of it.\n")
        while (paths := await reports.get()) is None:
            continue
        assert paths == {"b.md"}
        before = blog.catalog.at("b.md")
        assert await blog.reread(paths)
        assert blog.catalog.at("b.md") != before


async def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    release(tmp_path / "content", "a")
    async with watched(Path("content")) as (_, reports):
        (tmp_path / "content" / "a.md").write_text("# On a\n\nMore of it.\n")
        assert await reports.get() == frozenset({"a.md"})


async def test_two_releases_are_never_mixed(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, open_blog: OpenBlog
) -> None:
    """The link is swapped after the first file was read, and the old release is removed."""
    release(tmp_path / "release-1", "a", "b", "c")
    release(tmp_path / "release-2", "b", "c", "d")
    point(tmp_path / "content", "release-1")

    def swapped_meanwhile(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
        reading = read_file(root, path, site, questions=questions)
        if (tmp_path / "release-1").exists():
            point(tmp_path / "content", "release-2")
            shutil.rmtree(tmp_path / "release-1")
        return reading

    monkeypatch.setattr("bot.blog.index.read_file", swapped_meanwhile)
    await open_blog(tmp_path / "content", store)
    recorded = await store.read(lambda db: db.execute("select path from posts").fetchall())
    assert sorted(recorded) == [("b.md",), ("c.md",), ("d.md",)]


async def test_a_folder_that_is_replaced_again_and_again_is_read_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(tmp_path / "1", "a")
    release(tmp_path / "2", "b")
    point(tmp_path / "content", "1")
    is_restless = True

    def swapped(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
        if is_restless:
            point(tmp_path / "content", "2" if root.name == "1" else "1")
        return read_file(root, path, site, questions=questions)

    monkeypatch.setattr("bot.blog.index.read_file", swapped)
    blog = Blog(tmp_path / "content")
    with pytest.raises(NoContentError, match="replaced faster"):
        await blog.refresh(NOW)
    is_restless = False
    assert await blog.refresh(NOW)
    assert len(blog.catalog) == 1
    blog.close()


async def test_a_text_is_of_the_release_that_was_read_while_there_is_one(
    tmp_path: Path, open_blog: OpenBlog
) -> None:
    release(tmp_path / "1", "a")
    release(tmp_path / "2", "b")
    point(tmp_path / "content", "1")
    blog = await open_blog(tmp_path / "content")
    (post,) = blog.catalog.posts
    point(tmp_path / "content", "2")
    assert (await blog.body(post)).markdown == "\n\nText of a.\n"
    (tmp_path / "1" / "a.md").rename(tmp_path / "2" / "a.md")
    assert (await blog.body(post)).markdown == "\n\nText of a.\n"
    (tmp_path / "2" / "a.md").unlink()
    assert (await blog.body(post)).markdown == ""


async def test_a_change_that_is_read_after_a_swap_is_not_read_alone(
    tmp_path: Path, open_blog: OpenBlog
) -> None:
    release(tmp_path / "1", "a")
    release(tmp_path / "2", "a", "b")
    point(tmp_path / "content", "1")
    blog = await open_blog(tmp_path / "content")
    point(tmp_path / "content", "2")
    assert not await blog.reread({"a.md"})


async def test_a_watch_that_the_system_refuses_is_tried_again_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refusals = 3

    def refused_at_first(*args: Any, **options: Any) -> Iterator[set[Any]]:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise OSError("OS file watch limit reached.")
        return watch(*args, **options)

    monkeypatch.setattr(watching, "watch", refused_at_first)
    monkeypatch.setattr(watching, "RETRY_SECONDS", 0.01)
    caplog.set_level(logging.WARNING)
    async with watched(release(tmp_path / "content", "a")) as (blog, reports):
        (blog.folder / "b.md").write_text("# On b\n")
        await read_until(blog, reports, "On b")
    told = [record.getMessage() for record in caplog.records]
    assert told == [f"{blog.folder} is looked at only once a minute: OS file watch limit reached."]


async def test_the_watch_ends_when_nobody_listens_any_more(tmp_path: Path) -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    arguments = (release(tmp_path / "content", "a"), Event(), loop, print)
    async with asyncio.timeout(SECONDS):
        await asyncio.to_thread(watching.watch_folder, *arguments)
