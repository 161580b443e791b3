"""Bans: who may, who hears of them, and that nobody comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Person, Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw

GUILDS, GUILD_MODERATION = 1 << 0, 1 << 2


@pytest.fixture
async def judge(sandbox: Sandbox, place: Place) -> Person:
    """A member who may ban."""
    bits = int(Permission.BAN_MEMBERS)
    return await sandbox.member(place.guild, "Judge", permissions=bits)


async def test_a_ban_is_told_and_keeps_its_member_out(
    sandbox: Sandbox, place: Place, start: Start, judge: Person
) -> None:
    intents = discord.Intents(guilds=True, moderation=True)
    probe = await start(intents=intents)
    await judge.ban(place.ada, reason="Spam")
    await sandbox.until(lambda: probe.events("member_ban"))
    back = {"guild": str(place.guild.id), "user": str(place.ada.id)}
    with pytest.raises(ControlError, match="banned"):
        await sandbox.post("add_member", **back)
    await judge.unban(place.ada)
    await sandbox.until(lambda: probe.events("member_unban"))
    await sandbox.post("add_member", **back)


async def test_only_who_asked_hears_of_a_ban(place: Place, wire: Wire, judge: Person) -> None:
    await wire.log_in(GUILDS)
    await judge.ban(place.ada)
    message = await place.mo.say(place.channel, "Hello.")
    await place.mo.start_thread(place.channel, "After", on=message)
    assert (await wire.next())["t"] == "THREAD_CREATE"


async def test_the_wire_says_who_was_banned(place: Place, wire: Wire, judge: Person) -> None:
    await wire.log_in(GUILDS | GUILD_MODERATION)
    await judge.ban(place.ada)
    told = await wire.next()
    assert told["t"] == "GUILD_BAN_ADD"
    assert told["d"]["guild_id"] == str(place.guild.id)
    assert told["d"]["user"]["id"] == str(place.ada.id)


async def test_who_may_not_ban_is_refused(sandbox: Sandbox, place: Place, judge: Person) -> None:
    with pytest.raises(ControlError, match="Missing Permissions"):
        await place.mo.ban(place.ada)
    with pytest.raises(ControlError, match="Missing Permissions"):
        await judge.ban(place.mo)  # whose role is the older one, and stands above
    owner = sandbox.state.guilds[place.guild.id].owner_id
    with pytest.raises(ControlError, match="Missing Permissions"):
        await judge.ban(owner)
    with pytest.raises(ControlError, match="Unknown Ban"):
        await judge.unban(place.ada)


async def test_bans_are_listed_for_a_bot_that_may_ban(
    sandbox: Sandbox, place: Place, raw: Raw, judge: Person
) -> None:
    path = f"/guilds/{place.guild.id}/bans"
    assert (await raw("GET", path)).refused == (403, 50013)
    await sandbox.permit_bot(place.guild, INVITED | int(Permission.BAN_MEMBERS))
    assert (await raw("GET", path)).body == []
    await judge.ban(place.ada, reason="Spam")
    zed = await sandbox.member(place.guild, "Zed")
    await judge.ban(zed)
    listed = (await raw("GET", path)).body
    assert [(one["reason"], one["user"]["id"]) for one in listed] == [
        ("Spam", str(place.ada.id)),
        (None, str(zed.id)),
    ]
    assert (await raw("GET", f"{path}?limit=1&after={place.ada.id}")).body == listed[1:]
    assert (await raw("GET", f"{path}?before={zed.id}")).body == listed[:1]
    assert (await raw("GET", f"{path}/{zed.id}")).body == listed[1]
    assert (await raw("GET", f"{path}/{place.mo.id}")).refused == (404, 10026)
