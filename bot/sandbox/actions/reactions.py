"""Reacting to messages and pinning them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import messages
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import MessageType, Thread
from bot.sandbox.state.permissions import Permission, require
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Member, Message
    from bot.sandbox.state.state import State

KINDS = 20
PINS = 250


def react(state: State, actor: Member, message: Message, emoji: str) -> None:
    """Add a reaction.

    Raises:
        DiscordError: 50013, 50083 in an archived thread, 30010 for a twenty-first kind.
    """
    needed = int(Permission.READ_MESSAGE_HISTORY)
    if emoji not in message.reactions:
        needed |= Permission.ADD_REACTIONS
    require(message.channel, actor, state.now(), needed)
    _require_awake(message)
    if emoji not in message.reactions and len(message.reactions) >= KINDS:
        raise DiscordError(30010)
    who = message.reactions.setdefault(emoji, {})
    if actor.user.id in who:
        return
    who[actor.user.id] = actor.user
    body = _body(actor, message, emoji) | {
        "member": serialisation.member(actor),
        "message_author_id": str(message.author.id),
    }
    channel = message.channel
    state.emit(Event("MESSAGE_REACTION_ADD", body, channel.guild, channel))


def unreact(state: State, actor: Member, message: Message, emoji: str) -> None:
    """Take one's own reaction back."""
    require(message.channel, actor, state.now(), Permission.VIEW_CHANNEL)
    _require_awake(message)
    who = message.reactions.get(emoji, {})
    if actor.user.id not in who:
        raise DiscordError(10014)
    body = _body(actor, message, emoji)
    del who[actor.user.id]
    if not who:
        del message.reactions[emoji]
    channel = message.channel
    state.emit(Event("MESSAGE_REACTION_REMOVE", body, channel.guild, channel))


def pin(state: State, actor: Member, message: Message) -> None:
    """Pin a message, which takes PIN_MESSAGES and leaves a line in the channel."""
    channel = message.channel
    require(channel, actor, state.now(), Permission.PIN_MESSAGES)
    _require_awake(message)
    if message.pinned_at is not None:
        return
    if len(channel.pins) >= PINS:
        raise DiscordError(30003)
    message.pinned_at = channel.last_pin_at = state.now()
    channel.pins[message.id] = message
    _tell_pins(state, message)
    reference = messages.reference_to(message)
    messages.system(state, actor.user, channel, MessageType.PIN, reference=reference)


def _tell_pins(state: State, message: Message) -> None:
    channel = message.channel
    messages.tell(state, "MESSAGE_UPDATE", message)
    body = {
        "guild_id": str(channel.guild.id),
        "channel_id": str(channel.id),
        "last_pin_timestamp": serialisation.stamp(channel.last_pin_at),
    }
    state.emit(Event("CHANNEL_PINS_UPDATE", body, channel.guild, channel))


def _require_awake(message: Message) -> None:
    if isinstance(message.channel, Thread) and message.channel.archived:
        raise DiscordError(50083)


def _body(actor: Member, message: Message, emoji: str) -> JSON:
    return {
        "user_id": str(actor.user.id),
        "channel_id": str(message.channel.id),
        "message_id": str(message.id),
        "guild_id": str(message.channel.guild.id),
        "emoji": {"id": None, "name": emoji},
        "burst": False,
        "type": 0,
    }
