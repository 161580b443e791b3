"""Wakes the schedule: when the content changes, when an essay is due, when a guild appears."""

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime

import discord
from discord.ext import commands

from bot.blog.git import GitError
from bot.client import AfterwordBot
from bot.core.errors import AfterwordError
from bot.discussion.background import PeriodicTask
from bot.discussion.permissions import Channel, lacks
from bot.store import key_values
from bot.store.file import scrubbing
from bot.store.ledger import channels
from bot.store.ledger.channels import Channel as Settled
from bot.store.times import to_text

log = logging.getLogger(__name__)

SETTING = "AFTERWORD_CHANNEL"

TICK_SECONDS = 60.0
"""Between two looks at what is due."""

PULL_SECONDS = 300.0
"""Between two looks at a blog in a Git repository: one request of its host."""


LOOK_SECONDS = 10.0
"""So long is waited for a look at the content: a network mount may not answer for hours."""


class Publishing(commands.Cog):
    """Starts threads when they are due."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot
        self.tick = PeriodicTask(self._look_and_run, seconds=TICK_SECONDS, name="tick")
        self.pull = PeriodicTask(self._pull, seconds=PULL_SECONDS, name="pull")
        self._reading: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._complaint = ""
        self._unreadable = ""
        self._unread: frozenset[str] | None = frozenset()  # None is everything
        self._is_stock_taken = False

    async def cog_load(self) -> None:
        """Watch the content, and look for the questions that are still to be found."""
        self.bot.blog.watch(self._content_changed)
        if self.bot.blog.git is not None:
            self.pull.start()
        self._ask_behind()

    async def cog_unload(self) -> None:
        """Stop waking."""
        self.tick.cancel()
        self.pull.cancel()
        for task in (self._asking, self._looking):
            if task is not None:
                task.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Take stock of the guilds, then do what is due."""
        self._is_stock_taken = False
        if not self.tick.is_running():
            self.tick.start()
        else:
            await self.run()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Begin in a new guild, or go on in one that was left."""
        await self._join(guild)
        await self._use_setting()
        await self.bot.schedule.run()

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Go on in a guild that Discord had lost for a while."""
        await self.on_guild_join(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Stop in a guild; its ledger stays, so that coming back doubles nothing."""
        await self.bot.store.write(channels.leave_guild, guild.id, datetime.now(UTC))

    @commands.Cog.listener()
    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """Begin in the channel of the setting as soon as it can be seen."""
        if channel.id == self.bot.settings.channel:
            await self._use_setting()
            await self.bot.schedule.run()

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Go on as soon as a channel allows what was missing."""
        if before.overwrites != after.overwrites:
            await self.run()

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Go on as soon as a role allows what was missing."""
        if before.permissions != after.permissions and after in after.guild.me.roles:
            await self.run()

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Go on as soon as the bot is given a role that allows what was missing."""
        if after == after.guild.me and before.roles != after.roles:
            await self.run()

    async def _look_and_run(self) -> None:
        """Look at the content, of which no event may have told, and do what is due by now."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._look())
        await asyncio.wait({self._looking}, timeout=LOOK_SECONDS)
        await self.run()

    async def _pull(self) -> None:
        """Copy what is new in the blog's repository, and read it; a failure is told once."""
        try:
            is_new = await self.bot.blog.pull()
        except (GitError, OSError) as error:
            if str(error) != self._complaint:
                log.warning("%s The content stays as it was copied last.", error)
            self._complaint = str(error)
            return
        self._complaint = ""
        if is_new:
            log.info("Copied what is new in %s", self.bot.blog.name)
            self._unread = None
            await self.run()

    async def run(self) -> None:
        """Leave a sign of life, do what is due; a fault does not end the next minute's."""
        try:
            if self._unread != frozenset():
                await self._read_again()
            self._ask_behind()
            await self.bot.store.write(
                key_values.set_value, key_values.ALIVE, to_text(datetime.now(UTC))
            )
            if not self._is_stock_taken:
                await self._take_stock()
            await self.bot.schedule.run()
            await self._scrub()
        except sqlite3.Error as error:
            log.error(
                "Nothing can be written to %s (%s): free disk space or unlock it. It is tried "
                "again in a minute.",
                self.bot.store.path,
                error,
            )
        except Exception:
            if not self.bot.is_closed():
                log.exception("Publishing failed; it is tried again in a minute")

    async def _scrub(self) -> None:
        """Have what was deleted leave the file's every corner: after a while, or what is overdue.

        What an earlier process left undone, and what somebody's reading kept from being done, is
        tried each minute.
        """
        owed = await self.bot.store.read(scrubbing.debt)
        if owed is None:
            return
        is_due = datetime.now(UTC) - owed.since > scrubbing.SCRUB_AFTER
        if is_due or self.bot.store.is_scrub_overdue:
            await self.bot.store.scrub()

    async def _take_stock(self) -> None:
        """Remember the guilds, and the channel of the setting."""
        self._is_stock_taken = True
        try:
            for guild in self.bot.guilds:
                if not guild.unavailable:
                    await self._join(guild)
            await self._use_setting()
            await self._greet()
        except BaseException:
            self._is_stock_taken = False
            raise

    async def _greet(self) -> None:
        """Tell the operator where the bot is, and what is still to be done."""
        names = ", ".join(guild.name for guild in self.bot.guilds) or "no server yet: invite it"
        log.info("Awake as %s in %s", self.bot.user, names)
        if self.bot.guilds and not await self.bot.store.read(channels.channels):
            log.info("No channel is chosen: type /setup in Discord, or set %s", SETTING)

    def _content_changed(self, paths: frozenset[str] | None) -> None:
        known = self._unread
        self._unread = None if paths is None or known is None else known | paths
        self._reading = asyncio.get_running_loop().create_task(self.run())

    async def _look(self) -> None:
        """Have everything read that changed, if the folder looks different."""
        if await self.bot.blog.looks_different():
            self._unread = None

    async def _read_again(self) -> None:
        """Read what changed; where that fails, the next minute reads everything.

        A failure is told once.
        """
        paths, self._unread = self._unread, frozenset()
        try:
            await self.bot.read_blog(paths)
        except (AfterwordError, sqlite3.Error) as error:
            self._unread = None
            if str(error) != self._unreadable:
                log.error("%s", error)
            self._unreadable = str(error)
        else:
            self._unreadable = ""

    def _ask_behind(self) -> None:
        """Look for the questions that are still to be found, unless that is under way."""
        if self.bot.blog.pending and (self._asking is None or self._asking.done()):
            self._asking = asyncio.get_running_loop().create_task(self._ask())

    async def _ask(self) -> None:
        """Find question after question, then do what is due by them."""
        count = self.bot.blog.pending
        try:
            while self.bot.blog.pending:
                await self.bot.blog.ask()
        except sqlite3.Error as error:
            log.error("The questions of %s essays are looked for in a minute: %s", count, error)
            return
        log.info("Looked for the questions of %s more essays", count)
        await self.run()

    async def _join(self, guild: discord.Guild) -> None:
        await self.bot.store.write(channels.join_guild, guild.id, guild.name, datetime.now(UTC))

    async def _use_setting(self) -> None:
        """Use the channel of the setting, once: what moderators set later stays."""
        channel_id = self.bot.settings.channel
        if channel_id is None:
            return
        if await self.bot.store.read(key_values.get_value, SETTING) == str(channel_id):
            return
        channel = self.bot.get_channel(channel_id)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            log.error(
                "%s is %s, which is no text or forum channel that Afterword can see: check the "
                "id, invite the bot to its server, and allow it View Channel there.",
                SETTING,
                channel_id,
            )
            return
        if refusal := lacks(channel):
            log.warning("%s", refusal.sentence())
        await self._join(channel.guild)  # which may have come while stock was taken
        await self.bot.store.write(channels.use_channel, self._settled(channel), datetime.now(UTC))
        await self.bot.store.write(key_values.set_value, SETTING, str(channel_id))

    def _settled(self, channel: Channel) -> Settled:
        settings = self.bot.settings
        return Settled(
            id=channel.id,
            guild_id=channel.guild.id,
            is_forum=isinstance(channel, discord.ForumChannel),
            lang=settings.language or self.bot.blog.site.language,
            pace=settings.pace,
            body=settings.body,
        )


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Publishing(bot))
