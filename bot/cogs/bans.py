"""A ban takes the banned reader's shown answers out of that server's threads.

What Discord says of bans, and when: docs/discord-facts.md#bans.
"""

import logging

import discord
from discord.ext import commands

from bot.client import AfterwordBot
from bot.endpoint import NO_ANSWER

log = logging.getLogger(__name__)


class Bans(commands.Cog):
    """Hears of bans, and looks for those that came while the bot was offline."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_member_ban(self, guild: discord.Guild, user: discord.abc.User) -> None:
        """Hide what the reader's answers show; nothing is deleted."""
        await self._take_down(guild, user.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look at each server's bans, where Discord lets the bot: with Ban Members alone."""
        for guild in self.bot.guilds:
            if not guild.unavailable and guild.me.guild_permissions.ban_members:
                await self._look(guild)

    async def _look(self, guild: discord.Guild) -> None:
        """Take down the answers of readers who were banned meanwhile: a thousand bans a request."""
        shown = await self.bot.discussion.responses.readers_shown(guild.id)
        if not shown:
            return
        try:
            banned = [one.user.id async for one in guild.bans(limit=None) if one.user.id in shown]
        except (discord.HTTPException, *NO_ANSWER) as error:
            log.info("The bans of %s cannot be read (%s)", guild.name, type(error).__name__)
            return
        for reader in banned:
            await self._take_down(guild, reader)

    async def _take_down(self, guild: discord.Guild, reader_id: int) -> None:
        count = await self.bot.discussion.responses.take_down(guild.id, reader_id)
        if count:
            log.info("Took %s shown answers of a banned reader down in %s", count, guild.name)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Bans(bot))
