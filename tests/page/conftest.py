from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.page.browser import Demo, find_browser, open_browser, run_demo
from tests.page.chat_page import ChatPage
from tests.page.input_methods import Keyboard, Mouse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

PATIENCE = 10_000
"""Milliseconds that a control is waited for; a busy machine needs some."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the page's tests on one event loop: a browser belongs to the loop that started it."""
    for item in items:
        if "tests/page/" in item.nodeid:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if find_browser() is None:
        pytest.skip("There is no Chromium or Chrome here: install one, or run .ci/run.")
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(browser: Browser) -> AsyncIterator[Demo]:
    """A demo whose tour is over; without a browser none is started."""
    del browser
    async with run_demo() as demo:
        await demo.until_printed("The bot goes on.")
        yield demo


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page of its own, on which nothing may go wrong unseen."""
    context = await browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(f"a dialog opened: {dialog.message}"))
    page.on(
        "console", lambda line: faults.append(line.text) if "Security Policy" in line.text else None
    )
    yield page
    await context.close()
    assert faults == []


@pytest_asyncio.fixture(loop_scope="session", params=["mouse", "keyboard"])
async def chat(request: pytest.FixtureRequest, page: Page, demo: Demo) -> ChatPage:
    """The demo after its tour, used with a mouse and with the keyboard alone."""
    input_method = Mouse(page) if request.param == "mouse" else Keyboard(page)
    chat = ChatPage(page, input_method)
    await chat.start(demo.url)
    return chat
