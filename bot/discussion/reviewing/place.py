"""Where moderators are told of answers that wait, and what is in the way there."""

import discord

from bot.core.phrases import Phrases, phrases
from bot.discussion.notices import notices_place
from bot.discussion.permissions import lacks_for_telling
from bot.store.ledger.channels import Guild


def notices_channel(guild: discord.Guild, settings: Guild) -> discord.TextChannel | None:
    """Return the channel for notices; None if the bot cannot keep a message there up to date."""
    channel = notices_place(guild, settings)
    say = phrases(str(guild.preferred_locale))
    return None if channel is None or lacks_for_telling(channel, say) else channel


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
    if names := lacks_for_telling(channel, say):
        where = f"<#{channel.id}>"
        return [*lines, say.review_lacks.format(channel=where, names=names)]
    return lines
