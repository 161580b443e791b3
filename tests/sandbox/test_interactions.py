from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord
import pytest
from discord import app_commands, ui

from bot.sandbox import ControlError

if TYPE_CHECKING:
    import re

    from bot.sandbox import Message, Sandbox
    from tests.sandbox.probe_bot import Place, Probe, Start


class Answering(ui.Modal, title="Your answer"):
    question = ui.TextDisplay[Any]("What do you keep?")
    text = ui.Label[Any](
        text="Answer",
        component=ui.TextInput[Any](style=discord.TextStyle.paragraph, max_length=1500),
    )
    shown = ui.Label[Any](text="Show it", component=ui.Checkbox[Any](default=True))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        text, shown = self.text.component, self.shown.component
        assert isinstance(text, ui.TextInput)
        assert isinstance(shown, ui.Checkbox)
        await interaction.response.send_message(f"{text.value}|{shown.value}", ephemeral=True)


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
    async def post(
        interaction: discord.Interaction,
        slug: app_commands.Range[str, 1, 100],
        loud: bool = False,  # noqa: FBT001, FBT002  # an option, by its name
    ) -> None:
        """Show an essay."""
        text = f"Here is {slug}{'!' if loud else ''}"
        await interaction.response.send_message(text, ephemeral=True)

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


async def test_an_option_may_be_true_or_false(place: Place, start: Start) -> None:
    await start(with_commands)
    for loud, text in ((True, "Here is night!"), (False, "Here is night")):
        answer = await place.ada.command(place.channel, "post", slug="night", loud=loud)
        assert answer.message is not None
        assert answer.message.content == text


async def test_a_subcommand_follows_the_name_of_its_command(place: Place, start: Start) -> None:
    got: list[str] = []

    async def with_group(probe: Probe) -> None:
        group = app_commands.Group(name="thread", description="Threads")

        @group.command()
        async def close(interaction: discord.Interaction, slug: str) -> None:
            """Close one."""
            got.append(slug)
            await interaction.response.send_message("Closed")

        @close.autocomplete("slug")
        async def complete(
            _interaction: discord.Interaction, current: str
        ) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=f"{current}!", value=current)]

        probe.tree.add_command(group)
        await probe.tree.sync()

    await start(with_group)
    assert await place.ada.complete(place.channel, "thread close", "slug", "ma") == [("ma!", "ma")]
    answer = await place.ada.command(place.channel, "thread close", slug="maps")
    assert answer.message is not None
    assert (answer.message.content, got) == ("Closed", ["maps"])
    for name, complaint in (("thread", "Choose one of close"), ("thread open", "no subcommand")):
        with pytest.raises(ControlError, match=complaint):
            await place.ada.command(place.channel, name)


async def test_autocomplete_offers_what_the_bot_suggests(place: Place, start: Start) -> None:
    await start(with_commands)
    assert await place.ada.complete(place.channel, "post", "slug", "ni") == [("ni!", "ni")]


async def test_a_deferred_answer_is_waited_for(place: Place, start: Start) -> None:
    await start(with_commands)
    answer = await place.ada.command(place.channel, "slow")
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
        ({"slug": "x", "loud": "true"}, "true or false, and no str"),
        ({"slug": "x", "loud": 1}, "true or false, and no int"),
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
    assert opened.modal.labels == ["Answer", "Show it"]
    assert opened.modal.text == "What do you keep?"
    with pytest.raises(ControlError, match="required"):
        await place.ada.submit(opened, {})
    answer = await place.ada.submit(opened, {"Answer": "Letters"})
    assert answer.message is not None
    assert answer.message.content == "Letters|True"


async def test_a_message_command_carries_the_whole_message(place: Place, start: Start) -> None:
    intents = discord.Intents(guilds=True, guild_messages=True)
    probe = await start(with_commands, intents)
    message = await place.mo.say(place.channel, "Worth keeping")
    answer = await place.ada.menu(message, "Keep this reply")
    assert answer.message is not None
    assert answer.message.content == "Worth keeping"
    assert [each.content for each in probe.events("message")][:1] == [""]


