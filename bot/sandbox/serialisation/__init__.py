"""The objects that Discord's REST answers and events carry.

In come models; out goes JSON as Discord writes it: whole for who may read it, without words for a
bot that lacks the content intent, without names for channels that it cannot view.
"""

from bot.sandbox.serialisation.channels import (
    channel,
    hidden_channel,
    overwrite,
    tag,
    thread_member,
)
from bot.sandbox.serialisation.guilds import (
    application,
    guild,
    guild_create,
    intent_flags,
    unavailable_guild,
)
from bot.sandbox.serialisation.messages import (
    censored,
    message,
    message_event,
    snapshot,
    without_missing,
)
from bot.sandbox.serialisation.scalars import stamp
from bot.sandbox.serialisation.users import member, role, user

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
