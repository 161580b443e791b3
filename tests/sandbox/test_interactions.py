from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
import pytest
from discord import app_commands, ui

from bot.sandbox import ControlError

if TYPE_CHECKING:
    import re

    from bot.sandbox import Sandbox
    from tests.sandbox.probe import Place, Probe, Start


class Answering(ui.Modal, title="Your answer"):
    question = ui.TextDisplay[Any]("What do you keep?")
    text = ui.Label[Any](
        text="Answer",
        component=ui.TextInput[Any](style=discord.TextStyle.paragraph, max_length=1500),
    )
    shown = ui.Label[Any](text="Show it", component=ui.Checkbox[Any](default=True))
    mood = ui.Label[Any](
        text="Mood",
        component=ui.RadioGroup[Any](
            required=False,
            options=[
                discord.RadioGroupOption(label="Good", value="good"),
                discord.RadioGroupOption(label="Bad", value="bad"),
            ],
        ),
    )

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        text, shown, mood = self.text.component, self.shown.component, self.mood.component
        assert isinstance(text, ui.TextInput)
        assert isinstance(shown, ui.Checkbox)
        assert isinstance(mood, ui.RadioGroup)
        said = f"{text.value}|{shown.value}|{mood.value}"
        await interaction.response.send_message(said, ephemeral=True)


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=r"aw:answer:(?P<id>\d+)"):
    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label="Answer", custom_id=f"aw:answer:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del interaction, item
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Answering())


async def with_commands(probe: Probe) -> None:
    tree = probe.tree

    @tree.command()
    @app_commands.describe(slug="Which essay")
    async def post(interaction: discord.Interaction, slug: app_commands.Range[str, 1, 100]) -> None:
        """Show an essay."""
        await interaction.response.send_message(f"Here is {slug}", ephemeral=True)

    @post.autocomplete("slug")
    async def suggest(
        interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        del interaction
        return [app_commands.Choice(name=f"{current}!", value=current)]

    @tree.command()
    async def slow(interaction: discord.Interaction) -> None:
        """Think first."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("Thought", ephemeral=True)

    @tree.command()
    @app_commands.default_permissions(manage_threads=True)
    async def discuss(interaction: discord.Interaction) -> None:
        """Start a thread."""
        await interaction.response.send_message("Started")

    @tree.command()
    async def never(interaction: discord.Interaction) -> None:
        """Say nothing."""

    @tree.context_menu(name="Keep this reply")
    async def keep(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content, ephemeral=True)

    probe.add_dynamic_items(AnswerButton)
    await tree.sync()


async def test_a_command_is_answered_to_its_reader_alone(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await start(with_commands)
    answer = await place.ada.command(place.channel, "post", slug="night")
    assert answer.message is not None
    assert (answer.message.content, answer.message.ephemeral) == ("Here is night", True)
    assert [each.content for each in await place.ada.messages(place.channel)] == ["Here is night"]
    assert await place.mo.messages(place.channel) == []
    assert await sandbox.messages_in(place.channel) == []


async def test_autocomplete_offers_what_the_bot_suggests(place: Place, start: Start) -> None:
    await start(with_commands)
    assert await place.ada.complete(place.channel, "post", "slug", "ni") == [("ni!", "ni")]


async def test_a_deferred_answer_is_waited_for(place: Place, start: Start) -> None:
    await start(with_commands)
    answer = await place.ada.command(place.channel, "slow")
    assert not answer.deferred
    assert answer.message is not None
    assert answer.message.content == "Thought"
    assert answer.followups == []


async def test_commands_for_moderators_are_hidden_from_readers(place: Place, start: Start) -> None:
    await start(with_commands)
    assert "discuss" not in await place.ada.commands(place.channel)
    with pytest.raises(ControlError, match="no command /discuss"):
        await place.ada.command(place.channel, "discuss")
    answer = await place.mo.command(place.channel, "discuss")
    assert answer.message is not None
    assert not answer.message.ephemeral


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "slug is required"),
        ({"slug": ""}, "1 to 100"),
        ({"slug": "x" * 101}, "1 to 100"),
        ({"slug": 3}, "does not take int"),
        ({"slug": "x", "other": 1}, "no option other"),
    ],
)
async def test_a_client_does_not_send_what_the_command_does_not_take(
    place: Place, start: Start, options: dict[str, object], complaint: str
) -> None:
    await start(with_commands)
    with pytest.raises(ControlError, match=complaint):
        await place.ada.command(place.channel, "post", **options)


async def test_an_interaction_that_nobody_answers_fails(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await start(with_commands)
    sandbox.state.limits.first_response = 0.1
    answer = await place.ada.command(place.channel, "never")
    assert answer.failed
    assert answer.message is None


async def test_a_button_opens_a_form_and_the_form_is_answered(place: Place, start: Start) -> None:
    probe = await start(with_commands)
    view = ui.View(timeout=None)
    view.add_item(AnswerButton(7))
    sent = await probe.text(place.channel).send("What do you keep?", view=view)
    [message] = await place.ada.messages(place.channel)
    assert message.id == sent.id
    opened = await place.ada.click(message, label="Answer")
    assert opened.modal is not None
    assert opened.modal.title == "Your answer"
    assert opened.modal.labels == ["Answer", "Show it", "Mood"]
    assert opened.modal.text == "What do you keep?"
    with pytest.raises(ControlError, match="required"):
        await place.ada.submit(opened, {})
    answer = await place.ada.submit(opened, {"Answer": "Letters", "Mood": "good"})
    assert answer.message is not None
    assert answer.message.content == "Letters|True|good"


async def test_a_message_command_carries_the_whole_message(place: Place, start: Start) -> None:
    intents = discord.Intents(guilds=True, guild_messages=True)
    probe = await start(with_commands, intents)
    message = await place.mo.say(place.channel, "Worth keeping")
    answer = await place.ada.menu(message, "Keep this reply")
    assert answer.message is not None
    assert answer.message.content == "Worth keeping"
    assert [each.content for each in probe.events("message")][:1] == [""]
