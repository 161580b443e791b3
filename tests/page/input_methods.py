"""Two ways to use the page: with a mouse, and with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

STOPS = 80
"""Tab stops after which a control is out of a keyboard's reach."""
ROWS = 120
"""Arrow keys after which an item of a list is."""

IN_LIST = """(target, selector) => {
    const own = target.closest(selector);
    const now = document.activeElement.closest(selector);
    if (!own || !now) return null;
    if (own === now) return 0;
    return now.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : -1;
}"""
"""Where an item is from the focused one: 0 the same, 1 further on, -1 before; null elsewhere."""


ACTIVE = ".active, .suggest [aria-selected=true]"
"""The option that Enter would choose."""


class InputMethod(Protocol):
    """What a person does to a control."""

    page: Page

    async def press(self, target: Locator) -> None:
        """Press a button, follow a link, open a field."""

    async def become(self, name: str) -> None:
        """Choose whom to act as."""

    async def menu(self, message: Locator, item: str) -> None:
        """Choose from a message's menu."""

    async def pick(self, option: Locator) -> None:
        """Choose an option of the list that is open."""


class Mouse:
    """Uses the mouse, and the keyboard only to type text."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, target: Locator) -> None:
        await target.click()

    async def become(self, name: str) -> None:
        await self.page.locator(".person", has_text=name).first.click()

    async def menu(self, message: Locator, item: str) -> None:
        await message.click(button="right", position={"x": 4, "y": 4})
        await self.page.get_by_role("menuitem", name=item).click()

    async def pick(self, option: Locator) -> None:
        await option.click()


class Keyboard:
    """Uses nothing but keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, target: Locator) -> None:
        await self._reach(target)
        tag = await target.evaluate("node => node.tagName")
        if tag not in {"INPUT", "TEXTAREA"}:
            await self.page.keyboard.press("Enter")

    async def become(self, name: str) -> None:
        target = self.page.locator(".person", has_text=name).locator("input").first
        await self._tab_into("#people")
        for _ in range(10):
            if await target.is_checked():
                return
            await self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"The arrow keys do not reach {name}.")

    async def menu(self, message: Locator, item: str) -> None:
        await self._reach_message(message)
        await self.page.keyboard.press("Enter")
        target = self.page.get_by_role("menuitem", name=item)
        await self._arrow_to(target, "[role=menuitem]")
        await self.page.keyboard.press("Enter")

    async def pick(self, option: Locator) -> None:
        for _ in range(ROWS):
            active = await option.evaluate("(node, selector) => node.matches(selector)", ACTIVE)
            if active:
                await self.page.keyboard.press("Enter")
                return
            await self.page.keyboard.press("ArrowDown")
        raise AssertionError("The arrow keys do not reach the option.")

    async def _reach(self, target: Locator) -> None:
        message = target.locator("xpath=ancestor::li[contains(@class, 'message')]")
        if await message.count():
            await self._reach_message(message.first)
        await self._tab_to(target)

    async def _reach_message(self, message: Locator) -> None:
        await self._tab_into(".messages")
        await self._arrow_to(message, ".message")

    async def _tab_to(self, target: Locator) -> None:
        for _ in range(STOPS):
            if await target.evaluate("node => node === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError("The tab key does not reach the control.")

    async def _tab_into(self, selector: str) -> None:
        for _ in range(STOPS):
            inside = await self.page.evaluate(
                "selector => Boolean(document.activeElement?.closest(selector))", selector
            )
            if inside:
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"The tab key does not reach {selector}.")

    async def _arrow_to(self, target: Locator, selector: str) -> None:
        for _ in range(ROWS):
            way = await target.evaluate(IN_LIST, selector)
            if way == 0:
                return
            assert way is not None, f"The focus is not in {selector}."
            await self.page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")
        raise AssertionError("The arrow keys do not reach the item.")
