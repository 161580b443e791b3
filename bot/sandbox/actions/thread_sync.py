"""What the gateway says when a change opens channels to the bot: one THREAD_LIST_SYNC."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.state.models import ChannelType, Thread
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.state.models import Channel, Guild, Member
    from bot.sandbox.state.state import State


@contextmanager
def syncing_threads(state: State, guild: Guild) -> Iterator[list[Channel]]:
    """Tell the bot of the active threads in the channels that a change opens to it.

    What a change closes to it is not told: only the change itself is
    (docs/discord-facts.md#lost-channels).
    Put every change in it that can move anybody's access, and append to the list that it yields
    the channels that the change itself tells of. The page of a member looks again after each.
    """
    seen = _visible(state, guild)
    told: list[Channel] = []
    yield told
    bot = guild.members.get(state.application.user.id)
    opened = [each for each in _visible(state, guild) if each not in seen]
    for channel in opened if state.hides_channels else ():
        if channel not in told:  # it was hidden until now
            body = serialisation.channel(channel)
            state.emit(Event("CHANNEL_UPDATE", body, guild, channel, to_people=False))
    if bot is not None and opened:
        body = _sync(bot, guild, opened)
        state.emit(Event("THREAD_LIST_SYNC", body, guild, to_people=False))
    body = {"guild_id": str(guild.id)}
    state.emit(Event("ACCESS_UPDATE", body, guild, to_bot=False))


def _visible(state: State, guild: Guild) -> list[Channel]:
    bot = guild.members.get(state.application.user.id)
    if bot is None:
        return []
    return [
        each
        for each in guild.channels.values()
        if not isinstance(each, Thread)
        and each.type is not ChannelType.CATEGORY
        and state.sees(bot, each)
    ]


def _sync(bot: Member, guild: Guild, opened: list[Channel]) -> dict[str, object]:
    active = [
        thread for channel in opened for thread in channel.threads.values() if not thread.archived
    ]
    joined = [each for each in active if bot.user.id in each.members]
    return {
        "guild_id": str(guild.id),
        "channel_ids": [str(each.id) for each in opened],
        "threads": [serialisation.channel(each) for each in active],
        "members": [serialisation.thread_member(each, bot.user.id) for each in joined],
    }
