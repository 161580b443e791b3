"""Readers stay master of what they wrote: see it, take it, delete it."""

import io
import re
from datetime import UTC, datetime

import discord
import orjson
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog, chosen, show_private
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.desk.export import json_lines
from bot.discussion.messages.privacy import (
    PAGE,
    Scope,
    deletion_question,
    one_question,
    own_page,
    privacy_card,
)
from bot.store.responses import own, queries
from bot.store.responses.own import Kept


class Privacy(PressedCog):
    """Tells what is kept of a reader, hands it over, and deletes it."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.PRIVACY: self.go_back,
                custom_ids.KEPT: self.hand_over,
                custom_ids.MINE: self.turn,
                custom_ids.CHOOSE_MINE: self.choose,
                custom_ids.ERASE: self.erase,
                custom_ids.FORGET: self.forget,
            },
        )

    @app_commands.command()
    async def privacy(self, interaction: Interaction) -> None:
        """See what is kept of what you wrote, take it with you, or delete it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show_card(interaction)

    async def go_back(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Show what is kept of a reader again."""
        await self._show_card(interaction)

    async def hand_over(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Hand a reader everything that is kept of them, as JSON Lines."""
        responses = await self.bot.store.read(queries.of_reader, interaction.user.id)
        rest = await self.bot.store.read(own.rest_of, interaction.user.id)
        data = json_lines(responses).encode() + b"".join(orjson.dumps(one) + b"\n" for one in rest)
        file = discord.File(io.BytesIO(data), "afterword-responses.jsonl")
        await interaction.response.send_message(file=file, ephemeral=True)

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show a page of what a reader wrote here."""
        reader, guild, page = interaction.user.id, interaction.guild_id or 0, int(match["page"])
        found = await self.bot.store.read(
            own.own_responses, reader, guild, page, PAGE, datetime.now(UTC)
        )
        await show_private(interaction, own_page(*found, phrases(str(interaction.locale))))

    async def choose(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Ask a reader whether they are sure to delete the response that they chose."""
        say, response = phrases(str(interaction.locale)), chosen(interaction) or ""
        found = await self.bot.store.read(
            own.own_response,
            int(response) if response.isdigit() else 0,
            interaction.user.id,
            datetime.now(UTC),
        )
        if found is None:
            raise AfterwordError(say.gone)
        await show_private(interaction, one_question(found, int(match["page"]), say))

    async def erase(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Delete one response for its reader."""
        say = phrases(str(interaction.locale))
        answering = self.bot.discussion.answering
        told = (say.not_deleted_yet, say.not_deleted)
        touched = await answering.erase(interaction, int(match["response"]), told)
        if not touched:
            raise AfterwordError(say.gone)
        await answering.finish_deletion(interaction, touched, say)

    async def forget(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Tell the reader what would be deleted, and delete it once they are sure."""
        say = phrases(str(interaction.locale))
        is_here = match["scope"] == "here"
        if match["sure"] == "0":
            kept = (await self._kept(interaction)).in_scope(is_here=is_here)
            scope: Scope = "here" if is_here else "everywhere"
            await show_private(interaction, deletion_question(scope, kept, say))
            return
        told = (say.not_deleted_yet, say.not_deleted)
        where = interaction.guild_id if is_here else None
        touched = await self.bot.discussion.answering.forget(interaction, where, told)
        await self.bot.discussion.answering.finish_deletion(interaction, touched, say)

    async def _show_card(self, interaction: Interaction) -> None:
        say = phrases(str(interaction.locale))
        await show_private(interaction, privacy_card(await self._kept(interaction), say))

    async def _kept(self, interaction: Interaction) -> Kept:
        reader, guild = interaction.user.id, interaction.guild_id or 0
        return await self.bot.store.read(own.kept_of, reader, guild, datetime.now(UTC))


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Privacy(bot))
