"""What the page shows, to whom, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.sandbox import page as page_files
from bot.sandbox.state.interactions import CallbackType, InteractionType
from tests.page.scenario import open_page, open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page

STATIC = Path(page_files.__file__).parent / "static"
BUTTON = {"type": 2, "id": 2, "style": 1, "label": "Open", "custom_id": "open"}
ROW = {"type": 1, "id": 1, "components": [BUTTON]}

NAMELESS = """() => [...document.querySelectorAll("button, a, input, textarea")]
    .filter((each) => !each.getAttribute("aria-label"))
    .filter((each) => !each.textContent.trim() && !each.labels?.length)
    .map((each) => each.outerHTML)"""
"""Controls that a screen reader would have no word for."""


async def test_switching_changes_what_one_sees_and_may_do(page: Page) -> None:
    async with open_scenario() as scenario:
        ada, mo = scenario.people["Ada"], scenario.people["Mo"]
        essays = scenario.world.essays
        thread = await ada.start_thread(essays.id, "A thread")
        await ada.say(thread, "in it")
        await scenario.people["Bora"].say(essays.id, "outside")
        hidden = await scenario.sandbox.channel(scenario.world.guild, "moderators")
        await scenario.sandbox.allow(hidden, scenario.world.guild, deny=1 << 10)
        await scenario.sandbox.allow(hidden, mo.id, allow=1 << 10)
        chat = await open_page(page, scenario, thread.id)
        await expect(page.locator("#sidebar")).not_to_contain_text("moderators")
        await expect(page.get_by_role("button", name="Lock")).to_have_count(0)

        await chat.become("Mo")
        await expect(page.locator("#sidebar")).to_contain_text("moderators")
        await page.get_by_role("button", name="Lock").click()
        await expect(page.locator("#topic")).to_contain_text("locked")
        await expect(chat.composer).to_be_enabled()
        await chat.become("Ada")
        await expect(chat.composer).to_be_disabled()
        await expect(chat.composer).to_have_attribute("placeholder", "This thread is locked.")

        await chat.become("Mo")
        await page.get_by_role("button", name="Archive").click()
        await expect(page.locator("#sidebar summary")).to_have_text("Archived (1)")
        await ada.time_out(600)
        await chat.become("Ada")
        await page.goto(f"{scenario.sandbox.url}/#{essays.id}")
        await expect(chat.composer).to_have_attribute("placeholder", "You are in a timeout.")


async def test_an_ephemeral_message_is_seen_by_its_reader_only_and_dismissed(page: Page) -> None:
    async with open_scenario() as scenario:
        scenario.bot_says(scenario.world.essays, "press it", components=[ROW])
        secret = (CallbackType.MESSAGE, {"content": "a secret", "flags": 64})
        scenario.answers[InteractionType.COMPONENT] = secret
        chat = await open_page(page, scenario)
        await page.get_by_role("button", name="Open").click()
        await expect(page.locator(".ephemeral")).to_contain_text("Only you can see this")
        await chat.become("Bora")
        await expect(page.locator(".message")).to_have_count(1)
        await chat.become("Ada")
        await page.get_by_role("button", name="Dismiss message").click()
        await expect(page.locator(".ephemeral")).to_have_count(0)


async def test_dark_or_light_is_the_system_s_until_somebody_says_otherwise(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        await page.emulate_media(color_scheme="light")
        await open_page(page, scenario)
        root = page.locator("html")
        await expect(root).to_have_attribute("data-theme", "light")
        await page.emulate_media(color_scheme="dark")
        await expect(root).to_have_attribute("data-theme", "dark")
        await page.locator("#theme").click()
        await page.reload()
        await expect(root).to_have_attribute("data-theme", "light")


async def test_on_a_phone_the_channels_are_in_a_drawer_and_nothing_overflows(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "a_very_long_word" * 60)
        await page.set_viewport_size({"width": 360, "height": 740})
        await open_page(page, scenario)
        drawer, rows = page.get_by_role("button", name="Channels"), page.locator("#sidebar a")
        await expect(rows.first).to_be_hidden()
        await drawer.click()
        await expect(rows.first).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(rows.first).to_be_hidden()
        await expect(drawer).to_be_focused()
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360


async def test_every_control_has_a_name_and_every_place_its_landmark(page: Page) -> None:
    async with open_scenario() as scenario:
        said = await scenario.people["Ada"].say(scenario.world.essays.id, "hello")
        await scenario.people["Bora"].say(scenario.world.essays.id, "hi", reply_to=said)
        scenario.bot_says(scenario.world.essays, "press it", components=[ROW])
        scenario.sandbox.tour.offer_stored(dict)
        await open_page(page, scenario)
        for landmark in ("body > header", "nav[aria-label]", "main[aria-labelledby]"):
            await expect(page.locator(landmark)).to_have_count(1)
        assert await page.evaluate(NAMELESS) == []


async def test_a_channel_comes_and_goes_with_the_right_to_see_it(page: Page) -> None:
    async with open_scenario() as scenario:
        essays, forum = scenario.world.essays, scenario.world.forum
        await scenario.people["Ada"].start_post(forum.id, "A post", "in the forum")
        await open_page(page, scenario, forum.id)
        sidebar = page.locator("#sidebar")
        await expect(sidebar).to_contain_text(essays.name)
        await scenario.sandbox.allow(essays, scenario.people["Ada"].id, deny=1 << 10)
        await expect(sidebar.locator(f'a[href="#{essays.id}"]')).to_have_count(0)
        await scenario.sandbox.allow(essays, scenario.people["Ada"].id)
        await expect(sidebar.locator(f'a[href="#{essays.id}"]')).to_have_count(1)


async def test_a_forum_shows_its_posts_and_no_word_of_the_program(page: Page) -> None:
    async with open_scenario() as scenario:
        forum = await scenario.sandbox.forum(scenario.world.guild, "posts", ["maps"])
        await page.goto(f"{scenario.sandbox.url}/#{forum.id}")
        box = page.locator("#forum")
        await expect(box.get_by_text("No posts here yet.")).to_be_visible()
        await expect(box).not_to_contain_text("false")
        thread = await scenario.people["Ada"].start_post(forum, "A post", "**Bold** words")
        await expect(box.get_by_role("link")).to_have_count(1)
        await expect(box).not_to_contain_text("false")
        await expect(box.locator(".post-lines")).to_have_text("Ada: Bold words")
        await scenario.people["Mo"].lock(thread)
        await expect(box.locator(".post-title use")).to_have_attribute(
            "href", "/page/icons.svg#lock"
        )


@pytest.mark.parametrize("width", [360, 768, 1440])
async def test_a_new_post_is_a_button_on_one_line_however_many_tags(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 700})
    async with open_scenario() as scenario:
        tags = [f"a tag of some length {number}" for number in range(8)]
        forum = await scenario.sandbox.forum(scenario.world.guild, "posts", tags)
        await page.goto(f"{scenario.sandbox.url}/#{forum.id}")
        found = await page.get_by_role("button", name="New post").bounding_box()
        assert found is not None
        assert found["height"] < 45
        assert found["x"] + found["width"] <= width


@pytest.mark.parametrize(
    ("text", "preview"),
    [
        ("\\*no\\* _mark_ **here**", "*no* mark here"),
        ("snake\\_case `a*b`", "snake_case a*b"),
        ("# Head\n- one\n- two", "Head one two"),
        ("It was ||the cat||.", "It was (spoiler)."),
    ],
)
async def test_the_preview_of_a_reply_is_read_as_the_message_is(
    page: Page, text: str, preview: str
) -> None:
    async with open_scenario() as scenario:
        ada, essays = scenario.people["Ada"], scenario.world.essays
        first = await ada.say(essays.id, text)
        await scenario.people["Bora"].say(essays.id, "A reply", reply_to=first)
        await open_page(page, scenario, essays.id)
        quote = page.locator(".quote span")
        await expect(quote).to_have_text(preview)
        await ada.edit(first, "Something _else_")
        await expect(quote).to_have_text("Something else")
        await ada.delete(first)
        await expect(page.locator(".quote")).to_have_text("The message it answers was deleted.")


async def test_every_icon_is_drawn(page: Page) -> None:
    """A name that icons.svg does not have would be an empty place."""
    there = set(re.findall(r'id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    sources = [path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.*"))]
    used = {name for text in sources for name in re.findall(r'icon\("([\w-]+)"\)', text)}
    used |= {name for text in sources for name in re.findall(r"icons\.svg#([\w-]+)", text)}
    used |= {"moon", "sun", "lock", "pin"}
    assert used == there
    async with open_scenario() as scenario:
        await page.goto(f"{scenario.sandbox.url}/#{scenario.world.essays.id}")
        await expect(page.locator("#theme use")).to_be_attached()
        await page.wait_for_load_state("networkidle")
        drawn = "each => [each.getBBox().width > 10, getComputedStyle(each).stroke !== 'none']"
        assert await page.locator("#theme use").evaluate(drawn) == [True, True]
