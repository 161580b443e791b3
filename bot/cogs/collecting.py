"""Hears what happens in the threads, and passes it on to be kept."""

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime

import aiohttp
import discord
from discord.ext import commands

from bot.client import AfterwordBot
from bot.discussion.background import PeriodicTask, RetriedTask
from bot.discussion.collecting.access import Access
from bot.discussion.collecting.capture import capture
from bot.discussion.collecting.catch_up import catch_up
from bot.discussion.collecting.history import id_of
from bot.discussion.publishing.recovery import reopen
from bot.endpoint import JSON
from bot.store.threads import Home

log = logging.getLogger(__name__)

CANNOT_READ = (discord.DiscordException, aiohttp.ClientError, sqlite3.Error, OSError)
"""What keeps threads from being read now, and is tried again."""


HOUR = 3600.0
"""Seconds between two times at which threads are looked for whose turn to be swept has come."""

SOON = 1.0
"""Seconds that are waited for more of the same before threads are read: rights come in bursts."""

MOST_ASKED = 100
"""So many messages are asked for at a time, because the event about them could not be read."""

UNREADABLE = ("MESSAGE_CREATE", "MESSAGE_UPDATE")
"""Events about a message that can be asked for, if the event itself cannot be read."""


class Collecting(commands.Cog):
    """Receives messages, edits and deletions; raw events, since the cache may not know them."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot
        self._collector = bot.collector
        self._access = Access(bot, bot.collector)
        self._catching_up = RetriedTask(self._catch_up, "catch-up")
        self._sweeping = RetriedTask(self._sweep, "sweep")
        self.hourly = PeriodicTask(self._sweep_soon, seconds=HOUR, name="hourly")
        self._soon: asyncio.TimerHandle | None = None
        self._asking: set[asyncio.Task[None]] = set()
        self._failed: set[int] = set()

    async def cog_load(self) -> None:
        """Take messages as they come, and read again whenever one may not have been heard.

        What may leave a gap is taken at once too: a message that comes after it must not move a
        mark past it.
        """
        self.bot.at_once |= {
            "connect": self._connected,
            "disconnect": self._went_deaf,
            "resumed": self._heard_all,
            "message": self._hear,
            "raw_message_edit": self._hear_edit,
            "raw_message_delete": self._hear_deletion,
            "guild_channel_update": self._channel_changed,
            "guild_role_update": self._role_changed,
            "guild_role_delete": self._role_deleted,
            "member_update": self._member_changed,
            "guild_update": self._guild_changed,
            "guild_unavailable": self._guild_failed,
            "guild_remove": self._guild_went,
            "guild_available": self._guild_came,
            "guild_join": self._guild_came,
            "thread_list_sync": self._synced,
            "event_failed": self._event_failed,
        }
        self._collector.when_behind(self._catch_up_soon)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Read what was written while the bot was not there; then look for what changed."""
        self._access.look(since=self.bot.heard_until)
        self.bot.heard_until = None
        for guild in self.bot.guilds:
            self._collector.reappear(thread.id for thread in guild.threads)
        self._catching_up.wake()
        if not self.hourly.is_running():
            self.hourly.start()

    def _connected(self) -> None:
        """Leave room for catching up: Discord does not replay what was missed before this."""
        self._failed.clear()
        self._collector.expect_gaps()

    def _went_deaf(self) -> None:
        """Take note of when the bot stopped hearing."""
        self.bot.heard_until = self.bot.heard_until or datetime.now(UTC)

    @commands.Cog.listener()
    async def on_thread_join(self, thread: discord.Thread) -> None:
        """Take note of a thread that came into sight."""
        self._collector.reappear([thread.id])

    def _heard_all(self) -> None:
        """Take note that Discord has replayed what was not heard."""
        self.bot.heard_until = None

    def _channel_changed(self, _before: object, channel: discord.abc.GuildChannel) -> None:
        self._access.look(channel.guild.id)

    def _role_changed(self, _before: object, role: discord.Role) -> None:
        self._access.look(role.guild.id)

    def _role_deleted(self, role: discord.Role) -> None:
        self._access.look(role.guild.id)

    def _member_changed(self, _before: object, member: discord.Member) -> None:
        if member == member.guild.me:
            self._access.look(member.guild.id)

    def _guild_changed(self, _before: object, guild: discord.Guild) -> None:
        self._access.look(guild.id)

    def _guild_failed(self, guild: discord.Guild) -> None:
        """Take note of an outage: discord.py keeps what it knew, and adds to it afterwards."""
        self._failed.add(guild.id)
        self._access.look(guild.id)

    def _guild_went(self, guild: discord.Guild) -> None:
        """Take note that the bot was removed from a guild: nothing is heard of it."""
        self._failed.discard(guild.id)
        self._access.look(guild.id)

    def _guild_came(self, guild: discord.Guild) -> None:
        """Take note that a guild is back: nothing of the time between is replayed (fact 21)."""
        self._collector.expect_gaps(guild.id, is_told_anew=guild.id not in self._failed)
        self._access.look(guild.id)
        self._collector.reappear(thread.id for thread in guild.threads)
        self._catch_up_soon()

    def _synced(self, data: JSON) -> None:
        """Take note that channels came back into sight (discord-facts.md, fact 20).

        Messages may have been written in their threads before this, and are not replayed.
        """
        self._collector.expect_gaps(int(data["guild_id"]))
        self._collector.reappear(int(thread["id"]) for thread in data.get("threads", ()))
        self._catch_up_soon()

    def _event_failed(self, name: str, data: JSON, error: Exception) -> None:
        """Tell of an event that discord.py cannot read, and ask for the message it was about."""
        message_id = id_of(data)
        if name not in UNREADABLE:
            log.error("An event %s about %s cannot be read: %r", name, message_id, error)
            return
        self.bot.history.tell(message_id, error)
        thread_id = id_of({"id": data.get("channel_id")})
        home = self._collector.threads.get(thread_id)
        if home is not None and message_id and len(self._asking) < MOST_ASKED:
            task = asyncio.get_running_loop().create_task(self._ask(home, thread_id, message_id))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)

    async def _ask(self, home: Home, thread_id: int, message_id: int) -> None:
        place = self.bot.get_partial_messageable(thread_id, guild_id=home.guild)
        found = await self.bot.existence.message(home, place, message_id)
        captured = capture(self.bot, found.message) if found.message else None
        if captured is not None:
            self._collector.add(captured)

    def _catch_up_soon(self) -> None:
        """Catch up once the events that come together have come."""
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(SOON, self._wake)

    def _wake(self) -> None:
        self._soon = None
        self._catching_up.wake()

    async def cog_unload(self) -> None:
        """Stop keeping up."""
        self.bot.at_once.clear()
        if self._soon is not None:
            self._soon.cancel()
        self.hourly.cancel()
        self._catching_up.cancel()
        self._sweeping.cancel()

    async def _sweep_soon(self) -> None:
        """Sweep threads again whose turn has come."""
        self._sweeping.wake()

    async def _catch_up(self) -> bool:
        """Catch up, then let a sweep begin; it takes its time, and catching up never waits for it.

        Returns:
            Whether everything could be read.
        """
        try:
            for thread_id in self._collector.take_reappeared():
                await reopen(self.bot.reading, thread_id)
            await catch_up(self.bot.reading)
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

    def _hear(self, message: discord.Message) -> None:
        """Take a message; one without an author is one that discord.py could not read."""
        try:
            self._collector.hear(message)
        except AttributeError as error:
            data = {"id": message.id, "channel_id": message.channel.id}
            self._event_failed(UNREADABLE[0], data, error)

    def _hear_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Keep the newest edit; embeds and pins arrive here too, and change nothing."""
        self._hear(payload.message)

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
        for thread_id, home in tuple(self._collector.threads.items()):
            if home.channel == channel.id:
                self._collector.lose_thread(thread_id)

    def _lose(self, channel_id: int, message_id: int) -> None:
        """Pass a deletion on. A starter stands in its channel and has its thread's id."""
        is_starter = message_id in self._collector.threads
        self._collector.lose_message(message_id if is_starter else channel_id, message_id)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Collecting(bot))
