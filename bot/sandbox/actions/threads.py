"""Starting, changing, archiving and deleting threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.actions import messages
from bot.sandbox.actions.archiving import require_room, set_archived, tell
from bot.sandbox.actions.thread_members import tell_woken
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import ChannelFlag, ChannelType, MessageFlag, MessageType, Thread
from bot.sandbox.state.permissions import Permission, require
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.actions.drafts import Draft
    from bot.sandbox.state.models import Channel, Member, Message
    from bot.sandbox.state.state import State


def from_message(
    state: State,
    actor: Member,
    message: Message,
    name: str,
    auto_archive: int | None = None,
    slowmode: int | None = None,
) -> Thread:
    """Start a thread on a message; the thread gets the message's id.

    Raises:
        DiscordError: 160004 if it has one already, 160006 if too many are active.
    """
    channel = message.channel
    needed = Permission.CREATE_PUBLIC_THREADS | Permission.READ_MESSAGE_HISTORY
    require(channel, actor, state.now(), needed)
    if channel.type is not ChannelType.TEXT:
        raise DiscordError(50024)
    if message.has(MessageFlag.HAS_THREAD) or message.id in state.channels:
        raise DiscordError(160004)
    thread = _make(state, actor, channel, message.id, name, auto_archive, slowmode)
    message.thread = thread
    message.flags |= MessageFlag.HAS_THREAD
    tell(state, "THREAD_CREATE", thread)
    messages.tell(state, "MESSAGE_UPDATE", message)
    reference = messages.reference_to(message)
    messages.system(state, actor.user, thread, MessageType.THREAD_STARTER, reference=reference)
    return thread


def without_message(
    state: State,
    actor: Member,
    channel: Channel,
    name: str,
    auto_archive: int | None = None,
    slowmode: int | None = None,
) -> Thread:
    """Start a thread in a text channel that hangs on no message."""
    require(channel, actor, state.now(), Permission.CREATE_PUBLIC_THREADS)
    if channel.type is not ChannelType.TEXT:
        raise DiscordError(50024)
    thread_id = state.clock.snowflake()
    thread = _make(state, actor, channel, thread_id, name, auto_archive, slowmode)
    tell(state, "THREAD_CREATE", thread)
    reference = {"type": 0, "channel_id": str(thread.id), "guild_id": str(thread.guild.id)}
    messages.system(
        state, actor.user, channel, MessageType.THREAD_CREATED, name, reference=reference
    )
    return thread


def forum_post(
    state: State,
    actor: Member,
    forum: Channel,
    name: str,
    draft: Draft,
    tags: list[int],
    auto_archive: int | None = None,
    slowmode: int | None = None,
) -> tuple[Thread, Message]:
    """Start a forum's post with its first message.

    Raises:
        DiscordError: 40067 without a tag where one is required, 50035 for an unknown one.
    """
    granted = require(forum, actor, state.now(), Permission.SEND_MESSAGES)
    _check_tags(forum, tags, granted, before=[])
    if forum.flags & ChannelFlag.REQUIRE_TAG and not tags:
        raise DiscordError(40067)
    messages.check_pace(state, actor, forum, granted)
    thread = _make(state, actor, forum, state.clock.snowflake(), name, auto_archive, slowmode)
    thread.applied_tags = tags
    message = messages.compose_starter(state, actor, thread, draft)
    forum.last_message_id = thread.id
    forum.last_sent[actor.user.id] = state.now()
    tell(state, "THREAD_CREATE", thread)
    messages.post(state, message)
    return thread, message


def update(state: State, actor: Member, thread: Thread, body: JSON) -> None:
    """Change a thread: a moderator everything, its owner its name, state and tags.

    Raises:
        DiscordError: 50083 for changes to an archived thread that do not wake it, 50013.
    """
    granted = require(thread, actor, state.now(), Permission.VIEW_CHANNEL)
    _require_right(actor, thread, body, granted)
    if thread.archived and body.get("archived") is not False and set(body) - {"archived", "locked"}:
        raise DiscordError(50083)
    if "applied_tags" in body:
        tags = [int(each) for each in body["applied_tags"] or []]
        _check_tags(thread.parent, tags, granted, before=thread.applied_tags)
        thread.applied_tags = tags
    was_archived = thread.archived
    if body.get("archived") is not None:
        set_archived(state, thread, archived=body["archived"])
    thread.locked = thread.locked if body.get("locked") is None else body["locked"]
    thread.slowmode = (
        thread.slowmode
        if body.get("rate_limit_per_user") is None
        else int(body["rate_limit_per_user"])
    )
    if body.get("auto_archive_duration") is not None:
        thread.auto_archive = int(body["auto_archive_duration"])
        thread.archived_at = state.now()
    if body.get("flags") is not None:
        _pin(thread, pinned=bool(body["flags"] & ChannelFlag.PINNED))
    renamed = body.get("name") not in {None, thread.name}
    thread.name = body["name"].strip() if renamed else thread.name
    tell(state, "THREAD_UPDATE", thread)
    if body.get("archived") is False and was_archived:
        tell_woken(state, thread)
    if renamed:
        messages.system(state, actor.user, thread, MessageType.RENAME, thread.name)


def delete(state: State, actor: Member, thread: Thread) -> None:
    """Delete a thread with MANAGE_THREADS: one event, none for its messages."""
    require(thread, actor, state.now(), Permission.MANAGE_THREADS)
    gone = viewers(state, thread)
    forget(state, thread)
    body = {
        "id": str(thread.id),
        "guild_id": str(thread.guild.id),
        "parent_id": str(thread.parent.id),
        "type": int(thread.type),
    }
    state.emit(Event("THREAD_DELETE", body, thread.guild, thread, gone=gone))


def viewers(state: State, channel: Channel) -> frozenset[int]:
    """Return who can see a channel, before it goes."""
    return frozenset(
        user_id for user_id, member in channel.guild.members.items() if state.sees(member, channel)
    )


def forget(state: State, thread: Thread) -> None:
    """Take a thread out of the state."""
    starter = thread.parent.messages.get(thread.id)
    if starter is not None:
        starter.thread = None
    for holder in (
        state.channels,
        thread.guild.channels,
        thread.parent.threads,
        thread.guild.active_threads,
    ):
        holder.pop(thread.id, None)


def _make(
    state: State,
    actor: Member,
    parent: Channel,
    thread_id: int,
    name: str,
    auto_archive: int | None,
    slowmode: int | None,
) -> Thread:
    require_room(state, parent.guild)
    thread = Thread(
        thread_id,
        parent.guild,
        ChannelType.PUBLIC_THREAD,
        name.strip(),
        parent_id=parent.id,
        slowmode=parent.thread_slowmode if slowmode is None else slowmode,
        auto_archive=auto_archive or parent.auto_archive,
        parent=parent,
        owner_id=actor.user.id,
        archived_at=state.now(),
    )
    thread.members[actor.user.id] = state.now()
    state.channels[thread_id] = thread
    parent.guild.channels[thread_id] = thread
    parent.guild.active_threads[thread_id] = thread
    parent.threads[thread_id] = thread
    return thread


def _require_right(actor: Member, thread: Thread, body: JSON, granted: int) -> None:
    if granted & Permission.MANAGE_THREADS:
        return
    waking = set(body) == {"archived"} and body["archived"] is False
    if waking and not thread.locked and granted & Permission.SEND_MESSAGES_IN_THREADS:
        return
    own = {"name", "archived", "auto_archive_duration", "applied_tags"}
    if thread.owner_id != actor.user.id or set(body) - own or thread.locked:
        raise DiscordError(50013)


def _check_tags(forum: Channel, tags: list[int], granted: int, *, before: list[int]) -> None:
    unknown = [each for each in tags if each not in forum.tags]
    if unknown:
        fault = {"code": "UNKNOWN_TAG", "message": "Unknown tag"}
        raise DiscordError(50035, errors={"applied_tags": {"_errors": [fault]}})
    moderated = any(forum.tags[each].moderated for each in set(tags) ^ set(before))
    if moderated and not granted & Permission.MANAGE_THREADS:
        raise DiscordError(50013)


def _pin(thread: Thread, *, pinned: bool) -> None:
    others = (each for each in thread.parent.threads.values() if each is not thread)
    if pinned and any(each.flags & ChannelFlag.PINNED for each in others):
        raise DiscordError(30047)
    rest = thread.flags & ~ChannelFlag.PINNED
    thread.flags = rest | ChannelFlag.PINNED if pinned else rest
