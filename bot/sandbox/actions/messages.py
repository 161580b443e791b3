"""Writing, editing and pinning messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions.archiving import require_changeable, wake_for
from bot.sandbox.actions.drafts import Draft, mention
from bot.sandbox.actions.thread_members import follow
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import Message, MessageFlag, MessageType, Thread
from bot.sandbox.state.permissions import Permission, is_textual, require, sending
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Channel, Member, User
    from bot.sandbox.state.state import State

PINS = 250
EXEMPT = Permission.MANAGE_MESSAGES | Permission.MANAGE_CHANNELS | Permission.BYPASS_SLOWMODE
"""Any of these frees a member from slow mode."""


def send(state: State, author: Member, channel: Channel, draft: Draft) -> Message:
    """Write a message; an archived thread wakes unless it is locked.

    Raises:
        DiscordError: If the channel, the author's permissions, a slow mode or the reply forbid it.
    """
    if not is_textual(channel):
        raise DiscordError(50008)
    granted = require(channel, author, state.now(), sending(channel))
    _require_extras(granted, draft)
    if draft.enforce_nonce and draft.nonce is not None:
        earlier = _same_nonce(state, author, channel, draft.nonce)
        if earlier is not None:
            return earlier
    check_pace(state, author, channel, granted)
    target = _replied(channel, draft, granted)
    if isinstance(channel, Thread):
        wake_for(state, channel, granted)
    message = _compose(state, author, channel, draft, target, granted)
    if draft.nonce is not None:
        key = (author.user.id, channel.id, str(draft.nonce))
        state.nonces[key] = (message.id, state.now())
    drop_keys(state, message, draft.missing)
    post(state, message)
    return message


def forward(state: State, author: Member, message: Message, target: Channel) -> Message:
    """Forward a message: the new one has no text of its own, only a snapshot."""
    if not is_textual(target):
        raise DiscordError(50008)
    require(message.channel, author, state.now(), Permission.READ_MESSAGE_HISTORY)
    granted = require(target, author, state.now(), sending(target))
    check_pace(state, author, target, granted)
    if isinstance(target, Thread):
        wake_for(state, target, granted)
    copy = _compose(state, author, target, Draft(), None, granted=0)
    copy.reference = reference_to(message) | {"type": 1}
    copy.snapshot = serialisation.snapshot(message)
    post(state, copy)
    return copy


def post(state: State, message: Message) -> None:
    """Put a finished message into its channel and tell of it."""
    channel = message.channel
    channel.messages.add(message)
    channel.last_message_id = message.id
    if isinstance(channel, Thread):
        if message.id != channel.id and message.type is not MessageType.THREAD_STARTER:
            channel.message_count += 1
            channel.total_sent += 1
        follow(state, channel, message.author.id)
    tell(state, "MESSAGE_CREATE", message)


def tell(state: State, name: str, message: Message) -> None:
    """Emit a message's creation or update; an ephemeral one only to its reader."""
    body = serialisation.message_event(message, nonce=name == "MESSAGE_CREATE")
    state.emit(
        Event(
            name,
            body,
            message.channel.guild,
            message.channel,
            message=message,
            reader=message.reader,
            to_bot=message.reader is None,
        )
    )


def edit(
    state: State, actor: Member, message: Message, body: JSON, files: list[JSON] | None = None
) -> None:
    """Change a message of one's own; a moderator may only hide or show its embeds.

    Raises:
        DiscordError: If it is somebody else's, or its thread is archived or locked.
    """
    channel = message.channel
    granted = require(channel, actor, state.now(), Permission.VIEW_CHANNEL)
    require_changeable(channel, granted)
    if message.author is not actor.user:
        if not granted & Permission.MANAGE_MESSAGES:
            raise DiscordError(50005 if set(body) - {"flags"} else 50013)
        if set(body) - {"flags"}:
            raise DiscordError(50005)
    revise(state, message, body, files)
    tell(state, "MESSAGE_UPDATE", message)


def unfurl(state: State, message: Message, title: str) -> None:
    """Show a link's preview below a message, which updates it and is no edit."""
    message.embeds = [*message.embeds, {"type": "link", "title": title}]
    tell(state, "MESSAGE_UPDATE", message)


def revise(state: State, message: Message, body: JSON, files: list[JSON] | None = None) -> None:
    """Take over what an edit's body changes; without ``allowed_mentions`` defaults hold again."""
    draft = Draft.of(body)
    shown = ("content", "embeds", "components", "attachments")
    left = [getattr(draft if name in body else message, name) for name in shown[:3]]
    if not any([*left, body.get("attachments", message.attachments), files]):
        raise DiscordError(50006)
    for name in shown[:3]:
        if name in body:
            setattr(message, name, getattr(draft, name))
    if body.get("attachments") is not None or files:
        kept = {str(each["id"]) for each in body.get("attachments") or []}
        stay = [each for each in message.attachments if each["id"] in kept]
        message.attachments = (stay if "attachments" in body else message.attachments) + (
            files or []
        )
    if body.get("flags") is not None:
        hidden = MessageFlag.SUPPRESS_EMBEDS
        message.flags = message.flags & ~hidden | body["flags"] & hidden
    if set(body) - {"flags", "allowed_mentions"}:
        message.edited_at = state.now()
    mention(message, draft, None, may_ping_all=message.mention_everyone)


