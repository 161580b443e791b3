"""Follows for readers what they choose, and takes moderators' word on what can be followed."""

import re
from typing import Literal

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog, chosen
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.text.folding import fold
from bot.discussion.permissions import is_moderator
from bot.store.ledger.follow_roles import Kind

CHOICE = 100


class Following(PressedCog):
    """Gives readers roles, and makes these for moderators."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(bot, {custom_ids.FOLLOW: self.choose})
        self._following = bot.discussion.following

    @app_commands.command()
    async def follow(self, interaction: Interaction) -> None:
        """Choose which tags or authors you follow here, by giving yourself a role."""
        message = await self._following.page(interaction)
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    @app_commands.command(name="follow-role")
    @app_commands.default_permissions(manage_threads=True)
    async def follow_role(
        self,
        interaction: Interaction,
        action: Literal["add", "remove"],
        tag: app_commands.Range[str, 1, CHOICE] | None = None,
        author: app_commands.Range[str, 1, CHOICE] | None = None,
    ) -> None:
        """Make or remove the role with which readers follow a tag or an author.

        Args:
            action: add makes the role; remove deletes it, and nobody follows any more
            tag: One of the blog's tags
            author: One of the blog's authors, in place of a tag
        """
        say, guild = phrases(str(interaction.locale)), interaction.guild
        if guild is None or not is_moderator(interaction):
            raise AfterwordError(say.only_moderators_decide)
        if (tag is None) == (author is None):
            raise AfterwordError(say.follow_one_of)
        await interaction.response.defer(ephemeral=True, thinking=True)
        kind: Kind = "tag" if tag is not None else "author"
        do = self._following.make if action == "add" else self._following.remove
        told = await do(guild, kind, tag or author or "", interaction.user.id, say)
        await interaction.edit_original_response(content=told)

    @follow_role.autocomplete("tag")
    async def complete_tag(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer the blog's tags, or those that have a role."""
        if interaction.namespace.action == "remove":
            return await self._with_roles(interaction, "tag", current)
        langs = self.bot.discussion.languages.of(interaction)
        found = self.bot.blog.catalog.complete_tags(current, langs, now=interaction.created_at)
        return [Choice(name=name[:CHOICE], value=name[:CHOICE]) for name, _ in found]

    @follow_role.autocomplete("author")
    async def complete_author(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer the blog's authors, or those who have a role."""
        if interaction.namespace.action == "remove":
            return await self._with_roles(interaction, "author", current)
        return _choices(self._following.authors(), current)

    async def choose(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Begin to follow something, or end it."""
        await interaction.response.defer()
        message = await self._following.choose(interaction, chosen(interaction) or "")
        await interaction.edit_original_response(**message.changes())

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Forget a role that somebody deleted."""
        await self._following.deleted(role)

    async def _with_roles(
        self, interaction: Interaction, kind: Kind, current: str
    ) -> list[Choice[str]]:
        offered = await self._following.offered(interaction.guild_id or 0)
        return _choices([one.name for one in offered if one.kind == kind], current)


def _choices(names: list[str], typed: str) -> list[Choice[str]]:
    found = [name for name in names if fold(typed) in fold(name)]
    return [Choice(name=name[:CHOICE], value=name[:CHOICE]) for name in found[:25]]


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Following(bot))
