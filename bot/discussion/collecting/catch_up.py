"""Catching up on what was written while the bot was not there, or could not read."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import discord

from bot.discussion.collecting.access import HIDDEN, lacking
from bot.discussion.collecting.capture import capture
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.existence import UNCLEAR, Existence
from bot.discussion.collecting.history import BadMessage, History
from bot.discussion.collecting.second_look import Suspicion
from bot.store.responses import collected
from bot.store.store import Store
from bot.store.threads import Home

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What it takes to read threads and to judge what was not seen."""

    client: discord.Client
    store: Store
    collector: Collector
    history: History
    existence: Existence
    suspicion: Suspicion


async def catch_up(reading: Reading) -> int:
    """Read what was written in the threads that are behind, since their high-water marks.

    A thread whose last message is not past its mark costs nothing; active threads come with the
    gateway's GUILD_CREATE, and after another gap from a list; archived ones are listed by channel,
    a hundred a request. One that is in neither list is asked for. A thread that cannot be read, or
    not to its end, stays behind: lost access is not deletion.

    Returns:
        How many messages were read.
    """
    read = 0
    for guild in reading.client.guilds:
        if guild.unavailable:
            continue
        try:
            read += await _catch_up_in(reading, guild)
        except UNCLEAR as error:
            log.warning("The threads of %s cannot be listed: %s", guild.name, _what(error))
    await reading.collector.settle()
    if read:
        log.info("Caught up on %s messages", read)
    return read


async def _catch_up_in(reading: Reading, guild: discord.Guild) -> int:
    collector = reading.collector
    silence = collector.silence
    marks = await reading.store.read(collected.marks, guild.id)
    homes = {thread: collector.threads[thread] for thread in collector.behind & marks.keys()}
    homes = await _readable(reading, homes)
    if not homes:
        return 0
    active = await guild.active_threads() if collector.is_stale(guild.id) else guild.threads
    there = {thread.id: thread for thread in active if thread.id in homes}
    left = {thread: home for thread, home in homes.items() if thread not in there}
    read = 0
    for thread in [*there.values(), *await _not_active(reading, guild, left)]:
        try:
            read += await _read_gap(reading, thread, homes[thread.id], marks[thread.id], silence)
        except UNCLEAR as error:
            log.warning("Thread %s cannot be read: %s", thread.id, _what(error))
    return read


async def _readable(reading: Reading, homes: Mapping[int, Home]) -> dict[int, Home]:
    """Return the threads that may be read, as far as the gateway told, or as Discord shows.

    An event about permissions may have been missed: of each channel that is closed, one thread is
    tried. A channel that is nowhere to be seen may have been deleted, which is found out later.
    """
    is_open: dict[int, bool] = {}
    found: dict[int, Home] = {}
    for thread_id, home in homes.items():
        if home.channel not in is_open:
            obstacles = lacking(reading.client, home)
            is_open[home.channel] = obstacles in {(), (HIDDEN,)} or await _shows_anything(
                reading, thread_id, home
            )
        if is_open[home.channel]:
            found[thread_id] = home
    return found


async def _shows_anything(reading: Reading, thread_id: int, home: Home) -> bool:
    place = reading.client.get_partial_messageable(thread_id, guild_id=home.guild)
    try:
        return any([True async for _ in reading.history.newest(place, 1)])
    except UNCLEAR:
        return False


async def _not_active(
    reading: Reading, guild: discord.Guild, homes: Mapping[int, Home]
) -> list[discord.Thread]:
    """Return the archived threads among those that are not active; those that are gone are lost."""
    found: list[discord.Thread] = []
    for channel_id in sorted({home.channel for home in homes.values()}):
        wanted = {thread for thread, home in homes.items() if home.channel == channel_id}
        channel = guild.get_channel(channel_id)
        if isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            try:
                archived = await _archived(channel, wanted)
            except UNCLEAR as error:
                log.warning("The archive of #%s cannot be read: %s", channel.name, _what(error))
                continue
            found += archived
            wanted -= {thread.id for thread in archived}
        found += await _one_by_one(reading, guild, channel_id, {one: homes[one] for one in wanted})
    return found


async def _archived(
    channel: discord.TextChannel | discord.ForumChannel, wanted: Collection[int]
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
    reading: Reading, guild: discord.Guild, channel_id: int, homes: Mapping[int, Home]
) -> list[discord.Thread]:
    """Return threads that no list has: one just woke, one is hidden, or one was deleted."""
    found: list[discord.Thread] = []
    for thread_id in await reading.suspicion.may_ask(guild, channel_id, homes):
        asked = await reading.existence.thread(homes[thread_id], thread_id)
        if asked.is_gone:
            reading.collector.lose_thread(thread_id, "concluded")
        elif asked.thread is not None:
            found.append(asked.thread)
        elif lacking(reading.client, homes[thread_id]):
            break  # so are the others of this channel
    return found


async def _read_gap(
    reading: Reading, thread: discord.Thread, home: Home, mark: int, silence: int
) -> int:
    """Read a thread from its mark on; it is caught up once its last message was reached.

    Discord names the last message though it was deleted, so that one which no page shows is asked
    for: only if it is gone, the pages were not merely empty.
    """
    collector = reading.collector
    last = thread.last_message_id
    if last is None or last <= mark:
        collector.caught_up(thread.id, silence)
        return 0
    read, newest = 0, mark
    place = reading.client.get_partial_messageable(thread.id, guild_id=home.guild)
    async for message in reading.history.after(place, mark, until=last):
        captured = None
        if not isinstance(message, BadMessage):
            captured = capture(reading.client, message)
        if captured is not None:
            collector.add(captured)
        newest = max(newest, message.id)
        read += 1
    if newest < last and not (await reading.existence.message(home, place, last)).is_gone:
        log.info("Thread %s was not shown to its end; it is read again later", thread.id)
        return read
    collector.caught_up(thread.id, silence)
    collector.mark(thread.id, max(newest, last))
    return read


def _what(error: Exception) -> str:
    """Return what went wrong, without what a server may have put into its answer."""
    code = getattr(error, "code", "")
    return f"{type(error).__name__} {code}".strip()