def system(
    state: State,
    author: User,
    channel: Channel,
    kind: MessageType,
    content: str = "",
    reference: JSON | None = None,
) -> Message:
    """Write what Discord itself writes: a rename, a pin, a thread's start."""
    message = Message(
        state.clock.snowflake(),
        channel,
        author,
        state.now(),
        type=kind,
        content=content,
        reference=reference,
    )
    post(state, message)
    return message


def pin(state: State, actor: Member, message: Message) -> None:
    """Pin a message, which takes PIN_MESSAGES and leaves a line in the channel."""
    channel = message.channel
    require(channel, actor, state.now(), Permission.PIN_MESSAGES)
    if isinstance(channel, Thread) and channel.archived:
        raise DiscordError(50083)
    if message.pinned_at is not None:
        return
    if len(channel.pins) >= PINS:
        raise DiscordError(30003)
    message.pinned_at = channel.last_pin_at = state.now()
    channel.pins[message.id] = message
    tell(state, "MESSAGE_UPDATE", message)
    body = {
        "guild_id": str(channel.guild.id),
        "channel_id": str(channel.id),
        "last_pin_timestamp": serialisation.stamp(channel.last_pin_at),
    }
    state.emit(Event("CHANNEL_PINS_UPDATE", body, channel.guild, channel))
    system(state, actor.user, channel, MessageType.PIN, reference=reference_to(message))


def compose_starter(state: State, author: Member, thread: Thread, draft: Draft) -> Message:
    """Return a forum post's first message: it has the thread's id."""
    granted = require(thread.parent, author, state.now(), Permission.SEND_MESSAGES)
    _require_extras(granted, draft)
    message = _compose(state, author, thread, draft, None, granted)
    message.id = thread.id
    drop_keys(state, message, draft.missing)
    return message


def drop_keys(state: State, message: Message, keys: frozenset[str]) -> None:
    """Let the bot get a message without some keys from now on; no keys heal it."""
    state.missing.pop(message.id, None)
    if keys:
        state.missing[message.id] = keys


def _compose(
    state: State,
    author: Member,
    channel: Channel,
    draft: Draft,
    target: Message | None,
    granted: int,
) -> Message:
    now = state.now()
    message = Message(
        state.clock.snowflake(),
        channel,
        author.user,
        now,
        type=MessageType.REPLY if target else MessageType.DEFAULT,
        content=draft.content,
        embeds=draft.embeds,
        components=draft.components,
        attachments=draft.attachments,
        flags=draft.flags,
        nonce=draft.nonce,
        reference=None if target is None else reference_to(target),
    )
    may_ping_all = bool(granted & Permission.MENTION_EVERYONE)
    mention(message, draft, target, may_ping_all=may_ping_all)
    if not author.user.bot:
        channel.last_sent[author.user.id] = now
    return message


def reference_to(message: Message) -> JSON:
    """Return the ``message_reference`` that points at a message."""
    return {
        "type": 0,
        "message_id": str(message.id),
        "channel_id": str(message.channel.id),
        "guild_id": str(message.channel.guild.id),
    }


def _require_extras(granted: int, draft: Draft) -> None:
    if draft.embeds and not granted & Permission.EMBED_LINKS:
        raise DiscordError(50013)
    if draft.attachments and not granted & Permission.ATTACH_FILES:
        raise DiscordError(50013)


def _same_nonce(state: State, author: Member, channel: Channel, nonce: str | int) -> Message | None:
    known = state.nonces.get((author.user.id, channel.id, str(nonce)))
    if known is None:
        return None
    message_id, sent_at = known
    if (state.now() - sent_at).total_seconds() > state.limits.nonce_window:
        return None
    return state.message(channel, message_id)


def check_pace(state: State, author: Member, channel: Channel, granted: int) -> None:
    """Refuse with 20016 what a slow mode forbids; bots and moderators are exempt."""
    last = channel.last_sent.get(author.user.id)
    if not channel.slowmode or last is None or author.user.bot or granted & EXEMPT:
        return
    left = channel.slowmode - (state.now() - last).total_seconds()
    if left > 0:
        raise DiscordError(20016, retry_after=round(left, 3))


def _replied(channel: Channel, draft: Draft, granted: int) -> Message | None:
    if draft.reference is None:
        return None
    if not granted & Permission.READ_MESSAGE_HISTORY:
        raise DiscordError(160002)
    target = channel.messages.get(int(draft.reference["message_id"]))
    if target is None and draft.reference.get("fail_if_not_exists", True):
        fault = {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}
        raise DiscordError(50035, errors={"message_reference": {"_errors": [fault]}})
    return target
