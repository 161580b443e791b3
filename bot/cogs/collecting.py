"""Hears what happens in the threads, and passes it on to be kept."""

import asyncio
import logging
import sqlite3

import aiohttp
import discord
from discord.ext import commands, tasks

from bot.client import AfterwordBot
from bot.discussion.catch_up import catch_up
from bot.store import publications

log = logging.getLogger(__name__)

HOUR = 3600.0
"""Seconds after which what could not be read is tried again at the latest."""

FIRST_PAUSE = 15.0
"""Seconds until what could not be read is tried again; then twice as long."""


class Collecting(commands.Cog):
    """Receives messages, edits and deletions; raw events, since the cache may not know them."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot
        self._collector = bot.collector
        self._keeping_up: asyncio.Task[None] | None = None
        self._is_behind = self._is_pausing = False

    async def cog_load(self) -> None:
        """Read again whenever something may not have been heard."""
        self._collector.when_behind(self._wake)

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """Discord does not replay what was missed before this: leave room for catching up."""
        self._collector.expect_gaps()
        self.bot.sweeper.expect_gaps()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Read what was written while the bot was not there; then look for what changed."""
        self._wake()
        if not self.hourly.is_running():
            self.hourly.start()

    @commands.Cog.listener()
    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """Read what was written in a guild while the bot was not in it."""
        await self.on_connect()
        await self.on_ready()

    async def cog_unload(self) -> None:
        """Stop keeping up."""
        self.hourly.cancel()
        if self._keeping_up is not None:
            self._keeping_up.cancel()

    @tasks.loop(hours=1)
    async def hourly(self) -> None:
        """Sweep threads again whose turn has come."""
        self._wake()

    def _wake(self) -> None:
        self._is_behind = True
        if self._is_pausing and self._keeping_up is not None:
            self._keeping_up.cancel()
            self._keeping_up, self._is_pausing = None, False
        if self._keeping_up is None or self._keeping_up.done():
            self._keeping_up = asyncio.create_task(self._keep_up(), name="keep-up")

    async def _keep_up(self) -> None:
        """Catch up and sweep until nothing is behind: soon again where it failed.

        Between two times there is no task that waits: a harness such as SimCord takes one for work.
        """
        pause = FIRST_PAUSE
        while self._is_behind:
            self._is_behind = self._is_pausing = False
            if await self._read_again() or self._is_behind:
                continue
            self._is_behind = self._is_pausing = True
            await asyncio.sleep(pause)
            pause = min(2 * pause, HOUR)

    async def _read_again(self) -> bool:
        """Catch up, then sweep; return whether everything could be read."""
        try:
            await catch_up(self.bot, self.bot.store, self._collector)
            is_swept = await self.bot.sweeper.run()
        except (discord.DiscordException, aiohttp.ClientError, sqlite3.Error, OSError):
            log.exception("Threads could not be read again; it is tried later")
            return False
        return is_swept and not self._collector.behind

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Keep a new message."""
        self._collector.hear(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Keep the newest edit; embeds and pins arrive here too, and change nothing."""
        self._collector.hear(payload.message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
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
        parents = await self.bot.store.read(publications.parents, channel.guild.id)
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
