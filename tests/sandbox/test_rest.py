from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Probe, Start

MANAGES = (
    Permission.MANAGE_CHANNELS
    | Permission.MANAGE_ROLES
    | Permission.MODERATE_MEMBERS
    | Permission.MANAGE_NICKNAMES
)


def in_guild(probe: Probe, place: Place) -> discord.Guild:
    guild = probe.get_guild(place.guild.id)
    assert guild is not None
    return guild


async def test_the_bot_can_look_around(place: Place, start: Start) -> None:
    probe = await start()
    guild = in_guild(probe, place)
    fetched = await probe.fetch_guild(guild.id)
    assert fetched.owner_id == guild.owner_id
    assert {each.name for each in await guild.fetch_channels()} == {"essays", "essays-forum"}
    assert "@everyone" in {each.name for each in await guild.fetch_roles()}
    ada = await guild.fetch_member(place.ada.id)
    assert ada.global_name == "Ada"
    assert (await probe.fetch_user(place.mo.id)).name == "mo"
    assert [each.id async for each in probe.fetch_guilds()] == [guild.id]
    assert (await probe.application_info()).name == "Afterword"
    with pytest.raises(discord.NotFound):
        await guild.fetch_member(1)


async def test_where_the_gateway_is_can_be_asked(sandbox: Sandbox, start: Start) -> None:
    probe = await start()
    shards, url, limit = await probe.http.get_bot_gateway()
    assert (shards, url, limit["max_concurrency"]) == (1, sandbox.gateway, 1)
    route = discord.http.Route("GET", "/gateway")
    assert (await probe.http.request(route))["url"] == sandbox.gateway
    route = discord.http.Route("GET", "/applications/@me")
    assert (await probe.http.request(route))["name"] == "Afterword"


async def test_a_bot_that_manages_channels_makes_changes_and_deletes_them(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    guild = in_guild(probe, place)
    with pytest.raises(discord.Forbidden):
        await guild.create_text_channel("new")
    await sandbox.permit_bot(place.guild, INVITED | MANAGES)
    channel = await guild.create_text_channel("new", topic="About", slowmode_delay=5)
    assert (channel.topic, channel.slowmode_delay) == ("About", 5)
    hidden: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
        guild.default_role: discord.PermissionOverwrite(view_channel=False),
        guild.me: discord.PermissionOverwrite(view_channel=True),
    }
    await channel.edit(name="renamed", overwrites=hidden)
    assert "renamed" not in {each.name for each in await place.ada.channels()}
    await sandbox.until(lambda: probe.events("guild_channel_update"))
    await channel.delete()
    await sandbox.until(lambda: probe.events("guild_channel_delete"))
    assert probe.events("guild_channel_create")[0].id == channel.id


