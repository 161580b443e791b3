"""Sends the messages about dreams once, and has those that stand say only what still may be said.

An intent is recorded before a message is sent. If the bot dies before it knows whether Discord took
it, it is looked for by its buttons, and sent again only if Discord shows that it is not there. A
message whose words may not be shown any more is changed, or removed where it takes no change.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.discord_codes import THREAD_ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.core.phrases import phrases
from bot.discussion.collecting.deletion_checks import NotShownError
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.dreaming.texts import texts_of
from bot.discussion.messages import dreams as compose
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.once import Attempts, find_marked, send_once
from bot.discussion.reviewing.place import notices_channel
from bot.store.dreams import journal, messages, second_questions
from bot.store.dreams.messages import Message
from bot.store.ledger import channels
from bot.store.threads import Home

NOBODY = discord.AllowedMentions.none()


class Delivery:
    """Brings the messages about dreams up to date."""

    @staticmethod
    def waits(db: Database) -> object:
        """Return whether anything is to be done."""
        return messages.stale(db)

    def __init__(self, reader: ThreadReader, blog: Blog) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._blog = blog
        self._running = asyncio.Lock()
        self._attempts = Attempts(reader.client)

    async def run(self) -> None:
        """Send, change and remove what is due; safe to call at any time."""
        async with self._running:
            for message in await self._store.read(messages.stale):
                if self._client.is_closed():
                    return
                guild = self._client.get_guild(message.guild_id)
                key = (message.id, message.stale)  # what has happened since is tried at once
                if guild is not None and not guild.unavailable and not self._attempts.pauses(key):
                    work = partial(self._bring_up_to_date, guild, message)
                    await self._attempts.attempt(key, f"dream {message.id}", work)

    async def _bring_up_to_date(self, guild: discord.Guild, message: Message) -> None:
        if message.message_id is None and message.attempted_after:
            message = replace(message, message_id=await self._look_for(guild, message))
        wanted = await self._wanted(guild, message)
        if message.message_id is not None:
            await self._change(message, message.message_id, wanted)
        elif wanted is None:
            await self._conclude(message)
        else:
            await self._send(guild, message, wanted)

    async def _wanted(self, guild: discord.Guild, message: Message) -> Outgoing | None:
        """Return what a message is to say; None if it is not to be there."""
        say = phrases(str(guild.preferred_locale))
        if message.second_id is not None:
            return await self._wanted_again(message, message.second_id)
        found = await self._store.read(journal.get, message.connection_id or 0)
        may_show = found is not None and found.stands
        if message.role == "draft":
            if found is None or not may_show:
                return compose.withdrawn(say) if message.message_id is not None else None
            return compose.draft(found, await texts_of(found, self._blog), say)
        if found is None or not may_show or message.role == "again":
            return None
        side = found.a if message.role == "a" else found.b
        if side.thread is None:
            return None
        texts = await texts_of(found, self._blog)
        return compose.asked(message.id, found, message.role, texts, phrases(side.thread.lang))

    async def _wanted_again(self, message: Message, second_id: int) -> Outgoing | None:
        second = await self._store.read(second_questions.get, second_id)
        if second is None:
            return None
        if message.role == "again":
            if message.message_id is None and not second.is_asked:
                return None
            return compose.second_asked(message.id, second, phrases(second.lang))
        guild = self._client.get_guild(message.guild_id)
        return compose.second_draft(second, phrases(str(guild.preferred_locale if guild else "en")))

    def _home(self, message: Message, channel_id: int) -> Home:
        """Return where a message stands: moderators' channel, or a thread of ours."""
        if message.role == "draft":
            return Home(0, message.guild_id, channel_id)
        home = self._reader.collector.threads.get(channel_id)
        return home or Home(0, message.guild_id, channel_id)

    async def _look_for(self, guild: discord.Guild, message: Message) -> int | None:
        """Return the id of a message that was perhaps sent; None if it is not there, for certain.

        Raises:
            NotShownError: Discord does not show the channel, so that nothing follows.
        """
        channel_id = message.channel_id or 0
        home = self._home(message, channel_id)
        place = self._reader.place(home, channel_id)
        if message.role == "draft" and guild.get_channel(channel_id) is None:
            if not (await self._reader.deletions.thread(home, channel_id)).is_deleted:
                raise NotShownError(phrases("en").not_shown_to_us)
            await self._store.write(messages.forget_attempt, message.id)
            return None
        kind, number = custom_ids.WHY, message.id
        if message.role == "draft":
            is_second = message.second_id is not None
            kind = custom_ids.SECOND if is_second else custom_ids.DREAM
            number = message.second_id or message.connection_id or 0
        after = message.attempted_after
        found = await find_marked(self._reader, home, place, kind, number, after)
        if found is not None:
            await self._store.write(messages.sent, message.id, found, datetime.now(UTC))
        return found

    async def _change(self, message: Message, message_id: int, wanted: Outgoing | None) -> None:
        """Have a message say what it is to say; remove it if that is nothing."""
        if wanted is not None and wanted.digest == message.shown:
            await self._store.write(messages.settle, message, message.shown)
            return
        channel_id = message.channel_id or 0
        place = self._client.get_partial_messageable(channel_id, guild_id=message.guild_id)
        there = place.get_partial_message(message_id)
        try:
            if wanted is None:
                await there.delete()
            else:
                await self._edit(message, there, wanted)
                return
        except discord.NotFound as error:
            if error.code not in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                raise
        await self._conclude(message)

    async def _edit(
        self, message: Message, there: discord.PartialMessage, wanted: Outgoing
    ) -> None:
        """Change a message; one in an archived thread only lets itself be removed."""
        try:
            await there.edit(**wanted.changes(), allowed_mentions=NOBODY)
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED:
                raise
            await there.delete()
            await self._conclude(message)
        else:
            await self._store.write(messages.settle, message, wanted.digest)

    async def _send(self, guild: discord.Guild, message: Message, wanted: Outgoing) -> None:
        place = await self._place(guild, message)
        if place is None:
            return
        sent = await send_once(place, wanted, custom_ids.nonce(message.id, "dream", 0))
        if sent is None:  # somebody has deleted it since
            await self._conclude(message)
            return
        await self._store.write(_sent, message, sent, wanted.digest, datetime.now(UTC))

    async def _place(
        self, guild: discord.Guild, message: Message
    ) -> discord.abc.Messageable | None:
        """Return where a message goes, once it is recorded that it is about to; None for nowhere.

        A thread that is gone or locked takes nothing any more.
        """
        if message.role == "draft":
            if message.attempted_after and (at := guild.get_channel(message.channel_id or 0)):
                return at if isinstance(at, discord.TextChannel) else None
            settings = await self._store.read(channels.get_guild, guild.id)
            channel = notices_channel(guild, settings)
            if channel is not None:
                after = channel.last_message_id or channel.id
                await self._store.write(messages.attempt, message.id, channel.id, after)
            return channel
        thread_id = message.channel_id or 0
        home = self._home(message, thread_id)
        there = await self._reader.deletions.thread(home, thread_id)
        if there.thread is None:
            if not there.is_deleted:
                raise NotShownError(phrases("en").not_shown_to_us)
            await self._conclude(message)
            return None
        if there.thread.locked:
            await self._conclude(message)
            return None
        if not message.attempted_after:
            after = there.thread.last_message_id or thread_id
            await self._store.write(messages.attempt, message.id, thread_id, after)
        return self._reader.place(home, thread_id)

    async def _conclude(self, message: Message) -> None:
        await self._store.write(messages.conclude, message.id, datetime.now(UTC))


def _sent(db: Database, message: Message, message_id: int, shown: str, now: datetime) -> None:
    messages.sent(db, message.id, message_id, now)
    messages.settle(db, message, shown)
