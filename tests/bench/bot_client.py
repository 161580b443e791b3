"""The bot, as `afterword run` makes it, asked to take events."""

import asyncio

from bot.app import create_bot
from bot.client import AfterwordBot
from bot.settings import Settings
from tests.bench.measured_client import Driven
from tests.bench.without_sweeps import let_rest
from tests.bench.worker import JSON


def make(how: JSON) -> AfterwordBot:
    """Return the bot with these settings and no others."""
    bot = create_bot(Settings(**how, _env_file=None))
    let_rest(bot)
    return bot


def is_idle(bot: AfterwordBot) -> bool:
    """Return whether nothing waits to be written, to be caught up on, or to be read."""
    return (
        bot.discussion.collector.writer.is_idle
        and not bot.discussion.collector.tracked.behind
        and not bot.blog.pending
    )


if __name__ == "__main__":
    asyncio.run(Driven(make, is_idle).run())
