"""Digests for authors: each morning or each Monday, what is new, in the channel for it.

An intent is recorded before a digest is sent. If the bot dies before it knows whether Discord took
it, the digest is looked for by the custom_id of its button, in the channel's history after the
intent, and sent again only if Discord shows that it is not there.
"""

import asyncio
import logging
from datetime import UTC, datetime

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.custom_ids import nonce
from bot.core.digests import is_due
from bot.core.phrases import Phrases, phrases
from bot.core.publishing.obstacles import from_code
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.news import digest_message
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.notices import Notices
from bot.discussion.once import Attempts, find_marked, send_once
from bot.discussion.permissions import may_read
from bot.discussion.scheduling.digest_place import Place, digest_place
from bot.store.desk import news
from bot.store.ledger import digests
from bot.store.ledger.digests import Intent, Situation
from bot.store.threads import Home

log = logging.getLogger(__name__)


class Digests:
    """Sends each guild's digest once."""

    @staticmethod
    def waits(db: Database) -> object:
        """Return whether anything is to be done."""
        return digests.are_wanted(db)

    def __init__(self, reader: ThreadReader, blog: Blog, notices: Notices) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._blog = blog
        self._notices = notices
        self._running = asyncio.Lock()
        self._attempts = Attempts(reader.client)

    async def run(self) -> None:
        """Send what is due in every guild; safe to call at any time."""
        async with self._running:
            now = datetime.now(UTC)
            for situation in await self._store.read(digests.situations, now):
                guild = self._client.get_guild(situation.guild.id)
                if guild is None or guild.unavailable or self._attempts.pauses(situation.guild):
                    continue
                await self._run_in(guild, situation)

    async def _run_in(self, guild: discord.Guild, situation: Situation) -> None:
        """Do what is due in a guild; what goes wrong in one does not stop the others."""
        await self._attempts.attempt(
            situation.guild,
            f"digest {guild.name}",
            lambda: self._tell(guild, situation),
            lambda error: self._take_refusal(guild, situation, error),
        )

    async def _tell(self, guild: discord.Guild, situation: Situation) -> None:
        """Send a guild's digest if it is due and anything happened, or conclude an earlier one."""
        now = datetime.now(UTC)
        intent, told = situation.intent, situation.last
        if intent is None:
            last = told.at if told else None
            if not is_due(situation.guild.digest, last, now, self._blog.zone):
                return
            if told is None or not await self._store.read(digests.has_news, guild.id, told, now):
                await self._store.write(digests.skip, guild.id, now)
                return
        place = digest_place(guild, situation.guild)
        if intent is not None and not await self._is_to_be_sent(guild, intent, place):
            return
        if place.channel is None or place.refusal:
            await self._ask_for_access(guild, place)
            return
        if intent is None:
            newest = place.channel.last_message_id or place.channel.id
            intent = await self._store.write(
                digests.intend, guild.id, place.channel.id, newest, now
            )
        if intent is not None:
            await self._send(guild, place.channel, intent)

    async def _is_to_be_sent(self, guild: discord.Guild, intent: Intent, place: Place) -> bool:
        """Return whether a digest is to be sent, of which it is not known whether it was.

        Raises:
            NotShownError: Discord does not show the channel, so that nothing follows.
        """
        channel = guild.get_channel(intent.channel_id)
        is_here = place.channel is not None and place.channel.id == intent.channel_id
        if isinstance(channel, discord.TextChannel) and may_read(channel):
            home = Home(0, guild.id, channel.id)
            message_id = await find_marked(
                self._reader, home, channel, custom_ids.TOLD, intent.id, intent.attempted_after
            )
            if message_id is not None:
                await self._conclude(intent, message_id)
                return False
        elif is_here:
            return True  # moderators are asked for the access that is lacking
        elif not await self._is_deleted(guild, intent.channel_id):
            if place.channel is None:
                return True  # and here for a channel
            await self._conclude(intent, None)  # it may stand there, and the next goes elsewhere
            return False
        if not is_here:
            await self._store.write(digests.forget, intent)  # the next one tells of it
        return is_here

    async def _is_deleted(self, guild: discord.Guild, channel_id: int) -> bool:
        home = Home(0, guild.id, channel_id)
        return (await self._reader.deletions.thread(home, channel_id)).is_deleted

    async def _send(
        self, guild: discord.Guild, channel: discord.TextChannel, intent: Intent
    ) -> None:
        message = await self._compose(intent, phrases(str(guild.preferred_locale)))
        if message is None:  # its readers deleted it meanwhile
            await self._conclude(intent, None)
            return
        once = nonce(intent.id, "digest", 0)
        sent = await send_once(channel, message, once)
        await self._conclude(intent, sent)
        log.info("Sent the digest of %s", guild.name)

    async def _compose(self, intent: Intent, say: Phrases) -> Outgoing | None:
        """Return a digest as it is true now; None if there is nothing in it any more."""
        read = self._store.read
        essays = await read(news.news, intent.guild_id, intent.after_id, intent.until_id)
        marked = await read(news.highlighted, intent.guild_id, intent.after, intent.until)
        if not essays and not marked:
            return None
        asked = await read(news.unanswered, intent.guild_id)
        return digest_message(intent.id, intent.after, essays, marked, asked, say)

    async def _conclude(self, intent: Intent, message_id: int | None) -> None:
        await self._store.write(digests.conclude, intent, message_id, datetime.now(UTC))

    async def _ask_for_access(self, guild: discord.Guild, place: Place) -> None:
        await self._notices.add(guild.id, digests.notice_key(guild.id), place.refusal)
        await self._notices.deliver()

    async def _take_refusal(
        self, guild: discord.Guild, situation: Situation, error: discord.HTTPException
    ) -> None:
        """Tell moderators why Discord refuses a digest, which is tried again later.

        It stays in doubt: discord.py may have repeated a try that was done, and answered with an
        error.
        """
        place = digest_place(guild, situation.guild)
        if place.channel is None:  # it was deleted in this very moment
            await self._ask_for_access(guild, place)
            return
        name = f"<#{place.channel.id}>"
        obstacle = from_code(error.code, error.status, f"code {error.code}", name)
        if obstacle.needs_person:
            say = phrases(str(guild.preferred_locale))
            text = obstacle.sentence(say)
            await self._notices.add(guild.id, digests.notice_key(guild.id), text)
            await self._notices.deliver()
