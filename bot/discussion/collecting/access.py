"""Whether the bot may read a thread, and what is in the way if it may not.

Losing a channel is silent: Discord tells of the permission that changed and of nothing else, and
what is written meanwhile is never replayed (discord-facts.md, facts 18 to 21).
"""

from datetime import UTC, datetime
from typing import Final

import discord

from bot.discussion.collecting.collector import Collector
from bot.store.threads import Home

READING: Final = ("view_channel", "read_message_history")
"""What reading takes (discord-facts.md, fact 18)."""

REMOVED: Final = "removed"
OUTAGE: Final = "outage"
HIDDEN: Final = "hidden"
"""Besides a permission: the bot is not in the server, Discord has an outage there, or the channel
is nowhere to be seen.
"""


def lacking(client: discord.Client, home: Home) -> tuple[str, ...]:
    """Return what keeps the bot from reading a thread; nothing if it may.

    As far as the gateway told: Discord's answer to a request may say otherwise.
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
    if me is None:  # Discord did not tell of it: its answers will
        return ()
    allowed = channel.permissions_for(me)
    return tuple(name for name in READING if not getattr(allowed, name))


class Access:
    """Takes note, at once, of each thread that can no longer be read or can be again."""

    def __init__(self, client: discord.Client, collector: Collector) -> None:
        self._client = client
        self._collector = collector
        self._lacking: dict[int, tuple[str, ...]] = {}

    def look(self, guild_id: int | None = None, *, since: datetime | None = None) -> None:
        """Compare what may be read now with what could be read before.

        It waits for nothing, so that no message that comes later is taken for one without a gap
        before it.

        Args:
            guild_id: Where something changed; None for everywhere.
            since: What has not been heard at the latest from then on; now if None.
        """
        known: dict[Home, tuple[str, ...]] = {}
        opened = False
        for thread_id, home in self._collector.threads.items():
            if guild_id not in {None, home.guild}:
                continue
            place = home._replace(publication=0)
            if place not in known:
                known[place] = lacking(self._client, place)
            before = self._lacking.pop(thread_id, ())
            now = known[place]
            if now:
                self._lacking[thread_id] = now
                if now != before:
                    self._collector.cannot_read(thread_id, now, since or datetime.now(UTC))
            elif before:
                opened = True
        if opened:
            self._collector.fall_behind()
