"""Threads that readers ask for: counted, told to moderators in one message, and decided by them.

The message is sent once, as a digest is: an intent first, and a look before it is sent again. It
changes in place while more readers ask, and a last time when it is decided.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import discord
from sqlite_utils import Database

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.custom_ids import nonce
from bot.core.discord_codes import UNKNOWN_MESSAGE
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.core.post import Post
from bot.core.publishing.publication import Done, Wait
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.finding import request_notice
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.notices import Notices
from bot.discussion.once import Attempts, find_marked, send_once
from bot.discussion.scheduling.schedule import Schedule, refuse_to_discuss
from bot.store.ledger import channels, thread_requests
from bot.store.ledger.thread_requests import MOST_A_DAY, Request
from bot.store.threads import Home


class Requests:
    """Takes what readers ask for, and what moderators decide."""

    @staticmethod
    def waits(db: Database) -> object:
        """Return whether anything is to be done."""
        return thread_requests.unsettled(db)

    def __init__(
        self, reader: ThreadReader, blog: Blog, schedule: Schedule, notices: Notices
    ) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._blog = blog
        self._schedule = schedule
        self._notices = notices
        self._running = asyncio.Lock()
        self._attempts = Attempts(reader.client)

    async def ask(self, guild_id: int, post: Post, reader_id: int, say: Phrases) -> str:
        """Count a reader who asks for an essay's thread; return what they are told."""
        settled = await self._store.read(channels.channels, guild_id)
        here = next((channel for channel in settled if channel.lang == post.lang), None)
        if here is None or post.essay_id is None:
            return say.request_closed
        refuse_to_discuss(here, post, say)
        outcome, count = await self._store.write(
            thread_requests.ask, here.id, post.essay_id, reader_id, datetime.now(UTC)
        )
        sentences = {
            "counted": say.request_counted.format(count=count),
            "known": say.request_known.format(count=count),
            "enough": say.request_enough.format(most=MOST_A_DAY),
            "closed": say.request_closed,
            "started": say.request_started,
        }
        return sentences[outcome]

    async def get(self, guild_id: int, request_id: int, say: Phrases) -> tuple[Request, Post]:
        """Return a request of a guild, with its essay.

        Raises:
            AfterwordError: There is none in that guild, or its essay is gone.
        """
        request = await self._store.read(thread_requests.get_request, request_id)
        post = await self._post(request) if request is not None else None
        if request is None or request.guild_id != guild_id or post is None:
            raise AfterwordError(say.request_gone)
        return request, post

    async def discuss(
        self, request: Request, post: Post, moderator_id: int, say: Phrases
    ) -> tuple[Wait | Done, int | None]:
        """Start the thread that readers asked for; return what came of it, and the thread.

        Raises:
            AfterwordError: Its channel is not in use any more, or the essay is not public.
        """
        settled = await self._store.read(channels.channels, request.guild_id)
        here = next((channel for channel in settled if channel.id == request.channel_id), None)
        if here is None:
            raise AfterwordError(say.request_gone)
        refuse_to_discuss(here, post, say)
        return await self._schedule.discuss(here, post, moderator_id)

    async def put_off(self, request: Request, post: Post, moderator_id: int) -> None:
        """Record that a moderator does not want an essay's thread now."""
        await self._store.write(
            thread_requests.put_off, request, moderator_id, post.slug, datetime.now(UTC)
        )

    async def run(self) -> None:
        """Tell moderators what they do not know yet; safe to call at any time."""
        async with self._running:
            for request in await self._store.read(thread_requests.unsettled):
                guild = self._client.get_guild(request.guild_id)
                if guild is None or guild.unavailable or self._attempts.pauses(request.id):
                    continue
                await self._run_for(guild, request)

    async def _run_for(self, guild: discord.Guild, request: Request) -> None:
        """Tell of one request; what goes wrong with one does not stop the others."""
        name = f"request {request.id}"
        await self._attempts.attempt(request.id, name, lambda: self._tell(guild, request))

    async def _tell(self, guild: discord.Guild, request: Request) -> None:
        post = await self._post(request)
        if post is None:
            return
        if request.place_id is not None and await self._is_deleted(guild, request.place_id):
            await self._store.write(thread_requests.forget_place, request.id)
            request = replace(request, place_id=None, message_id=None)
        message = request_notice(request, post.title, phrases(str(guild.preferred_locale)))
        try:
            await self._bring_up_to_date(guild, request, message)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            await self._settle(request)  # a moderator deleted it, which is an answer

    async def _bring_up_to_date(
        self, guild: discord.Guild, request: Request, message: Outgoing
    ) -> None:
        sent_as = request.message_id
        if sent_as is None:
            sent_as = await self._send(guild, request, message)
        elif message.digest != request.shown:
            place = self._client.get_partial_messageable(request.place_id or 0, guild_id=guild.id)
            await place.get_partial_message(sent_as).edit(**message.changes())
        if sent_as is not None and message.digest != request.shown:
            await self._store.write(thread_requests.sent, request.id, sent_as, message.digest)
        if request.is_decided:
            await self._settle(request)

    async def _settle(self, request: Request) -> None:
        await self._store.write(thread_requests.settle, request.id, datetime.now(UTC))

    async def _is_deleted(self, guild: discord.Guild, place_id: int) -> bool:
        """Return whether the channel in which moderators were told was deleted, not just hidden."""
        if guild.get_channel(place_id) is not None:
            return False
        home = Home(0, guild.id, place_id)
        return (await self._reader.deletions.thread(home, place_id)).is_deleted

    async def _send(self, guild: discord.Guild, request: Request, message: Outgoing) -> int | None:
        """Send a request's message, or find the one that was sent; None without any."""
        place = guild.get_channel(request.place_id) if request.place_id else None
        if request.place_id is not None:
            if not isinstance(place, discord.TextChannel):
                return None  # it may stand there, out of sight
            home = Home(0, guild.id, place.id)
            found = await find_marked(
                self._reader, home, place, custom_ids.REQUEST, request.id, request.attempted_after
            )
            if found is not None:
                await place.get_partial_message(found).edit(**message.changes())
                return found
        if request.is_decided:
            return None
        where = await self._notices.channel(guild)
        if where is None:  # `/discuss` shows it all the same
            return None
        newest = where.last_message_id or where.id
        await self._store.write(thread_requests.intend, request.id, where.id, newest)
        once = nonce(request.id, "request", 0, f"{where.id}")
        sent = await send_once(where, message, once)
        if sent is None:  # a moderator deleted it, which is an answer
            await self._settle(request)
        return sent

    async def _post(self, request: Request) -> Post | None:
        channel = await self._store.read(channels.get_channel, request.channel_id)
        lang = channel.lang if channel is not None else ""
        posts = self._blog.catalog.posts
        same = (one for one in posts if one.essay_id == request.essay_id)
        return next((one for one in same if one.lang == lang), None)
