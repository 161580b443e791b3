"""Moderators: which essay starts now, and what was held back."""

import re
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.discussion.lookup import undiscussed
from bot.discussion.messages.finding import asked_for
from bot.discussion.messages.moderators import discuss_outcome, hold_decided
from bot.discussion.moderating.plan import Ground
from bot.discussion.permissions import require_moderator
from bot.discussion.scheduling.schedule import refuse_to_discuss
from bot.store.ledger.channels import Decision


class Moderation(PressedCog):
    """Starts threads on demand, and decides about what was held back."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {custom_ids.DISCUSS: self.start, custom_ids.RELEASE: self.release},
        )

    @app_commands.command()
    @app_commands.default_permissions(manage_threads=True)
    async def discuss(
        self, interaction: Interaction, slug: app_commands.Range[str, 1, 100]
    ) -> None:
        """Start the thread of an essay now.

        Args:
            slug: The essay's title, or the last part of its address
        """
        ground = await self._ground(interaction)
        found = self.bot.blog.catalog.find(slug, ground.channel.lang, now=datetime.now(UTC))
        await self._discuss(interaction, ground, found)

    @discuss.autocomplete("slug")
    async def complete_slug(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer essays that have no thread here yet, first those that readers ask for."""
        guild_id = interaction.guild_id or 0
        found = await undiscussed(self.bot.store, self.bot.blog, guild_id, current)
        say = phrases(str(interaction.locale))
        return [
            Choice(name=asked_for(post.title, count, say), value=f"#{post.id}")
            for post, count in found[:25]
        ]

    async def start(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start the thread of a shelved essay, from the button on its card."""
        post = self.named_post(interaction, match["post"])
        await self._discuss(interaction, await self._ground(interaction), post)

    async def release(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start or shelve essays that were held back."""
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        decision: Decision = "start" if match["decision"] == "start" else "shelve"
        guild_id, hold_id = interaction.guild_id or 0, int(match["hold"])
        held = await self.bot.discussion.schedule.decide(
            guild_id, hold_id, decision, interaction.user.id, say
        )
        who = discord.utils.escape_markdown(interaction.user.display_name)
        is_private = interaction.message is not None and interaction.message.flags.ephemeral
        say = phrases(str(interaction.locale if is_private else interaction.guild_locale))
        text = hold_decided(held, decision, who, say)
        await interaction.response.edit_message(content=text, view=None)
        if decision == "start":
            await self.bot.discussion.schedule.start_held(held, interaction.user.id)

    async def _ground(self, interaction: Interaction) -> Ground:
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        return await self.bot.discussion.plan.ground(interaction, say)

    async def _discuss(self, interaction: Interaction, ground: Ground, post: Post) -> None:
        say, settled = phrases(str(interaction.locale)), ground.channel
        refuse_to_discuss(settled, post, say)
        ground.refuse_withdrawn(post, say)
        await interaction.response.defer(ephemeral=True, thinking=True)
        schedule, moderator = self.bot.discussion.schedule, interaction.user.id
        outcome, thread_id = await schedule.discuss(settled, post, moderator)
        text = discuss_outcome(settled.guild_id, thread_id, outcome, say)
        await interaction.edit_original_response(content=text)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Moderation(bot))
