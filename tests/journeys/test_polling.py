"""Where no event tells of changes in the content, a look each minute finds them."""

from __future__ import annotations

import asyncio
import logging
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from bot.blog.blog import Blog
from bot.discussion.scheduling import content_watch
from bot.store.content import posts
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the operating system report nothing, as on a network mount."""

    def watch(*_paths: object, stop_event: Event, **_options: object) -> Iterator[set[Any]]:
        stop_event.wait()
        yield from ()

    monkeypatch.setattr("bot.blog.files.watching.watch", watch)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many posts were recorded, each time that any were."""
    counts: list[int] = []
    record = posts.record_posts

    def counted(db: Any, found: Any, *args: Any) -> posts.Recorded:
        counts.append(len(found))
        return record(db, found, *args)

    monkeypatch.setattr(posts, "record_posts", counted)
    return counts


def titles(stage: Stage) -> set[str]:
    return {post.title for post in stage.bot.blog.catalog.posts}


async def test_a_new_essay_is_found_and_started(stage: Stage) -> None:
    stage.write("maps")
    await stage.start(first_run="none")
    await stage.until_rows("select 1 from shelf")
    stage.write("clocks")
    await stage.rounds.tick()
    assert (await stage.thread()).name == "Clocks"


async def test_a_swapped_link_is_found(stage: Stage) -> None:
    stage.write("maps")
    link = stage.content.with_name("current")
    link.symlink_to(stage.content)
    await stage.start(content=str(link))
    await stage.thread()
    shutil.copytree(stage.content, stage.content.with_name("release-2"))
    stage.content = stage.content.with_name("release-2")
    stage.write("maps", title="Maps again")
    (new := link.with_name("new")).symlink_to(stage.content)
    new.replace(link)
    await stage.rounds.tick()
    assert titles(stage) == {"Maps again"}
    await stage.sandbox.until(lambda: not stage.rows("select 1 from publications where title = ''"))
    assert len(await stage.sandbox.threads_in(stage.text)) == 1


async def test_nothing_is_recorded_when_nothing_changed(stage: Stage, recorded: list[int]) -> None:
    await stage.publish()
    for _ in range(3):
        await stage.rounds.tick()
    assert recorded == [1]
    stage.write("clocks")
    await stage.rounds.tick()
    await stage.rounds.tick()
    assert recorded == [1, 2]


async def test_a_folder_that_is_gone_is_told_once_and_read_when_it_is_back(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.publish()
    caplog.set_level(logging.WARNING)
    away = stage.content.rename(stage.content.with_name("away"))
    for _ in range(3):
        await stage.rounds.tick()
    assert [one.getMessage().partition(".")[0] for one in caplog.records] == [
        f"There is no folder {stage.content}"
    ]
    assert titles(stage) == {"Maps"}
    away.rename(stage.content)
    stage.write("clocks")
    await stage.rounds.tick()
    assert titles(stage) == {"Maps", "Clocks"}


async def test_a_mount_that_does_not_answer_holds_nothing_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.publish()
    rounds, answers, looks = stage.rounds, asyncio.Event(), []

    async def hanging(_blog: Blog) -> bool:
        looks.append("begun")
        await answers.wait()
        return True

    monkeypatch.setattr(Blog, "looks_different", hanging)
    monkeypatch.setattr(content_watch, "LOOK_SECONDS", 0.01)
    stage.write("clocks")
    await rounds.tick()
    alive = "select value from notes where key = 'alive'"
    before = stage.rows(alive)
    while stage.rows(alive) == before:
        await rounds.tick()
    assert looks == ["begun"]
    answers.set()
    await rounds.tick()
    assert titles(stage) == {"Maps", "Clocks"}
