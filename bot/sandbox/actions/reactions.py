"""Reacting to messages with an emoji; servers have none of their own here."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.models import Thread
from bot.sandbox.state.permissions import Permission, require
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.json_types import JSON
    from bot.sandbox.state.models import Channel, Member, Message, User
    from bot.sandbox.state.state import State

MOST_KINDS = 20
"""Different emoji on a message (docs/discord-facts.md#reactions)."""

_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_LONGEST = 40
_OF_EMOJI = frozenset({"So", "Sk", "Mn", "Me", "Cf"})
"""Kinds of characters in emoji: symbols, skin tones, and what joins them. No letter is one."""

_LIKE_TEXT = frozenset("\u2139‼⁉〰↔◻◼◽◾⤴⤵")
"""Emoji that Unicode counts as letters, punctuation or mathematics."""


def is_emoji(text: str) -> bool:
    """Return whether a text may be an emoji of Unicode's; a server's own, ``name:id``, is not here.

    Symbols that are no emoji pass, and so do several in a row.
    """
    if _KEYCAP.fullmatch(text):
        return True
    kinds = [unicodedata.category(char) for char in text if char not in _LIKE_TEXT]
    has_picture = "So" in kinds or len(kinds) < len(text)
    return len(text) <= _LONGEST and has_picture and _OF_EMOJI.issuperset(kinds)


def react(state: State, actor: Member, message: Message, emoji: str) -> None:
    """React with an emoji; a second time changes nothing.

    Raises:
        DiscordError: 50013 without the permission, 50083 in an archived thread, 10014 for what is
            no emoji, 30010 for too many kinds.
    """
    granted = _require_reachable(state, actor, message, Permission.READ_MESSAGE_HISTORY)
    if not is_emoji(emoji):
        raise DiscordError(10014)
    known = message.reactions.get(emoji)
    if actor.is_timed_out(state.now()) or (
        known is None and not granted & Permission.ADD_REACTIONS
    ):
        raise DiscordError(50013)
    if known is None and len(message.reactions) >= MOST_KINDS:
        raise DiscordError(30010)
    users = message.reactions.setdefault(emoji, [])
    if actor.user in users:
        return
    users.append(actor.user)
    extra: JSON = {
        "member": serialisation.member(actor),
        "message_author_id": str(message.author.id),
        "burst_colors": [],
    }
    _tell(state, "MESSAGE_REACTION_ADD", message, _of_user(actor.user, emoji) | extra)


def take_back(
    state: State, actor: Member, message: Message, emoji: str, user: User | None = None
) -> None:
    """Take one's own reaction back, or as a moderator somebody else's.

    Raises:
        DiscordError: 50013 for somebody else's without MANAGE_MESSAGES, 10014 without any.
    """
    whose = actor.user if user is None else user
    needed = Permission.VIEW_CHANNEL
    if whose is not actor.user:
        needed = Permission.MANAGE_MESSAGES
    _require_reachable(state, actor, message, needed)
    users = message.reactions.get(emoji)
    if users is None:
        raise DiscordError(10014)
    if whose not in users:
        return
    users.remove(whose)
    if not users:
        del message.reactions[emoji]
    _tell(state, "MESSAGE_REACTION_REMOVE", message, _of_user(whose, emoji))


def clear(state: State, actor: Member, message: Message, emoji: str | None = None) -> None:
    """Take all reactions away as a moderator, or all with one emoji."""
    _require_reachable(state, actor, message, Permission.MANAGE_MESSAGES)
    if emoji is None:
        message.reactions.clear()
        _tell(state, "MESSAGE_REACTION_REMOVE_ALL", message, {})
        return
    if message.reactions.pop(emoji, None) is None:
        raise DiscordError(10014)
    kind = {"emoji": {"id": None, "name": emoji}}
    _tell(state, "MESSAGE_REACTION_REMOVE_EMOJI", message, kind)


def _require_reachable(state: State, actor: Member, message: Message, needed: Permission) -> int:
    """Return what somebody may do; reactions in an archived thread stay as they are."""
    channel: Channel = message.channel
    if message.reader is not None:
        raise DiscordError(10008)
    granted = require(channel, actor, state.now(), needed)
    if isinstance(channel, Thread) and channel.archived:
        raise DiscordError(50083)
    return granted


def _of_user(user: User, emoji: str) -> JSON:
    return {
        "user_id": str(user.id),
        "emoji": {"id": None, "name": emoji},
        "burst": False,
        "type": 0,
    }


def _tell(state: State, name: str, message: Message, extra: JSON) -> None:
    channel = message.channel
    body: JSON = {
        "channel_id": str(channel.id),
        "message_id": str(message.id),
        "guild_id": str(channel.guild.id),
    }
    state.emit(Event(name, body | extra, channel.guild, channel))
