"""The tour, live in the page, and what the bot has stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.page.browser import run_demo
from tests.page.chat_page import ChatPage
from tests.page.input_methods import Mouse

if TYPE_CHECKING:
    from playwright.async_api import Page


async def test_the_tour_plays_until_a_key_and_then_it_is_one_s_own_turn(page: Page) -> None:
    async with run_demo() as demo:
        await page.goto(demo.url)
        captions = page.locator("#captions")
        await expect(captions).to_contain_text("1 of 19", timeout=30_000)
        await expect(captions).to_contain_text("any key or click stops the tour", ignore_case=True)
        await expect(page.locator(".person:has(:checked)")).to_contain_text("Mo")
        await expect(page.locator(".message", has_text="It ends by asking")).to_be_visible()
        await expect(captions).to_contain_text("is open")

        await page.keyboard.press("Shift")
        await expect(captions).to_contain_text("Your turn")
        await demo.until_printed("The tour stops here")
        await captions.get_by_role("button", name="Close").click()
        await expect(captions).to_be_hidden()

        await page.get_by_role("button", name="Stored").click()
        stored = page.locator("#stored")
        await expect(stored).to_contain_text("0 rows")
        chat = ChatPage(page, Mouse(page))
        await chat.become("Ada")
        await chat.go("Can AI Dream? A Neuroscience Perspective")
        said = await chat.say("A ticket, and a spoon")
        await expect(stored.locator(".record").first).to_contain_text("A ticket, and a spoon")
        await chat.input_method.menu(said, "Delete")
        await expect(stored).not_to_contain_text("A ticket, and a spoon")


async def test_the_report_of_what_was_said_opens_from_the_page(chat: ChatPage) -> None:
    link = chat.page.get_by_role("link", name="The author's report")
    await expect(link).to_be_visible()
    await link.focus()
    async with chat.page.context.expect_page() as opened:
        await chat.page.keyboard.press("Enter")
    report = await opened.value
    await expect(report.locator("h1")).to_have_text("Questions and answers")
    said = report.locator("#asked .responses > li", has_text="my heart racing").first
    await expect(said).to_contain_text("Ada")
    await expect(report.locator(".claim").first).to_contain_text("readers wrote")
    await said.get_by_role("link").click()
    await expect(report.locator(".message", has_text="my heart racing").first).to_be_visible()
    await report.close()


async def test_a_page_that_opens_after_the_tour_is_told_so(chat: ChatPage) -> None:
    await chat.page.reload()
    await expect(chat.page.locator("#captions")).to_contain_text("Your turn")
    await expect(chat.page.locator("#captions")).not_to_contain_text("stops the tour")
