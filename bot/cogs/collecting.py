"""Hears what happens in the threads, and passes it on to be kept."""

import logging
import sqlite3

import aiohttp
import discord
from discord.ext import commands, tasks

from bot.client import AfterwordBot
from bot.discussion.catch_up import catch_up
from bot.discussion.persist import Persistent
from bot.store import places

log = logging.getLogger(__name__)

CANNOT_READ = (discord.DiscordException, aiohttp.ClientError, sqlite3.Error, OSError)
"""What keeps threads from being read now, and is tried again."""


class Collecting(commands.Cog):
    """Receives messages, edits and deletions; raw events, since the cache may not know them."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot
        self._collector = bot.collector
        self._catching_up = Persistent(self._catch_up, "catch-up")
        self._sweeping = Persistent(self._sweep, "sweep")

    async def cog_load(self) -> None:
        """Take messages as they come, and read again whenever one may not have been heard."""
        self.bot.at_once |= {
            "message": self._collector.hear,
            "raw_message_edit": self._hear_edit,
            "raw_message_delete": self._hear_deletion,
        }
        self._collector.when_behind(self._catching_up.wake)

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """Discord does not replay what was missed before this: leave room for catching up."""
        self._collector.expect_gaps()
        self.bot.sweeper.expect_gaps()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Read what was written while the bot was not there; then look for what changed."""
        self._catching_up.wake()
        if not self.hourly.is_running():
            self.hourly.start()

    @commands.Cog.listener()
    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """Read what was written in a guild while the bot was not in it."""
        await self.on_connect()
        await self.on_ready()

    async def cog_unload(self) -> None:
        """Stop keeping up."""
        self.bot.at_once.clear()
        self.hourly.cancel()
        self._catching_up.cancel()
        self._sweeping.cancel()

    @tasks.loop(hours=1)
    async def hourly(self) -> None:
        """Sweep threads again whose turn has come."""
        self._sweeping.wake()

    async def _catch_up(self) -> bool:
        """Catch up, then let a sweep begin; it takes its time, and catching up never waits for it.

        Returns:
            Whether everything could be read.
        """
        try:
            await catch_up(self.bot, self.bot.store, self._collector)
        except CANNOT_READ:
            log.exception("Threads could not be read; it is tried again")
            return False
        except RuntimeError:  # so aiohttp calls a session that was closed meanwhile
            if not self.bot.is_closed():
                raise
            return True
        self._sweeping.wake()
        return not self._collector.behind

    async def _sweep(self) -> bool:
        """Sweep what is due; return whether everything could be read."""
        try:
            return await self.bot.sweeper.run()
        except CANNOT_READ:
            log.exception("Threads could not be read again; it is tried later")
            return False
        except RuntimeError:  # so aiohttp calls a session that was closed meanwhile
            if not self.bot.is_closed():
                raise
            return True

    def _hear_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Keep the newest edit; embeds and pins arrive here too, and change nothing."""
        self._collector.hear(payload.message)

    def _hear_deletion(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Forget a deleted message."""
        self._lose(payload.channel_id, payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Forget messages that a moderator deleted together."""
        for message_id in payload.message_ids:
            self._lose(payload.channel_id, message_id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Forget a thread with all that was said in it."""
        self._collector.lose_thread(payload.thread_id)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget the threads of a channel: Discord tells of the channel alone."""
        parents = await self.bot.store.read(places.parents, channel.guild.id)
        for thread_id, parent_id in parents.items():
            if parent_id == channel.id:
                self._collector.lose_thread(thread_id)

    def _lose(self, channel_id: int, message_id: int) -> None:
        """Pass a deletion on. A starter stands in its channel and has its thread's id."""
        is_starter = message_id in self._collector.threads
        self._collector.lose_message(message_id if is_starter else channel_id, message_id)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Collecting(bot))
