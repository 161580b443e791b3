"""Serves essays by slug: a private card, its translations, and pages to read."""

import asyncio
import re
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.discussion.lookup import choice_of, post_of, read_pages, standing
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.private import post_card, reading_page, shared_card

CHOICE = 100
"""Code points of a choice's name and value (docs/discord-facts.md#choices-while-typing)."""

MOST_BOOKMARKS = 5000
"""Readers' places in essays that are remembered; the oldest give way."""


class Posts(PressedCog):
    """Finds, shows and shares essays."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.READ: self.read,
                custom_ids.CARD: self.read_starter,
                custom_ids.SHOW: self.show,
                custom_ids.SHARE: self.share,
            },
        )
        self._bookmarks: dict[tuple[int, int], int] = {}

    @app_commands.command()
    async def post(
        self, interaction: Interaction, slug: app_commands.Range[str, 1, CHOICE]
    ) -> None:
        """Show an essay, the questions it ends on, and where it is discussed.

        Args:
            slug: The essay's title, or the last part of its address
        """
        langs = self.bot.discussion.languages.of(interaction)
        await self._show(interaction, self.bot.blog.catalog.find(slug, langs, now=_now()))

    @post.autocomplete("slug")
    async def complete_slug(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer essays by their titles; the newest before anything is typed."""
        langs = self.bot.discussion.languages.of(interaction)
        found = self.bot.blog.catalog.complete_posts(current, langs, now=_now())
        return [
            app_commands.Choice(name=post.title[:CHOICE], value=choice_of(post)) for post in found
        ]

    async def read(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show a page of a post; turning pages changes the same message."""
        post = self.named_post(interaction, match["post"])
        source = interaction.message
        if source is not None and source.flags.ephemeral and not source.embeds:
            message = await self._page(interaction, post, int(match["page"]))
            await interaction.response.edit_message(**message.changes())
        else:
            message = await self._page(interaction, post)
            await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def read_starter(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show the post that a starter message is about."""
        post = await post_of(self.bot.store, self.bot.blog, int(match["publication"]))
        if post is None:
            raise AfterwordError(phrases(str(interaction.locale)).gone)
        message = await self._page(interaction, post)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def show(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show the card of a post, as the button of its translation asks."""
        await self._show(interaction, self.named_post(interaction, match["post"]))

    async def share(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Put a post's card into the channel, if who asks may write there."""
        post = self.named_post(interaction, match["post"])
        say = phrases(str(interaction.locale))
        allowed = interaction.permissions
        is_thread = isinstance(interaction.channel, discord.Thread)
        may = allowed.send_messages_in_threads if is_thread else allowed.send_messages
        if not may or not allowed.embed_links:
            raise AfterwordError(say.may_not_write)
        here = await standing(self.bot.store, interaction, post)
        message = shared_card(post, here, interaction.user.display_name)
        await interaction.response.send_message(**message.arguments(), silent=True)

    async def _show(self, interaction: Interaction, post: Post) -> None:
        message = await self._card(interaction, post)
        source = interaction.message
        if source is not None and source.flags.ephemeral:
            await interaction.response.edit_message(**message.changes())
        else:
            await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def _page(
        self, interaction: Interaction, post: Post, page: int | None = None
    ) -> Outgoing:
        """Return a page of a post, where the reader left off unless they turned to one.

        Who came to the end begins anew. Where somebody is in an essay is in memory only: it is
        nobody's business for longer than that.
        """
        reader = (interaction.user.id, post.id or 0)
        left_off = self._bookmarks.pop(reader, 0)
        pages = await read_pages(self.bot.blog, post)
        page = left_off if page is None else page
        if 0 < page < len(pages) - 1:
            self._bookmarks[reader] = page
            if len(self._bookmarks) > MOST_BOOKMARKS:
                del self._bookmarks[next(iter(self._bookmarks))]
        return reading_page(post, pages, page, phrases(str(interaction.locale)))

    async def _card(self, interaction: Interaction, post: Post) -> Outgoing:
        here, related = await asyncio.gather(
            standing(self.bot.store, interaction, post), self.bot.discussion.related.of(post)
        )
        translations = self.bot.blog.catalog.named_translations(post)
        return post_card(post, here, translations, phrases(str(interaction.locale)), related)


def _now() -> datetime:
    return datetime.now(UTC)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Posts(bot))
