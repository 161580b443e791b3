"""`/setup`: by its options, or on a page of its own."""

import re
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.client import AfterwordBot
from bot.cogs.buttons import FormCog, Interaction
from bot.cogs.setup_forms import form, read_form
from bot.core import custom_ids
from bot.core.digests import Digest
from bot.core.errors import AfterwordError
from bot.core.markup import shorten
from bot.core.phrases import Phrases, phrases
from bot.discussion.messages.compose import MESSAGE
from bot.discussion.messages.moderators import hold_notice
from bot.discussion.messages.setup.draft import TAGS, Draft, groups_text
from bot.discussion.messages.setup.page import setup_page
from bot.discussion.permissions import is_manager, lacks
from bot.discussion.scheduling.guilds import Chosen
from bot.discussion.setup.pages import SetupPages
from bot.store.ledger import channels
from bot.store.ledger.channels import Body, Pace

Place = discord.TextChannel | discord.ForumChannel


class Setup(FormCog):
    """Sets up a server."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.SETUP: self.turn,
                custom_ids.SETUP_CHOOSE: self.choose,
                custom_ids.SETUP_SWITCH: self.switch,
                custom_ids.SETUP_TAKE: self.take,
                custom_ids.SETUP_FORM: self.ask,
                custom_ids.SETUP_APPLY: self.apply,
                custom_ids.SETUP_DISCARD: self.discard,
                custom_ids.SETUP_PREVIEW: self.preview,
            },
            {custom_ids.SETUP_MODAL: self.submit},
        )
        self._guilds = bot.discussion.guilds
        self._pages = SetupPages(bot.store, bot.blog, bot.settings, bot.discussion.server_setup)

    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(
        self,
        interaction: Interaction,
        channel: Place | None = None,
        language: app_commands.Range[str, 2, 20] | None = None,
        pace: Pace | None = None,
        body: Body | None = None,
        author: discord.Role | None = None,
        notices: discord.TextChannel | None = None,
        digest: Digest | None = None,
        digest_channel: discord.TextChannel | None = None,
    ) -> None:
        """See how essays are discussed here, and change it; options change what they name.

        Args:
            channel: A forum, or a text channel; each essay gets a thread in it
            language: Whose essays get threads there, such as en; at first the site's own
            pace: each (at most three a day), daily or weekly
            body: The whole essay, an excerpt, or only its card; auto suits the channel
            author: Who may read all responses with /responses
            notices: Where moderators are asked when something was held back
            digest: How often authors are told what is new: off, daily or weekly
            digest_channel: Where they are told; if none is chosen, where moderators get notices
        """
        guild, say = _managed(interaction)
        chosen = Chosen(language, pace, body, author, notices, digest, digest_channel)
        if channel is None and chosen == Chosen():
            await interaction.response.defer(ephemeral=True, thinking=True)
            draft = await self._pages.open(guild, say)
            await self._show(interaction, draft, "place", say)
            await self._ask_about_holds(interaction, draft.before.channel.id)
        else:
            place = channel or await self._pages.place(guild, say)
            await self._set_up(interaction, place, chosen, say)

    async def _set_up(
        self, interaction: Interaction, channel: Place, chosen: Chosen, say: Phrases
    ) -> None:
        if refusal := lacks(channel):
            raise AfterwordError(refusal.sentence(say))
        await interaction.response.defer(ephemeral=True, thinking=True)
        settled = await self._guilds.set_up(channel, chosen, interaction.user.id, say)
        await self.bot.discussion.schedule.run()
        report = "\n".join(await self._guilds.report(channel, settled, chosen, say))
        await interaction.edit_original_response(content=shorten(report, MESSAGE))
        await self._ask_about_holds(interaction, channel.id)

    async def turn(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn to another page."""
        guild, say = _managed(interaction)
        await interaction.response.defer()
        draft = await self._pages.load(guild, int(match["draft"]), say)
        await self._show(interaction, draft, match["page"], say)

    async def choose(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Choose a value in a menu."""
        guild, say = _managed(interaction)
        await interaction.response.defer()
        data: Mapping[str, Any] = interaction.data or {}
        given = [str(value) for value in data.get("values") or []]
        key, text = match["key"], ",".join(given) or "none"
        if key == "forum_tags":
            key, text = TAGS, groups_text(given)
        changes = {key: text}
        draft = await self._pages.change(guild, int(match["draft"]), changes, say)
        await self._show(interaction, draft, match["page"], say)

    async def switch(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Turn something on or off."""
        guild, say = _managed(interaction)
        await interaction.response.defer()
        changes = {match["key"]: match["value"]}
        draft = await self._pages.change(guild, int(match["draft"]), changes, say)
        await self._show(interaction, draft, match["page"], say)

    async def take(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Take the proposed tags, those that exist, or none."""
        guild, say = _managed(interaction)
        await interaction.response.defer()
        draft = await self._pages.take_tags(guild, int(match["draft"]), match["how"], say)
        await self._show(interaction, draft, "tags", say)

    async def ask(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Open a form."""
        guild, say = _managed(interaction)
        draft = await self._pages.load(guild, int(match["draft"]), say)
        zone = self.bot.blog.site.timezone
        await interaction.response.send_modal(form(draft, match["page"], match["form"], zone, say))

    async def apply(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Apply what was shown, and do what is due then."""
        guild, say = _managed(interaction)
        await interaction.response.defer()
        draft_id, page = int(match["draft"]), match["page"]
        draft = await self._pages.load(guild, draft_id, say)
        is_as_shown = match["shown"] == custom_ids.digest(draft.digest_text)
        if not is_as_shown or not await self._pages.apply(draft, interaction.user.id, say):
            draft = await self._pages.load(guild, draft_id, say)
            await self._show(interaction, draft, page, say, say.setup_moved)
            return
        await self.bot.discussion.schedule.run()
        draft = await self._pages.load(guild, draft_id, say)
        await self._show(interaction, draft, page, say, say.setup_applied)
        await self._ask_about_holds(interaction, draft.after.channel.id)

    async def discard(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Forget what was chosen."""
        guild, say = _managed(interaction)
        await interaction.response.defer()
        draft = await self._pages.discard(guild, int(match["draft"]), say)
        await self._show(interaction, draft, match["page"], say)

    async def preview(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Show the next essay as it would look."""
        guild, say = _managed(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        first, *others = await self._pages.preview(guild, int(match["draft"]), say)
        await interaction.edit_original_response(content=first.content)
        for message in others:
            await interaction.followup.send(**message.arguments(), ephemeral=True)

    async def submit(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Take what was written into a form of the page."""
        guild, say = _managed(interaction)
        await interaction.response.defer()
        changes = read_form(match["form"], interaction.data or {}, say)
        draft = await self._pages.change(guild, int(match["draft"]), changes, say)
        await self._show(interaction, draft, match["page"], say)

    async def _show(
        self, interaction: Interaction, draft: Draft, page: str, say: Phrases, note: str = ""
    ) -> None:
        message = setup_page(draft, page, say, note)
        await interaction.edit_original_response(**message.changes())

    async def _ask_about_holds(self, interaction: Interaction, channel_id: int) -> None:
        say = phrases(str(interaction.locale))
        for held in await self.bot.store.read(channels.holds, channel_id):
            await interaction.followup.send(**hold_notice(held, say).arguments(), ephemeral=True)


def _managed(interaction: Interaction) -> tuple[discord.Guild, Phrases]:
    """Return the server that who acts here may manage, and the texts in their language.

    Raises:
        AfterwordError: They may not manage it (any more).
    """
    say = phrases(str(interaction.locale))
    if interaction.guild is None or not is_manager(interaction):
        raise AfterwordError(say.only_managers)
    return interaction.guild, say


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Setup(bot))
