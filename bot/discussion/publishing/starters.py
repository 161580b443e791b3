"""Finding our starter messages in a channel, each by its marker."""

from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime
from typing import NamedTuple

import discord

from bot.core import custom_ids
from bot.core.snowflakes import time_of
from bot.discussion.collecting.history import BadMessage
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.permissions import Channel
from bot.discussion.publishing.own_messages import button

DEPTH = 5000
"""So many messages of a text channel are searched for starters without a thread: fifty requests. A
starter that has its thread is found by that, however old it is.
"""

EVER = datetime.min.replace(tzinfo=UTC)


class Starter(NamedTuple):
    """A starter message of ours, with what its marker names.

    Attributes:
        essay: The digest of the essay's key.
    """

    message: discord.Message
    publication_id: int
    essay: str


async def find_starters(
    reader: ThreadReader,
    channel: Channel,
    *,
    after: int | None = None,
    known_threads: Collection[int] = (),
) -> AsyncIterator[Starter]:
    """Yield our starter messages in a channel.

    Args:
        after: An id that they are newer than, the oldest first; None for all of them, also those
            of a text channel that are too old to be searched for but still have their threads.
        known_threads: Threads that are not looked into.

    Raises:
        discord.HTTPException: Discord does not let the bot read.
    """
    skipped = set(known_threads)
    if isinstance(channel, discord.TextChannel):
        history = reader.history
        newest = history.newest(channel, DEPTH) if after is None else history.after(channel, after)
        async for message in newest:
            skipped.add(message.id)
            if starter := _as_starter(channel, message):
                yield starter
        if after is not None:
            return
    async for thread in _threads(channel, since=EVER if after is None else time_of(after)):
        if thread.id in skipped or thread.owner_id != channel.guild.me.id:
            continue
        if starter := _as_starter(channel, await _starter_message(reader, thread)):
            yield starter


async def _threads(channel: Channel, *, since: datetime) -> AsyncIterator[discord.Thread]:
    """Yield the threads of a channel: the active ones, then those archived since a time.

    The gateway may have sent a thread that the list does not have yet.
    """
    active = {thread.id: thread for thread in channel.threads}
    active |= {thread.id: thread for thread in await channel.guild.active_threads()}
    for thread in active.values():
        if thread.parent_id == channel.id:
            yield thread
    async for thread in channel.archived_threads(limit=None):
        if thread.archive_timestamp < since:
            return
        yield thread


async def _starter_message(
    reader: ThreadReader, thread: discord.Thread
) -> discord.Message | BadMessage | None:
    """Return the message that a thread was started from; None if it was deleted.

    A forum post begins with it; that of another thread stands in the channel.
    """
    is_post = isinstance(thread.parent, discord.ForumChannel)
    where = thread.id if is_post else thread.parent_id
    place = reader.client.get_partial_messageable(where, guild_id=thread.guild.id)
    try:
        return await reader.history.one(place, thread.id)
    except discord.NotFound:
        return None


def _as_starter(channel: Channel, message: discord.Message | BadMessage | None) -> Starter | None:
    if message is None or isinstance(message, BadMessage):
        return None
    marker = button(message, custom_ids.CARD)
    if marker is None or message.author.id != channel.guild.me.id:
        return None
    return Starter(message, int(marker["publication"]), marker["essay"])
