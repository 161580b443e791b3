"""Whether the bot may read a thread, and what is in the way if it may not.

Discord sends no event about the channel that the bot cannot read any more, only about the
permission that changed; what is written meanwhile is never replayed
(docs/discord-facts.md#lost-channels).
"""

from datetime import UTC, datetime
from typing import Final

import discord

from bot.discussion.collecting.tracked_threads import TrackedThreads
from bot.store.responses.gaps import HIDDEN, OUTAGE, REMOVED
from bot.store.threads import Home

PERMISSIONS: Final = ("view_channel", "read_message_history")
"""The permissions that reading takes (docs/discord-facts.md#reading-history)."""


def read_obstacles(client: discord.Client, home: Home) -> tuple[str, ...]:
    """Return what keeps the bot from reading a thread; nothing if it may.

    It goes by the gateway's events: Discord's answer to a request may say otherwise.
    """
    guild = client.get_guild(home.guild)
    if guild is None:
        return (REMOVED,)
    if guild.unavailable:
        return (OUTAGE,)
    channel = guild.get_channel(home.channel)
    if channel is None:
        return (HIDDEN,)
    me = guild.get_member(client.user.id) if client.user else None
    if me is None:  # the gateway did not send the bot's own member: requests will show
        return ()
    allowed = channel.permissions_for(me)
    return tuple(name for name in PERMISSIONS if not getattr(allowed, name))


class ReadAccess:
    """Opens a gap, at once, in each thread that can no longer be read."""

    def __init__(self, client: discord.Client, tracked: TrackedThreads) -> None:
        self._client = client
        self._tracked = tracked
        self._obstacles: dict[int, tuple[str, ...]] = {}

    def refresh(self, guild_id: int | None = None, *, since: datetime | None = None) -> None:
        """Compare what may be read now with what could be read before.

        It waits for nothing, so that a gap is open before any later message is received.

        Args:
            guild_id: Where something changed; None for everywhere.
            since: From when on messages may have been missed; now if None.
        """
        known: dict[Home, tuple[str, ...]] = {}
        was_restored = False
        for thread_id, home in self._tracked.homes.items():
            if guild_id not in {None, home.guild}:
                continue
            place = home._replace(publication=0)
            if place not in known:
                known[place] = read_obstacles(self._client, place)
            before = self._obstacles.pop(thread_id, ())
            now = known[place]
            if now:
                self._obstacles[thread_id] = now
                if now != before:
                    self._tracked.open_gap(thread_id, now, since or datetime.now(UTC))
            elif before:
                was_restored = True
        if was_restored:
            self._tracked.request_catch_up()
