"""Moderators: where essays are discussed, which starts now, and what was held back."""

import re
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.digests import Digest
from bot.core.errors import AfterwordError
from bot.core.markup import shorten
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.discussion.lookup import undiscussed
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.moderators import discuss_outcome, hold_decided, hold_notice
from bot.discussion.permissions import is_manager, is_moderator, lacks
from bot.discussion.scheduling.guilds import Chosen, Guilds
from bot.discussion.scheduling.schedule import refuse_to_discuss
from bot.store.ledger import channels
from bot.store.ledger.channels import Body, Channel, Decision, Pace

ONLY_MODERATORS = "Only who may manage threads can do that. Ask a moderator of this server."
ONLY_MANAGERS = "Only who may manage this server can do that. Ask its owner or a moderator."
NO_CHANNEL = "No channel is set up here. Somebody who manages the server can type `/setup`."

Place = discord.TextChannel | discord.ForumChannel


class Moderation(PressedCog):
    """Sets up a guild and starts threads on demand."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {custom_ids.DISCUSS: self.start, custom_ids.RELEASE: self.release},
        )
        self._guilds = Guilds(bot, bot.store, bot.blog, bot.settings, bot.discussion.languages)

    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(
        self,
        interaction: Interaction,
        channel: Place,
        language: app_commands.Range[str, 2, 20] | None = None,
        pace: Pace | None = None,
        body: Body | None = None,
        author: discord.Role | None = None,
        notices: discord.TextChannel | None = None,
        digest: Digest | None = None,
        digest_channel: discord.TextChannel | None = None,
    ) -> None:
        """Choose the channel in which essays are discussed, and how; what is left out stays.

        Args:
            channel: A forum, or a text channel; each essay gets a thread in it
            language: Whose essays get threads there, such as en; at first the site's own
            pace: each (at most three a day), daily or weekly
            body: The whole essay, an excerpt, or only its card; auto suits the channel
            author: Who may read all responses with /responses
            notices: Where moderators are asked when something was held back
            digest: How often authors are told what is new: off, daily or weekly
            digest_channel: Where they are told; if none is chosen, where moderators get notices
        """
        if not is_manager(interaction):
            raise AfterwordError(ONLY_MANAGERS)
        say = phrases(str(interaction.locale))
        if refusal := lacks(channel, say):
            raise AfterwordError(refusal.sentence(say))
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = Chosen(language, pace, body, author, notices, digest, digest_channel)
        settled = await self._guilds.set_up(channel, chosen)
        await self.bot.discussion.schedule.run()
        report = "\n".join(await self._guilds.report(channel, settled, chosen, say))
        await interaction.edit_original_response(content=shorten(report, MESSAGE))
        for held in await self.bot.store.read(channels.holds, channel.id):
            await interaction.followup.send(**hold_notice(held).arguments(), ephemeral=True)

    @app_commands.command()
    @app_commands.default_permissions(manage_threads=True)
    async def discuss(
        self, interaction: Interaction, slug: app_commands.Range[str, 1, 100]
    ) -> None:
        """Start the thread of an essay now.

        Args:
            slug: The essay's title, or the last part of its address
        """
        settled = await self._channel(interaction)
        found = self.bot.blog.catalog.find(slug, settled.lang, now=datetime.now(UTC))
        await self._discuss(interaction, settled, found)

    @discuss.autocomplete("slug")
    async def complete_slug(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer essays that have no thread here yet."""
        guild_id = interaction.guild_id or 0
        found = await undiscussed(self.bot.store, self.bot.blog, guild_id, current)
        return [Choice(name=post.title[:100], value=f"#{post.id}") for post in found[:25]]

    async def start(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start the thread of a shelved essay, from the button on its card."""
        post = self.named_post(interaction, match["post"])
        await self._discuss(interaction, await self._channel(interaction), post)

    async def release(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start or shelve essays that were held back."""
        if not is_moderator(interaction):
            raise AfterwordError(ONLY_MODERATORS)
        decision: Decision = "start" if match["decision"] == "start" else "shelve"
        held = await self.bot.discussion.schedule.decide(
            int(match["hold"]), decision, interaction.user.id
        )
        who = discord.utils.escape_markdown(interaction.user.display_name)
        text = hold_decided(held, decision, who)
        await interaction.response.edit_message(content=text, view=None)
        if decision == "start":
            await self.bot.discussion.schedule.start_held(held, interaction.user.id)

    async def _channel(self, interaction: Interaction) -> Channel:
        if not is_moderator(interaction):
            raise AfterwordError(ONLY_MODERATORS)
        settled = await self.bot.store.read(channels.channels, interaction.guild_id)
        if not settled:
            raise AfterwordError(NO_CHANNEL)
        return settled[0]

    async def _discuss(self, interaction: Interaction, settled: Channel, post: Post) -> None:
        refuse_to_discuss(settled, post)
        await interaction.response.defer(ephemeral=True, thinking=True)
        say = phrases(str(interaction.locale))
        await self.bot.discussion.plan.refuse_withdrawn(settled, post, say)
        schedule, moderator = self.bot.discussion.schedule, interaction.user.id
        outcome, thread_id = await schedule.discuss(settled, post, moderator)
        text = discuss_outcome(settled.guild_id, thread_id, outcome, say)
        await interaction.edit_original_response(content=text)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Moderation(bot))
