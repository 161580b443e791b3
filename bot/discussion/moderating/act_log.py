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
from bot.discussion.collecting.deletion_checks import NotShownError
from bot.discussion.collecting.history import BadMessage
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.audit import log_message
from bot.discussion.notices import Notices
from bot.discussion.permissions import lacks_for_telling
from bot.discussion.publishing.own_messages import button
from bot.discussion.publishing.unconfirmed import MARGIN
from bot.endpoint import NO_ANSWER
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
        try:
            return await self._tell(owed)
        except sqlite3.Error:
            raise
        except NotShownError as error:
            log.info("The log of guild %s waits: %s", owed.guild_id, error)
        except NO_ANSWER as error:
            log.info("Discord did not answer (%s); a line of the log is looked for", type(error))
        except discord.HTTPException as error:
            log.warning("The log of guild %s cannot be told: %s", owed.guild_id, error.code)
        except Exception:
            if not self._client.is_closed():
                log.exception("A fault in the log of guild %s; the others go on", owed.guild_id)
        return False

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
            found = await self._find(channel, owed)
            if found is not None:
                await self._store.write(act_log.told, ids, found, now)
                return True
        else:
            newest = channel.last_message_id or channel.id
            await self._store.write(act_log.intend, ids, newest)
        subjects = await self._store.read(audit.subjects, guild.id, owed.entries)
        message = log_message(owed.entries, subjects, phrases(str(guild.preferred_locale)))
        sent = await channel.send(
            **message.arguments(),
            nonce=nonce(owed.last, "act-log", 0),
            silent=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        await self._store.write(act_log.told, ids, sent.id, datetime.now(UTC))
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

    async def _find(self, channel: discord.TextChannel, owed: Owed) -> int | None:
        """Return the message that told acts before; None if it is not there, for certain."""
        async for message in self._reader.history.after(
            channel, max(0, owed.attempted_after - MARGIN)
        ):
            if isinstance(message, BadMessage) or message.author != self._client.user:
                continue
            marker = button(message, custom_ids.LOGGED)
            if marker is not None and int(marker["entry"]) == owed.last:
                return message.id
        home = Home(0, channel.guild.id, channel.id)
        await self._reader.deletions.require_access(home, channel)
        return None
