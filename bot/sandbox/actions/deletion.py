"""Deleting messages, one or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.actions.archiving import require_deletable
from bot.sandbox.state.clock import created_at
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.models import MessageType, Thread
from bot.sandbox.state.permissions import Permission, require
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Channel, Member, Message
    from bot.sandbox.state.state import State

BULK = (2, 100)
BULK_AGE = 14 * 24 * 3600
"""Seconds after which a message is too old for it (docs/discord-facts.md#bulk-deletion)."""


def delete(state: State, actor: Member, message: Message) -> None:
    """Delete a message, one's own or with MANAGE_MESSAGES; archived threads allow it.

    Raises:
        DiscordError: 50013 for somebody else's, 50021 for a thread's starter.
    """
    granted = require(message.channel, actor, state.now(), Permission.VIEW_CHANNEL)
    if message.type is MessageType.THREAD_STARTER:
        raise DiscordError(50021)
    if message.author is not actor.user and not granted & Permission.MANAGE_MESSAGES:
        raise DiscordError(50013)
    require_deletable(message.channel, granted)
    remove(state, message)


def remove(state: State, message: Message) -> None:
    """Take a message out of its channel and tell of it."""
    _take_out(message)
    channel = message.channel
    body = {"id": str(message.id), "channel_id": str(channel.id), "guild_id": str(channel.guild.id)}
    state.emit(Event("MESSAGE_DELETE", body, channel.guild, channel))


def delete_many(state: State, actor: Member, channel: Channel, ids: list[int]) -> None:
    """Delete 2 to 100 messages at once, none older than 14 days.

    Raises:
        DiscordError: 50013 without MANAGE_MESSAGES, 50016 for the number, 50034 for the age.
    """
    granted = require(channel, actor, state.now(), Permission.MANAGE_MESSAGES)
    require_deletable(channel, granted)
    if not BULK[0] <= len(set(ids)) <= BULK[1]:
        raise DiscordError(50016)
    if any((state.now() - created_at(each)).total_seconds() > BULK_AGE for each in ids):
        raise DiscordError(50034)
    found = [message for each in ids if (message := channel.messages.get(each))]
    for message in found:
        _take_out(message)
    body = {
        "ids": [str(message.id) for message in found],
        "channel_id": str(channel.id),
        "guild_id": str(channel.guild.id),
    }
    state.emit(Event("MESSAGE_DELETE_BULK", body, channel.guild, channel))


def _take_out(message: Message) -> None:
    """Take a message out of its channel, whose ``last_message_id`` stays what it was.

    A thread's ``total_sent`` stays too (docs/discord-facts.md#thread-counters).
    """
    channel = message.channel
    channel.messages.remove(message.id)
    channel.pins.pop(message.id, None)
    if isinstance(channel, Thread) and message.id != channel.id:
        channel.message_count -= 1
