"""Receives the events of the threads, and passes each to what handles it."""

from functools import partial

import discord
from discord.ext import commands

from bot.client import AfterwordBot
from bot.discussion.collecting.backfill import Backfill
from bot.discussion.publishing.recovery import reopen


class Collecting(commands.Cog):
    """Receives messages, edits and deletions; raw events, since the cache may not know them."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot
        self._collector = bot.discussion.collector
        self._backfill = Backfill(
            bot.discussion.reader, bot.discussion.sweeper, partial(reopen, bot.discussion.reader)
        )

    async def cog_load(self) -> None:
        """Handle these events without a task of their own.

        An event that may leave a gap has to be handled before the message after it, which must not
        move a mark past the gap.
        """
        backfill, refresh = self._backfill, self._backfill.access.refresh
        forget = self._collector.delete_message
        self.bot.at_once |= {
            "connect": backfill.connected,
            "disconnect": backfill.disconnected,
            "resumed": backfill.resumed,
            "message": self._receive_new,
            "raw_message_edit": lambda edit: self._receive(edit.message),
            "raw_message_delete": lambda event: forget(event.channel_id, event.message_id),
            "raw_reaction_add": partial(self._collector.react, is_added=True),
            "raw_reaction_remove": partial(self._collector.react, is_added=False),
            "raw_reaction_clear": self._collector.clear_reactions,
            "raw_reaction_clear_emoji": self._collector.clear_reactions,
            "guild_channel_update": lambda _before, channel: refresh(channel.guild.id),
            "guild_role_update": lambda _before, role: refresh(role.guild.id),
            "guild_role_delete": lambda role: refresh(role.guild.id),
            "member_update": self._member_changed,
            "guild_update": lambda _before, guild: refresh(guild.id),
            "guild_unavailable": backfill.guild_unavailable,
            "guild_remove": backfill.guild_left,
            "guild_available": backfill.guild_returned,
            "guild_join": backfill.guild_returned,
            "thread_list_sync": backfill.threads_synced,
            "event_failed": backfill.event_unreadable,
        }

    async def cog_unload(self) -> None:
        """Stop reading."""
        self.bot.at_once.clear()
        self._backfill.stop()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Read what was written while the bot was offline."""
        self._backfill.ready()

    @commands.Cog.listener()
    async def on_thread_join(self, thread: discord.Thread) -> None:
        """Take note of a thread that came into sight."""
        self._collector.tracked.report_existing([thread.id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Forget messages that a moderator deleted together."""
        for message_id in payload.message_ids:
            self._collector.delete_message(payload.channel_id, message_id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Forget a thread with all its messages."""
        self._collector.delete_thread(payload.thread_id)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget the threads of a channel."""
        self._collector.delete_channel(channel.id)

    def _receive_new(self, message: discord.Message) -> None:
        """Take a new message; one that mentions the bot is told of as an event of its own."""
        self._receive(message)
        if "<@" in message.content:
            self.bot.dispatch("mention", message)

    def _receive(self, message: discord.Message) -> None:
        """Take a new or an edited message; discord.py leaves out an author it cannot read."""
        try:
            self._collector.receive(message)
        except AttributeError as error:
            self._backfill.message_unreadable(message.channel.id, message.id, error)

    def _member_changed(self, _before: object, member: discord.Member) -> None:
        """Check what may be read after the bot's own roles changed."""
        if member == member.guild.me:
            self._backfill.access.refresh(member.guild.id)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Collecting(bot))