async def test_a_forum_s_tags_can_be_changed_and_leave_its_posts(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await sandbox.permit_bot(place.guild, INVITED | MANAGES)
    probe = await start()
    forum = probe.forum(place.forum)
    writing, life = forum.available_tags
    post = await place.ada.start_post(forum, "Night", "text", tags=[writing.id, life.id])
    moderated = discord.ForumTag(name="official", moderated=True, emoji="\N{EYES}")
    await forum.edit(available_tags=[life, moderated])
    tags = sandbox.state.channels[forum.id].tags
    assert [tag.name for tag in tags.values()] == ["life", "official"]
    assert life.id in tags
    [seen] = await place.ada.threads(forum)
    assert seen.applied_tags == [life.id]
    official = next(tag.id for tag in tags.values() if tag.moderated)
    with pytest.raises(ControlError) as refused:
        await place.ada.change_thread(post, applied_tags=[str(official)])
    assert refused.value.code == 50013
    await place.mo.change_thread(post, applied_tags=[str(official)])
    with pytest.raises(discord.HTTPException) as text:
        await probe.text(place.channel).edit(available_tags=[])  # type: ignore[call-overload]  # what a text channel does not have
    assert text.value.code == 50024


async def test_one_post_of_a_forum_is_pinned_at_most(place: Place, start: Start) -> None:
    probe = await start()
    forum = probe.forum(place.forum)
    first, _ = await forum.create_thread(name="First", content="x")
    second, _ = await forum.create_thread(name="Second", content="x")
    await first.edit(pinned=True)
    with pytest.raises(discord.HTTPException) as refused:
        await second.edit(pinned=True)
    assert refused.value.code == 30047
    await first.edit(archived=True)
    await first.edit(archived=False)
    await second.edit(pinned=True)


async def test_a_bot_that_may_gives_roles_and_timeouts(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await sandbox.permit_bot(place.guild, INVITED | MANAGES)
    probe = await start()
    guild = in_guild(probe, place)
    role = await sandbox.post("create_role", guild=guild.id, name="Followers", permissions=0)
    ada = await guild.fetch_member(place.ada.id)
    await ada.add_roles(discord.Object(int(role["id"])))
    assert int(role["id"]) in sandbox.state.guilds[guild.id].members[ada.id].roles
    await ada.remove_roles(discord.Object(int(role["id"])))
    await ada.timeout(dt.timedelta(minutes=1))
    with pytest.raises(ControlError) as refused:
        await place.ada.say(place.channel, "x")
    assert refused.value.code == 50013
    await ada.edit(nick="Countess")
    assert "Countess" in await sandbox.people(guild)
    await sandbox.post("delete_role", guild=guild.id, role=role["id"])
    await sandbox.until(lambda: probe.events("guild_role_delete"))


async def test_the_list_of_members_takes_its_intent(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    guild = in_guild(probe, place)
    route = discord.http.Route("GET", "/guilds/{guild_id}/members", guild_id=guild.id)
    with pytest.raises(discord.Forbidden):
        await probe.http.request(route)
    await sandbox.post("set_intents", privileged=(1 << 1) | (1 << 15))
    members = await probe.http.request(route, params={"limit": 2})
    assert len(members) == 2


async def test_members_come_and_go_for_those_with_the_intent(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await sandbox.post("set_intents", privileged=1 << 1)
    probe = await start(None, discord.Intents(guilds=True, members=True), ready=False)
    await sandbox.until(lambda: probe.events("connect"))
    bora = await sandbox.member(place.guild, "Bora")
    await bora.leave()
    await sandbox.until(lambda: probe.events("raw_member_remove"))
    assert [each.name for each in probe.events("member_join")] == ["bora"]
    assert sandbox.unknown == ["gateway opcode 8"]  # asking for members in chunks
    sandbox.requests.clear()


async def test_threads_are_joined_and_left(sandbox: Sandbox, place: Place, start: Start) -> None:
    await sandbox.post("set_intents", privileged=(1 << 1) | (1 << 15))
    probe = await start()
    seen = await place.ada.start_thread(place.channel, "Talk")
    thread = await probe.fetch_channel(seen.id)
    assert isinstance(thread, discord.Thread)
    await thread.join()
    assert {each.id for each in await thread.fetch_members()} == {probe.user.id, place.ada.id}  # type: ignore[union-attr]  # it is logged in
    await thread.leave()
    assert {each.id for each in await thread.fetch_members()} == {place.ada.id}
    async with thread.typing():
        await thread.send("x")


async def test_a_guild_can_be_renamed_and_left(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    guild = in_guild(probe, place)
    await sandbox.post("change_guild", guild=guild.id, name="Renamed")
    await sandbox.until(lambda: guild.name == "Renamed")
    await guild.leave()
    await sandbox.until(lambda: probe.events("guild_remove"))


async def test_every_type_of_option_arrives(place: Place, start: Start) -> None:
    got: dict[str, Any] = {}

    async def with_command(probe: Probe) -> None:
        group = app_commands.Group(name="try", description="Try")

        @group.command()
        async def all(  # noqa: A001 - the command's name
            interaction: discord.Interaction,
            who: discord.Member,
            where: discord.TextChannel,
            role: discord.Role,
            anyone: discord.Member | discord.Role,
            number: app_commands.Range[int, 1, 5],
            on: bool,  # noqa: FBT001 - an option
        ) -> None:
            """Take everything."""
            got.update(who=who.id, where=where.id, role=role.id, anyone=anyone.id)
            got.update(number=number, on=on)
            await interaction.response.send_message("ok")

        probe.tree.add_command(group, guild=discord.Object(place.guild.id))
        await probe.tree.sync(guild=discord.Object(place.guild.id))

    await start(with_command)
    ada, everyone = place.ada.id, place.guild.id
    ids = {"who": ada, "where": place.channel.id, "role": everyone, "anyone": ada}
    given = {name: str(value) for name, value in ids.items()}
    await place.ada.command(place.channel, "try all", **given, number=3, on=True)
    assert got == ids | {"number": 3, "on": True}


async def test_a_form_closes_when_it_is_answered_or_dismissed(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    class Empty(discord.ui.Modal, title="Form"):
        field = discord.ui.TextInput[Any](label="Field", required=False)

        async def on_submit(self, interaction: discord.Interaction, /) -> None:
            await interaction.response.send_message(f"[{self.field.value}]")

    async def with_command(probe: Probe) -> None:
        @probe.tree.command()
        async def form(interaction: discord.Interaction) -> None:
            """Open a form."""
            await interaction.response.send_modal(Empty())

        await probe.tree.sync()

    await start(with_command)
    opened = await place.ada.command(place.channel, "form")
    form = opened.modal
    answer = await place.ada.submit(form)
    assert answer.message is not None
    assert answer.message.content == "[]"
    with pytest.raises(ControlError, match="no such form"):
        await place.ada.submit(form)
    again = await place.ada.command(place.channel, "form")
    assert again.modal is not None
    assert len(await sandbox.get("forms", **{"as": place.ada.id})) == 1
    await place.ada.close_form(again.modal)
    assert await sandbox.get("forms", **{"as": place.ada.id}) == []


async def test_a_fault_can_let_the_first_requests_pass(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("error_before_commit", method="POST", status=503, skip=2)
    for _ in range(2):
        await probe.text(place.channel).send("fine")
    with pytest.raises(discord.DiscordServerError):
        await probe.text(place.channel).send("not this one")
