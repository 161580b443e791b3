"""Catching up on what was written while the bot was offline, or could not read."""

import logging
from collections.abc import Collection, Mapping

import discord

from bot.discussion.collecting.deletion_checks import UNCLEAR
from bot.discussion.collecting.read_access import read_obstacles
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.store.responses import collected
from bot.store.responses.gaps import HIDDEN
from bot.store.threads import Home

log = logging.getLogger(__name__)


async def catch_up(reader: ThreadReader) -> int:
    """Read what was written in the threads that are behind, after their high-water marks.

    A thread whose last message is not past its mark costs nothing. Active threads come with the
    gateway's GUILD_CREATE, and after another gap from a list; archived threads are listed by
    channel, a hundred a request. A thread that is in neither list is asked for. A thread that
    cannot be read, or not to its end, stays behind: lost access is not deletion.

    Returns:
        How many messages were read.
    """
    read = 0
    for guild in reader.client.guilds:
        if guild.unavailable:
            continue
        try:
            read += await _catch_up_in(reader, guild)
        except UNCLEAR as error:
            log.warning("The threads of %s cannot be listed: %s", guild.name, _name(error))
    await reader.collector.settle()
    if read:
        log.info("Caught up on %s messages", read)
    return read


async def _catch_up_in(reader: ThreadReader, guild: discord.Guild) -> int:
    tracked = reader.collector.tracked
    gap_count = tracked.gap_count
    marks = await reader.store.read(collected.marks, guild.id)
    homes = {thread: tracked.homes[thread] for thread in tracked.behind & marks.keys()}
    homes = await _readable(reader, homes)
    if not homes:
        return 0
    is_outdated = guild.id in tracked.outdated_guilds
    listed = await guild.active_threads() if is_outdated else guild.threads
    active = {thread.id: thread for thread in listed if thread.id in homes}
    rest = {thread: home for thread, home in homes.items() if thread not in active}
    read = 0
    for thread in [*active.values(), *await _not_active(reader, guild, rest)]:
        try:
            read += await _read_gap(reader, thread, homes[thread.id], marks[thread.id], gap_count)
        except UNCLEAR as error:
            log.warning("Thread %s cannot be read: %s", thread.id, _name(error))
    return read


async def _readable(reader: ThreadReader, homes: Mapping[int, Home]) -> dict[int, Home]:
    """Return the threads that may be read, according to the gateway or to a request.

    An event about permissions may have been missed: of each channel that cannot be read, one thread
    is tried. A hidden channel may have been deleted, which is checked later.
    """
    is_open: dict[int, bool] = {}
    found: dict[int, Home] = {}
    for thread_id, home in homes.items():
        if home.channel not in is_open:
            obstacles = read_obstacles(reader.client, home)
            is_open[home.channel] = obstacles in {(), (HIDDEN,)} or await _shows_anything(
                reader, thread_id, home
            )
        if is_open[home.channel]:
            found[thread_id] = home
    return found


async def _shows_anything(reader: ThreadReader, thread_id: int, home: Home) -> bool:
    try:
        return any([True async for _ in reader.history.newest(reader.place(home, thread_id), 1)])
    except UNCLEAR:
        return False


async def _not_active(
    reader: ThreadReader, guild: discord.Guild, homes: Mapping[int, Home]
) -> list[discord.Thread]:
    """Return the threads that exist among those that are not active, most of them archived."""
    found: list[discord.Thread] = []
    for channel_id in sorted({home.channel for home in homes.values()}):
        wanted = {thread for thread, home in homes.items() if home.channel == channel_id}
        channel = guild.get_channel(channel_id)
        if isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            try:
                archived = await _archived(channel, wanted)
            except UNCLEAR as error:
                log.warning("The archive of #%s cannot be read: %s", channel.name, _name(error))
                continue
            found += archived
            wanted -= {thread.id for thread in archived}
        found += await _one_by_one(reader, guild, channel_id, {one: homes[one] for one in wanted})
    return found


async def _archived(
    channel: discord.TextChannel | discord.ForumChannel, wanted: Collection[int]
) -> list[discord.Thread]:
    """Return the wanted threads from a channel's archive, which is read until all are found."""
    found: list[discord.Thread] = []
    async for thread in channel.archived_threads(limit=None):
        if thread.id in wanted:
            found.append(thread)
        if len(found) == len(wanted):
            break
    return found


async def _one_by_one(
    reader: ThreadReader, guild: discord.Guild, channel_id: int, homes: Mapping[int, Home]
) -> list[discord.Thread]:
    """Return threads that are in no list: just unarchived, hidden, or deleted."""
    found: list[discord.Thread] = []
    for thread_id in await reader.deletions.ids_to_check(guild, channel_id, homes):
        checked = await reader.deletions.thread(homes[thread_id], thread_id)
        if checked.is_deleted:
            reader.collector.delete_thread(thread_id, "concluded")
        elif checked.thread is not None:
            found.append(checked.thread)
        elif read_obstacles(reader.client, homes[thread_id]):
            break  # the other threads of this channel cannot be read either
    return found


async def _read_gap(
    reader: ThreadReader, thread: discord.Thread, home: Home, mark: int, gap_count: int
) -> int:
    """Read a thread from its mark on; it is caught up once its last message was reached.

    Discord names the last message even if it was deleted, so that a last message which no page
    shows is asked for: unless it is deleted, the pages were incomplete.
    """
    tracked = reader.collector.tracked
    last = thread.last_message_id
    if last is None or last <= mark:
        tracked.close_gap(thread.id, gap_count)
        return 0
    ids = await reader.read(home, thread.id, after=mark, until=last)
    newest = max(ids, default=mark)
    if newest < last:
        place = reader.place(home, thread.id)
        if not (await reader.deletions.message(home, place, last)).is_deleted:
            log.info("Thread %s was not shown to its end; it is read again later", thread.id)
            return len(ids)
    tracked.close_gap(thread.id, gap_count)
    reader.collector.mark(thread.id, max(newest, last))
    return len(ids)


def _name(error: Exception) -> str:
    """Return an error's name and code, without any text from a server's answer."""
    code = getattr(error, "code", "")
    return f"{type(error).__name__} {code}".strip()
