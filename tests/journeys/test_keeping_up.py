"""The bot keeps up with its content: across restarts, behind, and from a Git repository."""

from __future__ import annotations

import logging
import shutil
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.blog.folder import read_file
from bot.blog.git import GitError
from tests.journeys.stage import KEEPS, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.reading.posts import Reading
    from bot.core.site import Site

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs the git command")


async def pull(stage: Stage) -> None:
    """Do what the bot does every few minutes."""
    assert stage.bot is not None
    cog: Any = stage.bot.get_cog("Publishing")
    await cog.pull()


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


async def test_a_question_that_is_found_behind_joins_the_thread_that_began_without_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.client.ASKED_AT_ONCE", 0)
    stage.write("maps")
    bot = await stage.start()
    thread = await stage.thread()

    async def asked() -> bool:
        said = [message.content for message in await stage.bot_says(thread)]
        return f"**{KEEPS}**" in said

    await stage.sandbox.until(asked)
    assert bot.blog.pending == 0


async def test_a_discussed_essay_keeps_its_questions_when_many_files_change(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.write("maps", date="2026-01-01")
    await stage.start()
    await stage.thread()
    await stage.stop()
    monkeypatch.setattr("bot.client.ASKED_AT_ONCE", 0)
    for slug in ("clocks", "rivers"):
        stage.write(slug, date="2026-02-01")
    stage.write("maps", title="Maps again", date="2026-01-01")
    bot = await stage.start()
    await stage.thread()
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
    await pull(stage)
    (title,) = stage.rows("select title from posts")
    assert title == ("Maps again",)
    shutil.move(stage.content, stage.content.with_name("elsewhere"))
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        await pull(stage)
    told = [one.getMessage() for one in caplog.records if "cannot be copied" in one.getMessage()]
    assert len(told) == 1
    assert told[0].endswith("The content stays as it was copied last.")
    await stage.restart(content=f"git+file://{stage.content}")
    assert stage.bot is not None
    assert [post.title for post in stage.bot.blog.catalog.posts] == ["Maps again"]


@needs_git
async def test_a_repository_that_was_never_copied_stops_the_start(stage: Stage) -> None:
    bot = stage.make_bot(content=f"git+file://{stage.content}/nowhere")
    try:
        with pytest.raises(GitError, match="cannot be copied"):
            await bot.login(stage.sandbox.token)
    finally:
        await bot.close()