class Choosing(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Update", custom_id="update")
    async def update(self, interaction: discord.Interaction, button: ui.Button[Any]) -> None:
        button.label = "Updated"
        await interaction.response.edit_message(content="changed", view=self)

    @ui.button(label="Quiet", custom_id="quiet")
    async def quiet(self, interaction: discord.Interaction, button: ui.Button[Any]) -> None:
        del button
        await interaction.response.defer()
        await interaction.edit_original_response(content="quietly changed")

    @ui.button(label="Many", custom_id="many")
    async def many(self, interaction: discord.Interaction, button: ui.Button[Any]) -> None:
        del button
        await interaction.response.send_message("first", ephemeral=True)
        second = await interaction.followup.send("second", ephemeral=True, wait=True)
        await second.edit(content="second, edited")
        await interaction.delete_original_response()

    @ui.button(label="Off", custom_id="off", disabled=True)
    async def off(self, interaction: discord.Interaction, button: ui.Button[Any]) -> None:
        """Nobody can press it."""

    @ui.select(
        custom_id="pick",
        min_values=1,
        max_values=2,
        options=[discord.SelectOption(label=name, value=name) for name in ("a", "b", "c")],
    )
    async def pick(self, interaction: discord.Interaction, select: ui.Select[Any]) -> None:
        await interaction.response.send_message("+".join(select.values), ephemeral=True)


@pytest.fixture
async def choosing(place: Place, start: Start) -> Message:
    probe = await start()
    await probe.text(place.channel).send("choose", view=Choosing())
    [message] = await place.ada.messages(place.channel)
    return message


async def test_a_button_can_change_its_own_message(place: Place, choosing: Message) -> None:
    answer = await place.ada.click(choosing, label="Update")
    assert answer.message is choosing
    assert (choosing.content, choosing.buttons[0]) == ("changed", "Updated")


async def test_a_button_can_change_its_message_later(
    sandbox: Sandbox, place: Place, choosing: Message
) -> None:
    await place.ada.click(choosing, label="Quiet")
    await sandbox.until(lambda: choosing.content == "quietly changed")


async def test_followups_are_seen_edited_and_deleted(
    sandbox: Sandbox, place: Place, choosing: Message
) -> None:
    await place.ada.click(choosing, custom_id="many")

    async def only_the_second_is_left() -> bool:
        seen = [each.content for each in await place.ada.messages(place.channel)]
        return seen == ["choose", "second, edited"]

    await sandbox.until(only_the_second_is_left)


async def test_selects_offer_what_they_offer(place: Place, choosing: Message) -> None:
    picked = await place.ada.select(choosing, ["a", "c"])
    assert picked.message is not None
    assert picked.message.content == "a+c"


@pytest.mark.parametrize(
    ("values", "custom_id", "complaint"),
    [
        (["a", "b", "c"], "pick", "Choose 1 to 2"),
        ([], "pick", "Choose 1 to 2"),
        (["d"], "pick", "Not offered: d"),
        (["a"], "none", "no select none"),
    ],
)
async def test_selects_refuse_the_rest(
    place: Place, choosing: Message, values: list[str], custom_id: str, complaint: str
) -> None:
    with pytest.raises(ControlError, match=complaint):
        await place.ada.select(choosing, values, custom_id=custom_id)


@pytest.mark.parametrize(
    ("label", "complaint"), [("Off", "disabled"), ("Missing", "no button Missing")]
)
async def test_a_button_that_cannot_be_pressed_is_not(
    place: Place, choosing: Message, label: str, complaint: str
) -> None:
    with pytest.raises(ControlError, match=complaint):
        await place.ada.click(choosing, label=label)


async def test_nobody_else_reaches_an_ephemeral_message(place: Place, choosing: Message) -> None:
    picked = await place.ada.select(choosing, ["a"])
    assert picked.message is not None
    with pytest.raises(ControlError, match="cannot see"):
        await place.mo.click(picked.message, label="x")
    with pytest.raises(ControlError):
        await place.mo.dismiss(picked.message)
    await place.ada.dismiss(picked.message)
    assert [each.content for each in await place.ada.messages(place.channel)] == ["choose"]
