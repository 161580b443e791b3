"""Channels that a bot cannot view, as Discord announced to hide them from 2026-11-16 on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.state.permissions import EVERYONE, INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw

P = Permission
HIDDEN = "___hidden___"


@pytest.fixture
async def hiding(sandbox: Sandbox, place: Place) -> Place:
    await sandbox.hide_channels()
    return place


def is_hidden(channel: dict[str, Any]) -> bool:
    [overwrite] = channel["permission_overwrites"] or [None]
    reduced = overwrite is not None and overwrite["deny"] == str(int(P.VIEW_CHANNEL))
    return channel["name"] == HIDDEN and channel["flags"] == 1 << 17 and reduced


async def test_a_channel_that_the_bot_cannot_view_comes_without_its_name(
    sandbox: Sandbox, hiding: Place, wire: Wire
) -> None:
    await sandbox.change_channel(hiding.channel, topic="Secret")
    await sandbox.deny_bot(hiding.channel, P.VIEW_CHANNEL)
    created = await wire.log_in()
    by_id = {int(each["id"]): each for each in created["d"]["channels"]}
    assert is_hidden(by_id[hiding.channel.id])
    assert "Secret" not in str(created)
    assert by_id[hiding.forum.id]["name"] == "essays-forum"
    await sandbox.change_channel(hiding.channel, name="renamed")
    assert is_hidden((await wire.until("CHANNEL_UPDATE"))["d"])
    await sandbox.deny_bot(hiding.channel, 0)
    events = await wire.so_far()
    assert [each["t"] for each in events] == ["CHANNEL_UPDATE", "THREAD_LIST_SYNC"]
    assert (events[0]["d"]["name"], events[0]["d"]["topic"]) == ("renamed", "Secret")


async def test_the_change_that_hides_a_channel_tells_of_a_hidden_one(
    sandbox: Sandbox, hiding: Place, wire: Wire
) -> None:
    await wire.log_in()
    await sandbox.deny_bot(hiding.channel, P.VIEW_CHANNEL)
    [update] = await wire.so_far()
    assert is_hidden(update["d"])


async def test_a_role_that_opens_channels_brings_each_whole(
    sandbox: Sandbox, hiding: Place, wire: Wire
) -> None:
    guild = hiding.guild
    await sandbox.permit(guild, guild, int(EVERYONE & ~P.VIEW_CHANNEL))
    await sandbox.permit_bot(guild, int(INVITED & ~P.VIEW_CHANNEL))
    created = await wire.log_in()
    assert all(is_hidden(each) for each in created["d"]["channels"])
    await sandbox.permit_bot(guild)
    events = await wire.so_far()
    names = [each["t"] for each in events]
    updates = ["CHANNEL_UPDATE", "CHANNEL_UPDATE"]
    assert names == ["GUILD_ROLE_UPDATE", *updates, "THREAD_LIST_SYNC"]
    assert {each["d"]["name"] for each in events[1:3]} == {"essays", "essays-forum"}


async def test_a_hidden_channel_is_left_out_of_the_list(
    sandbox: Sandbox, hiding: Place, raw: Raw
) -> None:
    await sandbox.deny_bot(hiding.channel, P.VIEW_CHANNEL)
    path = f"/guilds/{hiding.guild.id}/channels"
    assert [each["name"] for each in (await raw("GET", path)).body] == ["essays-forum"]
    await sandbox.hide_channels(hidden=False)
    assert len((await raw("GET", path)).body) == 2


async def test_discord_py_reads_a_hidden_channel(
    sandbox: Sandbox, hiding: Place, start: Start
) -> None:
    for channel in (hiding.channel, hiding.forum):
        await sandbox.deny_bot(channel, P.VIEW_CHANNEL)
    probe = await start()
    assert probe.text(hiding.channel).name == probe.forum(hiding.forum).name == HIDDEN
    await sandbox.deny_bot(hiding.channel, 0)
    await sandbox.until(lambda: probe.text(hiding.channel).name == "essays")
