"""Projections of the state: the objects that Discord's REST answers and events carry."""

from bot.sandbox.payloads.channels import channel, hidden_channel, overwrite, tag, thread_member
from bot.sandbox.payloads.guilds import (
    application,
    guild,
    guild_create,
    intent_flags,
    unavailable_guild,
)
from bot.sandbox.payloads.messages import (
    censored,
    message,
    message_event,
    snapshot,
    without_missing,
)
from bot.sandbox.payloads.people import member, role, user
from bot.sandbox.payloads.times import stamp

__all__ = [
    "application",
    "censored",
    "channel",
    "guild",
    "guild_create",
    "hidden_channel",
    "intent_flags",
    "member",
    "message",
    "message_event",
    "overwrite",
    "role",
    "snapshot",
    "stamp",
    "tag",
    "thread_member",
    "unavailable_guild",
    "user",
    "without_missing",
]
