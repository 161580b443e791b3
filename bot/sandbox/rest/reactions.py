"""Reactions to messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import reactions
from bot.sandbox.rest.routes import route
from bot.sandbox.state.permissions import Permission, require

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call

_ALL = "/channels/{channel_id}/messages/{message_id}/reactions"
_EMOJI = f"{_ALL}/{{emoji}}"


@route("GET", _EMOJI, query=("after", "limit", "type"))
def get_reactions(call: Call) -> Answer:
    """Return who reacted with an emoji, the oldest account first."""
    channel = call.channel()
    require(channel, call.actor(), call.state.now(), Permission.READ_MESSAGE_HISTORY)
    users = call.message().reactions.get(call.params["emoji"], [])
    after = call.query_id("after") or 0
    page = sorted((each for each in users if each.id > after), key=lambda each: each.id)
    return [serialisation.user(each) for each in page[: call.limit(25, 100)]]


@route("PUT", f"{_EMOJI}/@me", status=204)
def react(call: Call) -> Answer:
    """React as the bot."""
    reactions.react(call.state, call.actor(), call.message(), call.params["emoji"])
    return None


@route("DELETE", f"{_EMOJI}/@me", status=204)
def take_back(call: Call) -> Answer:
    """Take the bot's own reaction back."""
    reactions.take_back(call.state, call.actor(), call.message(), call.params["emoji"])
    return None


@route("DELETE", f"{_EMOJI}/{{user_id}}", status=204)
def take_away(call: Call) -> Answer:
    """Take somebody else's reaction away with MANAGE_MESSAGES."""
    user = call.state.user(call.id("user_id"))
    reactions.take_back(call.state, call.actor(), call.message(), call.params["emoji"], user)
    return None


@route("DELETE", _EMOJI, status=204)
def clear_emoji(call: Call) -> Answer:
    """Take all reactions with an emoji away with MANAGE_MESSAGES."""
    reactions.clear(call.state, call.actor(), call.message(), call.params["emoji"])
    return None


@route("DELETE", _ALL, status=204)
def clear(call: Call) -> Answer:
    """Take all reactions away with MANAGE_MESSAGES."""
    reactions.clear(call.state, call.actor(), call.message())
    return None
