"""Killed between a decision and the showing, between sealed answers, and with a draft at hand."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.sandbox import Answer, Message

if TYPE_CHECKING:
    from bot.sandbox import Channel, Person
    from tests.crash.harness import Harness

MODERATES = 1 << 34 | 1 << 13


def change(harness: Harness, *statements: str) -> None:
    """Change the database as another program would."""
    with closing(sqlite3.connect(harness.database, timeout=10)) as db, db:
        for statement in statements:
            db.execute(statement)


async def press(who: Person, message: Message, verb: str) -> Answer:
    found = next(
        str(each["custom_id"])
        for each in message.components
        if str(each.get("custom_id", "")).startswith(f"aw:{verb}")
    )
    return await who.click(message, custom_id=found)


async def prompt(harness: Harness, thread: Channel) -> Message:
    found = await harness.sandbox.messages_in(thread)
    return next(each for each in found if each.buttons == ["Answer"] and each.id != thread.id)


async def shown(harness: Harness, thread: Channel) -> list[str]:
    """Return what is shown in a thread, in its order."""
    found = await harness.sandbox.messages_in(thread)
    return [each.content.splitlines()[-1] for each in found if "Withdraw" in each.buttons]


async def answered(harness: Harness, thread: Channel, text: str) -> None:
    opened = await press(harness.ada, await prompt(harness, thread), "answer")
    await harness.ada.submit(opened, {"text": text})


@pytest.mark.parametrize("fault", ["silence", "drop_after_commit"])
async def test_killed_between_the_decision_and_the_showing_it_is_shown_once(
    harness: Harness, fault: str
) -> None:
    sandbox = harness.sandbox
    mo = await sandbox.member(harness.guild, "Mo", permissions=MODERATES)
    thread = await harness.start()
    change(harness, "update guilds set approval = 1")
    await answered(harness, thread, "The tickets.")
    await harness.until_kept("The tickets.")
    page = await mo.command(harness.channel, "review")
    assert page.message is not None
    path = f"/channels/{thread.id}/messages$"
    await sandbox.fault(fault, method="POST", path=path, times=1)
    await sandbox.fault("silence", method="POST", path=path, times=1000)
    await mo.click(page.message, label="Approve")
    decided = "select 1 from responses where review = 'approved'"
    await sandbox.until(lambda: harness.rows(decided))
    await harness.end(signal.SIGKILL)
    await sandbox.post("clear_faults")
    harness.wake(may_sweep=True)

    async def is_shown() -> bool:
        pending = harness.rows("select 1 from pending_answers")
        return not pending and await shown(harness, thread) == ["The tickets."]

    await sandbox.until(is_shown)
    assert harness.rows("select act from audit") == [("approved an answer",)]


async def test_killed_while_sealed_answers_are_shown_the_rest_follows_in_order(
    harness: Harness,
) -> None:
    sandbox = harness.sandbox
    thread = await harness.start()
    question = await prompt(harness, thread)
    far = "2030-01-01T00:00:00.000+00:00"
    change(harness, f"update prompts set sealed_until = '{far}', sealed_by = 'channel'")  # noqa: S608  # a test's own
    texts = [f"By reader {number}." for number in range(4)]
    for number, text in enumerate(texts):
        who = await sandbox.member(harness.guild, f"Reader {number}")
        await who.submit(await press(who, question, "answer"), {"text": text})
    await harness.until_kept(*texts)
    path = f"/channels/{thread.id}/messages$"
    await sandbox.fault("silence", method="POST", path=path, times=1000, skip=2)
    change(harness, "update prompts set sealed_until = '2026-01-01T00:00:00.000+00:00'")

    async def is_begun() -> bool:
        return await shown(harness, thread) == texts[:2]

    await sandbox.until(is_begun)
    await harness.end(signal.SIGKILL)
    await sandbox.post("clear_faults")
    harness.wake(may_sweep=True)

    async def is_done() -> bool:
        return await shown(harness, thread) == texts

    await sandbox.until(is_done)
    assert harness.rows("select 1 from responses where sealed = 1") == []


async def test_a_draft_that_the_database_took_outlives_a_kill_and_one_that_it_refused_does_not(
    harness: Harness,
) -> None:
    sandbox = harness.sandbox
    thread = await harness.start()
    question = await prompt(harness, thread)
    refuse = "begin select raise(abort, 'the disk refuses'); end"
    change(harness, f"create trigger refused before insert on responses {refuse}")
    await answered(harness, thread, "The tickets.")
    await sandbox.until(lambda: harness.rows("select 1 from drafts"))
    change(harness, f"create trigger no_drafts before insert on drafts {refuse}")
    bora = await sandbox.member(harness.guild, "Bora")
    done = await bora.submit(await press(bora, question, "answer"), {"text": "The stamps."})
    assert done.message is not None
    assert "The stamps." in done.message.content  # handed back
    await harness.end(signal.SIGKILL)
    change(harness, "drop trigger refused", "drop trigger no_drafts")
    harness.wake(may_sweep=True)

    async def form(who: Person) -> str:
        opened = await press(who, question, "answer")  # in vain until the bot is back
        return str(opened.modal.components) if opened.modal else ""

    assert "The tickets." in await sandbox.until(lambda: form(harness.ada))
    assert "The stamps." not in await sandbox.until(lambda: form(bora))
