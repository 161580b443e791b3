"""What the bot needs to be allowed, and what a reader would have been allowed."""

from datetime import datetime, timedelta

import discord

from bot.core.phrases import Phrases

Channel = discord.TextChannel | discord.ForumChannel

ALWAYS = {
    "view_channel": "View Channel",
    "read_message_history": "Read Message History",
    "embed_links": "Embed Links",
    "send_messages_in_threads": "Send Messages in Threads",
}
TEXT = {"send_messages": "Send Messages", "create_public_threads": "Create Public Threads"}
FORUM = {"send_messages": "Create Posts"}
"""What publishing needs, by the name that Discord's settings show (discord-facts.md, 6)."""


def missing(channel: Channel) -> list[str]:
    """Return what the bot lacks to publish in a channel, as Discord's settings call it."""
    needed = ALWAYS | (FORUM if isinstance(channel, discord.ForumChannel) else TEXT)
    allowed = channel.permissions_for(channel.guild.me)
    return [name for flag, name in needed.items() if not getattr(allowed, flag)]


def lacks(channel: Channel) -> str | None:
    """Return a sentence that says what to allow, or None if nothing is missing."""
    names = missing(channel)
    if not names:
        return None
    return (
        f"Afterword may not publish in #{channel.name} of {channel.guild.name}: allow it "
        f"{', '.join(names)} there (Edit Channel > Permissions)."
    )


def may_read(channel: Channel) -> bool:
    """Return whether the bot may read what stands in a channel and its threads."""
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.read_message_history


def is_moderator(interaction: discord.Interaction) -> bool:
    """Return whether who acts here may manage threads or the whole server."""
    allowed = interaction.permissions
    return allowed.manage_threads or allowed.manage_guild or allowed.administrator


def is_manager(interaction: discord.Interaction) -> bool:
    """Return whether who acts here may manage the whole server."""
    return interaction.permissions.manage_guild or interaction.permissions.administrator


def is_author(interaction: discord.Interaction, role_id: int | None) -> bool:
    """Return whether who acts here has the guild's author role, or may manage the server."""
    if is_manager(interaction):
        return True
    member = interaction.user
    return (
        role_id is not None
        and isinstance(member, discord.Member)
        and any(role.id == role_id for role in member.roles)
    )


def may_not_show(
    thread: discord.Thread | None,
    reader: discord.Member | discord.User,
    say: Phrases,
    last_words: datetime | None,
    now: datetime,
) -> str | None:
    """Return why a reader's answer may not be shown in a thread, or None.

    Discord asks this of a message and not of a button: buttons work for members who may not send
    messages, and a bot is exempt from slow mode (discord-facts.md, 8c).

    Args:
        last_words: When the reader last wrote in this thread.
    """
    if thread is None or not isinstance(reader, discord.Member):
        return say.may_not_send
    allowed = thread.permissions_for(reader)
    if reader.is_timed_out():
        return say.is_timed_out
    if thread.locked and not allowed.manage_threads:
        return say.is_locked
    if not allowed.view_channel or not allowed.send_messages_in_threads:
        return say.may_not_send
    is_exempt = allowed.manage_threads or allowed.manage_messages
    if thread.slowmode_delay and last_words and not is_exempt:
        free = last_words + timedelta(seconds=thread.slowmode_delay)
        if free > now:
            return say.is_slow.format(seconds=max(1, round((free - now).total_seconds())))
    return None
