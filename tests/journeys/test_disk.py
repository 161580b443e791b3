"""When the disk refuses: nothing a reader wrote is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.discussion.answering import reader_writes
from bot.store.file import database
from bot.store.responses import batch_writer
from tests.journeys.stage import KEEPS, Stage, message_of, press, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox import Answer


HANDED_BACK = "Your answer could not be kept just now. Here is your text"


@contextmanager
def refusing(stage: Stage, change: str = "insert") -> Iterator[None]:
    """Let every such change of a response fail, as on a disk that is full or read-only."""
    with stage.writing() as db:
        db.execute(
            f"create trigger refused before {change} on responses "
            "begin select raise(abort, 'the disk refuses'); end"
        )
    yield
    with stage.writing() as db:
        db.execute("drop trigger refused")


@contextmanager
def held(stage: Stage) -> Iterator[sqlite3.Connection]:
    """Hold the database, as a backup does, or an editor of SQLite files."""
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield other
        if other.in_transaction:
            other.execute("rollback")


async def test_an_answer_that_cannot_be_kept_is_handed_back(stage: Stage) -> None:
    prompt = await stage.prompt(await stage.publish())
    with refusing(stage):
        _, told = await stage.answer(stage.ada, prompt, "The tickets.")
        assert told.startswith(HANDED_BACK)
        assert told.endswith("```\nThe tickets.\n```")
    assert stage.kept() == {}
    await stage.answer(stage.ada, prompt, "The tickets.")
    assert stage.kept() == {"The tickets.": KEEPS}


@pytest.mark.parametrize("text", ["`" * 1500, "x" * 1500, "```py\n" + "y" * 1490])
async def test_the_longest_answer_is_handed_back_whole(stage: Stage, text: str) -> None:
    prompt = await stage.prompt(await stage.publish())
    with refusing(stage):
        _, told = await stage.answer(stage.ada, prompt, text)
    assert text in told


async def test_a_disk_that_takes_too_long_hands_the_answer_back_in_time(stage: Stage) -> None:
    thread = await stage.publish()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    with held(stage):
        told = said(await stage.ada.submit(opened, {"text": "The tickets."}))
        assert told.startswith(HANDED_BACK)
        await stage.bora.say(thread, "Said meanwhile.")
    await stage.until_kept("Said meanwhile.")
    shown = [each.content for each in await stage.bot_says(thread) if "tickets" in each.content]
    assert shown == []


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again after a moment, not after five seconds."""
    monkeypatch.setattr(reader_writes, "RETRY_SECONDS", 0.05)


async def until_said(stage: Stage, answer: Answer, words: str) -> None:
    """Wait until a reader's private message says something."""
    await stage.sandbox.until(lambda: words in said(answer))


@pytest.mark.usefixtures("hasty")
async def test_a_reader_who_withdraws_while_the_disk_is_held_hears_when_it_is_done(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    with held(stage) as other:
        answer = await press(stage.ada, shown, "withdraw")
        assert said(answer).startswith("Your answer is not withdrawn yet")
        other.execute("rollback")
        await until_said(stage, answer, "Withdrawn:")
    assert stage.kept() == {}
    assert not [each for each in await stage.bot_says(thread) if "tickets" in each.content]


@pytest.mark.usefixtures("hasty")
async def test_a_reader_who_deletes_everything_while_the_disk_is_held_hears_when_it_is_done(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "Delete me.")
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    sure = message_of(await stage.ada.click(told, label="Delete mine here"))
    with held(stage) as other:
        answer = await stage.ada.click(sure, label="Delete mine here")
        assert said(answer).startswith("Nothing is deleted yet")
        assert stage.kept() == {"Delete me.": None}
        other.execute("rollback")
        await until_said(stage, answer, "Deleted: 1")
    assert stage.kept() == {}


@pytest.mark.usefixtures("hasty")
async def test_what_is_given_up_is_told_and_not_done_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_writes, "GIVE_UP_SECONDS", 0.2)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    with held(stage):
        answer = await press(stage.ada, shown, "withdraw")
        assert said(answer).startswith("Your answer could not be withdrawn, and is still kept")
    await stage.bora.say(thread, "Later.")
    await stage.until_kept("The tickets.", "Later.")


@pytest.mark.usefixtures("hasty")
async def test_an_older_act_of_a_reader_never_overtakes_a_newer_one(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    opened = await press(stage.ada, prompt, "answer")
    with held(stage) as other:
        withdrawing = asyncio.create_task(press(stage.ada, shown, "withdraw"))
        await asyncio.sleep(0.1)
        answering = asyncio.create_task(stage.ada.submit(opened, {"text": "On second thought."}))
        await asyncio.sleep(0.5)
        other.execute("rollback")
        await withdrawing
        await answering
    await stage.until_kept("On second thought.")


async def test_a_bot_that_is_stopped_tells_who_still_waits(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    with refusing(stage, "delete"):
        answer = await press(stage.ada, shown, "withdraw")
        assert said(answer).startswith("Your answer is not withdrawn yet")
        await stage.stop()
        await until_said(stage, answer, "could not be withdrawn, and is still kept")
    assert stage.kept() == {"The tickets.": KEEPS}


async def test_messages_wait_for_a_disk_that_refuses(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(batch_writer, "RETRY_SECONDS", 0.05)
    thread = await stage.publish()
    with refusing(stage):
        await stage.ada.say(thread, "One.")
        await stage.sandbox.until(lambda: "Responses cannot be written" in caplog.text)
        await stage.ada.say(thread, "Two.")
    await stage.until_kept("One.", "Two.")


async def test_a_message_that_a_reader_has_kept_is_kept_or_not_and_they_know(
    stage: Stage,
) -> None:
    await stage.sandbox.post("set_intents", privileged=0)
    stage.write("maps")
    await stage.start(message_content=False)
    thread = await stage.thread()
    message = await stage.ada.say(thread, "Keep this.")
    with held(stage):
        told = said(await stage.ada.menu(message, "Keep this response"))
        assert told == "It could not be kept just now. Please try again in a minute."
    await stage.say_until_kept(stage.bora, thread, "A sign.", reply_to=await stage.prompt(thread))
    assert said(await stage.ada.menu(message, "Keep this response")) == "Kept for the author."
    await stage.until_kept("Keep this.", "A sign.")
