"""Interactions that come twice, late or in another order, and callbacks that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

if TYPE_CHECKING:
    from bot.sandbox import Message, Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place, Probe, Start

CALLBACK = "/callback$"


class Memory(discord.ui.View):
    """A button, and what came of each press of it."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.ids: list[int] = []
        self.errors: list[BaseException | None] = []

    @discord.ui.button(label="Press", custom_id="press")
    async def press(self, interaction: discord.Interaction, button: discord.ui.Button[Any]) -> None:
        del button
        self.ids.append(interaction.id)
        try:
            await interaction.response.send_message("Pressed", ephemeral=True)
        except (discord.HTTPException, aiohttp.ClientError) as error:
            self.errors.append(error)
        else:
            self.errors.append(None)

    @property
    def codes(self) -> list[int | None]:
        return [getattr(each, "code", None) for each in self.errors]


@pytest.fixture
async def memory() -> Memory:
    return Memory()


@pytest.fixture
async def probe(start: Start) -> Probe:
    return await start()


@pytest.fixture
async def pressed(probe: Probe, place: Place, memory: Memory) -> Message:
    await probe.text(place.channel).send("Here", view=memory)
    return (await place.ada.messages(place.channel))[-1]


async def test_an_interaction_can_be_told_again_word_for_word(
    sandbox: Sandbox, place: Place, pressed: Message, memory: Memory, wire: Wire
) -> None:
    await wire.log_in()
    answer = await place.ada.click(pressed, label="Press")
    first = await wire.until("INTERACTION_CREATE")
    await sandbox.advance(3600)
    await place.ada.set_nick("Countess")
    await sandbox.deliver_again(answer)
    again = await wire.until("INTERACTION_CREATE")
    assert again["d"] == first["d"]
    await sandbox.until(lambda: len(memory.errors) == 2)
    assert memory.ids == [answer.id, answer.id]
    assert memory.codes == [None, 40060]


async def test_an_interaction_that_nobody_answered_is_unknown_when_it_comes_again(
    sandbox: Sandbox, place: Place, pressed: Message, memory: Memory
) -> None:
    await sandbox.fault("drop_before_commit", path=CALLBACK)
    sandbox.state.limits.first_response = 0.2
    answer = await place.ada.click(pressed, label="Press")
    assert answer.failed
    await sandbox.deliver_again(answer)
    await sandbox.until(lambda: len(memory.errors) == 2)
    assert isinstance(memory.errors[0], aiohttp.ClientError)
    assert memory.codes[1] == 10062


async def test_interactions_come_in_another_order_and_only_they(
    sandbox: Sandbox, place: Place, probe: Probe, pressed: Message, memory: Memory
) -> None:
    await sandbox.event_fault("shuffle", "INTERACTION_CREATE", times=6)
    ids = []
    for number in range(6):
        await place.ada.say(place.channel, str(number))
        fields = {"channel": str(pressed.channel_id), "message": str(pressed.id)}
        made = await sandbox.post("click", label="Press", **fields, **{"as": str(place.ada.id)})
        ids.append(int(made["id"]))
    await sandbox.until(lambda: len(memory.ids) == 6)
    assert memory.ids != ids
    assert sorted(memory.ids) == ids
    words = [each.content for each in probe.events("message") if not each.author.bot]
    assert words == [str(number) for number in range(6)]


async def test_an_interaction_that_comes_late_cannot_be_answered(
    sandbox: Sandbox, place: Place, pressed: Message, memory: Memory
) -> None:
    sandbox.state.limits.first_response = 0.2
    await sandbox.event_fault("delay", "INTERACTION_CREATE", seconds=0.3)
    assert (await place.ada.click(pressed, label="Press")).failed
    await sandbox.until(lambda: memory.errors)
    assert memory.codes == [10062]


@pytest.mark.parametrize("code", [10062, 40060])
async def test_a_callback_can_be_refused_on_demand(
    sandbox: Sandbox, place: Place, pressed: Message, memory: Memory, code: int
) -> None:
    await sandbox.refuse(code, path=CALLBACK)
    answer = await place.ada.click(pressed, label="Press")
    assert memory.codes == [code]
    assert answer.failed
    assert answer.message is None


async def test_the_line_can_break_before_or_after_a_callback_counts(
    sandbox: Sandbox, place: Place, pressed: Message, memory: Memory
) -> None:
    await sandbox.fault("drop_after_commit", path=CALLBACK)
    answer = await place.ada.click(pressed, label="Press")
    assert answer.message is not None
    await sandbox.fault("drop_before_commit", path=CALLBACK)
    sandbox.state.limits.first_response = 0.2
    assert (await place.ada.click(pressed, label="Press")).failed
    await sandbox.until(lambda: len(memory.errors) == 2)
    assert all(isinstance(each, aiohttp.ClientError) for each in memory.errors)
