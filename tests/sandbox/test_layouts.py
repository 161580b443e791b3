from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import ui

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Probe, Start

PICTURE = "https://example.org/cover.png"


class Pressed(ui.DynamicItem[ui.Button[Any]], template="press:me"):
    def __init__(self) -> None:
        super().__init__(ui.Button(label="Press", custom_id="press:me"))

    @classmethod
    async def from_custom_id(cls, *_: Any) -> Pressed:
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pressed", ephemeral=True)


class Page(ui.LayoutView):
    def __init__(self, text: str = "Once") -> None:
        super().__init__(timeout=None)
        link = ui.Button[Any](label="On the blog", url="https://example.org")
        container = ui.Container[Any](
            ui.Section[Any](ui.TextDisplay[Any](text), accessory=link),
            ui.Separator[Any](spacing=discord.SeparatorSpacing.large),
            ui.MediaGallery[Any](discord.MediaGalleryItem(PICTURE, description="A cover")),
            ui.Section[Any]("More", accessory=ui.Thumbnail[Any](PICTURE)),
            ui.ActionRow[Any](Pressed()),
            accent_colour=discord.Colour.blurple(),
        )
        self.add_item(container)


async def with_button(probe: Probe) -> None:
    probe.add_dynamic_items(Pressed)


async def test_a_layout_is_shown_pressed_and_edited(place: Place, start: Start) -> None:
    probe = await start(with_button)
    message = await probe.text(place.channel).send(view=Page())
    [seen] = await place.ada.messages(place.channel)
    assert "Once" in seen.texts
    assert seen.buttons == ["On the blog", "Press"]
    answer = await place.ada.click(seen, label="Press")
    assert answer.message is not None
    assert answer.message.content == "pressed"
    partial = probe.text(place.channel).get_partial_message(message.id)
    await partial.edit(view=Page("Twice"))
    seen = (await place.ada.messages(place.channel))[0]
    assert "Twice" in seen.texts
    with pytest.raises(discord.HTTPException) as refused:
        await partial.edit(content="words")
    assert "IS_COMPONENTS_V2" in str(refused.value)


async def test_a_whole_embed_comes_back_as_it_went(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    embed = discord.Embed(
        title="Night", url="https://example.org/night", description="An essay", colour=0x336699,
        timestamp=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
    )  # fmt: skip
    embed.set_author(name="Iris", url="https://example.org").set_image(url=PICTURE)
    embed.set_footer(text="3 minutes").set_thumbnail(url=PICTURE)
    embed.add_field(name="Tags", value="night, letters")
    sent = await probe.text(place.channel).send(embed=embed)
    assert sent.embeds[0].to_dict() == embed.to_dict()
    [kept] = await sandbox.messages_in(place.channel)
    assert "night, letters" in kept.texts
    edited = await sent.edit(embed=discord.Embed(title="Day"), view=None)
    assert edited.embeds[0].title == "Day"


async def test_an_edit_may_not_leave_a_message_empty(place: Place, start: Start) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("words")
    with pytest.raises(discord.HTTPException) as refused:
        await message.edit(content=None)
    assert refused.value.code == 50006
