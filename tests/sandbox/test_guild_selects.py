"""Selects of channels and roles, in messages and forms; a forum's tags, made by a bot."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import ui

from bot.sandbox import ControlError, Sandbox
from bot.sandbox.state.permissions import INVITED, Permission
from tests.sandbox.probe_bot import Place, Start


class Choosing(ui.View):
    def __init__(self, before: int) -> None:
        super().__init__(timeout=None)
        chosen = discord.SelectDefaultValue(id=before, type=discord.SelectDefaultValueType.channel)
        self.place: ui.ChannelSelect[Any] = ui.ChannelSelect(
            custom_id="place",
            channel_types=[discord.ChannelType.text, discord.ChannelType.forum],
            min_values=0,
            default_values=[chosen],
        )
        self.role: ui.RoleSelect[Any] = ui.RoleSelect(custom_id="role")
        self.place.callback = self.say_place  # type: ignore[method-assign]  # as its decorator does
        self.role.callback = self.say_role  # type: ignore[method-assign]
        self.add_item(self.place)
        self.add_item(self.role)

    async def say_place(self, interaction: discord.Interaction) -> None:
        names = [each.name for each in self.place.values]
        await interaction.response.send_message(f"places {names}", ephemeral=True)

    async def say_role(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(self.role.values[0].name, ephemeral=True)


async def choosing(place: Place, start: Start) -> Any:
    probe = await start()
    await probe.text(place.channel).send("choose", view=Choosing(place.forum.id))
    [message] = await place.ada.messages(place.channel)
    return message


async def test_channels_and_roles_are_chosen_and_resolved(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    message = await choosing(place, start)
    answer = await place.ada.select(message, [str(place.channel.id)], custom_id="place")
    assert answer.message is not None
    assert answer.message.content == "places ['essays']"
    none = await place.ada.select(message, [], custom_id="place")
    assert none.message is not None
    assert none.message.content == "places []"
    role = await sandbox.role(place.guild, "Author")
    chosen = await place.ada.select(message, [str(role.id)], custom_id="role")
    assert chosen.message is not None
    assert chosen.message.content == "Author"


async def test_a_client_offers_only_channels_that_one_sees_and_of_the_types_asked_for(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    hidden = await sandbox.channel(place.guild, "hidden")
    await sandbox.allow(hidden, place.guild, deny=int(Permission.VIEW_CHANNEL))
    message = await choosing(place, start)
    for value in (hidden.id, place.guild.id, 1):
        with pytest.raises(ControlError, match="Not offered"):
            await place.ada.select(message, [str(value)], custom_id="place")


class Form(ui.Modal):
    def __init__(self) -> None:
        super().__init__(title="A form", custom_id="form")
        self.place: ui.ChannelSelect[Any] = ui.ChannelSelect(custom_id="where", required=False)
        self.add_item(ui.Label(text="Where", component=self.place))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        names = [each.name for each in self.place.values]
        await interaction.response.send_message(f"places {names}", ephemeral=True)


class Opening(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Open", custom_id="open")
    async def open(self, interaction: discord.Interaction, _button: ui.Button[Any]) -> None:
        await interaction.response.send_modal(Form())


async def test_a_form_takes_a_channel_or_none(place: Place, start: Start) -> None:
    probe = await start()
    await probe.text(place.channel).send("open", view=Opening())
    [message] = await place.ada.messages(place.channel)
    for given, said in (([str(place.forum.id)], "places ['essays-forum']"), ([], "places []")):
        opened = await place.ada.click(message, label="Open")
        done = await place.ada.submit(opened, {"Where": given})
        assert done.message is not None
        assert done.message.content == said
    opened = await place.ada.click(message, label="Open")
    with pytest.raises(ControlError, match="Not offered"):
        await place.ada.submit(opened, {"Where": ["1"]})


async def test_a_forum_gets_tags_from_a_bot_that_may_manage_channels(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    forum = probe.get_channel(place.forum.id)
    assert isinstance(forum, discord.ForumChannel)
    wanted = [*forum.available_tags, discord.ForumTag(name="maps")]
    with pytest.raises(discord.Forbidden) as refused:
        await forum.edit(available_tags=wanted)
    assert refused.value.code == 50013
    await sandbox.permit_bot(place.guild, INVITED | int(Permission.MANAGE_CHANNELS))
    changed = await forum.edit(available_tags=wanted)
    assert changed is not None
    assert [tag.name for tag in changed.available_tags] == ["writing", "life", "maps"]
    with pytest.raises(discord.HTTPException):
        await forum.edit(available_tags=[discord.ForumTag(name="x" * 21)])
    many = [discord.ForumTag(name=str(number)) for number in range(21)]
    with pytest.raises(discord.HTTPException):
        await forum.edit(available_tags=many)
