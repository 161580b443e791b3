"""Readers stay master of what they wrote: see it, take it, delete it."""

import io
import re

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.phrases import phrases
from bot.desk.export import json_lines
from bot.discussion.answering.replies import reply
from bot.discussion.messages.private import deletion_question, privacy_card
from bot.store.responses import queries


class Privacy(PressedCog):
    """Tells what is kept of a reader, hands it over, and deletes it."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {custom_ids.KEPT: self.hand_over, custom_ids.FORGET: self.forget},
        )

    @app_commands.command()
    async def privacy(self, interaction: Interaction) -> None:
        """See what is kept of what you wrote, take it with you, or delete it."""
        say = phrases(str(interaction.locale))
        here, everywhere = await self._count(interaction)
        message = privacy_card(here, everywhere, say)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def hand_over(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Hand a reader everything that is kept of them, as JSON Lines."""
        kept = await self.bot.store.read(queries.of_reader, interaction.user.id)
        file = discord.File(io.BytesIO(json_lines(kept).encode()), "afterword-responses.jsonl")
        await interaction.response.send_message(file=file, ephemeral=True)

    async def forget(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Ask whether the reader is sure, and then delete."""
        say = phrases(str(interaction.locale))
        is_here = match["scope"] == "here"
        if match["sure"] == "0":
            here, everywhere = await self._count(interaction)
            message = deletion_question(match["scope"], here if is_here else everywhere, say)
            await interaction.response.edit_message(**message.changes())
            return
        told = (say.not_deleted_yet, say.not_deleted)
        where = interaction.guild_id if is_here else None
        touched = await self.bot.discussion.answering.forget(interaction, where, told)
        text = say.privacy_forgotten.format(count=len(touched))
        await reply(interaction, text, in_place=True)
        await self.bot.discussion.answering.clean_up(touched)

    async def _count(self, interaction: Interaction) -> tuple[int, int]:
        kept = await self.bot.store.read(queries.of_reader, interaction.user.id)
        return sum(1 for one in kept if one.guild == interaction.guild_id), len(kept)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Privacy(bot))
