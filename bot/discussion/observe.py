"""Looking in Discord for what an earlier attempt may have left behind."""

import re
from collections.abc import Iterable, Sequence

import discord

from bot.core import custom_ids
from bot.core.publication import Kind, Observed, Publication
from bot.discussion.outgoing import Outgoing

DEPTH = 200
"""How many messages of a channel are searched for a starter; an intent is that recent."""


async def observe(
    client: discord.Client,
    channel: discord.TextChannel | discord.ForumChannel,
    publication: Publication,
    wanted: Sequence[Outgoing],
    *,
    known_threads: Iterable[int],
) -> Observed:
    """Return which of a publication's messages exist, though their confirmation never came.

    The starter is known by its marker, a prompt by its button, a shown answer by its button, and
    body messages by their exact content in their order; history is not relied on to return nonces
    (discord-facts.md, 8b). A part of the body that was changed since it was sent is known by what
    it is not: a message of ours without another purpose that nothing else accounts for.

    Args:
        wanted: The messages of the publication, in order.
        known_threads: Threads of other publications, which need not be looked into.

    Raises:
        discord.HTTPException: Discord does not let us look.
    """
    found: dict[tuple[Kind, int], int] = {}
    thread_id = publication.thread_id
    first = publication.find((Kind.STARTER, 0))
    starter_id = first.message_id if first else None
    if starter_id is None:
        starter = await _find_starter(channel, publication, set(known_threads))
        if starter is None:
            return Observed()
        starter_id = starter.id
        if isinstance(channel, discord.ForumChannel) or starter.flags.has_thread:
            thread_id = starter.channel.id if publication.is_forum else starter.id
        found[Kind.STARTER, 0] = starter_id
    if thread_id is None:
        return Observed(found)
    thread = client.get_partial_messageable(thread_id, guild_id=channel.guild.id)
    ours = [
        message
        async for message in thread.history(limit=None, oldest_first=True)
        if client.user is not None and message.author.id == client.user.id
    ]
    known = {sent.message_id for sent in publication.messages} | {starter_id}
    left = [message for message in ours if message.id not in known]
    in_doubt = {sent.key for sent in publication.messages if sent.message_id is None}
    return Observed(found | _match(left, [one for one in wanted if one.key in in_doubt]), thread_id)


async def _find_starter(
    channel: discord.TextChannel | discord.ForumChannel,
    publication: Publication,
    known_threads: set[int],
) -> discord.Message | None:
    marker = re.compile(rf"aw:card:{publication.id}:")
    if isinstance(channel, discord.TextChannel):
        async for message in channel.history(limit=DEPTH):
            if message.author.id == channel.guild.me.id and has_custom_id(message, marker):
                return message
        return None
    for thread in await forum_threads(channel):
        if thread.id in known_threads or thread.owner_id != channel.guild.me.id:
            continue
        try:
            message = await thread.fetch_message(thread.id)
        except discord.NotFound:
            continue
        if has_custom_id(message, marker):
            return message
    return None


async def forum_threads(channel: discord.ForumChannel) -> list[discord.Thread]:
    """Return the threads of a forum: the active ones, then the newest hundred of its archive."""
    active = [t for t in await channel.guild.active_threads() if t.parent_id == channel.id]
    archived = [thread async for thread in channel.archived_threads(limit=100)]
    return [*active, *archived]


def _match(
    left: list[discord.Message], in_doubt: Sequence[Outgoing]
) -> dict[tuple[Kind, int], int]:
    found: dict[tuple[Kind, int], int] = {}
    for matches in (_is, _may_be):
        for want in in_doubt:
            message = next((one for one in left if matches(one, want)), None)
            if message is not None and want.key not in found:
                found[want.key] = message.id
                left.remove(message)
    return found


def _may_be(message: discord.Message, want: Outgoing) -> bool:
    """Return whether a message may be a part of the body as it was when it was sent."""
    purposes = (custom_ids.ANSWER, custom_ids.EDIT, custom_ids.PICK)
    is_ours = message.type is discord.MessageType.default and message.interaction_metadata is None
    return (
        want.kind is Kind.BODY
        and is_ours
        and not any(has_custom_id(message, purpose) for purpose in purposes)
    )


def _is(message: discord.Message, want: Outgoing) -> bool:
    if want.kind is Kind.BODY:
        return message.content == want.content
    if want.kind is Kind.ANSWER:
        return has_custom_id(message, re.compile(rf"aw:edit:{want.response_id}:"))
    button = custom_ids.answer(want.prompt_id) + "$" if want.prompt_id else "aw:pick:"
    return has_custom_id(message, re.compile(button)) and not has_custom_id(
        message, custom_ids.EDIT
    )


def has_custom_id(message: discord.Message, pattern: re.Pattern[str]) -> bool:
    """Return whether one of a message's buttons or menus has such a custom_id."""
    return any(pattern.match(custom_id) for custom_id in custom_ids_of(message))


def custom_ids_of(message: discord.Message) -> list[str]:
    """Return the custom_ids of a message's buttons and menus."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [child.custom_id for row in rows for child in row.children if child.custom_id]
