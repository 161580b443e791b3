"""A bot beside a sandbox, in one process."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import create_bot
from bot.client import AfterwordBot
from bot.core.post import Post
from bot.core.reading.passages import Passage, passages
from bot.core.response import Response
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.store.file.database import open_for_reading
from bot.store.ledger import publications
from bot.store.responses.queries import listing


class RunningBot:
    """A bot that runs in this process, and can be restarted."""

    def __init__(self, settings: Settings, token: str) -> None:
        self.settings = settings
        self._token = token
        self._bot: AfterwordBot | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the bot and wait until Discord has told it everything.

        Raises:
            AfterwordError: It cannot start.
        """
        bot = self._bot = create_bot(self.settings)
        await bot.login(self._token)
        self._task = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()

    def kept(self) -> list[Response]:
        """Return what the bot keeps, read from its file as another program would."""
        with open_for_reading(self.settings.database) as db:
            return listing(db)

    def is_up_to_date(self) -> bool:
        """Return whether every thread shows what it should, or waits for something."""
        guilds = [guild.id for guild in self._bot.guilds] if self._bot else []
        with open_for_reading(self.settings.database) as db:
            unfinished = sum(len(publications.unfinished(db, guild)) for guild in guilds)
            return unfinished <= len(publications.waiting(db))

    def waiting(self) -> list[str]:
        """Return why threads wait, oldest first."""
        with open_for_reading(self.settings.database) as db:
            return [one.reason for one in publications.waiting(db)]

    def is_indexed(self) -> bool:
        """Return whether the essays can be asked: the index has all of them."""
        return self._running.discussion.indexer.is_done

    @property
    def mention(self) -> str:
        """What mentions the bot in a text."""
        user = self._running.user
        return user.mention if user else ""

    async def passages(self, post: Post) -> Sequence[Passage]:
        """Return the passages of an essay, as they are in the index."""
        body = await self._running.blog.body(post, datetime.now(UTC))
        return passages(body.markdown)

    async def look_back_on_tonight(self) -> None:
        """Have the bot look back on the coming night, as it does by the clock in a quiet guild."""
        blog, nights = self._running.blog, self._running.discussion.dreams.nights
        await nights.look_back_on(datetime.now(blog.zone).date())

    @property
    def _running(self) -> AfterwordBot:
        if self._bot is None:
            raise RuntimeError("The bot does not run.")
        return self._bot

    async def stop(self) -> None:
        """Stop the bot as SIGTERM would."""
        if self._bot is not None:
            await self._bot.close()
        if self._task is not None:
            with suppress(asyncio.CancelledError):
                await self._task
        self._bot = self._task = None


def demo_settings(content: Path, database: Path, sandbox: Sandbox) -> Settings:
    """Return settings for a demo, whatever the environment says."""
    return Settings.model_construct(
        token=SecretStr(sandbox.token),
        content=str(content),
        database=database,
        api=sandbox.api,
        gateway=sandbox.gateway,
    )
