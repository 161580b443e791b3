"""Archived threads: what wakes them, what puts them to sleep, how many may be awake."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions.thread_members import tell_followers, tell_woken
from bot.sandbox.state.clock import created_at
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.models import ChannelFlag, Thread
from bot.sandbox.state.permissions import Permission
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Channel, Guild
    from bot.sandbox.state.state import State


def wake_for(state: State, thread: Thread, granted: int) -> None:
    """Un-archive a thread that somebody writes in, unless a lock forbids the writing.

    Raises:
        DiscordError: 50083 if it is archived and locked, 160005 if it is only locked.
    """
    if thread.locked and not granted & Permission.MANAGE_THREADS:
        raise DiscordError(50083 if thread.archived else 160005)
    if thread.archived:
        wake(state, thread)


def wake(state: State, thread: Thread) -> None:
    """Un-archive a thread and tell of it."""
    set_archived(state, thread, archived=False)
    tell(state, "THREAD_UPDATE", thread)
    tell_woken(state, thread)


def require_changeable(channel: Channel, granted: int) -> None:
    """Refuse to change a message where only MANAGE_THREADS may, or nobody.

    Raises:
        DiscordError: 50083 in an archived thread, 160005 in a locked one without the right.
    """
    if not isinstance(channel, Thread):
        return
    if channel.archived:
        raise DiscordError(50083)
    if channel.locked and not granted & Permission.MANAGE_THREADS:
        raise DiscordError(160005)


def require_deletable(channel: Channel, granted: int) -> None:
    """Refuse with 50083 to delete in a thread that is archived and locked.

    In one that is only archived, or only locked, deleting is allowed (topics/threads).
    """
    asleep = isinstance(channel, Thread) and channel.archived and channel.locked
    if asleep and not granted & Permission.MANAGE_THREADS:
        raise DiscordError(50083)


def set_archived(state: State, thread: Thread, *, archived: bool) -> None:
    """Archive or un-archive, within the guild's number of active threads."""
    if thread.archived == archived:
        return
    if not archived:
        require_room(state, thread.guild)
        thread.guild.active_threads[thread.id] = thread
    else:
        thread.guild.active_threads.pop(thread.id, None)
        thread.flags &= ~ChannelFlag.PINNED
    thread.archived = archived
    thread.archived_at = state.now()


def archive_idle(state: State) -> None:
    """Archive threads in which nothing happened for their duration; pinned posts stay."""
    for guild in state.guilds.values():
        for thread in tuple(guild.active_threads.values()):
            last = max(created_at(thread.last_message_id or thread.id), thread.archived_at)
            idle = state.now() - last > timedelta(minutes=thread.auto_archive)
            if idle and not thread.flags & ChannelFlag.PINNED:
                set_archived(state, thread, archived=True)
                tell(state, "THREAD_UPDATE", thread)


def tell(state: State, name: str, thread: Thread) -> None:
    """Emit a thread's creation or update, and that its first follower follows it."""
    body = serialisation.channel(thread, state.application.user.id)
    if name == "THREAD_CREATE":
        body["newly_created"] = True
    state.emit(Event(name, body, thread.guild, thread))
    if name == "THREAD_CREATE":
        tell_followers(state, thread, thread.owner_id)


def require_room(state: State, guild: Guild) -> None:
    """Refuse with 160006 when a guild has as many active threads as it may."""
    if len(guild.active_threads) >= state.limits.active_threads:
        raise DiscordError(160006)
