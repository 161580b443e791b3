"""Events after which essays may be due: READY, a guild or channel appears, rights change."""

import discord
from discord.ext import commands

from bot.client import AfterwordBot
from bot.discussion.scheduling.rounds import Rounds


class Publishing(commands.Cog):
    """Has what is due done."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot
        parts = bot.discussion
        self.guilds = parts.guilds
        also = (
            parts.cuts,
            parts.digests,
            parts.reviews.notices,
            parts.quote_requests,
            parts.requests,
            parts.dreams.nights,
            parts.dreams.delivery,
            parts.act_log,
        )
        self.rounds = Rounds(
            bot, bot.store, bot.blog, parts.indexer, self.guilds, parts.schedule, also
        )

    async def cog_load(self) -> None:
        """Watch the content."""
        self.rounds.content.start()

    async def cog_unload(self) -> None:
        """Stop."""
        self.rounds.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Take stock of the guilds, then do what is due."""
        await self.rounds.begin()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Begin in a new guild, or go on in one that was left."""
        await self.guilds.join(guild)
        await self.guilds.use_setting()
        await self.bot.discussion.schedule.run()

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Go on in a guild that Discord had lost for a while."""
        await self.on_guild_join(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Stop in a guild."""
        await self.guilds.leave(guild)

    @commands.Cog.listener()
    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """Begin in the channel of the setting as soon as it can be seen."""
        if channel.id == self.bot.settings.channel:
            await self.guilds.use_setting()
            await self.bot.discussion.schedule.run()

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Go on as soon as a channel allows what was missing."""
        if before.overwrites != after.overwrites:
            await self.rounds.run()

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Go on as soon as a role allows what was missing."""
        if before.permissions != after.permissions and after in after.guild.me.roles:
            await self.rounds.run()

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Go on as soon as the bot is given a role that allows what was missing."""
        if after == after.guild.me and before.roles != after.roles:
            await self.rounds.run()


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Publishing(bot))
