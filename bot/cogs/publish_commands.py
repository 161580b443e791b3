"""Moderators look at what is to be published, and skip, retry or withdraw an essay."""

import io
import re
from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.discussion.messages.cuts import cut_buttons, cut_done, cut_line, listed
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.plan import plan_page
from bot.discussion.permissions import is_moderator, require_manager, require_moderator
from bot.store.ledger.decisions import Verb

Slug = app_commands.Range[str, 1, 100]


class PublishCommands(PressedCog):
    """Shows the plan of a channel, and changes it."""

    publish = app_commands.Group(
        name="publish",
        description="See what is to be published, and skip, retry or withdraw an essay.",
        default_permissions=discord.Permissions(manage_threads=True),
    )

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(bot, {custom_ids.PLAN: self.turn, custom_ids.CUT: self.decide_about_cut})

    @publish.command(name="list")
    async def plan(self, interaction: Interaction) -> None:
        """See what is due, waits, is held, was taken out, or is on the shelf."""
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        await interaction.response.defer(ephemeral=True, thinking=True)
        page = await self._page(interaction, 0)
        await interaction.edit_original_response(**page.changes())

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show another page, as it is now."""
        require_moderator(interaction, phrases(str(interaction.locale)))
        await interaction.response.defer()
        page = await self._page(interaction, int(match["page"]))
        await interaction.edit_original_response(**page.changes())

    @publish.command()
    async def skip(self, interaction: Interaction, slug: Slug) -> None:
        """Keep an essay from starting by itself, until its text changes.

        Args:
            slug: The essay's title, or the last part of its address
        """
        await self._decide(interaction, "skip", slug)

    @publish.command()
    async def retry(self, interaction: Interaction, slug: Slug) -> None:
        """Try an essay that waits now, or take back that it was skipped or withdrawn.

        Args:
            slug: The essay's title, or the last part of its address
        """
        await self._decide(interaction, "retry", slug)

    @publish.command()
    async def withdraw(self, interaction: Interaction, slug: Slug) -> None:
        """Take an essay out of its thread, and lock that; what was said stays.

        Args:
            slug: The essay's title, or the last part of its address
        """
        await self._decide(interaction, "withdraw", slug)

    @skip.autocomplete("slug")
    async def complete_skip(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer essays that would start by themselves."""
        return await self._offer(interaction, "skip", current)

    @retry.autocomplete("slug")
    async def complete_retry(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer essays that wait, or about which a moderator decided."""
        return await self._offer(interaction, "retry", current)

    @withdraw.autocomplete("slug")
    async def complete_withdraw(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Offer essays that have a thread."""
        return await self._offer(interaction, "withdraw", current)

    async def _decide(self, interaction: Interaction, verb: Verb, slug: str) -> None:
        say = phrases(str(interaction.locale))
        require_moderator(interaction, say)
        await interaction.response.defer(ephemeral=True, thinking=True)
        plan = self.bot.discussion.plan
        channel = await plan.channel(interaction, say)
        essay = await plan.essay(channel, slug, say)
        act = {"skip": plan.skip, "retry": plan.retry, "withdraw": plan.withdraw}[verb]
        text = await act(channel, essay, interaction.user.id, say)
        await interaction.edit_original_response(content=text)

    async def _offer(self, interaction: Interaction, verb: Verb, typed: str) -> list[Choice[str]]:
        if not is_moderator(interaction):
            return []
        plan, say = self.bot.discussion.plan, phrases(str(interaction.locale))
        try:
            channel = await plan.channel(interaction, say)
        except AfterwordError:
            return []
        found = await plan.offered(channel, verb, typed)
        return [Choice(name=one.title[:100], value=f"#{one.post_id}") for one in found[:25]]

    async def _page(self, interaction: Interaction, number: int) -> Outgoing:
        plan, say = self.bot.discussion.plan, phrases(str(interaction.locale))
        channel = await plan.channel(interaction, say)
        page = plan_page(channel.id, await plan.overview(channel, say), number, say)
        cut = await self.bot.discussion.cuts.pending()
        if cut is None or number > 0:
            return page
        buttons = (cut_buttons(cut.digest, say),) if cut.is_of(channel.guild_id) else ()
        content = f"{cut_line(cut, say)}\n{page.content}"
        return replace(page, content=content, rows=(*page.rows, *buttons))

    async def decide_about_cut(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Withdraw the posts that went missing at once, or list them."""
        say = phrases(str(interaction.locale))
        require_manager(interaction, say)
        cuts, guild_id = self.bot.discussion.cuts, interaction.guild_id or 0
        if match["deed"] == "show":
            cut = await cuts.pending()
            if cut is None or cut.digest != match["cut"]:
                raise AfterwordError(say.cut_changed)
            file = discord.File(io.BytesIO(listed(cut).encode()), "missing-posts.txt")
            await interaction.response.send_message(file=file, ephemeral=True)
            return
        await interaction.response.defer()
        confirmed = await cuts.confirm(guild_id, match["cut"], interaction.user.id)
        if confirmed is None:
            await cuts.run()
            raise AfterwordError(say.cut_changed)
        text = cut_done(confirmed, f"<@{interaction.user.id}>", say)
        await interaction.edit_original_response(content=text, view=None)
        await self.bot.discussion.schedule.run()


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(PublishCommands(bot))
