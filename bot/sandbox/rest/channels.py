"""Channels, and threads as channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import payloads
from bot.sandbox.acts import channels, threads
from bot.sandbox.checks.channels import CHANNEL_PATCH, THREAD_PATCH
from bot.sandbox.checks.form import check_body
from bot.sandbox.models import Thread
from bot.sandbox.permissions import Permission, require, sending
from bot.sandbox.rest.routes import route

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call


@route("GET", "/channels/{channel_id}")
def get_channel(call: Call) -> Answer:
    """Return a channel or thread."""
    channel = call.channel()
    require(channel, call.actor(), call.state.now(), Permission.VIEW_CHANNEL)
    return payloads.channel(channel, call.actor().user.id)


@route("PATCH", "/channels/{channel_id}")
def edit_channel(call: Call) -> Answer:
    """Change a channel or thread."""
    channel = call.channel()
    is_thread = isinstance(channel, Thread)
    check_body(call.json(), THREAD_PATCH if is_thread else CHANNEL_PATCH)
    if isinstance(channel, Thread):
        threads.update(call.state, call.actor(), channel, call.json())
    else:
        channels.update(call.state, channel, call.json(), call.actor())
    return payloads.channel(channel, call.actor().user.id)


@route("DELETE", "/channels/{channel_id}")
def delete_channel(call: Call) -> Answer:
    """Delete a channel or thread and return what it was."""
    channel, actor = call.channel(), call.actor()
    was = payloads.channel(channel)
    if isinstance(channel, Thread):
        threads.delete(call.state, actor, channel)
    else:
        channels.delete(call.state, channel, actor)
    return was


@route("POST", "/channels/{channel_id}/typing", status=204)
def type_in_channel(call: Call) -> Answer:
    """Show that the bot is typing, which nobody sees here."""
    channel = call.channel()
    require(channel, call.actor(), call.state.now(), sending(channel))
    return None
