"""Moderators decide about drafts that the night brought; readers learn why the bot asks."""

import re
from typing import Literal, cast

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.phrases import phrases
from bot.store.dreams.journal import Decision


class Dreaming(PressedCog):
    """Takes what is pressed on drafts, and below what was asked; rights are checked each time."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.DREAM: self.decide,
                custom_ids.SECOND: self.decide_second,
                custom_ids.WHY: self.why,
            },
        )
        self._deciding = bot.discussion.dreams.deciding

    async def cog_unload(self) -> None:
        """Stop looking back."""
        self.bot.discussion.dreams.nights.cancel()
        await super().cog_unload()

    async def decide(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Ask in both threads, or not."""
        say = phrases(str(interaction.locale))
        await interaction.response.defer(ephemeral=True, thinking=True)
        number, decision = int(match["connection"]), cast("Decision", match["decision"])
        told = await self._deciding.decide(interaction, number, decision, say)
        await interaction.edit_original_response(content=told)

    async def decide_second(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Ask a prompt again, or not."""
        say = phrases(str(interaction.locale))
        await interaction.response.defer(ephemeral=True, thinking=True)
        decision = cast("Literal['asked', 'dismissed']", match["decision"])
        number = int(match["question"])
        told = await self._deciding.decide_second(interaction, number, decision, say)
        await interaction.edit_original_response(content=told)

    async def why(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Say why the bot asks."""
        say = phrases(str(interaction.locale))
        told = await self._deciding.why(interaction.guild_id or 0, int(match["message"]), say)
        await interaction.response.send_message(told, ephemeral=True)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Dreaming(bot))
