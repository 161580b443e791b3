"""Channels, and threads as channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import channels, threads
from bot.sandbox.rest.routes import route
from bot.sandbox.state.models import Thread
from bot.sandbox.state.permissions import Permission, require
from bot.sandbox.validation.body import check_body
from bot.sandbox.validation.channels import CHANNEL_PATCH, THREAD_PATCH

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call


@route("GET", "/channels/{channel_id}")
def get_channel(call: Call) -> Answer:
    """Return a channel or thread."""
    channel = call.channel()
    require(channel, call.actor(), call.state.now(), Permission.VIEW_CHANNEL)
    return serialisation.channel(channel, call.actor().user.id)


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
    return serialisation.channel(channel, call.actor().user.id)
