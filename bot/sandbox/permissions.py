"""Permission bits, and who has which of them where."""

from enum import IntEnum
from typing import TYPE_CHECKING

from bot.sandbox.errors import DiscordError
from bot.sandbox.models import ChannelType, Thread

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.models import Channel, Guild, Member


class Permission(IntEnum):
    """The bits that the sandbox enforces (discord-api-docs, topics/permissions).

    Not an IntFlag: its operators are ten times slower, and every event asks several times.
    """

    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


P = Permission
ALL = (1 << 53) - 1
TIMED_OUT = P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY
"""What remains of a member's permissions during a timeout."""

EVERYONE = (
    P.VIEW_CHANNEL
    | P.SEND_MESSAGES
    | P.EMBED_LINKS
    | P.ATTACH_FILES
    | P.ADD_REACTIONS
    | P.READ_MESSAGE_HISTORY
    | P.USE_APPLICATION_COMMANDS
    | P.CREATE_PUBLIC_THREADS
    | P.SEND_MESSAGES_IN_THREADS
)
"""What @everyone may do in a new guild."""

INVITED = 2252128378768384
"""What Afterword's invite link asks for (discord-facts.md, 6)."""


def in_guild(guild: "Guild", member: "Member", now: "datetime") -> int:
    """Return what a member may do in a guild, before any channel has its say."""
    if guild.owner_id == member.user.id:
        return ALL
    granted = guild.roles[guild.id].permissions
    for role_id in member.roles:
        granted |= guild.roles[role_id].permissions
    if granted & P.ADMINISTRATOR:
        return ALL
    return granted & TIMED_OUT if member.is_timed_out(now) else granted


def in_channel(channel: "Channel", member: "Member", now: "datetime") -> int:
    """Return what a member may do in a channel or thread; 0 if they cannot see it.

    A thread has no overwrites of its own: its parent's hold.
    """
    guild = channel.guild
    if member.user.id not in guild.members:
        return 0
    granted = in_guild(guild, member, now)
    if granted == ALL:
        return ALL
    overwrites = (channel.parent if isinstance(channel, Thread) else channel).overwrites
    if overwrites:
        granted = _overwritten(granted, channel, member)
        if member.is_timed_out(now):
            granted &= TIMED_OUT
    return granted if granted & P.VIEW_CHANNEL else 0


def _overwritten(granted: int, channel: "Channel", member: "Member") -> int:
    owner = channel.parent if isinstance(channel, Thread) else channel
    everyone = owner.overwrites.get(channel.guild.id)
    if everyone:
        granted = granted & ~everyone.deny | everyone.allow
    roles = [owner.overwrites[role] for role in member.roles if role in owner.overwrites]
    for overwrite in roles:
        granted &= ~overwrite.deny
    for overwrite in roles:
        granted |= overwrite.allow
    own = owner.overwrites.get(member.user.id)
    return granted & ~own.deny | own.allow if own else granted


def require(channel: "Channel", member: "Member", now: "datetime", needed: int) -> int:
    """Return a member's permissions in a channel, or refuse.

    Raises:
        DiscordError: 50001 if they cannot see the channel, 50013 if they lack ``needed``.
    """
    granted = in_channel(channel, member, now)
    if not granted & P.VIEW_CHANNEL:
        raise DiscordError(50001)
    if granted & needed != needed:
        raise DiscordError(50013)
    return granted


def sending(channel: "Channel") -> Permission:
    """Return the bit that writing in a channel takes: threads have their own."""
    return P.SEND_MESSAGES_IN_THREADS if isinstance(channel, Thread) else P.SEND_MESSAGES


def is_textual(channel: "Channel") -> bool:
    """Return whether messages can be written there: not in a forum, not in a category."""
    return channel.type not in {ChannelType.FORUM, ChannelType.CATEGORY}
