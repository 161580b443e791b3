"""Moderators look at answers that wait, and approve or decline them."""

import re
import sqlite3
from typing import cast

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.core.publishing.publication import Wait
from bot.discussion.messages import review as messages
from bot.discussion.permissions import is_moderator
from bot.discussion.reviewing.reviews import Outcome
from bot.store.responses.review import Decision


class Reviewing(PressedCog):
    """Shows what waits to moderators alone; the right is asked for at every press."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.LOOK: self.look,
                custom_ids.NEXT: self.turn,
                custom_ids.DECIDE: self.decide,
                custom_ids.APPROVE_ALL: self.approve_all,
            },
        )

    async def cog_unload(self) -> None:
        """Stop telling moderators what waits."""
        self.bot.discussion.reviews.notices.cancel()
        await super().cog_unload()

    @app_commands.command()
    @app_commands.default_permissions(manage_threads=True)
    async def review(self, interaction: Interaction) -> None:
        """Look at the answers that wait before they are shown."""
        await self._open(interaction)

    async def look(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Open the page from the message that tells of what waits."""
        await self._open(interaction)

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to the answer after the one that is looked at."""
        guild_id, say = _guild(interaction)
        found = await self.bot.discussion.reviews.page(guild_id, int(match["after"]))
        message = messages.page(*found, say)
        await interaction.response.edit_message(**message.changes())

    async def decide(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Approve or decline an answer, and go on to the next."""
        guild_id, say = _guild(interaction)
        await interaction.response.defer()
        response_id, decision = int(match["response"]), cast("Decision", match["decision"])
        try:
            outcome = await self.bot.discussion.reviews.decide(
                guild_id, response_id, decision, interaction.user.id, match["text"]
            )
        except sqlite3.Error as error:
            raise AfterwordError(say.review_not_now) from error
        after = response_id - 1 if outcome.decided.outcome == "changed" else response_id
        await self._go_on(interaction, guild_id, after, _sentence(outcome, decision, say))

    async def approve_all(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Approve what waited when the page was made."""
        guild_id, say = _guild(interaction)
        await interaction.response.defer()
        reviews = self.bot.discussion.reviews
        until = messages.until_of(match["until"])
        try:
            count = await reviews.approve_all(guild_id, interaction.user.id, until)
        except sqlite3.Error as error:
            raise AfterwordError(say.review_not_now) from error
        told = say.review_all.format(count=count) if count else say.review_gone
        await self._go_on(interaction, guild_id, 0, told)
        await self.bot.discussion.schedule.run()

    async def _open(self, interaction: Interaction) -> None:
        guild_id, say = _guild(interaction)
        found = await self.bot.discussion.reviews.page(guild_id)
        message = messages.page(*found, say)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def _go_on(self, interaction: Interaction, guild_id: int, after: int, told: str) -> None:
        say = phrases(str(interaction.locale))
        found = await self.bot.discussion.reviews.page(guild_id, after)
        message = messages.page(*found, say, told)
        await interaction.edit_original_response(
            **message.changes(), allowed_mentions=discord.AllowedMentions.none()
        )


def _guild(interaction: Interaction) -> tuple[int, Phrases]:
    """Return the guild whose answers are looked at, and the moderator's language.

    Raises:
        AfterwordError: Who acts is no moderator, or no longer.
    """
    say = phrases(str(interaction.locale))
    if interaction.guild_id is None or not is_moderator(interaction):
        raise AfterwordError(say.only_reviewers)
    return interaction.guild_id, say


def _sentence(outcome: Outcome, decision: Decision, say: Phrases) -> str:
    """Return what a moderator is told about their decision."""
    decided = outcome.decided
    if decided.outcome == "gone":
        return say.review_gone
    if decided.outcome == "changed":
        return say.review_changed
    if decided.outcome == "before":
        who = f"<@{decided.by}>" if decided.by else say.review_somebody
        is_approved = decided.as_ == "approve"
        said = say.review_before_approve if is_approved else say.review_before_decline
        return said.format(who=who)
    if decision == "decline":
        return say.review_declined
    if outcome.is_sealed:
        return say.review_approved_sealed
    return _shown(outcome.shown, say)


def _shown(shown: object, say: Phrases) -> str:
    if not isinstance(shown, Wait):
        return say.review_approved
    if shown.obstacle is None:
        return say.review_approved_soon
    return say.review_approved_later.format(reason=shown.obstacle.sentence(say))


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Reviewing(bot))
