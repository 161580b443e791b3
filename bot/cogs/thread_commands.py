"""Moderators close, reopen and lock the threads of essays."""

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.answering.replies import reply
from bot.discussion.moderating.threads import Deed
from bot.discussion.permissions import is_moderator, require_moderator

Slug = app_commands.Range[str, 1, 100]


@app_commands.default_permissions(manage_threads=True)
class ThreadCommands(commands.GroupCog, name="thread"):
    """Close, reopen or lock the thread of an essay."""

    def __init__(self, bot: AfterwordBot) -> None:
        self.bot = bot
        super().__init__()

    @app_commands.command()
    async def close(self, interaction: Interaction, slug: Slug | None = None) -> None:
        """Archive the thread: whoever writes in it opens it again.

        Args:
            slug: The essay's title, or the last part of its address; here if left out
        """
        await self._change(interaction, "close", slug)

    @app_commands.command()
    async def reopen(self, interaction: Interaction, slug: Slug | None = None) -> None:
        """Take the thread out of the archive, and unlock it.

        Args:
            slug: The essay's title, or the last part of its address; here if left out
        """
        await self._change(interaction, "reopen", slug)

    @app_commands.command()
    async def lock(self, interaction: Interaction, slug: Slug | None = None) -> None:
        """Lock the thread: only who may manage threads can write in it.

        Args:
            slug: The essay's title, or the last part of its address; here if left out
        """
        await self._change(interaction, "lock", slug)

    @close.autocomplete("slug")
    @reopen.autocomplete("slug")
    @lock.autocomplete("slug")
    async def complete_slug(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer essays that have a thread here."""
        if not is_moderator(interaction):
            return []
        found = await self.bot.discussion.threads.offered(interaction.guild_id or 0, current)
        return [Choice(name=one.title[:100], value=f"#{one.post_id}") for one in found[:25]]

    async def _change(self, interaction: Interaction, deed: Deed, slug: str | None) -> None:
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        await interaction.response.defer(ephemeral=True, thinking=True)
        moderation = self.bot.discussion.threads
        place = await moderation.place(interaction, slug, say)
        if place.is_already(deed):
            raise AfterwordError(say.thread_as_it_is)
        done = {
            "close": say.thread_closed,
            "reopen": say.thread_reopened,
            "lock": say.thread_locked_now,
        }[deed]
        if deed == "close" and place.thread.locked:
            await reply(interaction, done)  # once it is archived too, no answer is taken
        await moderation.change(place, deed, interaction.user.id, say)
        await reply(interaction, done)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(ThreadCommands(bot))
