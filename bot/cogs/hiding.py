"""Moderators hide a response, and show it again."""

import re

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog, chosen, for_moderators
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.messages.moderators import hidden_notice
from bot.discussion.permissions import require_moderator


class Hiding(PressedCog):
    """Adds a message command that hides a response, and shows a hidden one again."""

    def __init__(self, bot: AfterwordBot) -> None:
        menu = app_commands.ContextMenu(name="Hide", callback=self.hide)
        super().__init__(bot, {custom_ids.UNHIDE: self.show_again}, for_moderators(menu))

    async def hide(self, interaction: Interaction, message: discord.Message) -> None:
        """Hide what a message says or shows, or show it again.

        Discord takes one first answer: an interaction that comes twice ends there.
        """
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        await interaction.response.defer(ephemeral=True, thinking=True)
        changed = await self.bot.discussion.responses.toggle_hidden(
            interaction.guild_id or 0, message, interaction.user.id
        )
        if changed is None:
            raise AfterwordError(say.hide_nothing)
        await interaction.edit_original_response(**hidden_notice(changed, say).changes())

    async def show_again(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show an answer again, of which no message is left to use the command on."""
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        response = int(chosen(interaction) or match["response"])
        await interaction.response.defer()
        changed = await self.bot.discussion.responses.show_again(
            interaction.guild_id or 0, response, interaction.user.id
        )
        if changed is None:
            raise AfterwordError(say.not_hidden)
        await interaction.edit_original_response(**hidden_notice(changed, say).changes())


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Hiding(bot))
