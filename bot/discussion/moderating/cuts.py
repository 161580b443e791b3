"""Moderators are asked whether many posts that went missing at once were removed on purpose."""

from datetime import UTC, datetime

import discord
from sqlite_utils import Database

from bot.core.phrases import phrases
from bot.discussion.messages.cuts import cut_notice
from bot.store.ledger import channels, cuts
from bot.store.ledger.cuts import Cut
from bot.store.ledger.notices import Notice
from bot.store.store import Store


class Cuts:
    """Asks about a cut in every guild, and withdraws its posts once that is confirmed."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._store = store
        self._is_asked = True  # what an earlier process asked is looked at once

    def waits(self, db: Database) -> object:
        """Return whether moderators are to be told of a cut, or that one is over."""
        return self._is_asked or cuts.pending_cut(db) is not None

    async def run(self) -> None:
        """Have moderators told of the cut that there is now, once, and of no earlier one."""
        cut = await self._store.read(cuts.pending_cut)
        if cut is None and not self._is_asked:
            return
        wanted: list[Notice] = []
        if cut is not None:
            settled = await self._store.read(channels.channels)
            for guild_id in dict.fromkeys(channel.guild_id for channel in settled):
                guild = self._client.get_guild(guild_id)
                if guild is not None:
                    say = phrases(str(guild.preferred_locale))
                    text = cut_notice(cut, say, is_ours=cut.is_of(guild_id))
                    wanted.append(Notice(cuts.notice_key(guild_id, cut), guild_id, text))
        await self._store.write(cuts.ask_about, wanted, datetime.now(UTC))
        self._is_asked = bool(wanted)

    async def pending(self) -> Cut | None:
        """Return the posts that are missing now."""
        return await self._store.read(cuts.pending_cut)

    async def confirm(self, guild_id: int, cut: str, by: int) -> Cut | None:
        """Withdraw exactly the posts that a moderator was shown; see `confirm_cut`."""
        now = datetime.now(UTC)
        return await self._store.write(cuts.confirm_cut, now, cut=cut, guild_id=guild_id, by=by)
