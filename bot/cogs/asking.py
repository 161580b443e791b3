"""Asks an essay, or the whole blog, something: by command, or by a mention in a thread."""

import re
from contextlib import suppress
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.asked_of_bot import LONGEST
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.asking.questions import WHOLE_BLOG
from bot.discussion.lookup import choice_of
from bot.discussion.messages.outgoing import without_button

CHOICE = 100
"""Code points of a choice's name and value (docs/discord-facts.md#choices-while-typing)."""

OFFERED = 25


class Asking(PressedCog):
    """Answers questions privately, and shows an answer to everybody if its reader wants that."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.ASKED: self.show_answer,
                custom_ids.PASSAGE: self.show_here,
                custom_ids.TAKE_AWAY: self.take_away,
            },
        )
        self._questions = bot.discussion.questions
        self._mentions = bot.discussion.mentions
        self._showing = bot.discussion.showing

    @app_commands.command()
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, LONGEST],
        essay: app_commands.Range[str, 1, CHOICE] | None = None,
    ) -> None:
        """Ask an essay, or the whole blog, something: it answers in its own words.

        Args:
            question: What you would like to know; nobody else sees it
            essay: The essay to ask; in its thread that one, elsewhere the whole blog
        """
        await interaction.response.defer(ephemeral=True, thinking=True)
        home = self._mentions.home(interaction.channel_id)
        asked = await self._questions.essay_asked(interaction, essay, home)
        message = await self._questions.answer(interaction, question, asked)
        await interaction.edit_original_response(**message.changes())

    @ask.autocomplete("essay")
    async def complete_essay(
        self, interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Offer essays by their titles, and before anything is typed the whole blog."""
        langs = self.bot.discussion.languages.of(interaction)
        found = self.bot.blog.catalog.complete_posts(current, langs, now=datetime.now(UTC))
        offered = [(post.title, choice_of(post)) for post in found]
        if not current.strip():
            offered.insert(0, (phrases(str(interaction.locale)).ask_whole_blog, WHOLE_BLOG))
        return [
            app_commands.Choice(name=title[:CHOICE], value=value)
            for title, value in offered[:OFFERED]
        ]

    @commands.Cog.listener()
    async def on_mention(self, message: discord.Message) -> None:
        """Reply to a question, if a message that mentions the bot is one."""
        await self._mentions.reply(message)

    async def show_answer(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Answer a question that mentioned the bot to who wrote it."""
        say = phrases(str(interaction.locale))
        if int(match["reader"]) != interaction.user.id:
            raise AfterwordError(say.ask_not_your_question)
        await interaction.response.defer(ephemeral=True, thinking=True)
        question = await self._mentions.question(interaction, int(match["question"]))
        asked = await self._questions.essay_of(interaction, int(match["publication"]))
        message = await self._questions.answer(interaction, question, asked)
        await interaction.edit_original_response(**message.changes())

    async def show_here(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show everybody the passage of a private answer: once, silently, without a ping.

        The button goes first. If the passage then cannot be sent, who pressed is told so.
        """
        await interaction.response.defer()
        shown = await self._showing.shown(
            interaction, int(match["post"]), custom_ids.places_in(match["places"]), match["text"]
        )
        self._showing.take_turn(interaction)
        rest = without_button(interaction.message, custom_ids.PASSAGE)
        await interaction.edit_original_response(view=rest)
        await interaction.followup.send(**shown.arguments(), silent=True)

    async def take_away(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Delete a message that stands here because somebody asked."""
        reader = int(match["reader"])
        self._showing.require_may_take_away(interaction, reader)
        await interaction.response.defer()
        with suppress(discord.NotFound):  # somebody else took it away meanwhile
            await interaction.delete_original_response()
            home = self._mentions.home(interaction.channel_id)
            await self._showing.record_taken(interaction, reader, home)


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Asking(bot))
