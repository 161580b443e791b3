from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.sandbox import ControlError

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Probe, Start


async def started(probe: Probe, place: Place) -> discord.Thread:
    message = await probe.text(place.channel).send("An essay")
    return await message.create_thread(name="An essay")


async def test_a_thread_has_its_message_s_id_and_a_second_one_is_refused(
    place: Place, start: Start
) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("An essay")
    thread = await message.create_thread(name="An essay", auto_archive_duration=1440)
    assert (thread.id, thread.auto_archive_duration) == (message.id, 1440)
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="Again")
    assert refused.value.code == 160004
    fetched = await message.channel.fetch_message(message.id)
    assert fetched.flags.has_thread
    assert fetched.thread is not None
    assert fetched.thread.id == message.id


async def test_a_started_thread_is_told_with_its_starter_and_an_update_of_the_message(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    thread = await started(probe, place)
    await sandbox.until(lambda: probe.events("thread_create") and probe.events("raw_message_edit"))
    [update] = probe.events("raw_message_edit")
    assert update.message.flags.has_thread
    assert [each.id for each in probe.events("thread_create")] == [thread.id]
    [starter] = [each async for each in thread.history()]
    assert starter.type is discord.MessageType.thread_starter_message
    reference: Any = starter.reference
    assert reference.resolved.content == "An essay"


async def test_a_thread_without_a_message_leaves_a_line_in_its_channel(
    place: Place, start: Start
) -> None:
    probe = await start()
    channel = probe.text(place.channel)
    await channel.create_thread(name="On its own", type=discord.ChannelType.public_thread)
    [line] = [each async for each in channel.history()]
    assert line.type is discord.MessageType.thread_created
    assert line.content == "On its own"


async def test_a_forum_post_carries_its_first_message_and_its_tags(
    place: Place, start: Start
) -> None:
    probe = await start()
    forum = probe.forum(place.forum)
    tag = forum.available_tags[0]
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Read", custom_id="read:1"))
    thread, message = await forum.create_thread(
        name="Night", content="The essay", applied_tags=[tag], view=view
    )
    assert thread.id == message.id
    assert [each.name for each in thread.applied_tags] == ["writing"]
    assert (thread.message_count, thread.total_message_sent) == (0, 0)
    [seen] = await place.ada.threads(place.forum)
    assert seen.applied_tags == [tag.id]
    assert (await place.ada.messages(thread))[0].buttons == ["Read"]


async def test_a_forum_can_ask_for_a_tag(sandbox: Sandbox, place: Place, start: Start) -> None:
    changes = {"flags": 1 << 4}
    await sandbox.post("change_channel", channel=place.forum.id, changes=changes)
    probe = await start()
    with pytest.raises(discord.HTTPException) as refused:
        await probe.forum(place.forum).create_thread(name="Night", content="The essay")
    assert refused.value.code == 40067


async def test_an_unknown_tag_is_refused(sandbox: Sandbox, place: Place, start: Start) -> None:
    await start()
    with pytest.raises(ControlError, match="Unknown tag"):
        await place.ada.start_post(place.forum, "Night", "text", tags=[1])
    assert sandbox.state.channels[place.forum.id].threads == {}


async def test_writing_wakes_an_archived_thread_and_a_lock_forbids_it(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    thread = await started(probe, place)
    await thread.edit(archived=True)
    await place.ada.say(thread, "Good morning")
    state = sandbox.state.thread(thread.id)
    assert not state.archived
    await thread.edit(archived=True, locked=True)
    with pytest.raises(ControlError, match="archived") as refused:
        await place.ada.say(thread, "Again")
    assert refused.value.code == 50083
    await place.mo.say(thread, "I may")
    assert not state.archived
    with pytest.raises(ControlError, match="locked"):
        await place.ada.say(thread, "Still locked")


async def test_an_archived_thread_only_lets_go_of_messages(place: Place, start: Start) -> None:
    probe = await start()
    thread = await started(probe, place)
    mine = await thread.send("Mine")
    hers = await place.ada.say(thread, "Hers")
    await thread.edit(archived=True)
    for refused in (
        place.ada.edit(hers, "Changed"),
        place.mo.rename(thread, "Another name"),
    ):
        with pytest.raises(ControlError) as error:
            await refused
        assert error.value.code == 50083
    with pytest.raises(discord.HTTPException) as edit:
        await mine.edit(content="Changed")
    assert edit.value.code == 50083
    await place.ada.delete(hers)
    [seen] = await place.ada.threads(place.channel)
    assert seen.archived


async def test_counters_tell_of_deletions(sandbox: Sandbox, place: Place, start: Start) -> None:
    probe = await start()
    thread = await started(probe, place)
    first = await place.ada.say(thread, "One")
    await place.ada.say(thread, "Two")
    before = sandbox.state.thread(thread.id).archived_at
    await place.ada.delete(first)
    fetched = await probe.fetch_channel(thread.id)
    assert isinstance(fetched, discord.Thread)
    assert (fetched.message_count, fetched.total_message_sent) == (1, 2)
    assert fetched.archive_timestamp == before


async def test_archived_threads_are_listed_by_when_they_were_archived(
    place: Place, start: Start
) -> None:
    probe = await start()
    threads = [await started(probe, place) for _ in range(5)]
    for index in (3, 0, 4):
        await threads[index].edit(archived=True)
    listed = [each.id async for each in probe.text(place.channel).archived_threads(limit=None)]
    assert listed == [threads[index].id for index in (4, 0, 3)]
    active = await probe.get_guild(place.guild.id).active_threads()  # type: ignore[union-attr]  # it is there
    assert {each.id for each in active} == {threads[1].id, threads[2].id}


async def test_archived_threads_come_in_pages(place: Place, start: Start) -> None:
    probe = await start()
    channel = probe.text(place.channel)
    for _ in range(5):
        await (await started(probe, place)).edit(archived=True)
    pages = [each.id async for each in channel.archived_threads(limit=4)]
    assert len(pages) == 4
    raw = await probe.http.get_public_archived_threads(channel.id, limit=3)
    assert (len(raw["threads"]), raw["has_more"]) == (3, True)


async def test_too_many_active_threads_are_refused(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    sandbox.state.limits.active_threads = 1
    probe = await start()
    await started(probe, place)
    with pytest.raises(discord.HTTPException) as refused:
        await started(probe, place)
    assert refused.value.code == 160006


async def test_a_rename_leaves_a_line_and_needs_a_right(place: Place, start: Start) -> None:
    probe = await start()
    thread = await started(probe, place)
    await place.mo.rename(thread, "A better name")
    messages = await place.ada.messages(thread)
    assert [each.content for each in messages if each.type == 4] == ["A better name"]
    with pytest.raises(ControlError) as refused:
        await place.ada.rename(thread, "Mine")
    assert refused.value.code == 50013


async def test_a_deleted_thread_takes_its_messages_in_one_event(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    thread = await started(probe, place)
    await place.ada.say(thread, "Hello")
    await place.mo.delete_thread(thread)
    await sandbox.until(lambda: probe.events("raw_thread_delete"))
    assert probe.events("raw_message_delete") == []
    with pytest.raises(discord.NotFound) as gone:
        await probe.fetch_channel(thread.id)
    assert gone.value.code == 10003


async def test_idle_threads_are_archived_when_time_passes_but_not_pinned_posts(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    forum = probe.forum(place.forum)
    idle, _ = await forum.create_thread(name="Idle", content="x", auto_archive_duration=60)
    pinned, _ = await forum.create_thread(name="Pinned", content="x", auto_archive_duration=60)
    await pinned.edit(pinned=True)
    await sandbox.post("advance", seconds=3700)
    await sandbox.until(lambda: probe.events("raw_thread_update"))
    assert sandbox.state.thread(idle.id).archived
    assert not sandbox.state.thread(pinned.id).archived


async def test_a_thread_outlives_its_starter(place: Place, start: Start) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("An essay")
    thread = await message.create_thread(name="An essay")
    await message.delete()
    [starter] = [each async for each in thread.history()]
    reference: Any = starter.reference
    assert isinstance(reference.resolved, discord.DeletedReferencedMessage)
    await place.ada.say(thread, "Still here")
