"""Channels and threads, looked at; threads changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import channels, threads
from bot.sandbox.rest.routes import route
from bot.sandbox.state.errors import DiscordError
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
    """Change a thread, or a forum's tags; all else about channels is for the world to change."""
    thread = call.channel()
    if not isinstance(thread, Thread):
        if set(call.json()) != {"available_tags"}:
            message = "The sandbox lets a bot change threads only, and the tags of forums"
            raise DiscordError(0, message=message, unknown=("no thread",))
        check_body(call.json(), CHANNEL_PATCH)
        require(thread, call.actor(), call.state.now(), Permission.MANAGE_CHANNELS)
        channels.update(call.state, thread, call.json())
        return serialisation.channel(thread, call.actor().user.id)
    check_body(call.json(), THREAD_PATCH)
    threads.update(call.state, call.actor(), thread, call.json())
    return serialisation.channel(thread, call.actor().user.id)
