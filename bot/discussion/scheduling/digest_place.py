"""Where a guild's digest goes, and what is in the way there."""

from dataclasses import dataclass

import discord

from bot.core.phrases import Phrases, phrases
from bot.discussion.notices import notices_place
from bot.discussion.permissions import lacks_for_telling
from bot.store.ledger.channels import Guild


@dataclass(frozen=True, slots=True)
class Place:
    """Where a digest goes.

    Attributes:
        channel: None if the bot sees no channel for it.
        refusal: Why nothing can be sent there now, for moderators; "" if it can.
    """

    channel: discord.TextChannel | None
    refusal: str = ""


def digest_place(guild: discord.Guild, settings: Guild, say: Phrases | None = None) -> Place:
    """Return where a guild's digest goes: the channel that was chosen, or that for notices.

    Args:
        say: The language of a refusal; the server's if it is not given.
    """
    say = say or phrases(str(guild.preferred_locale))
    channel: object = notices_place(guild, settings)
    if settings.digest_channel_id is not None:
        channel = guild.get_channel(settings.digest_channel_id)
    if not isinstance(channel, discord.TextChannel):
        return Place(None, say.digest_homeless)
    lacking = lacks_for_telling(channel, say)
    if not lacking:
        return Place(channel)
    where = f"<#{channel.id}>"
    return Place(channel, say.digest_lacks.format(channel=where, names=lacking))


def digest_lines(
    guild: discord.Guild, settings: Guild, say: Phrases, *, is_asked: bool
) -> list[str]:
    """Return what moderators read about a guild's digest: how often, where, and what is lacking.

    Args:
        is_asked: Whether they chose something about it; else nothing is said while it is off.
    """
    if settings.digest == "off":
        return [say.digest_is_off] if is_asked else []
    place = digest_place(guild, settings, say)
    if place.channel is None:
        return [place.refusal]
    told = say.digest_set.format(digest=settings.digest, channel=f"<#{place.channel.id}>")
    return [told, *([place.refusal] if place.refusal else [])]
