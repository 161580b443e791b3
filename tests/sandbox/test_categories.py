"""Categories: their channels copy their overwrites, and follow them while they are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox import Channel, Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place

P = Permission


def spoken(channel: Channel) -> dict[str, tuple[str, str]]:
    listed = channel.raw["permission_overwrites"]
    return {each["id"]: (each["allow"], each["deny"]) for each in listed}


async def look(sandbox: Sandbox, channel: Channel) -> Channel:
    channel.raw = await sandbox.get("channel", channel=channel.id)
    return channel


async def test_a_new_channel_starts_with_its_category_s_overwrites(
    sandbox: Sandbox, place: Place
) -> None:
    category = await sandbox.category(place.guild, "Essays")
    await sandbox.allow(category, place.guild, deny=P.VIEW_CHANNEL)
    inside = await sandbox.channel(place.guild, "inside", category=category)
    assert spoken(inside) == {str(place.guild.id): ("0", str(int(P.VIEW_CHANNEL)))}
    assert "inside" not in {each.name for each in await place.ada.channels()}


async def test_a_category_s_new_overwrites_go_to_the_channels_that_are_synced(
    sandbox: Sandbox, place: Place, wire: Wire
) -> None:
    category = await sandbox.category(place.guild, "Essays")
    synced = await sandbox.channel(place.guild, "synced", category=category)
    forum = await sandbox.forum(place.guild, "forum", category=category)
    apart = await sandbox.channel(place.guild, "apart", category=category)
    await sandbox.allow(apart, place.ada, allow=P.MANAGE_MESSAGES)
    await wire.log_in()
    await sandbox.allow(category, place.guild, deny=P.SEND_MESSAGES)
    events = await wire.so_far()
    assert [each["t"] for each in events] == ["CHANNEL_UPDATE"] * 3
    assert {int(each["d"]["id"]) for each in events} == {category.id, synced.id, forum.id}
    assert spoken(await look(sandbox, synced)) == spoken(await look(sandbox, category))
    assert spoken(await look(sandbox, apart)).keys() == {str(place.ada.id)}
    with pytest.raises(ControlError):
        await place.ada.say(synced, "May I?")
    await place.ada.say(apart, "Here I may")


async def test_a_channel_that_changes_on_its_own_follows_no_more(
    sandbox: Sandbox, place: Place
) -> None:
    category = await sandbox.category(place.guild, "Essays")
    inside = await sandbox.channel(place.guild, "inside", category=category)
    await sandbox.allow(inside, place.ada, deny=P.ADD_REACTIONS)
    await sandbox.allow(category, place.guild, deny=P.SEND_MESSAGES)
    assert spoken(await look(sandbox, inside)).keys() == {str(place.ada.id)}
    await sandbox.allow(category, place.guild)
    await sandbox.allow(inside, place.ada)
    await sandbox.allow(category, place.guild, deny=P.SEND_MESSAGES)
    assert spoken(await look(sandbox, inside)).keys() == {str(place.guild.id)}


async def test_a_category_counts_only_through_what_its_channels_copied(
    sandbox: Sandbox, place: Place
) -> None:
    category = await sandbox.category(place.guild, "Essays")
    await sandbox.allow(category, place.guild, deny=P.SEND_MESSAGES)
    await sandbox.change_channel(place.channel, parent_id=str(category.id))
    await place.ada.say(place.channel, "Moving in copies nothing")


async def test_a_deleted_category_leaves_its_channels(
    sandbox: Sandbox, place: Place, wire: Wire
) -> None:
    category = await sandbox.category(place.guild, "Essays")
    inside = await sandbox.channel(place.guild, "inside", category=category)
    await wire.log_in()
    await sandbox.delete_channel(category)
    assert await wire.heard() == ["CHANNEL_DELETE", "CHANNEL_UPDATE"]
    assert (await look(sandbox, inside)).raw["parent_id"] is None


async def test_a_category_is_seen_by_those_who_see_a_channel_in_it(
    sandbox: Sandbox, place: Place
) -> None:
    category = await sandbox.category(place.guild, "Essays")
    inside = await sandbox.channel(place.guild, "inside", category=category)
    for each in (category, inside):
        await sandbox.allow(each, place.guild, deny=P.VIEW_CHANNEL)
    assert "Essays" not in {each.name for each in await place.ada.channels()}
    await sandbox.allow(inside, place.ada, allow=P.VIEW_CHANNEL)
    assert {"Essays", "inside"} <= {each.name for each in await place.ada.channels()}


async def test_only_a_category_can_be_a_parent(place: Place, sandbox: Sandbox) -> None:
    with pytest.raises(ControlError, match="parent_id") as refused:
        await sandbox.change_channel(place.channel, parent_id=str(place.forum.id))
    assert (refused.value.status, refused.value.code) == (400, 50035)
