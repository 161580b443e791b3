"""Who follows a thread, and what the bot is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Thread
    from bot.sandbox.state.state import State


def follow(state: State, thread: Thread, user_id: int) -> None:
    """Add somebody to a thread, as writing in it does, unless they follow it already.

    A bot hears of itself always, of others with the members intent (events, Thread Members Update).
    """
    if user_id in thread.members:
        return
    thread.members[user_id] = state.now()
    tell_followers(state, thread, user_id)


def tell_followers(state: State, thread: Thread, added: int) -> None:
    """Emit who began to follow a thread."""
    body: JSON = {
        "id": str(thread.id),
        "guild_id": str(thread.guild.id),
        "member_count": min(len(thread.members), 50),
    }
    if added in thread.guild.members:
        member = serialisation.member(thread.guild.members[added])
        seen = {"member": member, "presence": None}
        body["added_members"] = [serialisation.thread_member(thread, added) | seen]
    state.emit(Event("THREAD_MEMBERS_UPDATE", body, thread.guild, thread, to_people=False))


def tell_woken(state: State, thread: Thread) -> None:
    """Tell the bot that it follows a thread that has just been un-archived (topics/threads)."""
    bot = state.application.user.id
    if bot in thread.members:
        body = serialisation.thread_member(thread, bot) | {"guild_id": str(thread.guild.id)}
        state.emit(Event("THREAD_MEMBER_UPDATE", body, thread.guild, thread, to_people=False))
