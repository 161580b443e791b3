"""The bot keeps up with its content: across restarts, behind, and from a Git repository."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.blog.blog import Blog
from bot.blog.files.git import GitError
from bot.blog.files.reading import read_file
from tests.journeys.stage import KEEPS, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.core.reading.posts import Reading
    from bot.core.site import Site

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs the git command")


def commit(stage: Stage) -> None:
    """Commit what is in the folder of essays, which is a repository then."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(stage.content))
    for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "-m", "All")):
        subprocess.run(["git", *who, *arguments], check=True)  # noqa: S603, S607  # the real git


async def test_a_restart_reads_only_what_changed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []

    def counted(root: Path, path: str, site: Site, *, questions: bool = True) -> Reading:
        reads.append(path)
        return read_file(root, path, site, questions=questions)

    for slug in ("maps", "clocks"):
        stage.write(slug)
    await stage.start()
    await stage.threads(stage.text)
    monkeypatch.setattr("bot.blog.index.read_file", counted)
    bot = await stage.restart()
    assert reads == []
    assert {len(post.questions) for post in bot.blog.catalog.posts} == {1}
    stage.write("clocks", title="Other clocks")
    await stage.restart()
    assert {path.rpartition("/")[2] for path in reads} == {"clocks.md"}


@contextmanager
def nothing_found_behind() -> Iterator[None]:
    """Look for no question before the bot is connected, and for none after."""

    async def ask(_blog: Blog) -> None:
        raise sqlite3.OperationalError("the disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.blog.blog.ASKED_FIRST", 0)
        patch.setattr(Blog, "ask", ask)
        yield


async def test_questions_are_found_behind(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.blog.blog.ASKED_FIRST", 1)
    for number in range(1, 4):
        stage.write(f"maps-{number}", date=f"2026-03-0{number}")
    bot = await stage.start()
    await stage.sandbox.until(
        lambda: {len(post.questions) for post in bot.blog.catalog.posts} == {1}
    )
    assert bot.blog.pending == 0


async def test_a_question_that_is_found_behind_joins_the_thread_that_began_without_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.store.content.posts.discussed_paths", lambda _db: []
    )  # else it is found now
    stage.write("maps")
    with nothing_found_behind():
        bot = await stage.start()
        thread = await stage.thread()

        async def is_asked() -> bool:
            return any(one.content == f"**{KEEPS}**" for one in await stage.bot_says(thread))

        assert bot.blog.pending == 1
        assert not await is_asked()
    await stage.rounds.run()
    await stage.sandbox.until(is_asked)


async def test_a_discussed_essay_keeps_its_questions_when_many_files_change(stage: Stage) -> None:
    await stage.publish(date="2026-01-01")
    await stage.stop()
    stage.write("clocks", date="2026-02-01")
    stage.write("maps", title="Maps again", date="2026-01-01")
    with nothing_found_behind():
        bot = await stage.start()
        await stage.thread()
        assert bot.blog.pending == 1
    (question,) = bot.blog.catalog.find("maps", now=datetime.now(UTC)).questions
    assert question.text == KEEPS
    rows = stage.rows("select text, retired_at, withdrawn_at from prompts")
    assert rows == [(KEEPS, None, None)]


@needs_git
async def test_a_blog_in_a_repository_is_followed_and_a_failure_is_told_once(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.write("maps")
    commit(stage)
    await stage.start(content=f"git+file://{stage.content}")
    await stage.thread()
    stage.write("maps", title="Maps again")
    commit(stage)
    await stage.rounds.content.pull()
    (title,) = stage.rows("select title from posts")
    assert title == ("Maps again",)
    shutil.move(stage.content, stage.content.with_name("elsewhere"))
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        await stage.rounds.content.pull()
    told = [one.getMessage() for one in caplog.records if "cannot be copied" in one.getMessage()]
    assert len(told) == 1
    assert told[0].endswith("The content stays as it was copied last.")
    await stage.restart(content=f"git+file://{stage.content}")
    assert [post.title for post in stage.bot.blog.catalog.posts] == ["Maps again"]


@needs_git
async def test_a_repository_that_was_never_copied_stops_the_start(stage: Stage) -> None:
    bot = stage.make_bot(content=f"git+file://{stage.content}/nowhere")
    with pytest.raises(GitError, match="cannot be copied"):
        await bot.login(stage.sandbox.token)
