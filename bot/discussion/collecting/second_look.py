"""A second look before much is believed to be gone at once.

Discord is asked for each id before anything counts as gone. If many are out of sight at once, a
mistake is likelier than a deletion, so that nobody is asked yet: moderators are told, and Discord
is asked after a second look, later.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import discord

from bot.core.phrases import phrases
from bot.discussion.notices import Notices
from bot.store.responses import absences
from bot.store.store import Store

MOST_AT_ONCE = 25
"""So many ids of one place are asked for at the first look."""

MOST_LATER = 500
"""So many at a later look: one that is there after all ends the asking."""

SECOND_LOOK = timedelta(hours=1)
"""So much later is looked again."""


class Suspicion:
    """Decides for how much of what is out of sight Discord is asked now."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    async def may_ask(
        self, guild: discord.Guild, place_id: int, missing: Collection[int]
    ) -> list[int]:
        """Return the ids to ask for now, the oldest first.

        Args:
            place_id: The thread whose messages are missing, or the channel whose threads are.
            missing: What should be there and was not seen.
        """
        if len(missing) <= MOST_AT_ONCE:
            return sorted(missing)
        now = datetime.now(UTC)
        known = await self._store.read(absences.get_absence, place_id)
        if known is not None and now < known.look_again_at <= now + SECOND_LOOK:
            return []
        await self._store.write(
            absences.record_absence, place_id, guild.id, len(missing), now, now + SECOND_LOOK
        )
        if known is not None:
            return sorted(missing)[:MOST_LATER]
        say = phrases(str(guild.preferred_locale))
        text = say.out_of_sight.format(place=f"<#{place_id}>", count=len(missing))
        await self._notices.add(guild.id, absences.notice_key(place_id), text)
        return []

    async def recount(self, guild_id: int, thread_id: int) -> None:
        """Have a thread read again later that showed less than Discord counts."""
        now = datetime.now(UTC)
        await self._store.write(
            absences.record_absence, thread_id, guild_id, 0, now, now + SECOND_LOOK
        )
