"""Keeping one's own message on request: the way in where the bot does not hear plain messages."""

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.answering.replies import reply


class Keeping(PressedCog):
    """Adds a message command, if plain messages come without their text.

    The target of a message command comes with its text, whatever the intents
    (docs/discord-facts.md#message-commands).
    """

    def __init__(self, bot: AfterwordBot) -> None:
        menu = app_commands.ContextMenu(name="Keep this response", callback=self.keep)
        super().__init__(bot, {}, None if bot.settings.message_content else menu)

    async def keep(self, interaction: Interaction, message: discord.Message) -> None:
        """Keep a message for the author, because its writer asks for it."""
        say = phrases(str(interaction.locale))
        if message.author.id != interaction.user.id:
            raise AfterwordError(say.not_yours)
        told = (say.not_yet, say.not_kept_now)
        if not await self.bot.discussion.answering.keep_message(interaction, message, told, say):
            raise AfterwordError(say.not_a_response)
        await reply(interaction, say.kept)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Keeping(bot))
