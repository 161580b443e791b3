"""Setting up the channel in which a guild discusses essays: by `/setup`, or by the setting."""

from datetime import UTC, datetime

import discord

from bot.blog.blog import Blog
from bot.core.due import is_public
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.discussion.collecting.unreadable import gap_lines
from bot.discussion.messages.moderators import setup_summary, waiting_lines
from bot.discussion.permissions import Channel, foresee
from bot.settings import Settings
from bot.store import key_values
from bot.store.ledger import channels, publications
from bot.store.ledger.channels import Body, Pace
from bot.store.ledger.channels import Channel as Settled
from bot.store.responses import gaps
from bot.store.store import Store

SETTING = "AFTERWORD_CHANNEL"


class ChannelSetup:
    """Decides how a channel is used, and records it."""

    def __init__(self, store: Store, blog: Blog, settings: Settings) -> None:
        self._store = store
        self._blog = blog
        self._settings = settings

    async def is_setting_used(self) -> bool:
        """Return whether there is nothing to be done about the channel of the setting."""
        channel_id = self._settings.channel
        used = await self._store.read(key_values.get_value, SETTING)
        return channel_id is None or used == str(channel_id)

    async def use_setting(self, channel: Channel) -> None:
        """Use the channel of the setting, once: what moderators set later stays."""
        lang = self._settings.language or self._blog.site.language
        settled, name = self._settled(channel, lang, None, None), channel.guild.name
        await self._store.write(channels.set_up, settled, name, datetime.now(UTC))
        await self._store.write(key_values.set_value, SETTING, str(channel.id))

    async def set_up(
        self,
        channel: Channel,
        language: str | None,
        pace: Pace | None,
        body: Body | None,
        author: discord.Role | None,
        notices: discord.TextChannel | None,
    ) -> Settled:
        """Discuss essays in a channel from now on; what is left out is what it had, or the default.

        Raises:
            AfterwordError: The blog has no essays in that language.
        """
        known = await self._store.read(channels.get_channel, channel.id)
        catalog = self._blog.catalog
        kept = known.lang if known else self._settings.language
        lang = (language or kept or catalog.site.language).lower()
        if lang not in catalog.languages:
            raise AfterwordError(
                f"The blog has no essays in `{lang}`; it has {', '.join(catalog.languages)}."
            )
        pace = pace or (known.pace if known else None)
        settled = self._settled(channel, lang, pace, body or (known.body if known else None))
        await self._store.write(
            channels.set_up,
            settled,
            channel.guild.name,
            datetime.now(UTC),
            author_role_id=author.id if author else None,
            notices_channel_id=notices.id if notices else None,
        )
        return settled

    async def report(self, channel: Channel, settled: Settled, say: Phrases) -> list[str]:
        """Return how a channel is set up, and what is in the way: beforehand, waiting, unread."""
        read, now = self._store.read, datetime.now(UTC)
        essays = [post for post in self._blog.catalog.posts if post.lang == settled.lang]
        public = [post for post in essays if is_public(post, now)]
        return [
            setup_summary(settled, await read(channels.shelf_size, settled.id)),
            *(obstacle.sentence(say) for obstacle in foresee(channel, public)),
            *waiting_lines(await read(publications.waiting, settled.guild_id), say),
            *gap_lines(await read(gaps.open_gaps, settled.guild_id), say),
        ]

    def _settled(
        self, channel: Channel, lang: str, pace: Pace | None, body: Body | None
    ) -> Settled:
        return Settled(
            id=channel.id,
            guild_id=channel.guild.id,
            is_forum=isinstance(channel, discord.ForumChannel),
            lang=lang,
            pace=pace or self._settings.pace,
            body=body or self._settings.body,
        )
