"""Readers choose what is kept of them in a server, and whether they may be quoted."""

from typing import Any

import discord

from bot.core.consent import Quote, Wording
from bot.core.phrases import Phrases
from bot.discussion.answering.reader_writes import ReaderWrites
from bot.discussion.messages.choices import agreement, quote_default, refusal
from bot.store.responses import choices
from bot.store.responses.choices import Choices, Refused
from bot.store.store import Store

Interaction = discord.Interaction[Any]


class Choosing:
    """Shows readers their choices, and writes down what they choose.

    Times are Discord's: what was written a moment before a choice is not under it.
    """

    def __init__(self, store: Store, writes: ReaderWrites) -> None:
        self._store = store
        self._writes = writes

    async def choices(self, interaction: Interaction) -> Choices:
        """Return how the choices of a reader stand in this server."""
        return await self._store.read(choices.choices_of, *_reader(interaction))

    async def agree(self, interaction: Interaction, say: Phrases) -> None:
        """Let what a reader writes from now on be kept.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        at = interaction.created_at
        reader, told = _reader(interaction), (say.not_chosen_yet, say.not_chosen)
        await self._writes.at_last(interaction, told, choices.agree, *reader, agreement(say), at)

    async def refuse(self, interaction: Interaction, say: Phrases) -> Refused:
        """Delete all that is kept of a reader here, and keep nothing from now on.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        at = interaction.created_at
        reader, told = _reader(interaction), (say.not_chosen_yet, say.not_chosen)
        return await self._writes.at_last(
            interaction, told, choices.refuse, *reader, refusal(say), at
        )

    async def choose_quote(self, interaction: Interaction, quote: Quote, say: Phrases) -> None:
        """Choose whether and how a reader may be quoted where they say nothing, from now on.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        wording, at = quote_default(say, quote), interaction.created_at
        reader, told = _reader(interaction), (say.not_chosen_yet, say.not_chosen)
        await self._writes.at_last(
            interaction, told, choices.choose_quote, *reader, quote, wording, at
        )

    async def withdraw_quotes(self, interaction: Interaction, say: Phrases) -> int:
        """Let nothing be quoted any more that a reader wrote here; return how much that was.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        wording, at = Wording(say.withdraw_quotes), interaction.created_at
        reader, told = _reader(interaction), (say.not_chosen_yet, say.not_chosen)
        return await self._writes.at_last(
            interaction, told, choices.withdraw_quotes, *reader, wording, at
        )

    async def forget(self, interaction: Interaction, say: Phrases) -> None:
        """Forget what a reader chose here.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        told = (say.not_chosen_yet, say.not_chosen)
        await self._writes.at_last(interaction, told, choices.forget_choices, *_reader(interaction))


def _reader(interaction: Interaction) -> tuple[int, int]:
    return interaction.guild_id or 0, interaction.user.id
