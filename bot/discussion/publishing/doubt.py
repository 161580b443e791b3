"""Looking in Discord for what an earlier attempt may have left behind."""

import re
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from datetime import datetime

import discord

from bot.core import custom_ids
from bot.core.publication import Key, Kind, Observed, Publication, Sent
from bot.core.snowflakes import TIME_BITS, time_of
from bot.discussion.collecting.catch_up import Reading
from bot.discussion.collecting.existence import NotShownError
from bot.discussion.collecting.history import BadMessage, Place
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.permissions import Channel
from bot.store.threads import Home

MARGIN = 1000 << TIME_BITS
"""A second: ids that Discord makes at the same moment need not be in the order of their making."""


async def observe(
    reading: Reading,
    channel: Channel,
    publication: Publication,
    wanted: Sequence[Outgoing],
    *,
    known_threads: Iterable[int],
) -> Observed:
    """Return which of a publication's messages exist, though their confirmation never came.

    Messages are looked for from the time of the first attempt on, however many came after. The
    starter is known by its marker, a prompt by its button, a shown answer by its button, also if
    its words are withdrawn by now, and body messages by their exact content in their order; history
    is not relied on to return nonces (discord-facts.md, 8b). A part of the body that was changed
    since it was sent is known by what it is not: a message of ours without another purpose that
    nothing else accounts for.

    Args:
        wanted: The messages of the publication, in order.
        known_threads: Threads of other publications, which need not be looked into.

    Raises:
        discord.HTTPException: Discord does not let us look.
        NotShownError: It shows nothing, and does not let us read.
    """
    home = Home(publication.id, channel.guild.id, channel.id)
    found: dict[Key, int] = {}
    thread_id = publication.thread_id
    first = publication.find((Kind.STARTER, 0))
    starter_id = first.message_id if first else None
    if starter_id is None:
        after = max(0, first.after - MARGIN) if first else 0
        starter = await _find_starter(reading, channel, publication, after, set(known_threads))
        if starter is None:
            if isinstance(channel, discord.TextChannel):
                await must_show(reading, home, channel)
            return Observed()
        starter_id = starter.id
        if isinstance(channel, discord.ForumChannel) or starter.flags.has_thread:
            thread_id = starter.id
        found[Kind.STARTER, 0] = starter_id
    in_doubt = [
        sent for sent in publication.messages if sent.is_in_doubt and sent.kind is not Kind.STARTER
    ]
    if thread_id is None or not in_doubt:
        return Observed(found, thread_id)
    thread = reading.client.get_partial_messageable(thread_id, guild_id=channel.guild.id)
    after = max(0, min(sent.after for sent in in_doubt) - MARGIN)
    known = {sent.message_id for sent in publication.messages} | {starter_id}
    left = [message async for message in _ours(reading, thread, after) if message.id not in known]
    matched = _match(left, in_doubt, wanted)
    if len(matched) < len(in_doubt):
        await must_show(reading, home, thread)
    return Observed(found | matched, thread_id)


async def must_show(reading: Reading, home: Home, place: Place) -> None:
    """Make sure that what history does not show is not there.

    Raises:
        NotShownError: Discord does not let us read there.
    """
    if not await reading.existence.shows(home, place):
        raise NotShownError(
            "Discord does not show what was sent there: allow Afterword View Channel and Read "
            "Message History."
        )


async def _find_starter(
    reading: Reading,
    channel: Channel,
    publication: Publication,
    after: int,
    known_threads: Collection[int],
) -> discord.Message | None:
    marker = re.compile(rf"aw:card:{publication.id}:")
    if isinstance(channel, discord.TextChannel):
        async for message in _ours(reading, channel, after):
            if has_custom_id(message, marker):
                return message
        return None
    async for thread in threads_of(channel, since=time_of(after)):
        if thread.id in known_threads or thread.owner_id != channel.guild.me.id:
            continue
        starter = await starter_of(reading, thread)
        if starter is not None and has_custom_id(starter, marker):
            return starter
    return None


async def _ours(reading: Reading, place: Place, after: int) -> AsyncIterator[discord.Message]:
    """Yield the messages of ours in a place that are newer than an id, the oldest first."""
    me = reading.client.user
    async for message in reading.history.after(place, after):
        if not isinstance(message, BadMessage) and message.author == me:
            yield message


async def threads_of(channel: Channel, *, since: datetime) -> AsyncIterator[discord.Thread]:
    """Yield the threads of a channel: the active ones, then those archived since a time.

    The gateway may have told of a thread that the list does not have yet.
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


async def starter_of(reading: Reading, thread: discord.Thread) -> discord.Message | None:
    """Return the message that a thread hangs on; None if it is gone or cannot be read.

    A forum post begins with it; that of another thread stands in the channel.

    Raises:
        discord.HTTPException: Discord does not let us look.
    """
    is_post = isinstance(thread.parent, discord.ForumChannel)
    where = thread.id if is_post else thread.parent_id
    place = reading.client.get_partial_messageable(where, guild_id=thread.guild.id)
    try:
        message = await reading.history.one(place, thread.id)
    except discord.NotFound:
        return None
    return None if isinstance(message, BadMessage) else message


def _match(
    left: list[discord.Message], in_doubt: Sequence[Sent], wanted: Sequence[Outgoing]
) -> dict[Key, int]:
    found: dict[Key, int] = {}
    contents = {one.key: one.content for one in wanted}
    for matches in (_is, _may_be):
        for sent in in_doubt:
            message = next((one for one in left if matches(one, sent, contents)), None)
            if message is not None and sent.key not in found:
                found[sent.key] = message.id
                left.remove(message)
    return found


def _is(message: discord.Message, sent: Sent, contents: dict[Key, str]) -> bool:
    if sent.kind is Kind.BODY:
        return message.content == contents.get(sent.key)
    if sent.kind is Kind.ANSWER:
        return has_custom_id(message, re.compile(rf"aw:edit:{sent.position}:"))
    button = custom_ids.answer(sent.prompt_id) + "$" if sent.prompt_id else "aw:pick:"
    return has_custom_id(message, re.compile(button)) and not has_custom_id(
        message, custom_ids.EDIT
    )


def _may_be(message: discord.Message, sent: Sent, _contents: dict[Key, str]) -> bool:
    """Return whether a message may be a part of the body as it was when it was sent."""
    purposes = (custom_ids.ANSWER, custom_ids.EDIT, custom_ids.PICK)
    is_ours = message.type is discord.MessageType.default and message.interaction_metadata is None
    return (
        sent.kind is Kind.BODY
        and is_ours
        and not any(has_custom_id(message, purpose) for purpose in purposes)
    )


def has_custom_id(message: discord.Message, pattern: re.Pattern[str]) -> bool:
    """Return whether one of a message's buttons or menus has such a custom_id."""
    return any(pattern.match(custom_id) for custom_id in custom_ids_of(message))


def custom_ids_of(message: discord.Message) -> Iterator[str]:
    """Yield the custom_ids of a message's buttons and menus."""
    for row in message.components:
        if isinstance(row, discord.ActionRow):
            yield from (child.custom_id for child in row.children if child.custom_id)
