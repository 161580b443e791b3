"""The page as somebody uses it, by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.page.input_methods import InputMethod


class ChatPage:
    """One open page and the input_method that use it."""

    def __init__(self, page: Page, input_method: InputMethod) -> None:
        self.page = page
        self.input_method = input_method
        self.composer = page.get_by_role("combobox", name="Message")
        self.form = page.locator("form.command")
        self.modal = page.locator("dialog.modal")

    async def start(self, url: str) -> None:
        """Open the page."""
        await self.page.goto(url)
        await self.loaded()

    async def loaded(self) -> None:
        """Wait until there is something to see."""
        await expect(self.page.locator(".message, .post").first).to_be_visible()

    async def become(self, name: str) -> None:
        """Act as somebody."""
        await self.input_method.become(name)
        checked = self.page.locator(".person:has(:checked)")
        await expect(checked).to_contain_text(name)
        await self.loaded()

    async def go(self, name: str) -> None:
        """Open a channel or thread by its name at the left."""
        row = self.page.locator("#sidebar a", has_text=name).first
        await self.input_method.press(row)
        await expect(self.page.locator("#place")).to_contain_text(name)
        await self.loaded()

    def prompt(self, text: str) -> Locator:
        """The bot's message that asks a question; answers quote it."""
        button = self.page.get_by_role("button", name="Answer", exact=True)
        return self.page.locator(".message", has_text=text).filter(has=button).last

    def message(self, text: str) -> Locator:
        """Return the newest message with a text; what it quotes does not count."""
        body = self.page.locator(".message-body", has_text=text)
        return self.page.locator(".message", has=body).last

    async def say(self, text: str) -> Locator:
        """Write in the open channel."""
        await self.input_method.press(self.composer)
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")
        await expect(self.message(text)).to_be_visible()
        return self.message(text)

    async def press(self, message: Locator, label: str) -> None:
        """Press a button of a message."""
        await self.input_method.press(message.get_by_role("button", name=label, exact=True))

    async def fill(self, field: Locator, text: str) -> None:
        """Replace what stands in a field."""
        await self.input_method.press(field)
        await self.page.keyboard.press("ControlOrMeta+a")
        await self.page.keyboard.type(text)

    async def command(self, name: str) -> None:
        """Choose a slash command."""
        await self.input_method.press(self.composer)
        await self.page.keyboard.type(f"/{name}")
        option = self.page.get_by_role("option", name=f"/{name}", exact=False).first
        await self.input_method.pick(option)
        await expect(self.form).to_be_visible()

    async def option(self, label: str, typed: str, offered: str) -> None:
        """Type into an option of the command, and take what is offered."""
        named = re.compile(rf"^{label}( \*)?$")  # and no option whose name ends with it
        await self.input_method.press(self.form.get_by_label(named))
        if typed:
            await self.page.keyboard.type(typed)
        await self.input_method.pick(self.page.locator(".suggest .option", has_text=offered).first)

    async def run(self) -> None:
        """Send the command."""
        await self.input_method.press(self.form.get_by_role("button", name="Run"))
        await expect(self.form).to_be_hidden()
