"""What went while the bot was away: threads, channels, and the database."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.crash.essay import Essay
from tests.crash.history import History

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message, Person
    from tests.crash.harness import Harness

TEXT = "The tickets, and a map of a town that is gone."


@pytest.fixture
async def mo(harness: Harness) -> Person:
    return await harness.sandbox.member(harness.guild, "Mo", permissions=1 << 34 | 1 << 13)


async def test_a_thread_that_was_deleted_takes_its_responses_along_and_stays_deleted(
    harness: Harness, mo: Person
) -> None:
    thread = await harness.killed_with(TEXT)
    await mo.delete_thread(thread)
    shared = harness.wake(may_sweep=True)
    await harness.sandbox.until(lambda: harness.kept() == [] and shared["swept"])
    assert harness.rows("select over_because from publications") == [("its thread was deleted",)]
    assert await harness.sandbox.threads_in(harness.channel) == []


async def test_a_channel_that_was_deleted_takes_its_threads_along(harness: Harness) -> None:
    await harness.killed_with(TEXT)
    await harness.sandbox.post("delete_channel", channel=str(harness.channel.id))
    harness.wake(may_sweep=True)
    await harness.until_kept()
    assert harness.rows("select count(*) from tombstones") == [(1,)]


async def test_a_channel_that_cannot_be_seen_keeps_all_that_was_said(harness: Harness) -> None:
    await harness.killed_with(TEXT)
    await harness.sandbox.allow(harness.channel, harness.guild.id, deny=1 << 10)
    shared = harness.wake(may_sweep=True)
    await harness.sandbox.until(lambda: shared["swept"])
    assert harness.kept() == [TEXT]
    await harness.sandbox.allow(harness.channel, harness.guild.id)
    assert harness.rows("select over_at from publications") == [(None,)]


async def test_a_message_that_was_removed_before_we_knew_of_it_stays_away(
    harness: Harness, mo: Person
) -> None:
    sandbox = harness.sandbox
    await sandbox.fault("drop_after_commit", method="POST", path="/messages$", skip=1)
    await sandbox.fault(
        "error_before_commit", method="GET", path="/messages$", status=503, times=1000, skip=1
    )
    harness.wake(may_sweep=True)

    async def says() -> list[Message]:
        threads = await sandbox.threads_in(harness.channel)
        found = await sandbox.messages_in(threads[0]) if threads else []
        return [each for each in found if each.by_bot and each.type == 0]

    (body,) = await sandbox.until(says)
    await mo.delete(body)
    await sandbox.post("clear_faults")
    await sandbox.until(lambda: harness.rows("select 1 from publications where settled <> ''"))
    assert [button(each, "answer") != "" for each in await says()] == [True, True]
    gone = "select message_id from messages where deleted_at is not null"
    assert harness.rows(gone) == [(None,)]


async def lose_database(harness: Harness) -> None:
    await harness.end(signal.SIGKILL)
    for path in harness.folder.glob("afterword.db*"):
        path.unlink()


def button(message: Message, verb: str) -> str:
    return History().button(message, verb) or ""


async def starter(harness: Harness, thread: Channel) -> Message:
    found = await harness.sandbox.messages_in(harness.channel)
    return next(each for each in found if each.id == thread.id)


async def with_shown_answer(harness: Harness, thread: Channel) -> list[Message] | None:
    found = await harness.sandbox.messages_in(thread)
    return found if any(button(each, "edit") for each in found) else None


async def test_an_answer_to_our_own_invitation_survives_the_loss_of_the_database(
    harness: Harness,
) -> None:
    essay = Essay(harness.folder / "posts")
    essay.questions = []
    essay.write()
    thread = await harness.start()
    card = await starter(harness, thread)
    opened = await harness.ada.click(card, custom_id=button(card, "answer"))
    await harness.ada.submit(opened, {"text": TEXT})
    before = await harness.sandbox.until(lambda: with_shown_answer(harness, thread))
    await lose_database(harness)
    assert await harness.start() is not None
    await harness.until_kept(TEXT)
    assert harness.rows("select is_ours from prompts where retired_at is null") == [(1,)]
    assert len(await harness.sandbox.messages_in(thread)) == len(before)
    card = await starter(harness, thread)
    edited = await harness.ada.click(card, custom_id=button(card, "answer"))
    await harness.ada.submit(edited, {"text": "No, the keys."})
    await harness.until_kept("No, the keys.")


async def test_a_start_that_the_loss_of_the_database_cut_short_is_finished_once(
    harness: Harness,
) -> None:
    thread = "/messages/[0-9]+/threads"
    await harness.sandbox.fault("error_before_commit", path=thread, status=503, times=1000)
    harness.wake(may_sweep=True)
    await harness.sandbox.until(lambda: harness.sandbox.messages_in(harness.channel))
    await lose_database(harness)
    await harness.sandbox.post("clear_faults")
    started = await harness.start()
    assert [each.id for each in await harness.sandbox.messages_in(harness.channel)][:1] == [
        started.id
    ]
    cards = [each for each in await harness.sandbox.messages_in(harness.channel) if each.type == 0]
    assert len(cards) == 1


async def test_a_thread_that_cannot_be_read_after_the_loss_is_not_started_again(
    harness: Harness,
) -> None:
    thread = await harness.start()
    await lose_database(harness)
    path = f"/channels/{thread.id}/messages"
    await harness.sandbox.fault("error_before_commit", method="GET", path=path, status=503, times=6)
    assert (await harness.start()).id == thread.id
    assert len(await harness.sandbox.threads_in(harness.channel)) == 1


async def test_a_thread_is_read_until_discord_shows_all_that_it_counts(harness: Harness) -> None:
    thread = await harness.start()
    before = [each.id for each in await harness.sandbox.messages_in(thread)]
    await lose_database(harness)
    await harness.sandbox.answer_wrongly("short", "history", place=thread, times=2)
    assert (await harness.start()).id == thread.id
    await harness.sandbox.until(
        lambda: harness.rows("select 1 from publications where waiting_for is null")
    )
    assert [each.id for each in await harness.sandbox.messages_in(thread)] == before
