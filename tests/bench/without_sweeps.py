"""A bot that does not read threads again: what that costs is counted apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discussion.collecting.sweep import Sweeper

if TYPE_CHECKING:
    from bot.client import AfterwordBot


class Resting(Sweeper):
    """Never sweeps; events that a server only sends would be missing from its history."""

    async def run(self) -> bool:
        """Find everything as it should be."""
        return True


def let_rest(bot: AfterwordBot) -> None:
    """Keep a bot from sweeping."""
    bot.sweeper = Resting(bot.reader, days=0)
