"""A page of choices: what is kept of a reader, and whether they may be quoted."""

import re
from typing import get_args

from bot.client import AfterwordBot
from bot.cogs.buttons import Interaction, PressedCog, chosen, show_private
from bot.core import custom_ids
from bot.core.consent import Quote
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.discussion.messages.choices import choices_card, refusal_question

QUOTES: dict[str, Quote] = {quote: quote for quote in get_args(Quote)}


class Choices(PressedCog):
    """Shows readers their choices privately, and changes them."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.CHOICES: self.show,
                custom_ids.KEEP: self.keep,
                custom_ids.DEFAULT: self.choose_quote,
                custom_ids.UNQUOTE: self.withdraw_quotes,
                custom_ids.UNCHOOSE: self.forget,
            },
        )
        self._choosing = bot.discussion.choosing

    async def show(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Show a reader how their choices stand here, in the place of what they pressed it on."""
        card = choices_card(await self._choosing.choices(interaction), _say(interaction))
        await show_private(interaction, card)

    async def keep(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Keep what a reader writes from now on, or nothing once they are sure."""
        say = _say(interaction)
        if match["choice"] == "yes":
            await self._choosing.agree(interaction, say)
            await self._show_again(interaction, say.choice_is_noted, say)
        elif match["sure"] == "0":
            choices = await self._choosing.choices(interaction)
            question = refusal_question(choices.kept, say)
            await interaction.response.edit_message(**question.changes())
        else:
            drafts = self.bot.discussion.answering.drafts
            drafts.drop_all(interaction.user.id, interaction.guild_id)
            refused = await self._choosing.refuse(interaction, say)
            await self.bot.discussion.answering.finish_deletion(
                interaction,
                refused.publications,
                say,
                count=refused.deleted,
                first=say.nothing_is_kept_now,
            )
            await self.bot.discussion.quote_requests.run()

    async def choose_quote(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Take whether a reader may be quoted from now on; a no offers to withdraw the rest."""
        say, quote = _say(interaction), QUOTES.get(chosen(interaction) or "")
        if quote is None:
            raise AfterwordError(say.gone)
        await self._choosing.choose_quote(interaction, quote, say)
        await self._show_again(interaction, say.choice_is_noted, say)

    async def withdraw_quotes(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Withdraw every quote of a reader here."""
        say = _say(interaction)
        count = await self._choosing.withdraw_quotes(interaction, say)
        await self._show_again(interaction, say.quotes_withdrawn.format(count=count), say)

    async def forget(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Forget what a reader chose here."""
        say = _say(interaction)
        await self._choosing.forget(interaction, say)
        await self._show_again(interaction, say.choices_are_forgotten, say)

    async def _show_again(self, interaction: Interaction, first: str, say: Phrases) -> None:
        card = choices_card(await self._choosing.choices(interaction), say, first=first)
        await show_private(interaction, card)


def _say(interaction: Interaction) -> Phrases:
    return phrases(str(interaction.locale))


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Choices(bot))
