"""Finds for readers: the questions that are open to them, and whatever has their words in it."""

import re
from datetime import UTC, datetime

from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.finding import LONGEST
from bot.discussion.lookup import tag_of
from bot.discussion.messages.finding import searched_for

CHOICE = 100


class Finding(PressedCog):
    """Lists open questions, and searches essays and responses; ten a page, privately."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot, {custom_ids.QUESTIONS: self.turn_questions, custom_ids.FOUND: self.turn_found}
        )
        self._finding = bot.discussion.finding

    @app_commands.command()
    async def questions(
        self, interaction: Interaction, tag: app_commands.Range[str, 1, CHOICE] | None = None
    ) -> None:
        """List the questions that are open here, the least answered first, and answer one.

        Args:
            tag: Only questions of essays with this tag
        """
        await interaction.response.defer(ephemeral=True, thinking=True)
        message = await self._finding.questions(interaction, tag or "", 0)
        await interaction.edit_original_response(**message.changes())

    @questions.autocomplete("tag")
    async def complete_tag(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer tags; the ones with the most essays before anything is typed."""
        langs = self.bot.discussion.languages.of(interaction)
        found = self.bot.blog.catalog.complete_tags(current, langs, now=datetime.now(UTC))
        return [app_commands.Choice(name=name[:CHOICE], value=name[:CHOICE]) for name, _ in found]

    @app_commands.command()
    async def search(
        self, interaction: Interaction, words: app_commands.Range[str, 1, LONGEST]
    ) -> None:
        """Search the essays, and what readers said about them where you can read it.

        Args:
            words: All of them must be there; accents and capitals make no difference
        """
        await interaction.response.defer(ephemeral=True, thinking=True)
        message = await self._finding.search(interaction, words, 0)
        await interaction.edit_original_response(**message.changes())

    async def turn_questions(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page of the questions."""
        tag: str | None = ""
        if match["tag"] != custom_ids.digest(""):
            langs = self.bot.discussion.languages.of(interaction)
            tag = tag_of(self.bot.blog, langs, match["tag"])
        if tag is None:
            raise AfterwordError(phrases(str(interaction.locale)).gone)
        await interaction.response.defer()
        message = await self._finding.questions(interaction, tag, int(match["page"]))
        await interaction.edit_original_response(**message.changes())

    async def turn_found(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page of what was found."""
        await interaction.response.defer()
        typed = searched_for(interaction.message)
        message = await self._finding.search(interaction, typed, int(match["page"]))
        await interaction.edit_original_response(**message.changes())


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Finding(bot))
