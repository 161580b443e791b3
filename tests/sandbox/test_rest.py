from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Probe, Start


def in_guild(probe: Probe, place: Place) -> discord.Guild:
    guild = probe.get_guild(place.guild.id)
    assert guild is not None
    return guild


async def test_where_the_gateway_is_can_be_asked(sandbox: Sandbox, start: Start) -> None:
    probe = await start()
    shards, url, limit = await probe.http.get_bot_gateway()
    assert (shards, url, limit["max_concurrency"]) == (1, sandbox.gateway, 1)


async def test_a_bot_changes_threads_only(sandbox: Sandbox, place: Place, start: Start) -> None:
    probe = await start()
    with pytest.raises(discord.HTTPException, match="threads only"):
        await probe.text(place.channel).edit(topic="About")
    assert sandbox.unknown == [f"PATCH /channels/{place.channel.id}: no thread"]
    sandbox.requests.clear()


async def test_a_forum_s_tags_can_be_changed_and_leave_its_posts(
    sandbox: Sandbox, place: Place
) -> None:
    forum = place.forum
    post = await place.ada.start_post(forum, "Night", "text", tags=list(forum.tags.values()))
    kept = {"id": str(forum.tags["life"]), "name": "life"}
    moderated = {"name": "official", "moderated": True, "emoji_name": "\N{EYES}"}
    changed = await sandbox.change_channel(forum, available_tags=[kept, moderated])
    assert list(changed.tags) == ["life", "official"]
    [seen] = await place.ada.threads(forum)
    assert seen.applied_tags == [forum.tags["life"]]
    official = [str(changed.tags["official"])]
    with pytest.raises(ControlError) as refused:
        await place.ada.change_thread(post, applied_tags=official)
    assert refused.value.code == 50013
    await place.mo.change_thread(post, applied_tags=official)
    with pytest.raises(ControlError) as text:
        await sandbox.change_channel(place.channel, available_tags=[])
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


async def test_a_bot_that_may_gives_roles(sandbox: Sandbox, place: Place, start: Start) -> None:
    await sandbox.permit_bot(place.guild, INVITED | Permission.MANAGE_ROLES)
    probe = await start()
    guild = in_guild(probe, place)
    role = await sandbox.post("create_role", guild=guild.id, name="Followers", permissions=0)
    ada = sandbox.state.guilds[guild.id].members[place.ada.id]
    where = (guild.id, place.ada.id, int(role["id"]))
    await probe.http.add_role(*where)
    assert ada.roles == [int(role["id"])]
    await probe.http.remove_role(*where)
    assert ada.roles == []
    await sandbox.post("delete_role", guild=guild.id, role=role["id"])
    await sandbox.until(lambda: probe.events("guild_role_delete"))


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


async def test_every_type_of_option_arrives(place: Place, start: Start) -> None:
    got: dict[str, Any] = {}

    async def with_command(probe: Probe) -> None:
        @probe.tree.command(guild=discord.Object(place.guild.id))
        async def all(  # noqa: A001 - the command's name
            interaction: discord.Interaction,
            text: app_commands.Range[str, 1, 5],
            where: discord.TextChannel,
            role: discord.Role,
            who: discord.Member,
        ) -> None:
            """Take everything."""
            got.update(text=text, where=where.id, role=role.id, who=who.id)
            await interaction.response.send_message("ok")

        await probe.tree.sync(guild=discord.Object(place.guild.id))

    await start(with_command)
    ids = {"where": place.channel.id, "role": place.guild.id, "who": place.mo.id}
    given = {name: str(value) for name, value in ids.items()}
    await place.ada.command(place.channel, "all", text="abc", **given)
    assert got == ids | {"text": "abc"}


async def test_a_form_closes_when_it_is_answered_or_dismissed(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    class Empty(discord.ui.Modal, title="Form"):
        field = discord.ui.Label[Any](
            text="Field", component=discord.ui.TextInput[Any](required=False)
        )

        async def on_submit(self, interaction: discord.Interaction, /) -> None:
            assert isinstance(self.field.component, discord.ui.TextInput)
            await interaction.response.send_message(f"[{self.field.component.value}]")

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
    form_id = again.modal.interaction_id
    await sandbox.post("close_form", interaction=form_id, **{"as": place.ada.id})
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
