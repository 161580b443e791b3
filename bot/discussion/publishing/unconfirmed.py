"""Finding messages in Discord that were sent, though their confirmation never came.

Messages are searched from the time of the first attempt on, however many came after. The starter is
known by its marker, a prompt by its button, a shown answer by its button, even if its text is
withdrawn by now, and body messages by their exact content in their order; history is not relied on
to return nonces (docs/discord-facts.md#nonces-in-history). A part of the body that was changed
since it was sent can only be a message of ours that has no other purpose and is not yet known.
"""

from collections.abc import Collection, Iterable, Sequence

import discord

from bot.core import custom_ids
from bot.core.publishing.publication import Key, Kind, Observed, Publication, Sent
from bot.discussion.collecting.history import BadMessage
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.once import MARGIN
from bot.discussion.permissions import Channel
from bot.discussion.publishing import own_messages as own
from bot.discussion.publishing.starters import find_starters
from bot.store.threads import Home


async def observe(
    reader: ThreadReader,
    channel: Channel,
    publication: Publication,
    wanted: Sequence[Outgoing],
    *,
    known_threads: Iterable[int],
) -> Observed:
    """Return which of a publication's messages exist, though their confirmation never came.

    Args:
        wanted: The messages of the publication, in order.
        known_threads: Threads of other publications, which need not be looked into.

    Raises:
        discord.HTTPException: Discord does not let the bot read.
        NotShownError: Discord shows nothing, because the bot may not read.
    """
    home = Home(publication.id, channel.guild.id, channel.id)
    found: dict[Key, int] = {}
    thread_id = publication.thread_id
    first = publication.find((Kind.STARTER, 0))
    starter_id = first.message_id if first else None
    if starter_id is None:
        after = max(0, first.after - MARGIN) if first else 0
        starter = await _find_starter(reader, channel, home, after, known_threads)
        if starter is None:
            return Observed()
        starter_id = found[Kind.STARTER, 0] = starter.id
        if isinstance(channel, discord.ForumChannel) or starter.flags.has_thread:
            thread_id = starter.id
    in_doubt = [
        sent for sent in publication.messages if sent.is_in_doubt and sent.kind is not Kind.STARTER
    ]
    if thread_id is None or not in_doubt:
        return Observed(found, thread_id)
    known = {sent.message_id for sent in publication.messages} | {starter_id}
    found |= await _find_in_thread(reader, home, thread_id, in_doubt, wanted, known)
    return Observed(found, thread_id)


async def _find_starter(
    reader: ThreadReader,
    channel: Channel,
    home: Home,
    after: int,
    known_threads: Iterable[int],
) -> discord.Message | None:
    async for starter in find_starters(reader, channel, after=after, known_threads=known_threads):
        if starter.publication_id == home.publication:
            return starter.message
    if isinstance(channel, discord.TextChannel):
        await reader.deletions.require_access(home, channel)
    return None


async def _find_in_thread(
    reader: ThreadReader,
    home: Home,
    thread_id: int,
    in_doubt: Sequence[Sent],
    wanted: Sequence[Outgoing],
    known: Collection[int | None],
) -> dict[Key, int]:
    thread = reader.place(home, thread_id)
    after = max(0, min(sent.after for sent in in_doubt) - MARGIN)
    left = [
        message
        async for message in reader.history.after(thread, after)
        if not isinstance(message, BadMessage)
        and message.author == reader.client.user
        and message.id not in known
    ]
    found = _match(left, in_doubt, wanted)
    if len(found) < len(in_doubt):
        await reader.deletions.require_access(home, thread)
    return found


def _match(
    left: list[discord.Message], in_doubt: Sequence[Sent], wanted: Sequence[Outgoing]
) -> dict[Key, int]:
    found: dict[Key, int] = {}
    contents = {one.key: one.content for one in wanted}
    for matches in (_is_certain, _may_be_body):
        for sent in in_doubt:
            message = next((one for one in left if matches(one, sent, contents)), None)
            if message is not None and sent.key not in found:
                found[sent.key] = message.id
                left.remove(message)
    return found


def _is_certain(message: discord.Message, sent: Sent, contents: dict[Key, str]) -> bool:
    if sent.kind is Kind.BODY:
        return message.content == contents.get(sent.key)
    if sent.kind is Kind.ANSWER:
        edit = own.answer_button(message)
        return edit is not None and int(edit["response"]) == sent.position
    if not sent.prompt_id:
        return own.button(message, custom_ids.PICK) is not None
    asked = own.prompt_button(message)
    return asked is not None and int(asked["prompt"]) == sent.prompt_id


def _may_be_body(message: discord.Message, sent: Sent, _contents: dict[Key, str]) -> bool:
    """Return whether a message may be a part of the body as it was when it was sent."""
    return sent.kind is Kind.BODY and own.was_sent_unasked(message) and own.is_body(message)
