"""Presses, forms and answers in archived threads, from each kind of client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import EVERYONE, Permission

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message, Sandbox
    from tests.sandbox.probe_bot import Place, Probe, Start

P = Permission
Interaction = discord.Interaction


class Form(discord.ui.Modal, title="Form"):
    field = discord.ui.Label[Any](text="Field", component=discord.ui.TextInput[Any]())

    async def on_submit(self, interaction: Interaction, /) -> None:
        refused = await attempt(interaction.response.send_message("Kept", ephemeral=True))
        Buttons.refused = refused


async def attempt(doing: Any) -> tuple[int, int] | None:
    """Return the status and code of a refusal, None if there is none."""
    try:
        await doing
    except discord.HTTPException as refused:
        return refused.status, refused.code
    return None


class Buttons(discord.ui.View):
    """Buttons that answer in each way, and remember how that was refused."""

    refused: tuple[int, int] | None = None
    held: Interaction | None = None

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="public", custom_id="public")
    async def public(self, interaction: Interaction, button: discord.ui.Button[Any]) -> None:
        del button
        Buttons.refused = await attempt(interaction.response.send_message("Here"))

    @discord.ui.button(label="private", custom_id="private")
    async def private(self, interaction: Interaction, button: discord.ui.Button[Any]) -> None:
        del button
        sending = interaction.response.send_message("Psst", ephemeral=True)
        Buttons.refused = await attempt(sending)

    @discord.ui.button(label="edit", custom_id="edit")
    async def edit(self, interaction: Interaction, button: discord.ui.Button[Any]) -> None:
        del button
        Buttons.refused = await attempt(interaction.response.edit_message(content="Changed"))

    @discord.ui.button(label="form", custom_id="form")
    async def form(self, interaction: Interaction, button: discord.ui.Button[Any]) -> None:
        del button
        Buttons.refused = await attempt(interaction.response.send_modal(Form()))

    @discord.ui.button(label="later", custom_id="later")
    async def later(self, interaction: Interaction, button: discord.ui.Button[Any]) -> None:
        del button
        await interaction.response.defer(thinking=True)
        Buttons.held = interaction

    @discord.ui.button(label="later privately", custom_id="later privately")
    async def privately(self, interaction: Interaction, button: discord.ui.Button[Any]) -> None:
        del button
        await interaction.response.defer(thinking=True, ephemeral=True)
        Buttons.held = interaction


@pytest.fixture
async def probe(start: Start) -> Probe:
    return await start()


@pytest.fixture
async def thread(probe: Probe, place: Place) -> Channel:
    Buttons.refused = None
    message = await probe.text(place.channel).send("An essay")
    made = await message.create_thread(name="An essay")
    await made.send("Press", view=Buttons())
    [found] = await place.ada.threads(place.channel)
    return found


@pytest.fixture
async def pressed(thread: Channel, place: Place) -> Message:
    return (await place.ada.messages(thread))[-1]


def archived(sandbox: Sandbox, thread: Channel) -> bool:
    return sandbox.state.thread(thread.id).archived


@pytest.mark.parametrize("client", ["web", "phone"])
async def test_web_and_phone_wake_a_thread_before_they_send_a_press(
    sandbox: Sandbox, place: Place, probe: Probe, thread: Channel, pressed: Message, client: str
) -> None:
    await place.ada.use_client(client)
    await place.mo.archive(thread)
    answer = await place.ada.click(pressed, label="private")
    assert answer.message is not None
    assert not archived(sandbox, thread)
    names = [name for name, _ in probe.seen]
    assert names.index("raw_thread_update") < names.index("interaction")


@pytest.mark.parametrize("client", ["web", "phone"])
@pytest.mark.parametrize("why", ["locked", "no right"])
async def test_where_they_may_not_wake_it_the_press_never_reaches_the_bot(
    sandbox: Sandbox,
    place: Place,
    probe: Probe,
    thread: Channel,
    pressed: Message,
    client: str,
    why: str,
) -> None:
    await place.mo.change_thread(thread, archived=True, locked=why == "locked")
    if why == "no right":
        left = int(EVERYONE & ~P.SEND_MESSAGES_IN_THREADS)
        await sandbox.permit(place.guild, place.guild, left)
    with pytest.raises(ControlError) as refused:
        await place.ada.click(pressed, label="private", client=client)
    assert (refused.value.status, refused.value.code) == (403, 50013)
    assert archived(sandbox, thread)
    assert probe.events("interaction") == []


async def test_the_desktop_sends_a_press_and_lets_the_thread_sleep(
    sandbox: Sandbox, place: Place, thread: Channel, pressed: Message
) -> None:
    await place.mo.archive(thread)
    answer = await place.ada.click(pressed, label="private", client="desktop")
    assert answer.message is not None
    assert answer.message.content == "Psst"
    assert archived(sandbox, thread)
    await place.ada.use_client("desktop")
    opened = await place.ada.click(pressed, label="form")
    sent = await place.ada.submit(opened, {"Field": "x"})
    assert sent.message is not None
    assert archived(sandbox, thread)


async def test_a_public_answer_wakes_the_thread_as_any_message_does(
    sandbox: Sandbox, place: Place, thread: Channel, pressed: Message
) -> None:
    await place.mo.archive(thread)
    await place.ada.click(pressed, label="public", client="desktop")
    assert Buttons.refused is None
    assert not archived(sandbox, thread)


async def test_a_message_in_an_archived_thread_cannot_be_updated_by_a_press(
    place: Place, thread: Channel, pressed: Message, sandbox: Sandbox
) -> None:
    await place.mo.archive(thread)
    await place.ada.use_client("desktop")
    pressing = await sandbox.post("click", **press(place, pressed, "edit"))
    await sandbox.until(lambda: Buttons.refused)
    assert Buttons.refused == (403, 50083)
    assert pressed.content == "Press"
    assert pressing["stage"] == "waiting"


def press(place: Place, pressed: Message, label: str) -> dict[str, str]:
    channel, message = str(pressed.channel_id), str(pressed.id)
    return {"channel": channel, "message": message, "label": label, "as": str(place.ada.id)}


@pytest.mark.parametrize("label", ["public", "private", "edit", "form"])
async def test_no_answer_is_taken_in_a_thread_that_is_archived_and_locked(
    place: Place, thread: Channel, pressed: Message, label: str
) -> None:
    await place.ada.use_client("desktop")
    await place.mo.change_thread(thread, archived=True, locked=True)
    answer = await place.ada.click(pressed, label=label)
    assert Buttons.refused == (403, 50083)
    assert answer.failed
    assert (answer.message, answer.modal) == (None, None)


async def test_a_form_that_was_open_is_sent_and_cannot_be_answered(
    place: Place, probe: Probe, thread: Channel, pressed: Message
) -> None:
    opened = await place.ada.click(pressed, label="form")
    await place.mo.change_thread(thread, archived=True, locked=True)
    sent = await place.ada.submit(opened, {"Field": "What I think"})
    assert sent.failed
    assert Buttons.refused == (403, 50083)
    assert len(probe.events("interaction")) == 2


@pytest.mark.parametrize(
    ("label", "locked", "refused"),
    [
        ("later", False, True),
        ("later", True, True),
        ("later privately", False, False),
        ("later privately", True, True),
    ],
)
async def test_a_deferred_answer_is_edited_only_where_its_thread_allows_it(
    sandbox: Sandbox,
    place: Place,
    thread: Channel,
    pressed: Message,
    label: str,
    *,
    locked: bool,
    refused: bool,
) -> None:
    await sandbox.post("click", **press(place, pressed, label))
    await sandbox.until(lambda: Buttons.held and Buttons.held.response.is_done())
    held = Buttons.held
    assert held is not None
    await place.mo.change_thread(thread, archived=True, locked=locked)
    expected = (403, 50083) if refused else None
    assert await attempt(held.edit_original_response(content="Done")) == expected
    await place.mo.change_thread(thread, archived=False)
    if locked:
        await place.mo.lock(thread, locked=False)
    assert await attempt(held.edit_original_response(content="Done")) is None
    Buttons.held = None


async def test_no_command_is_offered_in_an_archived_thread(
    sandbox: Sandbox, place: Place, probe: Probe, thread: Channel
) -> None:
    @probe.tree.command()
    @app_commands.autocomplete(name=suggest)
    async def post(interaction: Interaction, name: str) -> None:
        """Show."""
        await interaction.response.send_message(name)

    @probe.tree.context_menu(name="Keep")
    async def keep(interaction: Interaction, message: discord.Message) -> None:
        del message
        await interaction.response.send_message("Kept")

    await probe.tree.sync()
    said = await place.ada.say(thread, "Words")
    assert await place.ada.commands(thread) == ["post", "Keep"]
    await place.ada.command(thread, "post", name="x")
    await place.mo.archive(thread)
    assert await place.ada.commands(thread) == []
    for refused in (
        place.ada.command(thread, "post", name="x"),
        place.ada.complete(thread, "post", "name", "x"),
        place.ada.menu(said, "Keep"),
    ):
        with pytest.raises(ControlError, match="There is no"):
            await refused
    assert archived(sandbox, thread)


async def suggest(interaction: Interaction, text: str) -> list[app_commands.Choice[str]]:
    del interaction
    return [app_commands.Choice(name=text or "x", value="x")]


async def test_a_client_is_one_that_there_is(place: Place, pressed: Message) -> None:
    with pytest.raises(ControlError, match="web, phone, desktop"):
        await place.ada.click(pressed, label="public", client="pager")
