"""The guilds that the bot is in."""

import logging
from datetime import UTC, datetime

import discord

from bot.discussion.permissions import lacks
from bot.discussion.publishing.channel_setup import SETTING, ChannelSetup
from bot.store.ledger import channels
from bot.store.store import Store

log = logging.getLogger(__name__)


class Guilds:
    """Remembers the guilds, and has the channel of the setting used as soon as it is there.

    Args:
        channel_id: The channel of the setting.
    """

    def __init__(
        self, client: discord.Client, store: Store, setup: ChannelSetup, channel_id: int | None
    ) -> None:
        self._client = client
        self._store = store
        self._setup = setup
        self._channel_id = channel_id
        self.is_stock_taken = False

    async def join(self, guild: discord.Guild) -> None:
        """Remember a guild, new or one that was left."""
        await self._store.write(channels.join_guild, guild.id, guild.name, datetime.now(UTC))

    async def leave(self, guild: discord.Guild) -> None:
        """Remember that a guild was left; its ledger stays, so that coming back doubles nothing."""
        await self._store.write(channels.leave_guild, guild.id, datetime.now(UTC))

    async def take_stock(self) -> None:
        """Remember the guilds and use the channel of the setting, once after each READY."""
        if self.is_stock_taken:
            return
        self.is_stock_taken = True
        try:
            for guild in self._client.guilds:
                if not guild.unavailable:
                    await self.join(guild)
            await self.use_setting()
            await self._greet()
        except BaseException:
            self.is_stock_taken = False
            raise

    async def use_setting(self) -> None:
        """Use the channel of the setting, unless that was done."""
        if await self._setup.is_setting_used():
            return
        channel = self._client.get_channel(self._channel_id or 0)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            log.error(
                "%s is %s, which is no text or forum channel that Afterword can see: check the "
                "id, invite the bot to its server, and allow it View Channel there.",
                SETTING,
                self._channel_id,
            )
            return
        if refusal := lacks(channel):
            log.warning("%s", refusal.sentence())
        await self._setup.use_setting(channel)

    async def _greet(self) -> None:
        """Tell the operator where the bot is, and what is still to be done."""
        guilds = self._client.guilds
        names = ", ".join(guild.name for guild in guilds) or "no server yet: invite it"
        log.info("Awake as %s in %s", self._client.user, names)
        if guilds and not await self._store.read(channels.channels):
            log.info("No channel is chosen: type /setup in Discord, or set %s", SETTING)
