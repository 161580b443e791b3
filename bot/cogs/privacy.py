"""Readers stay master of what they wrote: see it, take it, delete it."""

import io
import re
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.phrases import phrases
from bot.desk.export import json_lines
from bot.discussion.answering.replies import reply_in_place
from bot.discussion.messages.outgoing import Button, Outgoing
from bot.store.responses import answers, queries


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
        kept = say.privacy_count.format(here=here, everywhere=everywhere)
        rows: tuple[tuple[Button, ...], ...] = ()
        if everywhere:
            scope = custom_ids.forget
            here_too = (
                [Button(say.privacy_here, scope("here", sure=False), tone="danger")] if here else []
            )
            rows = (
                (
                    Button(say.privacy_hand_over, custom_ids.kept()),
                    *here_too,
                    Button(say.privacy_everywhere, scope("everywhere", sure=False), tone="danger"),
                ),
            )
        message = Outgoing(
            content=f"{say.privacy}\n\n{kept if everywhere else say.privacy_nothing}", rows=rows
        )
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
            count = here if is_here else everywhere
            label = say.privacy_here if is_here else say.privacy_everywhere
            sure = custom_ids.forget(match["scope"], sure=True)
            message = Outgoing(
                content=say.privacy_sure.format(count=count),
                rows=((Button(label, sure, tone="danger"),),),
            )
            await interaction.response.edit_message(**message.changes())
            return
        touched = await self.bot.reader_writes.at_last(
            interaction,
            (say.not_deleted_yet, say.not_deleted),
            answers.forget_reader,
            interaction.user.id,
            interaction.guild_id if is_here else None,
            datetime.now(UTC),
        )
        text = say.privacy_forgotten.format(count=len(touched))
        await reply_in_place(interaction, text)
        for publication_id in dict.fromkeys(touched):
            await self.bot.publisher.advance(publication_id)
        await self.bot.store.scrub()

    async def _count(self, interaction: Interaction) -> tuple[int, int]:
        kept = await self.bot.store.read(queries.of_reader, interaction.user.id)
        return sum(1 for one in kept if one.guild == interaction.guild_id), len(kept)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Privacy(bot))
