"""`/thread close|reopen|lock`: who may, and what the publisher leaves alone afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import INVITED, Permission
from tests.journeys.stage import MODERATES, Stage, command_open_to_all, message_of, said

if TYPE_CHECKING:
    from bot.sandbox import Channel

ACTS = "select act, actor_id from audit order by id"
TAKEN_BACK = "Its author has taken this essay back."


async def state(stage: Stage, thread: Channel) -> tuple[bool, bool]:
    """Return whether a thread is archived, and whether it is locked."""
    place = stage.sandbox.state.thread(thread.id)
    return place.archived, place.locked


async def until_card_says(stage: Stage, thread: Channel, text: str, *, locked: bool) -> None:
    async def says() -> bool:
        card = await stage.starter(thread)
        is_locked = (await state(stage, thread))[1]
        settled = stage.rows("select 1 from publications where settled not in ('', 'again')")
        return text in card.content and is_locked is locked and bool(settled)

    await stage.sandbox.until(says)


async def test_a_thread_is_closed_reopened_and_locked(stage: Stage) -> None:
    thread = await stage.publish()
    locked = await stage.mo.command(thread, "thread lock")
    assert message_of(locked).ephemeral
    assert said(locked).startswith("Locked: only who may manage threads")
    assert await state(stage, thread) == (False, True)
    assert said(await stage.mo.command(thread, "thread lock")).startswith("It is so already")
    await stage.mo.command(thread, "thread reopen")
    assert await state(stage, thread) == (False, False)
    closed = await stage.mo.command(thread, "thread close")
    assert said(closed).startswith("Closed: the thread is archived.")
    assert await state(stage, thread) == (True, False)
    offered = await stage.mo.complete(stage.text, "thread reopen", "slug", "MA")
    assert [name for name, _ in offered] == ["Maps"]
    opened = await stage.mo.command(stage.text, "thread reopen", slug=offered[0][1])
    assert said(opened).startswith("Open:")
    assert await state(stage, thread) == (False, False)
    acts = ["locked a thread", "reopened a thread", "closed a thread", "reopened a thread"]
    assert stage.rows(ACTS) == [(act, stage.mo.id) for act in acts]


async def test_a_locked_thread_is_closed_and_a_closed_one_locked(stage: Stage) -> None:
    thread = await stage.publish(channel=stage.forum)
    await stage.mo.command(thread, "thread lock")
    await stage.mo.command(thread, "thread close")
    await stage.sandbox.until(lambda: len(stage.rows(ACTS)) == 2)
    assert await state(stage, thread) == (True, True)
    await stage.mo.command(stage.text, "thread reopen", slug="maps")
    await stage.mo.command(thread, "thread close")
    await stage.mo.command(stage.text, "thread lock", slug="en:maps")
    assert await state(stage, thread) == (True, True)


async def test_elsewhere_it_says_what_to_do(stage: Stage) -> None:
    await stage.publish()
    for options in ({}, {"slug": "nothing"}):
        done = await stage.mo.command(stage.text, "thread close", **options)
        assert said(done).startswith("Type it in the thread of an essay")
    other = await stage.mo.start_thread(stage.text, "Talk")
    done = await stage.mo.command(other, "thread lock")
    assert said(done).startswith("Type it in the thread of an essay")
    assert stage.rows(ACTS) == []


async def test_a_reader_is_neither_offered_it_nor_obeyed(stage: Stage) -> None:
    thread = await stage.publish()
    with pytest.raises(ControlError):
        await stage.ada.command(thread, "thread lock")
    command_open_to_all(stage, "thread")
    assert said(await stage.ada.command(thread, "thread lock")).startswith("Only who may manage")
    assert await stage.ada.complete(thread, "thread lock", "slug", "") == []
    assert await state(stage, thread) == (False, False)


async def test_who_moderates_another_channel_alone_does_not_reach_this_one(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.sandbox.allow(stage.text, stage.mo.id, deny=int(Permission.MANAGE_THREADS))
    done = await stage.mo.command(stage.forum, "thread lock", slug="maps")
    assert said(done).startswith("Only who may manage threads")
    assert await state(stage, thread) == (False, False)


async def test_a_moderator_of_another_server_reaches_no_thread_here(stage: Stage) -> None:
    thread = await stage.publish()
    other = await stage.sandbox.guild("Elsewhere")
    place = await stage.sandbox.channel(other, "essays")
    zed = await stage.sandbox.member(other, "Zed", permissions=MODERATES.value)
    done = await zed.command(place, "thread lock", slug="maps")
    assert said(done).startswith("Type it in the thread of an essay")
    assert await zed.complete(place, "thread lock", "slug", "") == []
    assert await state(stage, thread) == (False, False)


async def test_the_permission_that_the_bot_lacks_is_named(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.sandbox.permit_bot(stage.guild, INVITED & ~int(Permission.MANAGE_THREADS))
    done = await stage.mo.command(thread, "thread lock")
    assert f"<#{stage.text.id}>: allow it Manage Threads" in said(done)
    assert await state(stage, thread) == (False, False)
    assert stage.rows(ACTS) == []


@pytest.mark.parametrize("by_command", [True, False])
async def test_a_lock_of_a_moderator_outlives_that_the_essay_goes_and_comes_back(
    stage: Stage, *, by_command: bool
) -> None:
    thread = await stage.publish()
    if by_command:
        await stage.mo.command(thread, "thread lock")
    else:
        await stage.mo.lock(thread)
    stage.write("maps", draft="true")
    await until_card_says(stage, thread, TAKEN_BACK, locked=True)
    stage.write("maps")
    await until_card_says(stage, thread, "It ends by asking", locked=True)
    await stage.restart()
    assert await state(stage, thread) == (False, True)
    await stage.mo.command(thread, "thread reopen")
    assert await state(stage, thread) == (False, False)


async def test_without_a_moderator_the_lock_goes_when_the_essay_comes_back(stage: Stage) -> None:
    thread = await stage.publish()
    stage.write("maps", draft="true")
    await until_card_says(stage, thread, TAKEN_BACK, locked=True)
    stage.write("maps")
    await until_card_says(stage, thread, "It ends by asking", locked=False)


async def test_a_moderator_may_keep_the_thread_of_a_withdrawn_essay_open(stage: Stage) -> None:
    thread = await stage.publish()
    stage.write("maps", draft="true")
    await until_card_says(stage, thread, TAKEN_BACK, locked=True)
    await stage.mo.command(thread, "thread reopen")
    stage.write("maps", draft="true", title="Still a draft")
    await stage.until_rows("select 1 from publications where title = 'Still a draft'")
    await stage.rounds.run()
    assert await state(stage, thread) == (False, False)
