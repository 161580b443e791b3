"""Catching up on what was written while the bot was not there."""

import logging
from collections.abc import Mapping

import discord

from bot.discussion.collect import Collector, capture
from bot.store import publications, responses
from bot.store.store import Store

log = logging.getLogger(__name__)


async def catch_up(client: discord.Client, store: Store, collector: Collector) -> int:
    """Read what was written in our threads since their high-water marks.

    A thread whose last message is not past its mark costs nothing; active threads come with the
    gateway's GUILD_CREATE, archived ones are listed by channel, a hundred a request. What cannot
    be seen is left as it is: lost access is not deletion.

    Returns:
        How many messages were read.
    """
    read = 0
    for guild in client.guilds:
        marks = await store.read(responses.marks, guild.id)
        behind = {thread.id: thread for thread in guild.threads if thread.id in marks}
        parents = await store.read(publications.parents, guild.id)
        missing = {thread: parents[thread] for thread in marks.keys() - behind.keys()}
        for thread in await _archived(guild, missing):
            behind[thread.id] = thread
        for thread_id, thread in behind.items():
            try:
                read += await _read_gap(client, collector, thread, marks[thread_id])
            except discord.HTTPException as error:
                log.warning("Thread %s cannot be read: %s", thread_id, error.code)
                continue
            collector.caught_up(thread_id)
    await collector.settle()
    if read:
        log.info("Caught up on %s messages", read)
    return read


async def _archived(guild: discord.Guild, missing: Mapping[int, int]) -> list[discord.Thread]:
    """Return the archived threads among those that are not active.

    Args:
        missing: The channels of the threads, by thread.
    """
    left = set(missing)
    found: list[discord.Thread] = []
    for channel_id in sorted(set(missing.values())):
        channel = guild.get_channel(channel_id)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            continue
        try:
            async for thread in channel.archived_threads(limit=None):
                if thread.id in left:
                    found.append(thread)
                    left.discard(thread.id)
                if left.isdisjoint(
                    thread for thread, home in missing.items() if home == channel_id
                ):
                    break
        except discord.HTTPException as error:
            log.warning("The archive of channel %s cannot be read: %s", channel.id, error.code)
    return found


async def _read_gap(
    client: discord.Client, collector: Collector, thread: discord.Thread, mark: int
) -> int:
    if thread.last_message_id is None or thread.last_message_id <= mark:
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
    await collector.settle()
    collector.caught_up(thread.id)
    collector.mark(thread.id, newest)
    return read
