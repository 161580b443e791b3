"""From a message of Discord's to a reader's words."""

import discord

from bot.core.response import Captured

KINDS = (discord.MessageType.default, discord.MessageType.reply)
"""Every other message is Discord's own, such as a rename or a pin (discord-facts.md, 3)."""


def capture(client: discord.Client, message: discord.Message) -> Captured | None:
    """Return a reader's message as a value, or None if it is nobody's words.

    Bots, webhooks, Discord's own notices and forwards are not a reader's words; a message of the
    bot's is not either. A message without text was edited until none was left; if this connection
    has no right to texts, it says nothing (discord-facts.md, fact 22).
    """
    is_words = message.type in KINDS and not message.message_snapshots
    if not is_words or message.author.bot or message.webhook_id or message.guild is None:
        return None
    if not message.content and not _is_told_texts(client, message):
        return None
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


def _is_told_texts(client: discord.Client, message: discord.Message) -> bool:
    """Return whether Discord would have sent a message's text if it had any.

    It goes by the intent that this connection identified with; a message that mentions the bot
    comes with its text to every connection.
    """
    return client.intents.message_content or client.user in message.mentions
