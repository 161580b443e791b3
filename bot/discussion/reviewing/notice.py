"""The one message that tells the moderators of a guild how many answers wait for them.

It is changed in place while any waits, and says at the end that none does. An intent is recorded
before it is sent; if the bot dies before it knows whether Discord took it, it is looked for by its
button, in the channel's history after the intent.
"""

import asyncio
import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import discord
from sqlite_utils import Database

from bot.core import custom_ids
from bot.core.discord_codes import UNKNOWN_MESSAGE
from bot.core.phrases import phrases
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages import review as messages
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.once import Attempts, find_marked, send_once
from bot.discussion.reviewing.place import notices_channel
from bot.store.ledger import channels, review_notices
from bot.store.ledger.channels import Guild
from bot.store.ledger.review_notices import Notice
from bot.store.responses import review
from bot.store.responses.review import Crowd, OfEssay
from bot.store.threads import Home

log = logging.getLogger(__name__)

PAUSE_SECONDS = 3.0
"""Between two changes of the messages: a flood of answers is no flood of changes."""

NOBODY = discord.AllowedMentions.none()


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides about a guild's message.

    Attributes:
        notice: The one that is kept up to date, or was about to be sent.
    """

    settings: Guild
    notice: Notice | None
    crowd: Crowd
    essays: tuple[OfEssay, ...]


def _situation(db: Database, guild_id: int) -> Situation:
    return Situation(
        channels.get_guild(db, guild_id),
        review_notices.open_notice(db, guild_id),
        review.crowd(db, guild_id),
        tuple(review.by_essay(db, guild_id)),
    )


class ReviewNotices:
    """Keeps each guild's message up to date."""

    @staticmethod
    def waits(db: Database) -> object:
        """Return whether anything is to be done."""
        return review_notices.guilds_concerned(db)

    def __init__(self, reader: ThreadReader) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._attempts = Attempts(reader.client, pause=0.0)
        self._running = asyncio.Lock()
        self._changed: set[int] = set()
        self._following: asyncio.Task[None] | None = None

    def changed(self, guild_id: int) -> None:
        """Bring a guild's message up to date soon."""
        self._changed.add(guild_id)
        if self._following is None or self._following.done():
            self._following = asyncio.get_running_loop().create_task(self._follow())

    def cancel(self) -> None:
        """Stop; the next round goes on."""
        if self._following is not None:
            self._following.cancel()
            self._following = None

    async def run(self) -> None:
        """Bring every guild's message up to date; safe to call at any time."""
        for guild_id in await self._store.read(review_notices.guilds_concerned):
            await self._bring_up_to_date(guild_id)

    async def _follow(self) -> None:
        while self._changed:
            guild_id = self._changed.pop()
            with suppress(sqlite3.Error):  # the next round says so, and tries again
                await self._bring_up_to_date(guild_id)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _bring_up_to_date(self, guild_id: int) -> None:
        """Do what is due in a guild; what goes wrong in one does not stop the others."""
        guild = self._client.get_guild(guild_id)
        if guild is None or guild.unavailable:
            return
        async with self._running:
            name = f"review {guild.name}"
            await self._attempts.attempt(guild_id, name, lambda: self._tell(guild))

    async def _tell(self, guild: discord.Guild) -> None:
        """Send, change or conclude a guild's message."""
        now = await self._store.read(_situation, guild.id)
        place = notices_channel(guild, now.settings)
        notice = await self._found(guild, now.notice) if now.notice else None
        if notice is not None and notice.message_id is not None:
            if await self._change(guild, now, notice, place):
                return
            notice = None
        is_here = place is not None and notice is not None and notice.channel_id == place.id
        if notice is not None and (now.crowd.newest is None or not (is_here or place is None)):
            await self._store.write(review_notices.forget, notice.id)
            notice = None
        if place is not None:
            await self._send(guild, place, notice, now)

    async def _found(self, guild: discord.Guild, notice: Notice) -> Notice:
        """Return a message as it is known once it was looked for, if it is in doubt.

        Raises:
            NotShownError: Discord does not show the channel, so that nothing follows.
        """
        channel = guild.get_channel(notice.channel_id)
        if notice.message_id is not None or not isinstance(channel, discord.TextChannel):
            return notice
        home = Home(0, guild.id, channel.id)
        message_id = await find_marked(
            self._reader, home, channel, custom_ids.LOOK, notice.id, notice.attempted_after
        )
        if message_id is not None:
            await self._store.write(review_notices.found, notice.id, message_id)
        return replace(notice, message_id=message_id)

    async def _change(
        self,
        guild: discord.Guild,
        now: Situation,
        notice: Notice,
        place: discord.TextChannel | None,
    ) -> bool:
        """Have a message say what is so now; return False if another has to be sent."""
        say = phrases(str(guild.preferred_locale))
        if guild.get_channel(notice.channel_id) is None:  # it went with its channel
            await self._conclude(notice)
            return False
        if now.crowd.newest is None:
            await self._edit(notice, Outgoing(content=say.review_over), notice.newest)
            await self._conclude(notice)
            return True
        if place is not None and place.id != notice.channel_id:
            moved = Outgoing(content=say.review_moved.format(channel=f"<#{place.id}>"))
            with suppress(discord.HTTPException):
                await self._edit(notice, moved, notice.newest)
            await self._conclude(notice)
            return False
        message = messages.notice(notice.id, now.crowd, now.essays, say)
        return message.digest == notice.told or await self._edit(notice, message, now.crowd.newest)

    async def _edit(self, notice: Notice, message: Outgoing, newest: datetime) -> bool:
        """Change a message; return False if somebody deleted it, and it did not tell of all."""
        message_id = notice.message_id or 0
        place = self._client.get_partial_messageable(notice.channel_id, guild_id=notice.guild_id)
        try:
            await place.get_partial_message(message_id).edit(
                **message.changes(), allowed_mentions=NOBODY
            )
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            await self._conclude(notice, is_deleted=True)
            return newest <= notice.newest
        write, digest = self._store.write, message.digest
        await write(review_notices.told, notice.id, message_id, digest, newest)
        return True

    async def _send(
        self,
        guild: discord.Guild,
        channel: discord.TextChannel,
        notice: Notice | None,
        now: Situation,
    ) -> None:
        """Send a message about what waits, unless one that told of it was deleted."""
        write, newest = self._store.write, now.crowd.newest
        if newest is None or await self._store.read(
            review_notices.is_deleted_since, guild.id, newest
        ):
            return
        if notice is None:
            after = channel.last_message_id or channel.id
            notice = await write(
                review_notices.intend, guild.id, channel.id, after, newest, datetime.now(UTC)
            )
        say = phrases(str(guild.preferred_locale))
        message = messages.notice(notice.id, now.crowd, now.essays, say)
        once = custom_ids.nonce(notice.id, "review", 0)
        sent = await send_once(channel, message, once)
        if sent is None:
            await self._conclude(notice, is_deleted=True)
            return
        await write(review_notices.told, notice.id, sent, message.digest, newest)
        log.info("Told the moderators of %s that answers wait", guild.name)

    async def _conclude(self, notice: Notice, *, is_deleted: bool = False) -> None:
        now = datetime.now(UTC)
        await self._store.write(review_notices.conclude, notice.id, now, is_deleted=is_deleted)
