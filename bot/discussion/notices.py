"""Telling moderators once, in Discord, what waits for a person."""

import logging
from datetime import UTC, datetime

import discord

from bot.core.custom_ids import digest, nonce
from bot.core.phrases import Phrases, phrases
from bot.discussion.messages.cuts import cut_buttons
from bot.discussion.messages.outgoing import Outgoing
from bot.endpoint import NO_ANSWER
from bot.store.ledger import channels, notices
from bot.store.ledger.cuts import digest_of
from bot.store.ledger.notices import Notice
from bot.store.store import Store

log = logging.getLogger(__name__)


class Notices:
    """Keeps what moderators are to be told, and tells them in the channel they chose for it."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._store = store

    async def add(self, guild_id: int, key: str, text: str) -> None:
        """Have moderators told something, unless they were told the same.

        Args:
            key: Names what it is about, so that it can be resolved.
        """
        await self._store.write(
            notices.raise_notice, Notice(key, guild_id, text), datetime.now(UTC)
        )

    async def deliver(self) -> None:
        """Tell what is new, once for all that says the same; without a channel, the log says it.

        What Discord does not take is tried again; it does not stop the others.
        """
        for notice in await self._store.read(notices.untold):
            guild = self._client.get_guild(notice.guild_id)
            if guild is None:
                continue
            try:
                await self._tell(guild, notice)
            except discord.HTTPException as error:
                log.warning("Discord refuses a notice in %s (code %s)", guild.name, error.code)
            except NO_ANSWER as error:
                log.info("Discord did not answer (%s); a notice waits", type(error).__name__)
            else:
                await self._store.write(notices.told, notice, datetime.now(UTC))

    async def _tell(self, guild: discord.Guild, notice: Notice) -> None:
        where = await self.channel(guild)
        if where is None:
            log.warning("%s (%s; /setup names a channel for this)", notice.text, guild.name)
            return
        named = digest(f"{notice.key} {notice.text}")  # another text is another message
        once = nonce(guild.id, f"notice {named}", 0)
        message = notice_message(notice, phrases(str(guild.preferred_locale)))
        await where.send(**message.arguments(), nonce=once, silent=True)

    async def channel(self, guild: discord.Guild) -> discord.TextChannel | None:
        """Return the channel for notices: the one moderators chose, or Discord's own for them."""
        settings = await self._store.read(channels.get_guild, guild.id)
        where = notices_place(guild, settings)
        if where is None or not where.permissions_for(guild.me).send_messages:
            return None
        return where


def notice_message(notice: Notice, say: Phrases) -> Outgoing:
    """Return a notice as it is sent: what moderators can decide about has buttons for it."""
    cut = digest_of(notice.key)
    buttons = cut_buttons(cut, say) if cut else ()
    return Outgoing(notice.text, rows=(buttons,) if buttons else ())


def notices_place(guild: discord.Guild, settings: channels.Guild) -> discord.TextChannel | None:
    """Return the channel for notices, whether or not the bot may write there."""
    chosen = guild.get_channel(settings.notices_channel_id or 0)
    return chosen if isinstance(chosen, discord.TextChannel) else guild.public_updates_channel
