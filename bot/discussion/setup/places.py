"""The channels and roles that settings name: whether they are there, and whether the bot may."""

from collections.abc import Iterable

import discord

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.discussion.permissions import Channel as Place
from bot.discussion.permissions import lacks_for_telling
from bot.store.ledger.server_settings import ServerSettings

TOLD_IN = {
    "notices": "notices_channel_id",
    "log": "log_channel_id",
    "digest_channel": "digest_channel_id",
}
"""Which settings name a channel in which something is told."""


def place_of(guild: discord.Guild, channel_id: int) -> Place | None:
    """Return a channel in which essays can be discussed; None if the bot sees none of that id."""
    channel = guild.get_channel(channel_id)
    if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
        return None
    return channel if channel.permissions_for(guild.me).view_channel else None


def lacking_places(guild: discord.Guild, settings: ServerSettings, say: Phrases) -> list[str]:
    """Return what is to be allowed in the channels in which something is told."""
    found: list[str] = []
    for field in TOLD_IN.values():
        channel = guild.get_channel(getattr(settings.guild, field) or 0)
        if not isinstance(channel, discord.TextChannel):
            continue
        if names := lacks_for_telling(channel, say):
            found.append(say.setup_cannot_send.format(channel=f"<#{channel.id}>", names=names))
    return list(dict.fromkeys(found))


def require_there(
    guild: discord.Guild, settings: ServerSettings, keys: Iterable[str], say: Phrases
) -> None:
    """Make sure that what newly chosen settings name is still there.

    Raises:
        AfterwordError: A channel or a role is gone.
    """
    changed = set(keys)
    for key in changed & set(TOLD_IN):
        channel_id = getattr(settings.guild, TOLD_IN[key])
        if channel_id and not isinstance(guild.get_channel(channel_id), discord.TextChannel):
            raise AfterwordError(say.setup_gone_channel)
    role_id = settings.guild.author_role_id
    if "author" in changed and role_id and guild.get_role(role_id) is None:
        raise AfterwordError(say.setup_gone_role)
