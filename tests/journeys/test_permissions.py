"""Rights that are taken from the bot and given back: nothing is lost, and nothing is concluded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.state.permissions import EVERYONE, INVITED, Permission
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from bot.sandbox import Channel

VIEW = int(Permission.VIEW_CHANNEL)
HISTORY = int(Permission.READ_MESSAGE_HISTORY)
ADMINISTRATOR = int(Permission.ADMINISTRATOR)


async def by_overwrite(stage: Stage, bits: int) -> None:
    await stage.sandbox.deny_bot(stage.text, bits)


async def by_roles(stage: Stage, bits: int) -> None:
    await stage.sandbox.permit(stage.guild, stage.guild, int(EVERYONE) & ~bits)
    await stage.sandbox.permit_bot(stage.guild, INVITED & ~bits)


async def by_category(stage: Stage, bits: int) -> None:
    parent = stage.sandbox.state.channels[stage.text.id].parent_id
    if parent is None:
        parent = (await stage.sandbox.category(stage.guild, "Blog")).id
        await stage.sandbox.change_channel(stage.text, parent_id=str(parent))
    await stage.sandbox.allow(parent, stage.guild, deny=bits)


WAYS = pytest.mark.parametrize("way", [by_overwrite, by_roles, by_category])


def open_gaps(stage: Stage) -> list[tuple[Any, ...]]:
    return stage.rows("select thread_id, lacking from gaps where ended_at is null")


async def blind(stage: Stage) -> None:
    """Take the bot's right to see the channel, and wait until it knows."""
    await by_overwrite(stage, VIEW)
    await stage.sandbox.until(lambda: open_gaps(stage))


async def discussed(stage: Stage) -> Channel:
    """Start a thread in which somebody has written who may do so whatever happens to others."""
    stage.ada = await stage.sandbox.member(stage.guild, "Ada", permissions=ADMINISTRATOR)
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "Before.")
    return thread


@WAYS
@pytest.mark.parametrize("bits", [HISTORY, VIEW])
async def test_a_right_to_read_that_is_taken_deletes_nothing_at_the_next_start(
    stage: Stage, way: Any, bits: int
) -> None:
    await discussed(stage)
    await way(stage, bits)
    bot = await stage.restart()
    await stage.sandbox.until(lambda: open_gaps(stage))
    await bot.discussion.sweeper.run()
    await bot.discussion.schedule.run()
    assert list(stage.kept()) == ["Before."]
    assert stage.rows("select over_at from publications") == [(None,)]
    assert stage.rows("select 1 from messages where deleted_at is not null") == []
    assert stage.rows("select 1 from tombstones") == []
    assert stage.rows("select 1 from prompts where withdrawn_at is not null") == []


@WAYS
@pytest.mark.parametrize("bits", [HISTORY, VIEW])
async def test_what_is_written_while_the_bot_may_not_read_is_kept_once_it_may(
    stage: Stage, way: Any, bits: int
) -> None:
    thread = await discussed(stage)
    await way(stage, bits)
    await stage.sandbox.until(lambda: open_gaps(stage))
    missed = await stage.ada.say(thread, "Meanwhile.")
    await way(stage, 0)
    await stage.ada.say(thread, "Afterwards.")
    await stage.until_kept("Before.", "Meanwhile.", "Afterwards.")
    await stage.sandbox.until(lambda: not open_gaps(stage))
    ((began, ended),) = stage.rows("select began_at, ended_at from gaps")
    assert began < ended
    (mark,) = stage.rows("select seen_id from threads")
    assert mark[0] > missed.id


async def test_a_death_in_a_gap_moves_no_mark_past_it(stage: Stage) -> None:
    thread = await discussed(stage)
    (mark,) = stage.rows("select seen_id from threads")
    await blind(stage)
    await stage.ada.say(thread, "Meanwhile.")
    path = f"/channels/{thread.id}/messages"
    await stage.sandbox.fault("error_before_commit", path=path, status=503, times=1000)
    await by_overwrite(stage, 0)
    await stage.ada.say(thread, "Afterwards.")
    await stage.until_kept("Before.", "Afterwards.")
    assert stage.rows("select seen_id from threads") == [mark]
    await stage.stop()
    await stage.sandbox.post("clear_faults")
    await stage.start()
    await stage.until_kept("Before.", "Meanwhile.", "Afterwards.")


async def test_what_was_edited_and_deleted_meanwhile_is_followed_afterwards(stage: Stage) -> None:
    thread = await discussed(stage)
    gone = await stage.bora.say(thread, "I take this back.")
    changed = await stage.bora.say(thread, "A first thought.")
    await stage.until_kept("Before.", "I take this back.", "A first thought.")
    await blind(stage)
    await stage.bora.delete(gone)
    await stage.bora.edit(changed, "A second thought.")
    await by_overwrite(stage, 0)
    await stage.until_kept("Before.", "A second thought.")


