"""A guild that is out for a while, and one that the bot is removed from and invited to again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw


async def test_an_outage_comes_and_goes_without_a_ready_and_replays_nothing(
    sandbox: Sandbox, place: Place, wire: Wire
) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    await wire.log_in()
    await sandbox.begin_outage(place.guild)
    [gone] = await wire.so_far()
    assert gone["t"] == "GUILD_DELETE"
    assert gone["d"] == {"id": str(place.guild.id), "unavailable": True}
    await place.ada.say(thread, "Unheard")
    await place.ada.start_thread(place.channel, "Begun meanwhile")
    await place.mo.delete_thread(await place.ada.start_thread(place.channel, "Gone meanwhile"))
    await sandbox.delete_channel(place.forum)
    assert await wire.heard() == []
    await sandbox.end_outage(place.guild)
    [back] = await wire.so_far()
    assert (back["t"], back["d"]["unavailable"]) == ("GUILD_CREATE", False)
    assert {each["name"] for each in back["d"]["threads"]} == {"Talk", "Begun meanwhile"}
    [talk] = [each for each in back["d"]["threads"] if each["id"] == str(thread.id)]
    assert talk["message_count"] == 1
    await place.ada.say(thread, "Heard")
    assert await wire.heard() == ["MESSAGE_CREATE"]


@pytest.mark.parametrize(
    ("refusal", "refused"),
    [(None, (503, 0)), (500, (500, 0)), (50001, (403, 50001)), (10004, (404, 10004))],
)
async def test_rest_refuses_for_a_guild_that_is_out_and_for_no_other(
    sandbox: Sandbox, place: Place, raw: Raw, refusal: int | None, refused: tuple[int, int]
) -> None:
    other = await sandbox.channel(await sandbox.guild("Other"), "essays")
    if refusal is None:
        await sandbox.begin_outage(place.guild)
    else:
        await sandbox.begin_outage(place.guild, refusal=refusal)
    paths = [
        ("GET", f"/channels/{place.channel.id}"),
        ("GET", f"/channels/{place.channel.id}/messages"),
        ("POST", f"/channels/{place.channel.id}/messages"),
        ("GET", f"/guilds/{place.guild.id}/threads/active"),
    ]
    for method, path in paths:
        body = {"content": "x"} if method == "POST" else None
        assert (await raw(method, path, body)).refused == refused
    assert (await raw("GET", f"/channels/{other.id}/messages")).status == 200
    await sandbox.end_outage(place.guild)
    assert (await raw("GET", f"/channels/{place.channel.id}/messages")).body == []


async def test_an_outage_that_is_under_way_at_identify_is_told(
    sandbox: Sandbox, place: Place, wire: Wire
) -> None:
    other = await sandbox.guild("Other")
    await sandbox.begin_outage(place.guild)
    ready = await wire.identify()
    both = [{"id": str(each.id), "unavailable": True} for each in (place.guild, other)]
    assert ready["d"]["guilds"] == both
    gone, created = await wire.so_far()
    assert (gone["t"], gone["d"]) == ("GUILD_DELETE", both[0])
    assert (created["t"], created["d"]["id"]) == ("GUILD_CREATE", str(other.id))
    await sandbox.end_outage(place.guild)
    [back] = await wire.so_far()
    assert (back["t"], back["d"]["id"]) == ("GUILD_CREATE", str(place.guild.id))
    assert back["d"]["unavailable"] is False


async def test_discord_py_becomes_ready_without_a_guild_that_is_out(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await sandbox.begin_outage(place.guild)
    probe = await start()
    guild = probe.get_guild(place.guild.id)
    assert guild is not None
    assert guild.unavailable
    assert probe.get_channel(place.channel.id) is None
    await sandbox.end_outage(place.guild)
    await sandbox.until(lambda: probe.events("guild_available"))
    assert probe.get_channel(place.channel.id) is not None
    assert probe.events("guild_join") == probe.events("guild_remove") == []


@pytest.mark.parametrize("as_available", [False, True])
async def test_a_bot_that_is_removed_and_invited_again_is_told_nothing_of_the_time_between(
    sandbox: Sandbox, place: Place, wire: Wire, *, as_available: bool
) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    await wire.log_in()
    await sandbox.remove_bot(place.guild)
    [gone] = await wire.so_far()
    assert (gone["t"], gone["d"]) == ("GUILD_DELETE", {"id": str(place.guild.id)})
    await place.ada.say(thread, "Unheard")
    assert await wire.heard() == []
    await sandbox.invite_bot(place.guild, as_available=as_available)
    [back] = await wire.so_far()
    assert back["t"] == "GUILD_CREATE"
    assert back["d"].get("unavailable") is (False if as_available else None)
    assert [each["id"] for each in back["d"]["threads"]] == [str(thread.id)]


@pytest.mark.parametrize(
    ("as_available", "event"), [(False, "guild_join"), (True, "guild_available")]
)
async def test_discord_py_calls_an_invitation_by_what_it_carries(
    sandbox: Sandbox, place: Place, start: Start, event: str, *, as_available: bool
) -> None:
    probe = await start()
    probe.seen.clear()
    await sandbox.remove_bot(place.guild)
    await sandbox.until(lambda: probe.events("guild_remove"))
    with pytest.raises(discord.Forbidden) as away:
        await probe.fetch_channel(place.channel.id)
    assert away.value.code == 50001
    await sandbox.invite_bot(place.guild, as_available=as_available)
    await sandbox.until(lambda: probe.events(event))
    other = {"guild_join", "guild_available"} - {event}
    assert probe.events(other.pop()) == []


async def test_a_bot_that_is_removed_follows_no_thread_any_more(
    sandbox: Sandbox, place: Place, raw: Raw
) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    await raw("POST", f"/channels/{thread.id}/messages", {"content": "x"})
    await sandbox.remove_bot(place.guild)
    refused = await raw("GET", f"/channels/{thread.id}")
    assert refused.refused == (403, 50001)
    await sandbox.invite_bot(place.guild)
    listed = (await raw("GET", f"/guilds/{place.guild.id}/threads/active")).body
    assert (len(listed["threads"]), listed["members"]) == (1, [])


async def test_an_outage_of_a_guild_without_the_bot_is_no_news(
    sandbox: Sandbox, place: Place, wire: Wire
) -> None:
    other = await sandbox.guild("Other", bot=False)
    await wire.log_in()
    await sandbox.begin_outage(other)
    await sandbox.end_outage(other)
    assert await wire.heard() == []
    del place


async def test_a_bot_can_be_removed_during_an_outage(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    probe.seen.clear()
    await sandbox.begin_outage(place.guild)
    await sandbox.remove_bot(place.guild)
    await sandbox.until(lambda: probe.events("guild_remove"))
    await sandbox.end_outage(place.guild)
    assert probe.events("guild_available") == []
    with pytest.raises(discord.Forbidden):
        await probe.fetch_channel(place.channel.id)
