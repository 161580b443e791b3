"""Authors read what was said about their essays, page by page or as a file, and what is new."""

import io
import re
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.blog.catalog import MOST_OFFERED, UnknownPostError
from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog, chosen
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.listing import Listing, listing_of
from bot.core.phrases import phrases
from bot.core.post import Post
from bot.desk.attachments import Form
from bot.discussion.author_desk import Asked
from bot.discussion.messages.news import Seen
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.permissions import is_author
from bot.store.ledger import channels
from bot.store.responses import queries

CHOICE = 100
"""Code points of a choice's name (docs/discord-facts.md#choices-while-typing)."""

MEGABYTE = 1024 * 1024


class Authors(PressedCog):
    """Shows responses to authors, privately."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.RESPONSES: self.turn_essay,
                custom_ids.LISTING: self.turn,
                custom_ids.NEWS: self.turn_news,
                custom_ids.UNREAD: self.open,
                custom_ids.TOLD: self.read_news,
            },
        )

    @app_commands.command()
    async def responses(
        self,
        interaction: Interaction,
        slug: app_commands.Range[str, 1, 100] | None = None,
        question: app_commands.Range[str, 1, 300] | None = None,
        reader: app_commands.Range[str, 1, 100] | None = None,
        *,
        highlighted: bool = False,
        since: app_commands.Range[str, 1, 20] | None = None,
        file: Form | None = None,
    ) -> None:
        """Read what was answered to your essays, and what is new; only you see it.

        Args:
            slug: The essay's title, or the last part of its address
            question: Only what answers this question
            reader: Only what this reader wrote
            highlighted: Only what was highlighted
            since: Only what was written since a day, such as 2026-03-01, or 7d or 2w ago
            file: All of it as a file instead
        """
        await self._refuse_readers(interaction)
        asked = Asked(question, reader, highlighted, since)
        if slug is None and asked == Asked() and file is None:
            await self._show_news(interaction)
            return
        post = self._post(interaction, slug) if slug is not None else None
        say = phrases(str(interaction.locale))
        essay = post.essay_id or 0 if post else 0
        desk, guild_id = self.bot.discussion.desk, interaction.guild_id or 0
        await interaction.response.defer(ephemeral=True, thinking=True)  # many take their time
        listing = await desk.listing(guild_id, essay, asked, say)
        if file is not None:
            await self._hand_over(interaction, listing, file, post.slug if post else "")
            return
        message = await desk.page(guild_id, listing, 0, post.title if post else "", say)
        await interaction.edit_original_response(**message.changes())

    @responses.autocomplete("slug")
    async def complete_slug(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer essays by their titles; before anything is typed, those with responses first."""
        langs = self.bot.discussion.languages.of(interaction)
        catalog, now = self.bot.blog.catalog, datetime.now(UTC)
        if current.strip():
            found = catalog.complete_posts(current, langs, now=now)
        else:
            answered = await self.bot.store.read(queries.answered, interaction.guild_id or 0)
            found = catalog.complete_answered(answered, langs, now=now)
        return [Choice(name=post.title[:CHOICE], value=f"#{post.id}") for post in found]

    @responses.autocomplete("question")
    async def complete_question(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer the questions that were asked about the essay, or about any."""
        if not await self._is_author(interaction):
            return []
        found = await self.bot.discussion.desk.questions_offered(
            interaction.guild_id or 0, current, self._typed_essay(interaction), MOST_OFFERED
        )
        return [Choice(name=one.text[:CHOICE], value=f"#{one.prompt}") for one in found]

    @responses.autocomplete("reader")
    async def complete_reader(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer the readers who responded, to those alone who may read what they wrote."""
        if not await self._is_author(interaction):
            return []
        found = await self.bot.discussion.desk.readers_offered(
            interaction.guild_id or 0, current, self._typed_essay(interaction), MOST_OFFERED
        )
        return [Choice(name=one.name[:CHOICE] or "?", value=f"#{one.id}") for one in found]

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page of what was asked for."""
        await self._turn(interaction, listing_of(match), int(match["page"], 36))

    async def turn_essay(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page of an essay's responses, in a message of an earlier version."""
        await self._turn(interaction, Listing(int(match["essay"])), int(match["page"]))

    async def open(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show what was new about an essay, beside the list in which it was chosen."""
        await self._refuse_readers(interaction)
        after, until = int(match["after"], 36), int(match["until"], 36)
        essay = chosen(interaction) or ""
        listing = Listing(int(essay) if essay.isdigit() else 0, after_id=after, until_id=until)
        message = await self._page(interaction, listing, 0)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def turn_news(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page of what was new."""
        await self._refuse_readers(interaction)
        after, until, at = (int(match[name], 36) for name in ("after", "until", "seen"))
        seen = Seen(after, until, datetime.fromtimestamp(at, UTC) if at else None)
        say, page = phrases(str(interaction.locale)), int(match["page"], 36)
        message = await self.bot.discussion.desk.news(interaction.guild_id or 0, seen, page, say)
        await interaction.response.edit_message(**message.changes())

    async def read_news(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Show what is new to an author, from the button of a digest."""
        await self._refuse_readers(interaction)
        await self._show_news(interaction)

    async def _show_news(self, interaction: Interaction) -> None:
        """Show an author what is new; it stays new if Discord no longer takes an answer."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        desk, say = self.bot.discussion.desk, phrases(str(interaction.locale))
        guild_id, author = interaction.guild_id or 0, interaction.user.id
        seen = await desk.unseen(guild_id, author)
        message = await desk.news(guild_id, seen, 0, say)
        await desk.record_visit(guild_id, author, seen)
        await interaction.edit_original_response(**message.changes())

    async def _hand_over(
        self, interaction: Interaction, listing: Listing, form: Form, slug: str
    ) -> None:
        """Hand an author responses as a file."""
        say = phrases(str(interaction.locale))
        made = await self.bot.discussion.desk.file(interaction.guild_id or 0, listing, form, slug)
        if made is None:
            raise AfterwordError(say.no_match)
        size, most = len(made.content), interaction.filesize_limit
        if size > most:
            sizes = {"size": -(-size // MEGABYTE), "most": most // MEGABYTE}
            raise AfterwordError(say.file_too_big.format(**sizes))
        file = discord.File(io.BytesIO(made.content), made.name)
        await interaction.edit_original_response(attachments=[file])

    async def _turn(self, interaction: Interaction, listing: Listing, page: int) -> None:
        await self._refuse_readers(interaction)
        message = await self._page(interaction, listing, page)
        await interaction.response.edit_message(**message.changes())

    async def _page(self, interaction: Interaction, listing: Listing, page: int) -> Outgoing:
        say = phrases(str(interaction.locale))
        title = ""
        if listing.essay:
            posts = self.bot.blog.catalog.posts
            post = next((post for post in posts if post.essay_id == listing.essay), None)
            if post is None:
                raise AfterwordError(say.gone)
            title = post.title
        guild_id = interaction.guild_id or 0
        return await self.bot.discussion.desk.page(guild_id, listing, page, title, say)

    def _post(self, interaction: Interaction, slug: str) -> Post:
        langs = self.bot.discussion.languages.of(interaction)
        return self.bot.blog.catalog.find(slug, langs, now=datetime.now(UTC))

    def _typed_essay(self, interaction: Interaction) -> int | None:
        """Return the essay that was typed before; None for all of them."""
        slug = interaction.namespace.slug
        try:
            return self._post(interaction, slug).essay_id if slug else None
        except UnknownPostError:
            return None

    async def _is_author(self, interaction: Interaction) -> bool:
        guild = await self.bot.store.read(channels.get_guild, interaction.guild_id or 0)
        return is_author(interaction, guild.author_role_id)

    async def _refuse_readers(self, interaction: Interaction) -> None:
        if not await self._is_author(interaction):
            raise AfterwordError(phrases(str(interaction.locale)).only_authors)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Authors(bot))
