"""What the bot needs to be allowed, and what a reader would have been allowed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import discord

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.post import Post
from bot.core.publishing.forum_tags import SAME_NAMES, TagMap, tags_of
from bot.core.publishing.obstacles import Obstacle

Channel = discord.TextChannel | discord.ForumChannel

ALWAYS = (
    "view_channel",
    "read_message_history",
    "embed_links",
    "send_messages_in_threads",
)
TEXT = {"send_messages": "send_messages", "create_public_threads": "create_public_threads"}
FORUM = {"send_messages": "create_posts"}
"""What publishing needs, as the phrases call it (docs/discord-facts.md#permissions-to-publish)."""

MOST_THREADS = 1000
"""Active threads in a server, by many reports (docs/discord-facts.md#active-threads)."""


def missing(channel: Channel) -> list[str]:
    """Return what the bot lacks to publish in a channel, by the phrases' names for it."""
    own = FORUM if isinstance(channel, discord.ForumChannel) else TEXT
    needed = {name: name for name in ALWAYS} | own
    allowed = channel.permissions_for(channel.guild.me)
    return [name for flag, name in needed.items() if not getattr(allowed, flag)]


def lacks(channel: Channel) -> Obstacle | None:
    """Return what to allow; None for nothing."""
    names = missing(channel)
    if not names:
        return None
    server = channel.guild.name
    return Obstacle.for_person(
        "lacking", channel=channel.name, server=server, names=", ".join(names)
    )


def forum_tags(
    channel: discord.ForumChannel, post: Post, tag_map: TagMap = SAME_NAMES
) -> list[discord.ForumTag]:
    """Return the forum's tags that a post gets, at most five, in the post's order.

    Moderated tags are left to those who may use them.
    """
    there = {tag.id: tag for tag in channel.available_tags}
    return [there[tag_id] for tag_id in tags_of(post.tags, usable_tags(channel), tag_map)]


def usable_tags(channel: discord.ForumChannel) -> dict[int, str]:
    """Return the names of the forum's tags that the bot may use, by their ids."""
    allowed = channel.permissions_for(channel.guild.me).manage_threads
    return {tag.id: tag.name for tag in channel.available_tags if allowed or not tag.moderated}


def lacks_tag(channel: Channel, post: Post, tag_map: TagMap = SAME_NAMES) -> bool:
    """Return whether a forum would refuse a post because it gets none of the forum's tags.

    Bots are not exempt from a forum's wish for tags (docs/discord-facts.md#required-tags).
    """
    if not isinstance(channel, discord.ForumChannel) or not channel.flags.require_tag:
        return False
    return not forum_tags(channel, post, tag_map)


def foresee(
    channel: Channel, posts: Iterable[Post], tag_map: TagMap = SAME_NAMES
) -> list[Obstacle]:
    """Return what would be in the way of essays in a channel, as far as can be seen beforehand.

    Args:
        posts: The essays that may start there.
        tag_map: Which of the forum's tags they get.
    """
    found = [refusal] if (refusal := lacks(channel)) else []
    active = len(channel.guild.threads)
    if active >= MOST_THREADS:
        server = channel.guild.name
        found.append(
            Obstacle.for_person("nearly_full", server=server, count=active, most=MOST_THREADS)
        )
    if not isinstance(channel, discord.ForumChannel):
        return found
    without = sum(lacks_tag(channel, post, tag_map) for post in posts)
    if without:
        found.append(Obstacle.for_person("tags_missing", channel=channel.name, count=without))
    closed = [tag.name for tag in channel.available_tags if tag.moderated]
    if closed and not channel.permissions_for(channel.guild.me).manage_threads:
        values = {"channel": channel.name, "tags": ", ".join(closed)}
        found.append(Obstacle("moderated_tags", values=tuple(values.items())))
    return found


TOLD = ("view_channel", "read_message_history", "send_messages")
"""What it takes to tell something in a channel once: it is looked for before it is sent again."""


def lacks_for_telling(channel: discord.TextChannel, say: Phrases) -> str:
    """Return what to allow in a channel in which something is told; "" for nothing."""
    allowed = channel.permissions_for(channel.guild.me)
    return ", ".join(say.permission(name) for name in TOLD if not getattr(allowed, name))


def may_read(channel: Channel) -> bool:
    """Return whether the bot may read what stands in a channel and its threads."""
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.read_message_history


def is_moderator(interaction: discord.Interaction) -> bool:
    """Return whether who acts here may manage threads or the whole server."""
    allowed = interaction.permissions
    return allowed.manage_threads or allowed.manage_guild or allowed.administrator


def may_manage_threads(thread: discord.Thread, who: discord.Member | discord.User) -> bool:
    """Return whether somebody may manage a thread, wherever they act."""
    if not isinstance(who, discord.Member):
        return False
    allowed = thread.permissions_for(who)
    return allowed.view_channel and (allowed.manage_threads or allowed.administrator)


def require_moderator(interaction: discord.Interaction, say: Phrases) -> None:
    """Refuse who may not manage threads here; of a press it is asked again.

    Raises:
        AfterwordError: They may not.
    """
    if not is_moderator(interaction):
        raise AfterwordError(say.only_moderators)


def require_moderator_of(interaction: discord.Interaction, channel_id: int, say: Phrases) -> None:
    """Refuse who may not manage the threads of a channel, wherever they act.

    Raises:
        AfterwordError: They may not.
    """
    guild, who = interaction.guild, interaction.user
    place = guild.get_channel(channel_id) if guild is not None else None
    if is_manager(interaction) or (place is None and is_moderator(interaction)):
        return
    allowed = place is not None and isinstance(who, discord.Member) and place.permissions_for(who)
    if not allowed or not (allowed.view_channel and allowed.manage_threads):
        raise AfterwordError(say.only_moderators)


def require_manager(interaction: discord.Interaction, say: Phrases) -> None:
    """Refuse who may not manage the whole server; of a press it is asked again.

    Raises:
        AfterwordError: They may not.
    """
    if not is_manager(interaction):
        raise AfterwordError(say.only_managers)


def visible_to(interaction: discord.Interaction, *, history: bool = False) -> list[int]:
    """Return the ids of the channels that who acts can see now, and with them public threads.

    Of a channel that the bot cannot see, it does not hear who can
    (docs/discord-facts.md#lost-channels).

    Args:
        history: Whether they must be able to read what was written there before, too.
    """
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return []
    found = []
    for channel in guild.channels:
        allowed = channel.permissions_for(member)
        is_known = channel.permissions_for(guild.me).view_channel
        if is_known and allowed.view_channel and (allowed.read_message_history or not history):
            found.append(channel.id)
    return found


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
    messages, and a bot is exempt from slow mode (docs/discord-facts.md#buttons-and-rights).

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
    seconds = still_slow(thread, reader, last_words, now)
    return say.is_slow.format(seconds=seconds) if seconds else None


def still_slow(
    thread: discord.Thread, reader: discord.Member, last_words: datetime | None, now: datetime
) -> int:
    """Return for how many seconds a thread's slow mode keeps a reader from writing; 0 for none."""
    allowed = thread.permissions_for(reader)
    is_exempt = allowed.manage_threads or allowed.manage_messages
    if not thread.slowmode_delay or last_words is None or is_exempt:
        return 0
    free = last_words + timedelta(seconds=thread.slowmode_delay)
    return max(1, round((free - now).total_seconds())) if free > now else 0