async def test_roles_of_the_bot_that_are_taken_and_given_leave_no_gap(stage: Stage) -> None:
    reads = await stage.sandbox.role(stage.guild, "reads", VIEW | HISTORY)
    await stage.sandbox.permit(stage.guild, stage.guild, int(EVERYONE) & ~(VIEW | HISTORY))
    await stage.sandbox.permit_bot(stage.guild, INVITED & ~(VIEW | HISTORY))
    await stage.sandbox.set_bot_roles(stage.guild, [reads])
    await stage.sandbox.permit(stage.guild, stage.guild, int(EVERYONE))
    thread = await discussed(stage)
    await stage.sandbox.permit(stage.guild, stage.guild, int(EVERYONE) & ~(VIEW | HISTORY))
    await stage.sandbox.set_bot_roles(stage.guild, [])
    await stage.sandbox.until(lambda: open_gaps(stage))
    await stage.sandbox.permit_bot(stage.guild, INVITED)
    await stage.sandbox.until(lambda: not open_gaps(stage))
    await stage.ada.say(thread, "Again.")
    await stage.until_kept("Before.", "Again.")


async def test_rights_that_come_and_go_in_a_burst_cost_few_requests(stage: Stage) -> None:
    thread = await discussed(stage)
    stage.sandbox.requests.clear()
    texts = [f"Meanwhile, {number}." for number in range(20)]
    for text in texts:
        await by_overwrite(stage, VIEW)
        await stage.ada.say(thread, text)
        await by_overwrite(stage, 0)
    await stage.until_kept("Before.", *texts)
    counts = stage.sandbox.requests.counts
    assert counts["GET /guilds/{guild_id}/threads/active"] < 6
    assert counts["GET /channels/{channel_id}/messages"] < 12


async def test_a_thread_that_was_archived_meanwhile_is_read_too(stage: Stage) -> None:
    thread = await discussed(stage)
    await blind(stage)
    await stage.ada.say(thread, "Meanwhile.")
    await stage.mo.archive(thread)
    await by_overwrite(stage, 0)
    await stage.until_kept("Before.", "Meanwhile.")


async def test_a_guild_that_fails_and_returns_loses_nothing(stage: Stage) -> None:
    thread = await discussed(stage)
    guild = str(stage.guild.id)
    await stage.sandbox.post("set_unavailable", guild=guild, unavailable=True)
    await stage.sandbox.until(lambda: open_gaps(stage))
    assert open_gaps(stage) == [(thread.id, '["outage"]')]
    await stage.ada.say(thread, "Meanwhile.")
    await stage.sandbox.post("set_unavailable", guild=guild, unavailable=False)
    await stage.ada.say(thread, "Afterwards.")
    await stage.until_kept("Before.", "Meanwhile.", "Afterwards.")
    await stage.sandbox.until(lambda: not open_gaps(stage))
    assert stage.rows("select left_at from guilds") == [(None,)]


@pytest.mark.parametrize("as_available", [False, True])
async def test_a_bot_that_is_removed_and_invited_again_reads_what_was_said(
    stage: Stage, *, as_available: bool
) -> None:
    thread = await discussed(stage)
    await stage.sandbox.remove_bot(stage.guild)
    await stage.sandbox.until(lambda: open_gaps(stage))
    await stage.until_rows("select 1 from guilds where left_at is not null")
    await stage.ada.say(thread, "Meanwhile.")
    await stage.sandbox.invite_bot(stage.guild, as_available=as_available)
    await stage.ada.say(thread, "Afterwards.")
    await stage.until_kept("Before.", "Meanwhile.", "Afterwards.")
    assert stage.rows("select left_at from guilds") == [(None,)]
    assert len(await stage.sandbox.threads_in(stage.text)) == 1


async def test_a_channel_that_comes_hidden_is_a_channel_that_cannot_be_viewed(
    stage: Stage,
) -> None:
    """So Discord sends them from 2026-11-16 on, without their names."""
    await stage.sandbox.hide_channels()
    thread = await discussed(stage)
    await blind(stage)
    await stage.ada.say(thread, "Meanwhile.")
    bot = await stage.restart()
    await bot.discussion.sweeper.run()
    assert list(stage.kept()) == ["Before."]
    await by_overwrite(stage, 0)
    await stage.until_kept("Before.", "Meanwhile.")
    await stage.sandbox.until(lambda: not open_gaps(stage))


async def test_an_event_about_a_right_that_was_missed_costs_a_delay(stage: Stage) -> None:
    """Only the list of threads tells of it (docs/discord-facts.md#regained-channels)."""
    thread = await discussed(stage)
    taken = {name: stage.bot.at_once.pop(name) for name in ("guild_channel_update",)}
    await by_overwrite(stage, VIEW)
    await stage.ada.say(thread, "Meanwhile.")
    await asyncio.sleep(0.1)
    await by_overwrite(stage, 0)
    await stage.ada.say(thread, "Afterwards.")
    await stage.until_kept("Before.", "Meanwhile.", "Afterwards.")
    stage.bot.at_once |= taken
