"""Serves essays by tag: a private list, discussed ones first."""

import asyncio
import re
from datetime import UTC, datetime

from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog, chosen
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.text.folding import fold
from bot.discussion.lookup import standing, tag_of
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.private import post_card, tag_page, unknown_tag
from bot.store import threads

CHOICE = 100


class Tags(PressedCog):
    """Lists essays by tag, ten a page."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {custom_ids.TAG: self.turn, custom_ids.OPEN: self.open},
        )

    @app_commands.command()
    async def tag(self, interaction: Interaction, tag: app_commands.Range[str, 1, CHOICE]) -> None:
        """List the essays about something, the discussed ones first.

        Args:
            tag: One of the blog's tags
        """
        langs = self.bot.discussion.languages.of(interaction)
        message = await self._list(interaction, tag, langs, 0)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    @tag.autocomplete("tag")
    async def complete_tag(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer tags; the ones with the most essays before anything is typed."""
        langs = self.bot.discussion.languages.of(interaction)
        found = self.bot.blog.catalog.complete_tags(current, langs, now=datetime.now(UTC))
        return [
            app_commands.Choice(name=f"{name} ({count})"[:CHOICE], value=name[:CHOICE])
            for name, count in found
        ]

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page of the list."""
        langs = self.bot.discussion.languages.of(interaction)
        tag = tag_of(self.bot.blog, langs, match["tag"])
        if tag is None:
            raise AfterwordError(phrases(str(interaction.locale)).gone)
        message = await self._list(interaction, tag, langs, int(match["page"]))
        await interaction.response.edit_message(**message.changes())

    async def open(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Open the card of an essay in the list, beside the list."""
        post = self.named_post(interaction, chosen(interaction))
        say = phrases(str(interaction.locale))
        here, related = await asyncio.gather(
            standing(self.bot.store, interaction, post), self.bot.discussion.related.of(post)
        )
        translations = self.bot.blog.catalog.named_translations(post)
        message = post_card(post, here, translations, say, related)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def _list(
        self, interaction: Interaction, tag: str, langs: tuple[str, ...], page: int
    ) -> Outgoing:
        now, say = datetime.now(UTC), phrases(str(interaction.locale))
        posts = self.bot.blog.catalog.tagged(tag, langs, now=now)
        if not posts:
            near = self.bot.blog.catalog.near_tags(tag, langs, now=now)
            raise AfterwordError(unknown_tag(tag, near, say))
        name = next(own for own in posts[0].tags if fold(own) == fold(tag))
        essays = [post.essay_id for post in posts if post.essay_id is not None]
        found = await self.bot.store.read(threads.in_guild, interaction.guild_id or 0, essays)
        return tag_page(name, posts, found, page, say)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Tags(bot))
