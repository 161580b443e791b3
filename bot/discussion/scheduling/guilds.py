"""The guilds that the bot is in, and the channels in which they discuss essays."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import discord

from bot.blog.blog import Blog
from bot.core.digests import Digest
from bot.core.phrases import Phrases
from bot.core.publishing.due import is_public
from bot.discussion.messages.gap_report import gap_lines
from bot.discussion.messages.moderators import setup_summary, waiting_lines
from bot.discussion.permissions import Channel, foresee, lacks
from bot.discussion.reviewing.place import review_lines
from bot.discussion.scheduling.digest_place import digest_lines
from bot.discussion.setup.server_setup import ServerSetup
from bot.settings import Settings
from bot.store import key_values
from bot.store.ledger import channels, publications
from bot.store.ledger.channels import Body, Pace
from bot.store.ledger.channels import Channel as Settled
from bot.store.responses import gaps, review
from bot.store.store import Store

log = logging.getLogger(__name__)

SETTING = "AFTERWORD_CHANNEL"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a moderator chose with `/setup`; what is None stays as it is.

    Attributes:
        author: The role of those who may read all responses.
        notices: Where moderators are told what waits for them.
        digest_channel: Where authors are told what is new.
    """

    language: str | None = None
    pace: Pace | None = None
    body: Body | None = None
    author: discord.Role | None = None
    notices: discord.TextChannel | None = None
    digest: Digest | None = None
    digest_channel: discord.TextChannel | None = None

    def texts(self) -> dict[str, str]:
        """Return what was chosen, by the settings' keys."""
        words = {"language": self.language, "pace": self.pace, "body": self.body}
        words |= {"digest": self.digest}
        things = {
            "author": self.author,
            "notices": self.notices,
            "digest_channel": self.digest_channel,
        }
        chosen = {key: word.lower() for key, word in words.items() if word is not None}
        return chosen | {key: str(one.id) for key, one in things.items() if one is not None}


class Guilds:
    """Remembers the guilds, and sets their channels up: as `/setup` says, or the setting."""

    def __init__(
        self,
        client: discord.Client,
        store: Store,
        blog: Blog,
        settings: Settings,
        setup: ServerSetup,
    ) -> None:
        self._client = client
        self._store = store
        self._blog = blog
        self._settings = settings
        self._setup = setup

    async def join(self, guild: discord.Guild) -> None:
        """Remember a guild, new or one that was left."""
        await self._store.write(channels.join_guild, guild.id, guild.name, datetime.now(UTC))
        await self._correct_channels()

    async def leave(self, guild: discord.Guild) -> None:
        """Remember that a guild was left; its ledger stays, so that coming back doubles nothing."""
        await self._store.write(channels.leave_guild, guild.id, datetime.now(UTC))

    async def take_stock(self) -> None:
        """Remember the guilds there are, and use the channel of the setting."""
        for guild in self._client.guilds:
            if not guild.unavailable:
                await self.join(guild)
        await self.use_setting()
        await self._greet()

    async def use_setting(self) -> None:
        """Use the channel of the setting, once: what moderators set later stays."""
        channel_id = self._settings.channel
        if channel_id is None:
            return
        if await self._store.read(key_values.get_value, SETTING) == str(channel_id):
            return
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, (discord.TextChannel, discord.ForumChannel)):
            log.error(
                "%s is %s, which is no text or forum channel that Afterword can see: check the "
                "id, invite the bot to its server, and allow it View Channel there.",
                SETTING,
                channel_id,
            )
            return
        if refusal := lacks(channel):
            log.warning("%s", refusal.sentence())
        is_forum = isinstance(channel, discord.ForumChannel)
        default = self._setup.default(channel.guild.id)
        settled = replace(default, id=channel.id, is_forum=is_forum)
        await self._store.write(channels.set_up, settled, channel.guild.name, datetime.now(UTC))
        await self._store.write(key_values.set_value, SETTING, str(channel_id))
        await self._setup.languages.load()

    async def _correct_channels(self) -> None:
        """Record what channels are that were named by their ids alone, in the terminal."""
        for settled in await self._store.read(channels.channels):
            place = self._client.get_channel(settled.id)
            if not isinstance(place, (discord.TextChannel, discord.ForumChannel)):
                continue
            now, is_forum = datetime.now(UTC), isinstance(place, discord.ForumChannel)
            if place.guild.id != settled.guild_id:
                log.error(
                    "Channel %s is in another server than %s, and is not used: set another with "
                    "/setup there.",
                    settled.id,
                    settled.guild_id,
                )
                await self._store.write(channels.close_channel, settled.id, now)
            elif is_forum != settled.is_forum:
                await self._store.write(
                    channels.use_channel, replace(settled, is_forum=is_forum), now
                )

    async def _greet(self) -> None:
        """Tell the operator where the bot is, and what is still to be done."""
        guilds = self._client.guilds
        names = ", ".join(guild.name for guild in guilds) or "no server yet: invite it"
        log.info("Awake as %s in %s", self._client.user, names)
        if guilds and not await self._store.read(channels.channels):
            log.info("No channel is chosen: type /setup in Discord, or set %s", SETTING)

    async def set_up(
        self, channel: Channel, chosen: Chosen, manager_id: int, say: Phrases
    ) -> Settled:
        """Discuss essays in a channel from now on; what is left out is what it had, or the default.

        Raises:
            AfterwordError: The blog has no essays in that language.
        """
        return await self._setup.choose(channel, chosen.texts(), manager_id, say)

    async def report(
        self, channel: Channel, settled: Settled, chosen: Chosen, say: Phrases
    ) -> list[str]:
        """Return how a channel is set up, and what is in the way: beforehand, waiting, unread."""
        read, now = self._store.read, datetime.now(UTC)
        essays = [post for post in self._blog.catalog.posts if post.lang == settled.lang]
        takes = settled.selection.takes
        public = [post for post in essays if is_public(post, now) and takes(post)]
        guild = await read(channels.get_guild, settled.guild_id)
        is_asked = chosen.digest is not None or chosen.digest_channel is not None
        return [
            setup_summary(settled, await read(channels.shelf_size, settled.id), say),
            *digest_lines(channel.guild, guild, say, is_asked=is_asked),
            *review_lines(channel.guild, guild, (await read(review.crowd, guild.id)).total, say),
            *(obstacle.sentence(say) for obstacle in foresee(channel, public, settled.tag_map)),
            *waiting_lines(await read(publications.waiting, settled.guild_id), say),
            *gap_lines(await read(gaps.open_gaps, settled.guild_id), say),
        ]
