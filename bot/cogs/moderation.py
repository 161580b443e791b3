"""Moderators: where essays are discussed, which starts now, and what was held back."""

import re
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.due import is_public
from bot.core.errors import AfterwordError
from bot.core.markup import shorten
from bot.core.phrases import Phrases, phrases
from bot.core.post import Post
from bot.core.publication import Wait
from bot.discussion.collecting.unreadable import MOST_LISTED, gap_lines
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.private import thread_url
from bot.discussion.permissions import foresee, is_manager, is_moderator, lacks
from bot.discussion.publishing.schedule import hold_notice
from bot.store import threads
from bot.store.ledger import channels, publications
from bot.store.ledger.channels import Body, Channel, Pace
from bot.store.responses import gaps

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
    ) -> None:
        """Choose the channel in which essays are discussed, and how; what is left out stays.

        Args:
            channel: A forum, or a text channel; each essay gets a thread in it
            language: Whose essays get threads there, such as en; at first the site's own
            pace: each (at most three a day), daily or weekly
            body: The whole essay, an excerpt, or only its card; auto suits the channel
            author: Who may read all responses with /responses
            notices: Where moderators are asked when something was held back
        """
        if not is_manager(interaction):
            raise AfterwordError(ONLY_MANAGERS)
        say = phrases(str(interaction.locale))
        if refusal := lacks(channel, say):
            raise AfterwordError(refusal.sentence(say))
        await interaction.response.defer(ephemeral=True, thinking=True)
        store = self.bot.store
        known = await store.read(channels.get_channel, channel.id)
        settled = self._settled(channel, known, language, pace, body)
        await store.write(
            channels.set_up,
            settled,
            channel.guild.name,
            datetime.now(UTC),
            author_role_id=author.id if author else None,
            notices_channel_id=notices.id if notices else None,
        )
        await self.bot.schedule.run()
        summary = await self._summary(settled)
        lines = [summary, *await self._obstacles(channel, settled, say)]
        await interaction.edit_original_response(content=shorten("\n".join(lines), MESSAGE))
        for held in await store.read(channels.holds, channel.id):
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
        found = self.bot.find_post(slug, (settled.lang,))
        await self._discuss(interaction, settled, found)

    @discuss.autocomplete("slug")
    async def complete_slug(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer essays that have no thread here yet."""
        settled = await self.bot.store.read(channels.channels, interaction.guild_id)
        langs = tuple(channel.lang for channel in settled)
        found = self.bot.blog.catalog.complete_posts(
            current, langs, now=datetime.now(UTC), limit=100
        )
        essays = [post.essay_id for post in found if post.essay_id is not None]
        discussed = await self.bot.store.read(threads.in_guild, interaction.guild_id or 0, essays)
        new = [post for post in found if post.essay_id not in discussed and post.lang in langs]
        return [
            app_commands.Choice(name=post.title[:100], value=f"#{post.id}") for post in new[:25]
        ]

    async def start(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start the thread of a shelved essay, from the button on its card."""
        post = self.bot.blog.catalog.by_id(int(match["post"]))
        if post is None:
            raise AfterwordError(phrases(str(interaction.locale)).gone)
        await self._discuss(interaction, await self._channel(interaction), post)

    async def release(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start or shelve essays that were held back."""
        if not is_moderator(interaction):
            raise AfterwordError(ONLY_MODERATORS)
        decision: channels.Decision = "start" if match["decision"] == "start" else "shelve"
        held = await self.bot.store.write(
            channels.decide,
            int(match["hold"]),
            decision,
            interaction.user.id,
            datetime.now(UTC),
        )
        if held is None:
            raise AfterwordError("That was decided already.")
        who = discord.utils.escape_markdown(interaction.user.display_name)
        verb = "Starting" if decision == "start" else "On the shelf:"
        await interaction.response.edit_message(
            content=f"{verb} {len(held.essays)} essays, as {who} decided.", view=None
        )
        if decision == "start":
            await self.bot.schedule.start_held(held, interaction.user.id)

    async def _channel(self, interaction: Interaction) -> Channel:
        if not is_moderator(interaction):
            raise AfterwordError(ONLY_MODERATORS)
        settled = await self.bot.store.read(channels.channels, interaction.guild_id)
        if not settled:
            raise AfterwordError(NO_CHANNEL)
        return settled[0]

    async def _discuss(self, interaction: Interaction, settled: Channel, post: Post) -> None:
        if post.lang != settled.lang:
            raise AfterwordError(
                f"<#{settled.id}> discusses essays in `{settled.lang}`; this one is in "
                f"`{post.lang}`."
            )
        if not is_public(post, datetime.now(UTC)):
            raise AfterwordError("That essay is not public on the blog, so it gets no thread.")
        await interaction.response.defer(ephemeral=True, thinking=True)
        outcome = await self.bot.schedule.discuss(settled, post.id or 0, interaction.user.id)
        discussed = await self.bot.store.read(
            threads.in_guild, settled.guild_id, [post.essay_id or 0]
        )
        place = discussed.get(post.essay_id or 0)
        if place is not None and place.thread_id is not None:
            text = f"It is discussed here: {thread_url(settled.guild_id, place.thread_id)}"
        elif isinstance(outcome, Wait):
            say = phrases(str(interaction.locale))
            why = outcome.obstacle.sentence(say) if outcome.obstacle else outcome.reason
            text = f"It waits: {why}"
        else:
            text = "Its thread was deleted, and a deleted thread stays deleted."
        await interaction.edit_original_response(content=text)

    async def _summary(self, settled: Channel) -> str:
        shelf = await self.bot.store.read(channels.shelf_size, settled.id)
        return (
            f"Essays in `{settled.lang}` are discussed in <#{settled.id}>, at the pace "
            f"`{settled.pace}`. On the shelf: {shelf}; `/discuss` starts one of them."
        )

    async def _obstacles(self, channel: Place, settled: Channel, say: Phrases) -> list[str]:
        """Return what is in the way, as far as it can be seen: beforehand, waiting, and unread."""
        catalog = self.bot.blog.catalog
        essays = [post for post in catalog.posts if post.lang == settled.lang]
        public = [post for post in essays if is_public(post, datetime.now(UTC))]
        lines = [obstacle.sentence(say) for obstacle in foresee(channel, public)]
        store = self.bot.store
        waiting = await store.read(publications.waiting, settled.guild_id)
        if waiting:
            lines.append(say.waits_heading)
        for each in waiting[:MOST_LISTED]:
            reason = each.obstacle.sentence(say) if each.obstacle else each.reason
            lines.append(f"- {say.waits_line.format(post=f'`{each.post}`', reason=reason)}")
        return [*lines, *gap_lines(await store.read(gaps.open_gaps, settled.guild_id), say)]

    def _settled(
        self,
        channel: Place,
        known: Channel | None,
        language: str | None,
        pace: Pace | None,
        body: Body | None,
    ) -> Channel:
        """Return a channel as it is chosen: what is left out is what it had, else the default.

        Args:
            known: What it is or was used for.
        """
        settings = self.bot.settings
        catalog = self.bot.blog.catalog
        kept = known.lang if known else None
        lang = (language or kept or settings.language or catalog.site.language).lower()
        if lang not in catalog.languages:
            raise AfterwordError(
                f"The blog has no essays in `{lang}`; it has {', '.join(catalog.languages)}."
            )
        return Channel(
            id=channel.id,
            guild_id=channel.guild.id,
            is_forum=isinstance(channel, discord.ForumChannel),
            lang=lang,
            pace=pace or (known.pace if known else settings.pace),
            body=body or (known.body if known else settings.body),
        )


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Moderation(bot))
