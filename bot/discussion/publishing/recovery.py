"""Finding our own threads again when the database was lost while they were still there."""

import logging
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.markup import unescape, written
from bot.core.post import Post
from bot.discussion.collecting.catch_up import Reading, catch_up
from bot.discussion.collecting.history import BadMessage
from bot.discussion.messages.compose import prompts_for
from bot.discussion.permissions import Channel
from bot.discussion.publishing.doubt import custom_ids_of, must_show, starter_of, threads_of
from bot.store.ledger import recovery
from bot.store.ledger.recovery import Found, FoundAnswer, FoundPrompt
from bot.store.threads import Home

log = logging.getLogger(__name__)

INTERRUPTED = timedelta(hours=1)
"""A starter so young was about to get its thread; that of an older one was deleted."""

DEPTH = 5000
"""So many messages of a text channel are searched for starters whose thread is gone: fifty
requests. A starter that has its thread is found by that, however old it is.
"""

LOOKS = 3
"""So often a thread is read that shows less than Discord counts in it."""

EVER = datetime.min.replace(tzinfo=UTC)


async def recover(reading: Reading, blog: Blog, channel: Channel, lang: str) -> int:
    """Write back every publication whose thread stands in a channel that is new to the database.

    A starter names its publication and carries a digest of its essay's key, a prompt's button its
    prompt, a shown answer its response and its reader. Whether a reader agreed to be quoted is not
    in Discord, so that nobody has, until they say so again.

    Returns:
        How many publications were found, now or by an earlier attempt.

    Raises:
        discord.HTTPException: Not all of it can be read; an essay must not be taken for new then.
        NotShownError: The same.
    """
    essays = {
        custom_ids.digest(post.essay): post for post in blog.catalog.posts if post.lang == lang
    }
    count = 0
    async for starter, marker in _starters(reading, channel):
        post = essays.get(marker["essay"])
        if post is None:
            continue
        found = await _read(reading, channel, starter, int(marker["publication"]), post)
        count += 1
        if not await reading.store.write(
            recovery.recover, channel.id, channel.guild.id, post, found, datetime.now(UTC)
        ):
            continue  # a start that was cut short had found it before
        if found.thread_id is not None:
            home = Home(found.publication_id, channel.guild.id, channel.id)
            reading.collector.track(found.thread_id, home)
        log.info("Found the thread of %s again", post.name)
    if count:
        await catch_up(reading)
    elif isinstance(channel, discord.TextChannel):
        await must_show(reading, Home(0, channel.guild.id, channel.id), channel)
    return count


async def reopen(reading: Reading, thread_id: int) -> None:
    """Go on with a thread that counted as deleted, and is there.

    What readers wrote in it is read again; answers are taken from the messages that show them.
    """
    home = reading.collector.lost.get(thread_id)
    if home is None:
        return
    ours = await _ours(reading, thread_id, home)
    answers = [_answer(message) for message in ours if _first(message, custom_ids.EDIT)]
    now = datetime.now(UTC)
    found = Found(home.publication, thread_id, thread_id, now, answers=answers)
    if await reading.store.write(recovery.reopen, thread_id, home.guild, found, now):
        reading.collector.track(thread_id, home)
        log.info("Thread %s is there after all, and is read again", thread_id)


async def _starters(
    reading: Reading, channel: Channel
) -> AsyncIterator[tuple[discord.Message, re.Match[str]]]:
    """Yield our starter messages in a channel, with what their markers say."""
    known: set[int] = set()
    if isinstance(channel, discord.TextChannel):
        async for message in reading.history.newest(channel, DEPTH):
            known.add(message.id)
            if isinstance(message, BadMessage):
                continue
            marker = _marker(channel, message)
            if marker is not None:
                yield message, marker
    async for thread in threads_of(channel, since=EVER):
        if thread.owner_id != channel.guild.me.id or thread.id in known:
            continue
        found = await starter_of(reading, thread)
        marker = _marker(channel, found) if found is not None else None
        if found is not None and marker is not None:
            yield found, marker


def _marker(channel: Channel, message: discord.Message) -> re.Match[str] | None:
    if message.author.id != channel.guild.me.id:
        return None
    return _first(message, custom_ids.CARD)


async def _read(
    reading: Reading,
    channel: Channel,
    starter: discord.Message,
    publication_id: int,
    post: Post,
) -> Found:
    """Return what a thread of ours holds; a starter may have none yet, or none any more."""
    is_recent = datetime.now(UTC) - starter.created_at < INTERRUPTED
    found = Found(publication_id, None, starter.id, starter.created_at, is_over=not is_recent)
    if isinstance(channel, discord.TextChannel) and not starter.flags.has_thread:
        return found
    home = Home(publication_id, channel.guild.id, channel.id)
    try:
        ours = await _ours(reading, starter.id, home)
    except discord.NotFound:
        if not (await reading.existence.thread(home, starter.id)).is_gone:
            raise
        return found
    answers = [_answer(message) for message in ours if _first(message, custom_ids.EDIT)]
    asked = [_prompt(message) for message in ours if _is_prompt(message)]
    return replace(
        found,
        thread_id=starter.id,
        is_over=False,
        bodies=[message.id for message in ours if _is_body(message)],
        prompts=[*asked, *_without_message(starter, post, ours, {one.id for one in asked})],
        answers=answers,
    )


async def _ours(reading: Reading, thread_id: int, home: Home) -> list[discord.Message]:
    """Return what we wrote in a thread, but for its starter, the oldest first.

    What is not seen here would be sent again, so that a thread is read anew while Discord counts
    more messages in it than it has shown; a bounded number of times, since counters may be wrong.
    """
    place = reading.client.get_partial_messageable(thread_id, guild_id=home.guild)
    seen: dict[int, discord.Message | BadMessage] = {}
    for _ in range(LOOKS):
        async for message in reading.history.after(place, thread_id):
            seen[message.id] = message
        found = await reading.existence.thread(home, thread_id)
        if found.thread is None or len(seen) >= found.thread.message_count:
            break
    return [
        message
        for _, message in sorted(seen.items())
        if not isinstance(message, BadMessage)
        and message.author == reading.client.user
        and message.type is discord.MessageType.default
        and message.interaction_metadata is None
    ]


def _without_message(
    starter: discord.Message, post: Post, ours: Sequence[discord.Message], known: set[int]
) -> list[FoundPrompt]:
    """Return the prompts that only a button names: our invitation, and those that were removed."""
    found: dict[int, FoundPrompt] = {}
    wanted = prompts_for(post)
    button = _first(starter, custom_ids.ANSWER)
    if button is not None and len(wanted) == 1:
        number = int(button["prompt"])
        found[number] = FoundPrompt(number, None, wanted[0].text, is_ours=wanted[0].is_ours)
    for message in ours:
        answered = _first(message, custom_ids.ANSWER)
        if answered is None or _first(message, custom_ids.EDIT) is None:
            continue
        number = int(answered["prompt"])
        text = unescape(message.content.partition("\n")[0].removeprefix("> "))
        found.setdefault(number, FoundPrompt(number, None, text, is_withdrawn=True))
    return [prompt for number, prompt in found.items() if number not in known]


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
        text=written(text),
        created_at=message.created_at,
    )


def _first(message: discord.Message, pattern: re.Pattern[str]) -> re.Match[str] | None:
    matches = (pattern.fullmatch(custom_id) for custom_id in custom_ids_of(message))
    return next((match for match in matches if match), None)
