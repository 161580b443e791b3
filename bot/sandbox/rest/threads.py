"""Threads and forum posts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import threads
from bot.sandbox.actions.drafts import Draft
from bot.sandbox.rest.routes import route
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import ChannelType
from bot.sandbox.state.permissions import Permission, require
from bot.sandbox.validation.body import check_body
from bot.sandbox.validation.channels import FORUM_POST, THREAD, THREAD_FROM_MESSAGE
from bot.sandbox.validation.messages import check_message

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads", status=201)
def start_from_message(call: Call) -> Answer:
    """Start a thread on a message."""
    body = call.json()
    check_body(body, THREAD_FROM_MESSAGE, ("name",))
    thread = threads.from_message(
        call.state, call.actor(), call.message(), body["name"], *_settings(body)
    )
    return serialisation.channel(thread, call.actor().user.id)


@route("POST", "/channels/{channel_id}/threads", status=201, query=("use_nested_fields",))
def start_thread(call: Call) -> Answer:
    """Start a forum's post, or a text channel's thread without a message."""
    body, parent = call.json(), call.channel()
    if parent.type is ChannelType.FORUM:
        return _start_post(call)
    check_body(body, THREAD, ("name",))
    name, settings = body["name"], _settings(body)
    thread = threads.without_message(call.state, call.actor(), parent, name, *settings)
    return serialisation.channel(thread, call.actor().user.id)


def _start_post(call: Call) -> Answer:
    body = call.json()
    check_body(body, FORUM_POST, ("name", "message"))
    check_message(body["message"], "starter", files=len(call.files), path=("message",))
    draft = Draft.of(body["message"], call.files)
    tags = [int(each) for each in body.get("applied_tags") or []]
    thread, message = threads.forum_post(
        call.state, call.actor(), call.channel(), body["name"], draft, tags, *_settings(body)
    )
    shown = serialisation.channel(thread, call.actor().user.id)
    return shown | {"message": serialisation.message(message)}


def _settings(body: JSON) -> tuple[int | None, int | None]:
    return body.get("auto_archive_duration"), body.get("rate_limit_per_user")


@route("GET", "/channels/{channel_id}/threads/archived/public", query=("before", "limit"))
def get_archived(call: Call) -> Answer:
    """Return a page of archived threads, the latest archived first; READ_MESSAGE_HISTORY."""
    channel, bot = call.channel(), call.actor()
    needed = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY
    require(channel, bot, call.state.now(), needed)
    before = call.query.get("before")
    moment = datetime.fromisoformat(before) if before else None
    every = [
        each
        for each in channel.threads.values()
        if each.archived and (moment is None or each.archived_at < moment)
    ]
    every.sort(key=lambda thread: thread.archived_at, reverse=True)
    limit = call.limit(50, 100, 2)
    page = every[:limit]
    joined = [each for each in page if bot.user.id in each.members]
    return {
        "threads": [serialisation.channel(each) for each in page],
        "members": [serialisation.thread_member(each, bot.user.id) for each in joined],
        "has_more": len(every) > limit,
    }
