"""Permission bits, and who has which of them where."""

from enum import IntEnum
from typing import TYPE_CHECKING

from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.models import ChannelType, Thread

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.state.models import Channel, Guild, Member, Overwrite


class Permission(IntEnum):
    """The bits that the sandbox enforces (docs/discord-facts.md#order-of-permissions).

    Not an IntFlag: its operators are ten times slower, and every event asks several times.
    """

    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    CHANGE_NICKNAME = 1 << 26
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


P = Permission
_VIEW, _SEND = int(P.VIEW_CHANNEL), int(P.SEND_MESSAGES)
_SEND_IN_THREADS = int(P.SEND_MESSAGES_IN_THREADS)
ALL = (1 << 53) - 1
TIMED_OUT = P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY
"""What remains of a member's permissions during a timeout."""
WRITING = P.SEND_TTS_MESSAGES | P.EMBED_LINKS | P.ATTACH_FILES | P.MENTION_EVERYONE
"""What nobody has who may not write (topics/permissions, Implicit Permissions)."""

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
    | P.CHANGE_NICKNAME
)
"""What @everyone may do in a new guild."""

INVITED = 2252128378768384
"""What a bot's role grants, unless a test says otherwise: all that publishing takes, and more."""


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

    A thread has no overwrites of its own: its parent's hold. A category's count only where its
    channels copied them. Who may not write may not embed, attach or mention everyone either.
    """
    guild = channel.guild
    if member.user.id not in guild.members:
        return 0
    granted = in_guild(guild, member, now)
    if granted == ALL:
        return ALL
    holder, sending = channel, _SEND
    if isinstance(channel, Thread):
        holder, sending = channel.parent, _SEND_IN_THREADS
    overwrites = holder.overwrites
    if overwrites:
        granted = _overwritten(granted, guild.id, overwrites, member)
        if member.is_timed_out(now):
            granted &= TIMED_OUT
    if not granted & _VIEW:
        return 0
    return granted if granted & sending else granted & ~WRITING


def _overwritten(
    granted: int, everyone: int, overwrites: "dict[int, Overwrite]", member: "Member"
) -> int:
    first = overwrites.get(everyone)
    if first:
        granted = granted & ~first.deny | first.allow
    denied = allowed = 0
    for role in member.roles:
        overwrite = overwrites.get(role)
        if overwrite:
            denied |= overwrite.deny
            allowed |= overwrite.allow
    granted = granted & ~denied | allowed
    own = overwrites.get(member.user.id)
    return granted & ~own.deny | own.allow if own else granted


def can_see(channel: "Channel", member: "Member", now: "datetime") -> bool:
    """Return whether a member sees a channel; a category also by any channel in it."""
    if in_channel(channel, member, now):
        return True
    if channel.type is not ChannelType.CATEGORY:
        return False
    return any(in_channel(each, member, now) for each in channel.guild.inside(channel))


def require_in_guild(guild: "Guild", member: "Member", now: "datetime", needed: int) -> None:
    """Refuse with 50013 who lacks permissions in a guild."""
    if in_guild(guild, member, now) & needed != needed:
        raise DiscordError(50013)


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
