"""Finding our own threads again when the database was lost while they still existed."""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord

from bot.blog.blog import Blog
from bot.core import custom_ids
from bot.core.markup import unescape, written
from bot.core.post import Post
from bot.discussion.collecting.catch_up import catch_up
from bot.discussion.collecting.history import BadMessage
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.compose import prompts_for
from bot.discussion.permissions import Channel
from bot.discussion.publishing import own_messages as own
from bot.discussion.publishing.starters import Starter, find_starters
from bot.store import recovery
from bot.store.recovery import Found, FoundAnswer, FoundPrompt
from bot.store.threads import Home

log = logging.getLogger(__name__)

INTERRUPTED = timedelta(hours=1)
"""A starter so young was about to get its thread; that of an older one was deleted."""

MAX_READS = 3
"""So often a thread is read that shows less than Discord counts in it."""


async def recover(reader: ThreadReader, blog: Blog, channel: Channel, lang: str) -> int:
    """Write back every publication that a channel shows and the database does not know.

    A starter names its publication and carries a digest of its essay's key, a prompt's button its
    prompt, a shown answer its response and its reader. Whether a reader agreed to be quoted is not
    in Discord: it counts as a no until they agree again.

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
    async for starter in find_starters(reader, channel):
        post = essays.get(starter.essay)
        if post is None:
            continue
        found = await _read(reader, channel, starter, post)
        count += 1
        if not await reader.store.write(
            recovery.recover, channel.id, channel.guild.id, post, found, datetime.now(UTC)
        ):
            continue  # a start that was cut short had found it before
        if found.thread_id is not None:
            home = Home(found.publication_id, channel.guild.id, channel.id)
            reader.collector.track(found.thread_id, home)
        log.info("Found the thread of %s again", post.name)
    if count:
        await catch_up(reader)
    elif isinstance(channel, discord.TextChannel):
        await reader.deletions.require_access(Home(0, channel.guild.id, channel.id), channel)
    return count


async def reopen(reader: ThreadReader, thread_id: int) -> None:
    """Go on with a thread that was presumed deleted, and exists.

    What readers wrote in it is read again; answers are taken from the messages that show them.
    """
    home = reader.collector.tracked.presumed_deleted.get(thread_id)
    if home is None:
        return
    answers = _answers(await _ours(reader, thread_id, home))
    now = datetime.now(UTC)
    found = Found(home.publication, thread_id, thread_id, now, answers=answers)
    if await reader.store.write(recovery.reopen, thread_id, home.guild, found, now):
        reader.collector.track(thread_id, home)
        log.info("Thread %s exists after all, and is read again", thread_id)


async def _read(reader: ThreadReader, channel: Channel, starter: Starter, post: Post) -> Found:
    """Return what a thread of ours holds; a starter may have none yet, or none any more."""
    first = starter.message
    is_recent = datetime.now(UTC) - first.created_at < INTERRUPTED
    found = Found(starter.publication_id, None, first.id, first.created_at, is_over=not is_recent)
    if isinstance(channel, discord.TextChannel) and not first.flags.has_thread:
        return found
    home = Home(starter.publication_id, channel.guild.id, channel.id)
    try:
        ours = await _ours(reader, first.id, home)
    except discord.NotFound:
        if not (await reader.deletions.thread(home, first.id)).is_deleted:
            raise
        return found
    asked = [
        FoundPrompt(
            int(asks["prompt"]),
            message.id,
            unescape(message.content.removeprefix("**").removesuffix("**")),
        )
        for message in ours
        if (asks := own.prompt_button(message))
    ]
    return replace(
        found,
        thread_id=first.id,
        is_over=False,
        bodies=[message.id for message in ours if own.is_body(message)],
        prompts=[*asked, *_without_message(first, post, ours, {one.id for one in asked})],
        answers=_answers(ours),
    )


async def _ours(reader: ThreadReader, thread_id: int, home: Home) -> list[discord.Message]:
    """Return our messages in a thread, without its starter, the oldest first.

    A message that is not seen here would be sent again, so that a thread is read anew while Discord
    counts more messages in it than it has shown; a bounded number of times, since counters may be
    wrong.
    """
    place = reader.place(home, thread_id)
    seen: dict[int, discord.Message | BadMessage] = {}
    for _ in range(MAX_READS):
        seen |= {each.id: each async for each in reader.history.after(place, thread_id)}
        thread = (await reader.deletions.thread(home, thread_id)).thread
        if thread is None or len(seen) >= thread.message_count:
            break
    return [
        message
        for _, message in sorted(seen.items())
        if not isinstance(message, BadMessage)
        and message.author == reader.client.user
        and own.was_sent_unasked(message)
    ]


def _without_message(
    starter: discord.Message, post: Post, ours: Sequence[discord.Message], known: set[int]
) -> list[FoundPrompt]:
    """Return the prompts that only a button names: our invitation, and those that were removed."""
    found: dict[int, FoundPrompt] = {}
    wanted = prompts_for(post)
    asks = own.prompt_button(starter)
    if asks is not None and len(wanted) == 1:
        number = int(asks["prompt"])
        found[number] = FoundPrompt(number, None, wanted[0].text, is_ours=wanted[0].is_ours)
    for message in ours:
        answered = own.button(message, custom_ids.ANSWER)
        if answered is None or own.answer_button(message) is None:
            continue
        number = int(answered["prompt"])
        text = unescape(message.content.partition("\n")[0].removeprefix("> "))
        found.setdefault(number, FoundPrompt(number, None, text, is_withdrawn=True))
    return [prompt for number, prompt in found.items() if number not in known]


def _answers(ours: Sequence[discord.Message]) -> list[FoundAnswer]:
    """Return the shown answers among our messages, as these show them."""
    found: list[FoundAnswer] = []
    for message in ours:
        edit = own.answer_button(message)
        if edit is None:
            continue
        again = own.button(message, custom_ids.ANSWER)
        _, _, rest = message.content.partition("\n")
        who, _, text = rest.partition("\n")
        name = re.search(r"\*\*(.+)\*\*", who)
        found.append(
            FoundAnswer(
                response_id=int(edit["response"]),
                prompt_id=int(again["prompt"]) if again else 0,
                message_id=message.id,
                reader_id=int(edit["reader"]),
                reader_name=unescape(name[1]) if name else "",
                text=written(text),
                created_at=message.created_at,
            )
        )
    return found
