"""When the disk refuses: nothing a reader wrote is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.discussion import collect
from tests.journeys.stage import KEEPS, Stage, press, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HANDED_BACK = "Your answer could not be kept just now. Here is your text"


@contextmanager
def refusing(database: Path) -> Iterator[None]:
    """Let every new response fail, as on a full disk."""
    with closing(sqlite3.connect(database)) as db:
        db.execute(
            "create trigger no_room before insert on responses "
            "begin select raise(abort, 'the disk is full'); end"
        )
    yield
    with closing(sqlite3.connect(database)) as db:
        db.execute("drop trigger no_room")


async def test_an_answer_that_cannot_be_kept_is_handed_back(stage: Stage) -> None:
    stage.write("maps")
    await stage.start()
    prompt = await stage.prompt(await stage.thread())
    with refusing(stage.database):
        _, told = await stage.answer(stage.ada, prompt, "The tickets.")
        assert told.startswith(HANDED_BACK)
        assert told.endswith("```\nThe tickets.\n```")
    assert stage.kept() == {}
    await stage.answer(stage.ada, prompt, "The tickets.")
    assert stage.kept() == {"The tickets.": KEEPS}


@pytest.mark.parametrize("text", ["`" * 1500, "x" * 1500, "```py\n" + "y" * 1490])
async def test_the_longest_answer_is_handed_back_whole(stage: Stage, text: str) -> None:
    stage.write("maps")
    await stage.start()
    prompt = await stage.prompt(await stage.thread())
    with refusing(stage.database):
        _, told = await stage.answer(stage.ada, prompt, text)
    assert text in told


async def test_a_disk_that_takes_too_long_hands_the_answer_back_in_time(stage: Stage) -> None:
    stage.write("maps")
    await stage.start()
    thread = await stage.thread()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("begin immediate")  # as a backup does, or an editor of SQLite files
        told = said(await stage.ada.submit(opened, {"text": "The tickets."}))
        assert told.startswith(HANDED_BACK)
        await stage.bora.say(thread, "Said meanwhile.")
        other.execute("rollback")
    await stage.until_kept("Said meanwhile.")
    shown = [each.content for each in await stage.bot_says(thread) if "tickets" in each.content]
    assert shown == []


async def test_messages_wait_for_a_disk_that_refuses(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(collect, "RETRY_SECONDS", 0.05)
    stage.write("maps")
    await stage.start()
    thread = await stage.thread()
    with refusing(stage.database):
        await stage.ada.say(thread, "One.")
        await stage.sandbox.until(lambda: "Responses cannot be written" in caplog.text)
        await stage.ada.say(thread, "Two.")
    await stage.until_kept("One.", "Two.")


async def test_messages_that_never_reached_the_disk_are_found_after_a_restart(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.write("maps")
    await stage.start()
    thread = await stage.thread()
    with refusing(stage.database):
        await stage.ada.say(thread, "One.")
        await stage.sandbox.until(lambda: "Responses cannot be written" in caplog.text)
        await crash(stage)
    await stage.start()
    await stage.until_kept("One.")


async def crash(stage: Stage) -> None:
    """End the bot without letting it finish what it was doing."""
    bot = stage.bot
    assert bot is not None
    flush = bot.collector._flush
    if flush is not None:
        flush.cancel()
    bot.collector._events.clear()
    bot.collector._marks.clear()
    await stage.stop()
