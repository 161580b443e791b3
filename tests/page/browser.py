"""Finding a browser, and starting the demo as a person does."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
"""Root has no sandbox of Chromium's in a container; the page opened is our own, from loopback."""
PATIENCE = 60.0


def find_browser() -> str | None:
    """Return the path of a Chromium or Chrome."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start the browser that was found, headless."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=ARGS)
        yield browser
        await browser.close()


class Demo:
    """A running `afterword demo`; its address is in its first line."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self._process = process
        self.url = url

    async def until_printed(self, text: str) -> None:
        """Read what the demo prints until a line has the text."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := await self._process.stdout.readline():
                if text in line.decode():
                    return
        raise AssertionError(f"The demo ended without printing: {text}")


@asynccontextmanager
async def run_demo(*args: str) -> AsyncIterator[Demo]:
    """Run the demo until the block ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", *args, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            first = (await process.stdout.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert found, f"The first line should have the address: {first}"
        yield Demo(process, found.group())
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.communicate()
