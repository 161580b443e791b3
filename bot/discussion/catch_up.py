"""Catching up on what was written while the bot was not there."""

import logging
from collections.abc import Mapping

import discord

from bot.discussion.collect import Collector, capture
from bot.endpoint import NO_ANSWER
from bot.store import places, responses
from bot.store.store import Store

log = logging.getLogger(__name__)

UNKNOWN_CHANNEL = 10003

CANNOT_READ = (discord.HTTPException, *NO_ANSWER)


async def catch_up(client: discord.Client, store: Store, collector: Collector) -> int:
    """Read what was written in the threads that are behind, since their high-water marks.

    A thread whose last message is not past its mark costs nothing; active threads come with the
    gateway's GUILD_CREATE, archived ones are listed by channel, a hundred a request. One that is in
    neither list is asked for. What cannot be seen is left as it is, and stays behind: lost access
    is not deletion.

    Returns:
        How many messages were read.
    """
    read = 0
    for guild in client.guilds:
        silence = collector.silence
        marks = await store.read(responses.marks, guild.id)
        behind = collector.behind & marks.keys()
        there = [thread for thread in guild.threads if thread.id in behind]
        left = behind - {thread.id for thread in there}
        if left:
            parents = await store.read(places.parents, guild.id)
            homes = {thread: parents[thread] for thread in left}
            there += await _not_active(client, collector, guild, homes)
        for thread in there:
            try:
                read += await _read_gap(client, collector, thread, marks[thread.id], silence)
            except CANNOT_READ as error:
                log.warning("Thread %s cannot be read: %s", thread.id, _what(error))
    await collector.settle()
    if read:
        log.info("Caught up on %s messages", read)
    return read


async def _not_active(
    client: discord.Client, collector: Collector, guild: discord.Guild, homes: Mapping[int, int]
) -> list[discord.Thread]:
    """Return the archived threads among those that are not active; those that are gone are lost.

    Args:
        homes: The channels of the threads, by thread.
    """
    found: list[discord.Thread] = []
    for channel_id in sorted(set(homes.values())):
        wanted = {thread for thread, home in homes.items() if home == channel_id}
        try:
            channel = guild.get_channel(channel_id)
            if isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
                archived = await _archived(channel, wanted)
                found += archived
                wanted -= {thread.id for thread in archived}
                found += await _one_by_one(client, collector, wanted)
            elif await _fetch(client, channel_id) is None:
                for thread_id in wanted:
                    collector.lose_thread(thread_id)
        except CANNOT_READ as error:
            log.warning("The archive of channel %s cannot be read: %s", channel_id, _what(error))
    return found


async def _archived(
    channel: discord.TextChannel | discord.ForumChannel, wanted: set[int]
) -> list[discord.Thread]:
    """Return the threads that are wanted from a channel's archive, read as far as need be."""
    found: list[discord.Thread] = []
    async for thread in channel.archived_threads(limit=None):
        if thread.id in wanted:
            found.append(thread)
        if len(found) == len(wanted):
            break
    return found


async def _one_by_one(
    client: discord.Client, collector: Collector, wanted: set[int]
) -> list[discord.Thread]:
    """Return threads that no list has: one just woke, one is hidden, or one was deleted."""
    found: list[discord.Thread] = []
    for thread_id in sorted(wanted):
        try:
            thread = await _fetch(client, thread_id)
        except discord.Forbidden:
            continue
        if thread is None:
            collector.lose_thread(thread_id)
        elif isinstance(thread, discord.Thread):
            found.append(thread)
    return found


async def _fetch(client: discord.Client, channel_id: int) -> object | None:
    """Return a channel or thread; None if it was deleted.

    Raises:
        discord.HTTPException: It cannot be seen, or Discord does not say.
    """
    try:
        return await client.fetch_channel(channel_id)
    except discord.NotFound as error:
        if error.code != UNKNOWN_CHANNEL:
            raise
        return None


async def _read_gap(
    client: discord.Client,
    collector: Collector,
    thread: discord.Thread,
    mark: int,
    silence: int,
) -> int:
    if thread.last_message_id is None or thread.last_message_id <= mark:
        collector.caught_up(thread.id, silence)
        return 0
    read = 0
    place = client.get_partial_messageable(thread.id, guild_id=thread.guild.id)
    newest = mark
    async for message in place.history(after=discord.Object(mark), limit=None, oldest_first=True):
        captured = capture(message)
        if captured is not None:
            collector.add(captured)
        newest = max(newest, message.id)
        read += 1
    collector.caught_up(thread.id, silence)
    collector.mark(thread.id, newest)
    return read


def _what(error: Exception) -> str:
    """Return what went wrong, without what a server may have put into its answer."""
    code = getattr(error, "code", "")
    return f"{type(error).__name__} {code}".strip()
