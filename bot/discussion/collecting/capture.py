"""From a message of Discord's to a reader's words."""

import discord

from bot.core.asked_of_bot import asked_of_bot
from bot.core.response import Captured
from bot.store.responses.collected import AskedInstead

KINDS = (discord.MessageType.default, discord.MessageType.reply)
"""Every other message is Discord's own, such as a rename (docs/discord-facts.md#message-types)."""


def capture(client: discord.Client, message: discord.Message) -> Captured | AskedInstead | None:
    """Return a reader's message as a value, or None if no reader wrote it.

    Messages of bots and webhooks, Discord's own notices and forwards are left out, and so are
    questions to the bot. A message without text was edited until none was left; a connection
    without the message content intent gets no text at all, so that its absence proves nothing
    (docs/discord-facts.md#message-content).
    """
    is_written = message.type in KINDS and not message.message_snapshots
    if not is_written or message.author.bot or message.webhook_id or message.guild is None:
        return None
    if not message.content and not _receives_text(client, message):
        return None
    if question(client, message):
        return AskedInstead(message.id, message.edited_at) if message.edited_at else None
    reference, author = message.reference, message.author
    return Captured(
        source_id=message.id,
        guild_id=message.guild.id,
        thread_id=message.channel.id,
        reader_id=author.id,
        reader_name=author.global_name or author.name,
        text=message.content,
        created_at=message.created_at,
        edited_at=message.edited_at,
        parent_id=reference.message_id if reference else None,
        nickname=(author.nick or "") if isinstance(author, discord.Member) else None,
    )


def question(client: discord.Client, message: discord.Message) -> str:
    """Return the question that a message puts to the bot by mentioning it; "" if it puts none.

    People who type the bot's name may choose the role that Discord made for it.
    """
    text, own, guild = message.content, client.user, message.guild
    if "<@" not in text or own is None or guild is None:
        return ""
    role = guild.self_role if "<@&" in text else None
    names = [f"<@{own.id}>", f"<@!{own.id}>", *([f"<@&{role.id}>"] if role else [])]
    return asked_of_bot(text, names)


def reactions_of(message: discord.Message) -> dict[str, int]:
    """Return how many readers reacted to a message, by emoji; the bot's own reaction is none."""
    counts = {emoji_of(one.emoji): one.count - one.me for one in message.reactions}
    return {emoji: count for emoji, count in counts.items() if count > 0}


def emoji_of(emoji: discord.PartialEmoji | discord.Emoji | str) -> str:
    """Return an emoji as text; of a server's own, the same in every event (``<:name:id>``)."""
    if isinstance(emoji, str) or emoji.id is None:
        return str(emoji)
    return f"<:{emoji.name or 'emoji'}:{emoji.id}>"


def _receives_text(client: discord.Client, message: discord.Message) -> bool:
    """Return whether Discord would have sent a message's text if it had any.

    The intent decides that this connection identified with; a message that mentions the bot comes
    with its text to every connection.
    """
    return client.intents.message_content or client.user in message.mentions
