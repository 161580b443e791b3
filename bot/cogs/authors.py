"""Authors read what was said about their essays."""

import re
from datetime import UTC, datetime

from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.private import responses_page
from bot.discussion.permissions import is_author
from bot.store.ledger import channels
from bot.store.responses import queries
from bot.store.responses.queries import Filter

ONLY_AUTHORS = (
    "Only authors can read all responses. Somebody who manages the server names the authors' role "
    "with `/setup`."
)


class Authors(PressedCog):
    """Shows responses to authors, privately."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {custom_ids.RESPONSES: self.turn},
        )

    @app_commands.command()
    async def responses(
        self, interaction: Interaction, slug: app_commands.Range[str, 1, 100]
    ) -> None:
        """Read what was answered to an essay of yours; only you see it.

        Args:
            slug: The essay's title, or the last part of its address
        """
        await self._refuse_readers(interaction)
        langs = self.bot.discussion.languages.of(interaction)
        found = self.bot.blog.catalog.find(slug, langs, now=datetime.now(UTC))
        message = await self._page(interaction, found, 0)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    @responses.autocomplete("slug")
    async def complete_slug(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer essays by their titles; before anything is typed, those with responses first."""
        langs = self.bot.discussion.languages.of(interaction)
        catalog, now = self.bot.blog.catalog, datetime.now(UTC)
        if current.strip():
            found = catalog.complete_posts(current, langs, now=now)
        else:
            answered = await self.bot.store.read(queries.answered, interaction.guild_id or 0)
            found = catalog.complete_answered(answered, langs, now=now)
        return [app_commands.Choice(name=post.title[:100], value=f"#{post.id}") for post in found]

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page."""
        await self._refuse_readers(interaction)
        essay = int(match["essay"])
        post = next((p for p in self.bot.blog.catalog.posts if p.essay_id == essay), None)
        if post is None:
            raise AfterwordError(phrases(str(interaction.locale)).gone)
        message = await self._page(interaction, post, int(match["page"]))
        await interaction.response.edit_message(**message.changes())

    async def _page(self, interaction: Interaction, post: Post, page: int) -> Outgoing:
        said = await self.bot.store.read(
            queries.listing, Filter(essay_id=post.essay_id, guild_id=interaction.guild_id)
        )
        return responses_page(post, said, page, phrases(str(interaction.locale)))

    async def _refuse_readers(self, interaction: Interaction) -> None:
        guild = await self.bot.store.read(channels.get_guild, interaction.guild_id or 0)
        if not is_author(interaction, guild.author_role_id):
            raise AfterwordError(ONLY_AUTHORS)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Authors(bot))
