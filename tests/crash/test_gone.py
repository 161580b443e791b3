"""What went while the bot was away: threads, channels, and the database."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.crash.essay import Essay
from tests.crash.memory import Memory

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message, Person
    from tests.crash.house import House

TEXT = "The tickets, and a map of a town that is gone."


@pytest.fixture
async def mo(house: House) -> Person:
    return await house.sandbox.member(house.guild, "Mo", permissions=1 << 34 | 1 << 13)


async def test_a_thread_that_was_deleted_takes_its_responses_along_and_stays_deleted(
    house: House, mo: Person
) -> None:
    thread = await house.start()
    await house.ada.say(thread, TEXT)
    await house.sandbox.until(lambda: house.kept() == [TEXT])
    await house.end(signal.SIGKILL)
    await mo.delete_thread(thread)
    board = house.wake(may_sweep=True)
    await house.sandbox.until(lambda: house.kept() == [] and board["swept"])
    assert house.rows("select over_because from publications") == [("its thread was deleted",)]
    assert await house.sandbox.threads_in(house.channel) == []


async def test_a_channel_that_was_deleted_takes_its_threads_along(house: House) -> None:
    thread = await house.start()
    await house.ada.say(thread, TEXT)
    await house.sandbox.until(lambda: house.kept() == [TEXT])
    await house.end(signal.SIGKILL)
    await house.sandbox.post("delete_channel", channel=str(house.channel.id))
    house.wake(may_sweep=True)
    await house.sandbox.until(lambda: house.kept() == [])
    assert house.rows("select count(*) from tombstones") == [(1,)]


async def test_a_channel_that_cannot_be_seen_keeps_all_that_was_said(house: House) -> None:
    thread = await house.start()
    await house.ada.say(thread, TEXT)
    await house.sandbox.until(lambda: house.kept() == [TEXT])
    await house.end(signal.SIGKILL)
    await house.sandbox.allow(house.channel, house.guild.id, deny=1 << 10)
    board = house.wake(may_sweep=True)
    await house.sandbox.until(lambda: board["swept"])
    assert house.kept() == [TEXT]
    await house.sandbox.allow(house.channel, house.guild.id)
    assert house.rows("select over_at from publications") == [(None,)]


async def test_a_message_that_was_removed_before_we_knew_of_it_stays_away(
    house: House, mo: Person
) -> None:
    sandbox = house.sandbox
    await sandbox.fault("drop_after_commit", method="POST", path="/messages$", skip=1)
    await sandbox.fault(
        "error_before_commit", method="GET", path="/messages$", status=503, times=1000, skip=1
    )
    house.wake(may_sweep=True)

    async def says() -> list[Message]:
        threads = await sandbox.threads_in(house.channel)
        found = await sandbox.messages_in(threads[0]) if threads else []
        return [each for each in found if each.by_bot and each.type == 0]

    (body,) = await sandbox.until(says)
    await mo.delete(body)
    await sandbox.post("clear_faults")
    await sandbox.until(lambda: house.rows("select 1 from publications where settled <> ''"))
    assert [button(each, "answer") != "" for each in await says()] == [True, True]
    gone = "select message_id from messages where deleted_at is not null"
    assert house.rows(gone) == [(None,)]


async def lose_database(house: House) -> None:
    await house.end(signal.SIGKILL)
    for path in house.folder.glob("afterword.db*"):
        path.unlink()


def button(message: Message, verb: str) -> str:
    return Memory().button(message, verb) or ""


async def starter(house: House, thread: Channel) -> Message:
    found = await house.sandbox.messages_in(house.channel)
    return next(each for each in found if each.id == thread.id)


async def with_shown_answer(house: House, thread: Channel) -> list[Message] | None:
    found = await house.sandbox.messages_in(thread)
    return found if any(button(each, "edit") for each in found) else None


async def test_an_answer_to_our_own_invitation_survives_the_loss_of_the_database(
    house: House,
) -> None:
    essay = Essay(house.folder / "posts")
    essay.questions = []
    essay.write()
    thread = await house.start()
    card = await starter(house, thread)
    opened = await house.ada.click(card, custom_id=button(card, "answer"))
    await house.ada.submit(opened, {"text": TEXT})
    before = await house.sandbox.until(lambda: with_shown_answer(house, thread))
    await lose_database(house)
    assert await house.start() is not None
    await house.sandbox.until(lambda: house.kept() == [TEXT])
    assert house.rows("select is_ours from prompts where retired_at is null") == [(1,)]
    assert len(await house.sandbox.messages_in(thread)) == len(before)
    card = await starter(house, thread)
    edited = await house.ada.click(card, custom_id=button(card, "answer"))
    await house.ada.submit(edited, {"text": "No, the keys."})
    await house.sandbox.until(lambda: house.kept() == ["No, the keys."])


async def test_a_start_that_the_loss_of_the_database_cut_short_is_finished_once(
    house: House,
) -> None:
    thread = "/messages/[0-9]+/threads"
    await house.sandbox.fault("error_before_commit", path=thread, status=503, times=1000)
    house.wake(may_sweep=True)
    await house.sandbox.until(lambda: house.sandbox.messages_in(house.channel))
    await lose_database(house)
    await house.sandbox.post("clear_faults")
    started = await house.start()
    assert [each.id for each in await house.sandbox.messages_in(house.channel)][:1] == [started.id]
    cards = [each for each in await house.sandbox.messages_in(house.channel) if each.type == 0]
    assert len(cards) == 1


async def test_a_thread_that_cannot_be_read_after_the_loss_is_not_started_again(
    house: House,
) -> None:
    thread = await house.start()
    await lose_database(house)
    path = f"/channels/{thread.id}/messages"
    await house.sandbox.fault("error_before_commit", method="GET", path=path, status=503, times=6)
    assert (await house.start()).id == thread.id
    assert len(await house.sandbox.threads_in(house.channel)) == 1


async def test_a_thread_is_read_until_discord_shows_all_that_it_counts(house: House) -> None:
    thread = await house.start()
    before = [each.id for each in await house.sandbox.messages_in(thread)]
    await lose_database(house)
    await house.sandbox.answer_wrongly("short", "history", place=thread, times=2)
    assert (await house.start()).id == thread.id
    await house.sandbox.until(
        lambda: house.rows("select 1 from publications where waiting_for is null")
    )
    assert [each.id for each in await house.sandbox.messages_in(thread)] == before
