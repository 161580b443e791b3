"""Moderators mend which question a response answers."""

import re

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog, chosen, for_moderators
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.messages.moderators import link_outcome, link_question
from bot.discussion.permissions import require_moderator
from bot.store.ledger import prompts


class Linking(PressedCog):
    """Adds a message command that asks which question a response answers."""

    def __init__(self, bot: AfterwordBot) -> None:
        menu = app_commands.ContextMenu(name="Link to question", callback=self.ask)
        super().__init__(bot, {custom_ids.LINK: self.link}, for_moderators(menu))

    async def ask(self, interaction: Interaction, message: discord.Message) -> None:
        """Ask which question what a message says or shows answers."""
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        found = await self.bot.discussion.responses.linkable(interaction.guild_id or 0, message)
        if found is None or not found.prompts:
            raise AfterwordError(say.link_nothing)
        question = link_question(found, say)
        await interaction.response.send_message(**question.arguments(), ephemeral=True)

    async def link(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Link a response to the question that was chosen."""
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        await interaction.response.defer()
        value = chosen(interaction) or ""
        prompt = int(value) if value.isdecimal() else -1  # which there is not
        guild_id, by = interaction.guild_id or 0, interaction.user.id
        responses = self.bot.discussion.responses
        linked = await responses.link(guild_id, int(match["response"]), prompt, by)
        asked = await self.bot.store.read(prompts.get_prompt, prompt)
        text = link_outcome(linked, asked.text if asked else None, say)
        await interaction.edit_original_response(content=text, view=None)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Linking(bot))
