"""A sandbox in this process, with a bot that answers whatever the test wants."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox import Person, Sandbox, World, default_world
from bot.sandbox.actions import messages
from bot.sandbox.actions.drafts import Draft
from bot.sandbox.actions.interactions import responses
from bot.sandbox.state.interactions import CallbackType, Interaction, InteractionType
from tests.page.chat_page import ChatPage
from tests.page.input_methods import Mouse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from bot.sandbox.state.models import Channel, Message
    from bot.sandbox.state.state import Event

JSON = dict[str, Any]


@dataclass
class Scenario:
    """A sandbox with its default world, and the bot's answers by kind of interaction.

    What the bot sends is not checked, so that it can be worse than Discord would let through.
    """

    sandbox: Sandbox
    world: World
    people: dict[str, Person]
    answers: dict[InteractionType, tuple[CallbackType, JSON]] = field(default_factory=dict)
    asked: list[Interaction] = field(default_factory=list)

    def listen(self, event: Event) -> None:
        """Answer an interaction a moment after it was made."""
        if event.name == "INTERACTION_CREATE":
            asyncio.get_running_loop().call_soon(self._answer, int(event.data["id"]))

    def _answer(self, interaction_id: int) -> None:
        interaction = self.sandbox.state.interactions[interaction_id]
        self.asked.append(interaction)
        if interaction.type in self.answers:
            kind, data = self.answers[interaction.type]
            responses.answer(self.sandbox.state, interaction, kind, data, [])

    def bot_says(self, channel: Channel, content: str = "", **fields: Any) -> Message:
        """Let the bot write, unchecked."""
        state = self.sandbox.state
        bot = state.bot_in(self.world.guild)
        return messages.send(state, bot, channel, Draft(content=content, **fields))

    def offer(self, *commands: JSON) -> None:
        """Let the bot have these commands."""
        app = self.sandbox.state.application
        app.commands[0] = {
            number: {"id": str(number), "application_id": str(app.id), "version": "1", **each}
            for number, each in enumerate(commands, 1)
        }


@asynccontextmanager
async def open_scenario(port: int = 0) -> AsyncIterator[Scenario]:
    """Open a scenario until the block ends."""
    async with Sandbox(port) as sandbox:
        world = default_world(sandbox.state)
        scenario = Scenario(sandbox, world, await sandbox.people(world.guild))
        sandbox.state.listeners.append(scenario.listen)
        yield scenario


async def open_page(page: Page, scenario: Scenario, place: int | None = None) -> ChatPage:
    """Open the page, at a channel or thread if one is given."""
    chat = ChatPage(page, Mouse(page))
    await page.goto(f"{scenario.sandbox.url}/#{place or ''}")
    await chat.loaded()
    return chat
