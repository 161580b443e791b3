"""The bot's own reading of a blog, without Discord, asked to read it again and again."""

import asyncio
import time
from pathlib import Path

from bot.app import create_bot
from bot.client import AfterwordBot
from bot.settings import Settings
from tests.bench.worker import JSON, serve


class Reader:
    """A bot that has a database and a blog, and is never logged in."""

    def __init__(self) -> None:
        self._bot: AfterwordBot | None = None

    @property
    def bot(self) -> AfterwordBot:
        """The bot that was opened."""
        if self._bot is None:
            raise RuntimeError("Open the reader first.")
        return self._bot

    async def open(self, content: str, database: str) -> None:
        """Make the bot and open its database."""
        settings = Settings(content=content, database=Path(database), _env_file=None)
        self._bot = create_bot(settings)
        await self.bot.store.open()

    async def read(self, paths: list[str] | None = None) -> JSON:
        """Read what is new, until posts can be looked up; return how long that took.

        Args:
            paths: What the watcher would report.
        """
        began = time.monotonic()
        await self.bot.blog.update(paths)
        return {"seconds": time.monotonic() - began, "posts": len(self.bot.blog.catalog)}

    async def fill(self) -> JSON:
        """Look for the closing questions of all essays; return how long that took."""
        began = time.monotonic()
        while self.bot.blog.pending:
            await self.bot.blog.ask()
        return {"seconds": time.monotonic() - began}

    async def close(self) -> None:
        """Close every file."""
        if self._bot is not None:
            await self._bot.close()

    async def run(self) -> None:
        """Do as asked until nobody asks any more."""
        verbs = (self.open, self.read, self.fill)
        try:
            await serve({verb.__name__: verb for verb in verbs})
        finally:
            await self.close()


if __name__ == "__main__":
    asyncio.run(Reader().run())
