"""Moderators read who did what, and the log is told of it."""

import re

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.messages.audit import Asked, act_called
from bot.discussion.moderating.auditing import act_meant, acts_offered
from bot.discussion.permissions import is_moderator, require_moderator


class Auditing(PressedCog):
    """Shows the audit privately."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(bot, {custom_ids.AUDIT: self.turn, custom_ids.LOGGED: self.open})

    @app_commands.command()
    @app_commands.default_permissions(manage_threads=True)
    async def audit(
        self,
        interaction: Interaction,
        who: discord.Member | None = None,
        act: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """See what moderators, authors and Afterword did here, the newest first.

        Args:
            who: Only what this person did
            act: Only acts of this kind
        """
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        meant = act_meant(act, say) if act is not None else None
        if act is not None and meant is None:
            raise AfterwordError(say.audit_unknown)
        await self._show(interaction, Asked(who.id if who else 0, meant))

    @audit.autocomplete("act")
    async def complete_act(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer the kinds of acts."""
        if not is_moderator(interaction):
            return []
        found = acts_offered(current, phrases(str(interaction.locale)))
        return [Choice(name=name, value=act) for name, act in found[:25]]

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show another page of what was asked for."""
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        await interaction.response.defer()
        asked = Asked(int(match["who"], 36), act_called(match["act"]), int(match["until"], 36))
        page = await self.bot.discussion.auditing.page(
            interaction.guild_id or 0, asked, int(match["page"]), say
        )
        await interaction.edit_original_response(**page.changes())

    async def open(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show the audit from a message of the log on."""
        require_moderator(interaction, phrases(str(interaction.locale)))
        await self._show(interaction, Asked(until=int(match["entry"])))

    @commands.Cog.listener()
    async def on_app_command_completion(self, *_: object) -> None:
        """Tell the log what a command did; of anything else it is told within a minute."""
        self.bot.discussion.act_log.wake()

    async def _show(self, interaction: Interaction, asked: Asked) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        say = phrases(str(interaction.locale))
        page = await self.bot.discussion.auditing.page(interaction.guild_id or 0, asked, 0, say)
        await interaction.edit_original_response(**page.changes())


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Auditing(bot))
