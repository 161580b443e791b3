from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.sandbox.state.permissions import INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Probe, Start
    from tests.sandbox.rest_client import Raw

MANAGES = INVITED | int(Permission.MANAGE_ROLES)


def guild_of(probe: Probe, place: Place) -> discord.Guild:
    guild = probe.get_guild(place.guild.id)
    assert guild is not None
    return guild


async def test_a_bot_makes_gives_and_deletes_roles_below_its_own(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await sandbox.permit_bot(place.guild, MANAGES)
    probe = await start()
    guild = guild_of(probe, place)
    role = await guild.create_role(name="Follow maps", permissions=discord.Permissions.none())
    await sandbox.until(lambda: guild.get_role(role.id))
    assert (role.permissions.value, role.mentionable, role.hoist) == (0, False, False)
    assert {each.name for each in await guild.fetch_roles()} >= {"@everyone", "Follow maps"}
    await probe.http.add_role(guild.id, place.ada.id, role.id)
    members = sandbox.state.guild(guild.id).members
    assert members[place.ada.id].roles == [role.id]
    await role.delete()
    await sandbox.until(lambda: guild.get_role(role.id) is None)


async def test_who_may_ping_a_role(sandbox: Sandbox, place: Place, start: Start) -> None:
    await sandbox.permit_bot(place.guild, MANAGES)
    probe = await start()
    role = await guild_of(probe, place).create_role(name="Follow maps")
    allowed = discord.AllowedMentions(everyone=False, users=False, roles=[role])
    channel = probe.text(place.channel)
    await channel.send(role.mention, allowed_mentions=allowed)
    await sandbox.permit_bot(place.guild, MANAGES | int(Permission.MENTION_EVERYONE))
    heard = await channel.send(role.mention, allowed_mentions=allowed)
    assert [each["mention_roles"] for each in await raw_messages(sandbox, place)] == [
        [],
        [str(role.id)],
    ]
    edited = await heard.edit(
        content=f"Again {role.mention}", allowed_mentions=discord.AllowedMentions.none()
    )
    assert edited.content.endswith(role.mention)
    assert (await raw_messages(sandbox, place))[1]["mention_roles"] == []


async def raw_messages(sandbox: Sandbox, place: Place) -> list[dict[str, object]]:
    return [each.raw for each in await sandbox.messages_in(place.channel)]


async def test_refusals(sandbox: Sandbox, place: Place, raw: Raw) -> None:
    roles = f"/guilds/{place.guild.id}/roles"
    assert (await raw("POST", roles, {"name": "a"})).refused == (403, 50013)
    await sandbox.permit_bot(place.guild, MANAGES)
    too_much = {"name": "a", "permissions": str(int(Permission.ADMINISTRATOR))}
    assert (await raw("POST", roles, too_much)).refused == (403, 50013)
    assert (await raw("POST", roles, {"name": "a" * 101})).refused == (400, 50035)
    assert (await raw("DELETE", f"{roles}/1")).refused == (404, 10011)
    [own] = [each for each in (await raw("GET", roles)).body if each["managed"]]
    assert (await raw("DELETE", f"{roles}/{own['id']}")).refused == (403, 50013)
    sandbox.state.limits.roles = len((await raw("GET", roles)).body)
    assert (await raw("POST", roles, {"name": "a"})).refused == (400, 30005)


@pytest.mark.parametrize("name", [None, "Readers"])
async def test_a_role_has_a_name(
    sandbox: Sandbox, place: Place, raw: Raw, name: str | None
) -> None:
    await sandbox.permit_bot(place.guild, MANAGES)
    made = await raw("POST", f"/guilds/{place.guild.id}/roles", {"name": name})
    assert made.body["name"] == (name or "new role")
