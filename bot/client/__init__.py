"""The client: connects to Discord, opens and closes the files, and answers errors.

In: events and interactions from Discord. Out: to the cogs, which find all they need on the bot.
"""

from bot.client.bot import AfterwordBot
from bot.client.errors import answer_error

__all__ = ["AfterwordBot", "answer_error"]
