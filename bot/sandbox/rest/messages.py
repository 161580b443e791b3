"""Messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import deletion, messages
from bot.sandbox.actions.drafts import Draft
from bot.sandbox.rest.routes import route
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.permissions import Permission, is_textual, require
from bot.sandbox.validation.messages import check_message

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call
    from bot.sandbox.state.models import Message

_LIST = "/channels/{channel_id}/messages"
_ONE = "/channels/{channel_id}/messages/{message_id}"


def seen(call: Call, message: Message) -> JSON:
    """Return a message as the bot may read it: without the intent, without its content."""
    body = serialisation.message(message)
    body = body if call.state.may_read(message) else serialisation.censored(body)
    return serialisation.without_missing(body, call.state.missing)


@route("GET", _LIST, query=("limit", "before", "after", "around"))
def get_messages(call: Call) -> Answer:
    """Return a page of messages, newest first; nothing without READ_MESSAGE_HISTORY."""
    channel = call.channel()
    if not is_textual(channel):
        raise DiscordError(50008)
    granted = require(channel, call.actor(), call.state.now(), Permission.VIEW_CHANNEL)
    if not granted & Permission.READ_MESSAGE_HISTORY:
        return []
    limit = call.limit(50, 100)
    after, around = call.query_id("after"), call.query_id("around")
    if after is not None:
        page = channel.messages.after(after, limit)
    elif around is not None:
        page = channel.messages.around(around, limit)
    else:
        page = channel.messages.before(call.query_id("before"), limit)
    return [seen(call, message) for message in page]


@route("GET", _ONE)
def get_message(call: Call) -> Answer:
    """Return one message; without READ_MESSAGE_HISTORY it is out of reach."""
    granted = require(call.channel(), call.actor(), call.state.now(), Permission.VIEW_CHANNEL)
    if not granted & Permission.READ_MESSAGE_HISTORY:
        raise DiscordError(50001)
    return seen(call, call.message())


@route("POST", _LIST)
def create_message(call: Call) -> Answer:
    """Send a message; a known nonce returns the message it was sent with."""
    body = call.json()
    check_message(body, "create", files=len(call.files))
    draft = Draft.of(body, call.files)
    message = messages.send(call.state, call.actor(), call.channel(), draft)
    return serialisation.message(message, nonce=True)


@route("PATCH", _ONE)
def edit_message(call: Call) -> Answer:
    """Edit a message."""
    body = call.json()
    message = call.message()
    check_message(body, "edit", files=len(call.files))
    messages.edit(call.state, call.actor(), message, body, call.files)
    return serialisation.message(message)


@route("DELETE", _ONE, status=204)
def delete_message(call: Call) -> Answer:
    """Delete a message."""
    deletion.delete(call.state, call.actor(), call.message())
    return None
