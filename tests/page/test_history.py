"""History: long ones, new ones, and what happens when the server goes and comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.page.scenario import open_page, open_scenario

if TYPE_CHECKING:
    from playwright.async_api import Page


async def test_ten_thousand_messages_open_at_the_end_and_load_as_one_scrolls(page: Page) -> None:
    async with open_scenario() as scenario:
        essays, ada = scenario.world.essays, scenario.people["Ada"]
        await ada.say_all(essays.id, [f"message {number}." for number in range(10_000)])
        await open_page(page, scenario)
        messages = page.locator(".message")
        await expect(messages.last).to_contain_text("message 9999.")
        scroller = page.locator(".scroller")
        for _ in range(8):
            oldest = await messages.first.get_attribute("data-id")
            await scroller.evaluate("node => node.scrollTop = 0")
            await expect(messages.first).not_to_have_attribute("data-id", oldest or "")
        assert await messages.count() <= 150
        await expect(page.get_by_text("message 9999.")).to_have_count(0)

        await scenario.people["Bora"].say(essays.id, "something new")
        await expect(page.get_by_text("something new")).to_have_count(0)
        await page.get_by_role("button", name="New messages").click()
        await expect(messages.last).to_contain_text("something new")
        for _ in range(3):
            await scroller.evaluate("node => node.scrollTop = 0")
        await expect(messages.first).not_to_contain_text("something new")


async def test_scrolling_keeps_what_one_reads_in_its_place(page: Page) -> None:
    async with open_scenario() as scenario:
        texts = [f"message {number}\n" * (1 + number % 4) for number in range(300)]
        await scenario.people["Ada"].say_all(scenario.world.essays.id, texts)
        await open_page(page, scenario)
        before = await page.locator(".message").count()
        moved = await page.evaluate("""async () => {
            const scroller = document.querySelector(".scroller");
            const first = document.querySelector(".message");
            scroller.scrollTop = 300;
            const at = first.getBoundingClientRect().top;
            while (document.querySelector(".message") === first) {
                await new Promise(requestAnimationFrame);
            }
            return Math.abs(first.getBoundingClientRect().top - at);
        }""")  # fmt: skip
        assert await page.locator(".message").count() > before
        assert moved <= 40  # the day's divider moves to another message


async def test_a_reply_leads_to_what_it_answers_however_old(page: Page) -> None:
    async with open_scenario() as scenario:
        essays, ada = scenario.world.essays, scenario.people["Ada"]
        old = await ada.say(essays.id, "the old one")
        await ada.say_all(essays.id, [str(number) for number in range(400)])
        await ada.say(essays.id, "the reply", reply_to=old)
        await open_page(page, scenario)
        await page.get_by_role("button", name="Go to the message by Ada").click()
        focused = page.locator(".message:focus")
        await expect(focused).to_contain_text("the old one")


async def test_the_page_comes_back_with_the_server(page: Page) -> None:
    async with open_scenario() as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "before")
        chat = await open_page(page, scenario)
        await chat.become("Mo")
        port = scenario.sandbox.port
    await expect(page.locator("#notice")).to_contain_text("Trying again")
    async with open_scenario(port) as scenario:
        await scenario.people["Ada"].say(scenario.world.essays.id, "after")
        await expect(page.locator(".message").last).to_contain_text("after")
        await expect(page.locator("#notice")).to_be_hidden()
        await expect(page.locator(".person:has(:checked)")).to_contain_text("Mo")


async def test_what_is_new_elsewhere_is_marked_until_it_is_read(page: Page) -> None:
    async with open_scenario() as scenario:
        ada, bora = scenario.people["Ada"], scenario.people["Bora"]
        await ada.say(scenario.world.essays.id, "hello")
        thread = await ada.start_thread(scenario.world.essays.id, "A thread")
        chat = await open_page(page, scenario)
        row = page.locator("#sidebar a", has_text="A thread")
        await bora.say(thread, "psst")
        await expect(row).to_have_class(re.compile("unread-row"))
        await chat.go("A thread")
        await expect(row).not_to_have_class(re.compile("unread-row"))
        post = await bora.start_post(scenario.world.forum.id, "A post", "first lines of it")
        await expect(page.locator("#sidebar a", has_text="essays-forum")).to_contain_text("unread")
        await page.locator("#sidebar a", has_text="essays-forum").click()
        await expect(page.locator(".post")).to_contain_text("first lines of it")
        await page.locator(".post").click()
        await expect(page).to_have_url(re.compile(f"#{post.id}$"))
