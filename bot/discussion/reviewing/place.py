"""Where moderators are told of answers that wait, and what is in the way there."""

import discord

from bot.core.phrases import Phrases
from bot.discussion.notices import notices_place
from bot.store.ledger.channels import Guild

PERMISSIONS = ("view_channel", "read_message_history", "send_messages")
"""What a message takes that is kept up to date: it is looked for before it is sent again."""


def notices_channel(guild: discord.Guild, settings: Guild) -> discord.TextChannel | None:
    """Return the channel for notices; None if the bot cannot keep a message there up to date."""
    channel = notices_place(guild, settings)
    if channel is None:
        return None
    allowed = channel.permissions_for(guild.me)
    return channel if all(getattr(allowed, name) for name in PERMISSIONS) else None


def review_lines(guild: discord.Guild, settings: Guild, total: int, say: Phrases) -> list[str]:
    """Return what moderators read of answers that wait, in the report of `/setup`.

    Args:
        total: How many wait.
    """
    lines = [say.review_waits.format(count=total)] if total else []
    if not (settings.approval or total):
        return []
    channel = notices_place(guild, settings)
    if channel is None:
        return [*lines, say.review_homeless]
    allowed = channel.permissions_for(guild.me)
    lacking = [say.permission(name) for name in PERMISSIONS if not getattr(allowed, name)]
    if not lacking:
        return lines
    where = f"<#{channel.id}>"
    return [*lines, say.review_lacks.format(channel=where, names=", ".join(lacking))]
