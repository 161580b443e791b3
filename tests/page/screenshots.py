"""Takes the pictures in docs/screenshots: `python -m tests.page.screenshots`.

Those of the demo come from a demo; those of one long essay, which has everything in it, from a bot
of their own.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.async_api import expect

from bot.cli.report import write_report
from bot.sandbox import Sandbox
from bot.sandbox.state.permissions import INVITED, Permission
from tests.bench.many_responses import write
from tests.journeys.stage import Stage
from tests.page.browser import Demo, find_browser, open_browser, run_demo
from tests.page.chat_page import ChatPage
from tests.page.input_methods import Mouse

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from bot.sandbox import Channel

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screenshots"
WIDE = {"width": 1180, "height": 760}
PHONE = {"width": 390, "height": 780}
EXCERPT = {"width": 900, "height": 1180}
SETUP = {"width": 900, "height": 1040}
PRIVACY = {"width": 900, "height": 840}
TALL = {"width": 900, "height": 2680}
TALL_PHONE = {"width": 390, "height": 3440}
THREAD = "Can AI Dream? A Neuroscience Perspective"
QUESTION = "Can artificial minds experience"
ANSWER = "A dream surprises the one who dreams it. What would surprise a model?"
OTHER = "what-the-map-forgets"
SECOND = "The path that everybody walks and nobody built."
MESSAGE = "I dreamt of this essay before I had read it."


async def take(page: Page, name: str) -> None:
    """Write a picture."""
    await page.evaluate("document.fonts.ready")
    path = FOLDER / f"{name}.png"
    await page.screenshot(path=path, animations="disabled", caret="hide")
    sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB\n")


async def open_page(browser: Browser, size: dict[str, int], scheme: str) -> Page:
    """Open an empty page of that size."""
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1,
    )
    return await context.new_page()


async def open_chat(browser: Browser, demo: Demo, size: dict[str, int], scheme: str) -> ChatPage:
    """Open a page of that size, its caption closed."""
    page = await open_page(browser, size, scheme)
    chat = ChatPage(page, Mouse(page))
    await chat.start(demo.url)
    await chat.page.locator("#captions").get_by_role("button", name="Close").click()
    return chat


async def take_all(browser: Browser, demo: Demo) -> None:
    """Take every picture, in an order in which each finds what it shows."""
    chat = await open_chat(browser, demo, WIDE, "dark")
    await chat.become("Iris")
    await chat.go(THREAD)
    await take(chat.page, "thread-dark")
    await chat.press(chat.prompt(QUESTION), "Answer")
    await chat.page.get_by_role("textbox", name="Your answer").fill(ANSWER)
    await take(chat.page, "form-dark")
    await chat.page.keyboard.press("Escape")

    chat = await open_chat(browser, demo, WIDE, "light")
    await chat.become("Ada")
    await chat.command("post")
    await chat.page.keyboard.type("m")
    await expect(chat.page.locator(".suggest .option").first).to_be_visible()
    await take(chat.page, "command-light")
    await chat.page.keyboard.press("Escape")
    await chat.page.keyboard.press("Escape")
    await chat.go(THREAD)
    await chat.page.get_by_role("button", name="Stored").click()
    await expect(chat.page.locator(".record").first).to_be_visible()
    await take(chat.page, "stored-light")

    for scheme in ("dark", "light"):
        chat = await open_chat(browser, demo, PHONE, scheme)
        await chat.page.get_by_role("button", name="Channels").click()
        if scheme == "light":
            await take(chat.page, "phone-channels-light")
        await chat.page.locator("#sidebar a", has_text="forum").click()
        await expect(chat.page.locator(".post").first).to_be_visible()
        await chat.page.locator(".post").first.click()
        await expect(chat.message(QUESTION)).to_be_visible()
        await take(chat.page, f"phone-{scheme}")


async def take_essay(browser: Browser) -> None:
    """Take one long essay as a text channel and a forum show it, if nothing else is set."""
    with TemporaryDirectory() as folder:
        async with Sandbox() as sandbox:
            stage = await Stage.build(sandbox, Path(folder))
            stage.content = ROOT / "docs" / "essay"
            stage.settings = {"site": "https://blog.example"}
            for channel, shots in (
                (stage.text, {"essay-text": (EXCERPT, "light")}),
                (
                    stage.forum,
                    {"essay-forum": (TALL, "dark"), "essay-phone": (TALL_PHONE, "light")},
                ),
            ):
                stage.database = Path(folder, f"{channel.id}.db")
                await stage.start(channel=channel.id)
                thread = await stage.thread(channel)
                for name, (size, scheme) in shots.items():
                    page = await open_page(browser, size, scheme)
                    await page.goto(f"{sandbox.url}/#{thread.id}")
                    asked = page.locator(".message", has_text="would miss it").last
                    await expect(asked).to_be_visible()
                    await take(page, name)
                await stage.stop()


async def take_setup(browser: Browser) -> None:
    """Take the page of `/setup` as a manager uses it, before anything is applied."""
    with TemporaryDirectory() as folder:
        async with Sandbox() as sandbox:
            stage = await Stage.build(sandbox, Path(folder))
            stage.content = ROOT / "content"
            await sandbox.permit_bot(stage.guild, INVITED | int(Permission.MANAGE_CHANNELS))
            await stage.ada.say(stage.text, "Where will the essays be?")
            await stage.start(channel=None)
            for scheme in ("light", "dark"):
                page = await open_page(browser, SETUP, scheme)
                chat = ChatPage(page, Mouse(page))
                await page.goto(f"{sandbox.url}/#{stage.text.id}")
                await chat.loaded()
                await chat.become("Mo")
                await chat.command("setup")
                await chat.run()
                await set_up(chat)
                if scheme == "dark":
                    message = chat.message("Setup of")
                    await chat.press(message, "Tags")
                    await chat.press(message, "Take the proposal")
                    await expect(message).to_contain_text("Apply (4)")
                await take(page, f"setup-{scheme}")
            await stage.stop()


async def set_up(chat: ChatPage) -> None:
    """Choose a channel, a pace and quiet hours, and apply nothing."""
    page = chat.page
    message = chat.message("Setup of")
    await message.get_by_role("button", name="Channel in which").click()
    await page.get_by_role("option", name="#forum").click()
    await expect(message).to_contain_text("Apply (1)")
    await chat.press(message, "Essays")
    await message.get_by_role("button", name="Up to three").click()
    await page.get_by_role("option", name="One a day").click()
    await expect(message).to_contain_text("Apply (2)")
    await chat.press(message, "Quiet hours")
    for label, hour in (("Nothing starts from", "22:00"), ("until", "07:00")):
        await chat.modal.get_by_label(label, exact=True).click()
        await page.get_by_role("option", name=hour).click()
    await chat.modal.get_by_role("button", name="Submit").click()
    await expect(message).to_contain_text("Apply (3)")


async def take_privacy(browser: Browser) -> None:
    """Take what a reader is shown by `/privacy`: the card, and each response with how it stands."""
    with TemporaryDirectory() as folder:
        async with Sandbox() as sandbox:
            stage = await Stage.build(sandbox, Path(folder))
            stage.content = ROOT / "content"
            await stage.start(channel=stage.text.id)
            thread = await stage.thread()
            await respond(stage, thread)
            for scheme in ("light", "dark"):
                page = await open_page(browser, PRIVACY, scheme)
                chat = ChatPage(page, Mouse(page))
                await page.goto(f"{sandbox.url}/#{thread.id}")
                await chat.loaded()
                await chat.become("Ada")
                await chat.command("privacy")
                await chat.run()
                card = page.locator(".message", has_text="Only you can see this").last
                await expect(card).to_contain_text("Kept of you")
                if scheme == "dark":
                    await chat.press(card, "See each of them")
                    await expect(card).to_contain_text("waits for a moderator")
                await page.mouse.move(0, 0)
                await take(page, f"privacy-{scheme}")
                await page.get_by_role("button", name="Dismiss message").last.click()
            await stage.stop()


async def respond(stage: Stage, thread: Channel) -> None:
    """Let a reader write, answer, and have an answer to another essay wait for a moderator."""
    await stage.ada.say(thread, MESSAGE)
    await stage.answer(stage.ada, await stage.prompt(thread), ANSWER, quote=True)
    await stage.shown(thread, ANSWER)
    with closing(sqlite3.connect(stage.database)) as db, db:
        db.execute("update guilds set approval = 1")
    await stage.mo.command(stage.text, "discuss", slug=OTHER)
    other = (await stage.threads(stage.text, 2))[1]
    await stage.answer(stage.ada, await stage.prompt(other), SECOND)


async def take_report(browser: Browser) -> None:
    """Take the author's report on made-up responses: how it begins, and its plots."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.html")
        write(Path(folder, "many.db"), responses=1_500, readers=130, essays=48)
        write_report(Path(folder, "many.db"), path)
        for name, place, scheme, height in (
            ("report-light", "body", "light", 1180),
            ("report-dark", "#time", "dark", 1400),
        ):
            page = await open_page(browser, {"width": 1180, "height": height}, scheme)
            await page.goto(path.as_uri())
            await page.locator(place).evaluate("(one) => one.scrollIntoView()")
            await take(page, name)


async def main() -> None:
    """Take the pictures."""
    if find_browser() is None:
        sys.exit("There is no Chromium or Chrome here: install one.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with open_browser() as browser:
        async with run_demo() as demo:
            await demo.until_printed("The bot goes on.")
            await take_all(browser, demo)
        await take_essay(browser)
        await take_setup(browser)
        await take_privacy(browser)
        await take_report(browser)


if __name__ == "__main__":
    asyncio.run(main())
