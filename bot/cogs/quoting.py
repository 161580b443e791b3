"""Authors and moderators ask writers whether their responses may be quoted."""

import re
from contextlib import suppress

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.cogs.choices import QUOTES
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.answering.replies import reply
from bot.discussion.messages.choices import quote_labels
from bot.discussion.permissions import is_author, is_moderator
from bot.store.ledger import channels


class Quoting(PressedCog):
    """Adds a message command that asks to quote, and takes what the writer answers."""

    def __init__(self, bot: AfterwordBot) -> None:
        menu = app_commands.ContextMenu(name="Ask to quote", callback=self.ask)
        # everybody is offered it: an author's role permits nothing in Discord
        super().__init__(bot, {custom_ids.QUOTE: self.answer}, menu)

    async def ask(self, interaction: Interaction, message: discord.Message) -> None:
        """Ask the writer of what a message says or shows, and tell who asked alone."""
        say = phrases(str(interaction.locale))
        guild = await self.bot.store.read(channels.get_guild, interaction.guild_id or 0)
        if not is_author(interaction, guild.author_role_id) and not is_moderator(interaction):
            raise AfterwordError(say.only_askers)
        await interaction.response.defer(ephemeral=True, thinking=True)
        done = await self.bot.discussion.quote_requests.ask(message, interaction.user.id, say)
        await interaction.edit_original_response(content=done)

    async def answer(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Record what a writer answers, tell them alone, and remove the question."""
        say, response_id = phrases(str(interaction.locale)), int(match["response"])
        requests, quote = self.bot.discussion.quote_requests, QUOTES[match["choice"]]
        asked_in = phrases(self.bot.discussion.languages.of(interaction)[0])
        outcome = await requests.answer(interaction, response_id, quote, asked_in)
        if outcome == "not_yours":
            raise AfterwordError(say.only_writer)
        sentence = say.quote_recorded.format(choice=quote_labels(say)[quote])
        await reply(interaction, sentence if outcome == "recorded" else say.quote_is_gone)
        await requests.run()
        if outcome == "gone" and interaction.message is not None:
            with suppress(discord.HTTPException):
                await interaction.message.delete()


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Quoting(bot))
