"""A bot that does not read threads again: what that costs is counted apart."""

from bot.client import AfterwordBot
from bot.discussion.collecting.sweep import Sweeper


class Resting(Sweeper):
    """Never sweeps; events that a server only sends would be missing from its history."""

    async def run(self) -> bool:
        """Find everything as it should be."""
        return True


def let_rest(bot: AfterwordBot) -> None:
    """Keep a bot from sweeping."""
    bot.discussion.sweeper = Resting(bot.discussion.reader, days=0)
