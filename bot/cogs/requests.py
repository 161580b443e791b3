"""Threads that readers ask for, from an essay's card; moderators decide from a notice."""

import re

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.messages.moderators import discuss_outcome
from bot.discussion.permissions import is_moderator


class Requests(PressedCog):
    """Counts who asks for a thread, and takes what a moderator decides."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(bot, {custom_ids.ASK: self.ask, custom_ids.REQUEST: self.decide})
        self._requests = bot.discussion.requests

    async def ask(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Count a reader, once an essay."""
        post = self.named_post(interaction, match["post"])
        say = phrases(str(interaction.locale))
        guild_id = interaction.guild_id or 0
        told = await self._requests.ask(guild_id, post, interaction.user.id, say)
        await interaction.response.send_message(told, ephemeral=True)
        await self._requests.run()

    async def decide(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start the thread, or put it off."""
        say, moderator = phrases(str(interaction.locale)), interaction.user.id
        if not is_moderator(interaction):
            raise AfterwordError(say.only_moderators_decide)
        guild_id = interaction.guild_id or 0
        request, post = await self._requests.get(guild_id, int(match["request"]), say)
        if match["decision"] == "later":
            await interaction.response.defer()
            await self._requests.put_off(request, post, moderator)
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
            outcome, thread_id = await self._requests.discuss(request, post, moderator, say)
            text = discuss_outcome(guild_id, thread_id, outcome, say)
            await interaction.edit_original_response(content=text)
        await self._requests.run()


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Requests(bot))
