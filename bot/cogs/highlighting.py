"""Authors and moderators mark the responses that matter to them."""

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.permissions import is_author, is_moderator
from bot.store.ledger import channels


class Highlighting(PressedCog):
    """Adds a message command that marks a response, and takes the mark away again."""

    def __init__(self, bot: AfterwordBot) -> None:
        menu = app_commands.ContextMenu(name="Highlight", callback=self.highlight)
        # everybody is offered it: an author's role permits nothing in Discord
        super().__init__(bot, {}, menu)

    async def highlight(self, interaction: Interaction, message: discord.Message) -> None:
        """Mark what a message says, or what it shows, and say so to who did alone.

        Discord takes one first answer: an interaction that comes twice ends there, and does not
        take the mark away again.
        """
        say = phrases(str(interaction.locale))
        guild = await self.bot.store.read(channels.get_guild, interaction.guild_id or 0)
        if not is_author(interaction, guild.author_role_id) and not is_moderator(interaction):
            raise AfterwordError(say.only_highlighters)
        await interaction.response.defer(ephemeral=True, thinking=True)
        is_marked = await self.bot.discussion.desk.toggle_highlight(
            guild.id, message.id, interaction.user.id
        )
        if is_marked is None:
            raise AfterwordError(say.highlight_nothing)
        text = say.highlight_on if is_marked else say.highlight_off
        await interaction.edit_original_response(content=text)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Highlighting(bot))
