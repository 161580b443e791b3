"""The log channel of a guild: a silent line for each act, once, in order, several in a message."""

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime

import discord
from sqlite_utils import Database

from bot.core import custom_ids
from bot.core.custom_ids import nonce
from bot.core.phrases import phrases
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.audit import log_message
from bot.discussion.notices import Notices
from bot.discussion.once import Attempts, find_marked, send_once
from bot.discussion.permissions import lacks_for_telling
from bot.store import audit
from bot.store.ledger import act_log, notices
from bot.store.ledger.act_log import Owed
from bot.store.threads import Home

log = logging.getLogger(__name__)


class ActLog:
    """Tells each guild's log what was done; an act never waits for it."""

    def __init__(self, reader: ThreadReader, notices: Notices) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._notices = notices
        self._attempts = Attempts(reader.client, pause=0.0)
        self._running = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @staticmethod
    def waits(db: Database) -> object:
        """Return whether anything is to be told."""
        return act_log.owed(db)

    def wake(self) -> None:
        """Tell what is new, in a task of its own."""
        task = asyncio.get_running_loop().create_task(self._run_alone(), name="act-log")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def run(self) -> None:
        """Tell all that is owed, in every guild; what fails is tried again in a minute."""
        async with self._running:
            stuck: set[int] = set()
            while owed := [
                one for one in await self._store.read(act_log.owed) if one.guild_id not in stuck
            ]:
                for one in owed:
                    if not await self._run_in(one):
                        stuck.add(one.guild_id)
        if stuck:
            await self._notices.deliver()

    async def _run_alone(self) -> None:
        try:
            await self.run()
        except sqlite3.Error as error:
            log.info("The log of acts is told later (%s)", error)

    async def _run_in(self, owed: Owed) -> bool:
        """Tell a guild's next acts; return whether there may be more to tell there now."""
        name = f"log {owed.guild_id}"
        return bool(await self._attempts.attempt(None, name, lambda: self._tell(owed)))

    async def _tell(self, owed: Owed) -> bool:
        guild = self._client.get_guild(owed.guild_id)
        if guild is None or guild.unavailable:
            return False
        channel = await self._channel(guild, owed.channel_id)
        if channel is None:
            return False
        ids = [entry.id for entry in owed.entries]
        now = datetime.now(UTC)
        if owed.attempted_after:
            home, after = Home(0, guild.id, channel.id), owed.attempted_after
            found = await find_marked(
                self._reader, home, channel, custom_ids.LOGGED, owed.last, after
            )
            if found is not None:
                await self._store.write(act_log.told, ids, found, now)
                return True
        else:
            newest = channel.last_message_id or channel.id
            await self._store.write(act_log.intend, ids, newest)
        subjects = await self._store.read(audit.subjects, guild.id, owed.entries)
        message = log_message(owed.entries, subjects, phrases(str(guild.preferred_locale)))
        sent = await send_once(channel, message, nonce(owed.last, "act-log", 0))
        await self._store.write(act_log.told, ids, sent, datetime.now(UTC))
        return True

    async def _channel(self, guild: discord.Guild, channel_id: int) -> discord.TextChannel | None:
        """Return a guild's log channel; None with a notice to moderators if it cannot be told."""
        say, key = phrases(str(guild.preferred_locale)), f"act-log {guild.id}"
        channel = guild.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            await self._notices.add(guild.id, key, say.log_homeless)
            return None
        if names := lacks_for_telling(channel, say):
            text = say.log_lacks.format(channel=f"<#{channel.id}>", names=names)
            await self._notices.add(guild.id, key, text)
            return None
        await self._store.write(notices.resolve_notice, key)
        return channel
