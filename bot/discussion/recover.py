"""Finding our own threads again when the database was lost while they were still there."""

import logging
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import discord

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.markup import unescape
from bot.discussion.catch_up import catch_up
from bot.discussion.collect import Collector
from bot.discussion.observe import custom_ids_of, forum_threads
from bot.discussion.permissions import Channel
from bot.store import recovering
from bot.store.recovering import Found, FoundAnswer, FoundPrompt
from bot.store.store import Store

log = logging.getLogger(__name__)

DEPTH = 5000
"""How many messages of a text channel are searched for starters: fifty requests."""


async def recover(
    client: discord.Client,
    store: Store,
    blog: Blog,
    collector: Collector,
    channel: Channel,
    lang: str,
) -> int:
    """Write back every publication whose thread stands in a channel that is new to the database.

    A starter names its publication and carries a digest of its essay's key, a prompt's button its
    prompt, a shown answer its response and its reader. Whether a reader agreed to be quoted is not
    in Discord, so that nobody has, until they say so again.

    Returns:
        How many publications were found.
    """
    essays = {
        custom_ids.digest(post.essay): post for post in blog.catalog.posts if post.lang == lang
    }
    count = 0
    async for starter, marker in _starters(channel):
        post = essays.get(marker["essay"])
        if post is None:
            continue
        found = await _read(client, channel, starter, int(marker["publication"]))
        if found is not None and await store.write(
            recovering.recover, channel.id, channel.guild.id, post, found, datetime.now(UTC)
        ):
            count += 1
            collector.track(found.thread_id, found.publication_id)
            log.info("Found the thread of %s again", post.name)
    if count:
        await catch_up(client, store, collector)
    return count


async def _starters(
    channel: Channel,
) -> AsyncIterator[tuple[discord.Message, re.Match[str]]]:
    """Yield our starter messages in a channel, with what their markers say."""
    if isinstance(channel, discord.TextChannel):
        async for message in channel.history(limit=DEPTH):
            marker = _marker(channel, message)
            if marker is not None and message.flags.has_thread:
                yield message, marker
        return
    for thread in await forum_threads(channel):
        if thread.owner_id != channel.guild.me.id:
            continue
        try:
            message = await thread.fetch_message(thread.id)
        except discord.NotFound:
            continue
        marker = _marker(channel, message)
        if marker is not None:
            yield message, marker


def _marker(channel: Channel, message: discord.Message) -> re.Match[str] | None:
    if message.author.id != channel.guild.me.id:
        return None
    return _first(message, custom_ids.CARD)


async def _read(
    client: discord.Client, channel: Channel, starter: discord.Message, publication_id: int
) -> Found | None:
    """Return what a thread of ours holds; None if it cannot be read."""
    place = client.get_partial_messageable(starter.id, guild_id=channel.guild.id)
    try:
        ours = [
            message
            async for message in place.history(limit=None, oldest_first=True)
            if message.author.id == channel.guild.me.id
            and message.id != starter.id
            and message.type is discord.MessageType.default
        ]
    except discord.HTTPException as error:
        log.warning("Thread %s cannot be read: %s", starter.id, error.code)
        return None
    answers = [_answer(message) for message in ours if _first(message, custom_ids.EDIT)]
    prompts = [_prompt(message) for message in ours if _is_prompt(message)]
    return Found(
        publication_id,
        starter.id,
        starter.id,
        starter.created_at,
        [message.id for message in ours if _is_body(message)],
        prompts,
        answers,
    )


def _is_prompt(message: discord.Message) -> bool:
    has_button = _first(message, custom_ids.ANSWER) is not None
    return has_button and _first(message, custom_ids.EDIT) is None


def _is_body(message: discord.Message) -> bool:
    return not any(
        _first(message, pattern)
        for pattern in (custom_ids.ANSWER, custom_ids.EDIT, custom_ids.PICK)
    )


def _prompt(message: discord.Message) -> FoundPrompt:
    button = _first(message, custom_ids.ANSWER)
    text = unescape(message.content.removeprefix("**").removesuffix("**"))
    return FoundPrompt(int(button["prompt"]) if button else 0, message.id, text)


def _answer(message: discord.Message) -> FoundAnswer:
    edit = _first(message, custom_ids.EDIT)
    too = _first(message, custom_ids.ANSWER)
    _, _, rest = message.content.partition("\n")
    who, _, text = rest.partition("\n")
    name = re.search(r"\*\*(.+)\*\*", who)
    return FoundAnswer(
        response_id=int(edit["response"]) if edit else 0,
        prompt_id=int(too["prompt"]) if too else 0,
        message_id=message.id,
        reader_id=int(edit["reader"]) if edit else 0,
        reader_name=unescape(name[1]) if name else "",
        text=unescape(text),
        created_at=message.created_at,
    )


def _first(message: discord.Message, pattern: re.Pattern[str]) -> re.Match[str] | None:
    matches = (pattern.fullmatch(custom_id) for custom_id in custom_ids_of(message))
    return next((match for match in matches if match), None)
