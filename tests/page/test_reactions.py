"""Reacting to a message on the page, with the mouse and by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.page.chat_page import ChatPage
from tests.page.input_methods import Keyboard, Mouse
from tests.page.scenario import open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page


@pytest.mark.parametrize("input_method", [Mouse, Keyboard])
async def test_reacting_and_taking_it_back(
    page: Page, input_method: type[Mouse | Keyboard]
) -> None:
    async with open_scenario() as scenario:
        people = list(scenario.people.values())
        message = await people[0].say(scenario.world.essays, "What do you think of it?")
        chat = ChatPage(page, input_method(page))
        await page.goto(f"{scenario.sandbox.url}/#{scenario.world.essays.id}")
        await chat.loaded()
        shown = chat.message("What do you think of it?")
        await chat.input_method.menu(shown, "React 👍")
        mine = shown.get_by_role("button", name="👍, 1 reaction", exact=True)
        await expect(mine).to_have_attribute("aria-pressed", "true")
        await people[-1].react(message, "👍")
        both = shown.get_by_role("button", name="👍, 2 reactions", exact=True)
        await chat.input_method.press(both)
        theirs = shown.get_by_role("button", name="👍, 1 reaction", exact=True)
        await expect(theirs).to_have_attribute("aria-pressed", "false")
        await people[-1].unreact(message, "👍")
        await expect(shown.locator(".reaction")).to_have_count(0)
        assert scenario.world.essays.messages.get(message.id) is not None
