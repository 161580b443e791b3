"""The page in its states, light and dark, from a phone to a wide screen, as axe judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page.axe import faults
from tests.page.scenario import open_page, open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page

    from bot.sandbox import Channel
    from tests.page.chat_page import ChatPage
    from tests.page.scenario import Scenario

TEXT = (
    "\\*no\\* _mark_ ||secret|| and [a link](https://example.org/) in it\n> quote\n-# small\n# Head"
)
STYLES = [
    {"type": 2, "id": style, "style": style, "label": f"Style {style}", "custom_id": f"{style}"}
    for style in range(1, 5)
]
ROWS = [
    {"type": 1, "id": 10, "components": STYLES},
    {
        "type": 1,
        "id": 11,
        "components": [
            {"type": 3, "id": 12, "custom_id": "s", "options": [{"label": "One", "value": "1"}]}
        ],
    },
]
EMBED = {"title": "An essay", "url": "https://example.org/", "description": "See [it](https://x.y)"}


async def fill(scenario: Scenario) -> Channel:
    """Write in the channel, and return a forum with a post."""
    essays = scenario.world.essays.id
    first = await scenario.people["Ada"].say(essays, TEXT)
    await scenario.people["Bora"].say(essays, "A reply", reply_to=first)
    scenario.bot_says(
        scenario.world.essays, "> What?\n**Ada** answers", components=ROWS, embeds=[EMBED]
    )
    forum = await scenario.sandbox.forum(scenario.world.guild, "posts", ["maps", "a longer tag"])
    thread = await scenario.people["Ada"].start_post(forum, "A post", TEXT)
    await scenario.people["Mo"].lock(thread)
    return forum


async def open_states(
    chat: ChatPage, scenario: Scenario, forum: Channel, axe: str
) -> dict[str, list[list[str]]]:
    """Return what is wrong in each state."""
    page = chat.page
    found = {"channel": await faults(page, axe)}
    await page.locator(".message").first.click(button="right", position={"x": 4, "y": 4})
    found["menu"] = await faults(page, axe)
    await page.keyboard.press("Escape")
    await page.locator(".component.select").click()
    found["select"] = await faults(page, axe)
    await page.keyboard.press("Escape")
    await page.goto("about:blank")
    await page.goto(f"{scenario.sandbox.url}/#{forum.id}")
    await page.locator(".post").first.wait_for()
    found["forum"] = await faults(page, axe)
    await page.get_by_role("button", name="New post").click()
    found["new post"] = await faults(page, axe)
    await page.keyboard.press("Escape")
    return found


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(page: Page, axe: str, width: int, scheme: str) -> None:
    await page.set_viewport_size({"width": width, "height": 900})
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    async with open_scenario() as scenario:
        forum = await fill(scenario)
        chat = await open_page(page, scenario, scenario.world.essays.id)
        found = await open_states(chat, scenario, forum, axe)
        assert {state: wrong for state, wrong in found.items() if wrong} == {}
