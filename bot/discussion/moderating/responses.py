"""A moderator hides a response, shows it again, or says which question it answers."""

import logging
import sqlite3
from datetime import UTC, datetime

import discord

from bot.discussion.publishing.own_messages import answer_button
from bot.discussion.publishing.publisher import Publisher
from bot.store.responses import hiding, linking
from bot.store.responses.hiding import Hidden
from bot.store.responses.linking import Linkable, Linked
from bot.store.store import Store

log = logging.getLogger(__name__)


class ResponseModeration:
    """Changes what is kept, then the message that shows it; what fails then is done later."""

    def __init__(self, client: discord.Client, store: Store, publisher: Publisher) -> None:
        self._client = client
        self._store = store
        self._publisher = publisher

    async def toggle_hidden(
        self, guild_id: int, message: discord.Message, by: int
    ) -> Hidden | None:
        """Hide the response that a message is or shows, or show it again.

        Returns:
            None if it is no response of the guild.
        """
        now, answer = datetime.now(UTC), self._answer(message)
        changed = await self._store.write(
            hiding.toggle_shown, guild_id, message.id, by, now, answer
        )
        return await self._follow(changed)

    async def show_again(self, guild_id: int, response_id: int, by: int) -> Hidden | None:
        """Show a response again; return None if it is not hidden, or gone."""
        now = datetime.now(UTC)
        changed = await self._store.write(hiding.show_again, guild_id, response_id, by, now)
        return await self._follow(changed)

    async def take_down(self, guild_id: int, reader_id: int) -> int:
        """Take the shown answers of a banned reader out of a guild; return how many they were."""
        now = datetime.now(UTC)
        hidden = await self._store.write(hiding.take_down, guild_id, reader_id, now)
        for one in hidden:
            await self._follow(one)
        return len(hidden)

    async def readers_shown(self, guild_id: int) -> set[int]:
        """Return the readers of whom an answer is shown in a guild."""
        return await self._store.read(hiding.readers_shown, guild_id)

    async def linkable(self, guild_id: int, message: discord.Message) -> Linkable | None:
        """Return the response that a message is or shows, with the questions of its thread."""
        answer = self._answer(message)
        return await self._store.read(linking.linkable, guild_id, message.id, answer)

    async def link(self, guild_id: int, response_id: int, prompt_id: int, by: int) -> Linked:
        """Have a response answer a question; a shown answer then quotes that one."""
        now = datetime.now(UTC)
        outcome = await self._store.write(
            linking.link_response, guild_id, response_id, prompt_id, by, now
        )
        if outcome.publication_id is not None:
            await self._show(outcome.publication_id, response_id)
        return outcome.linked

    def _answer(self, message: discord.Message) -> int | None:
        """Return the answer that a message of ours shows by its buttons."""
        if message.author != self._client.user:
            return None
        marker = answer_button(message)
        return int(marker["response"]) if marker else None

    async def _follow(self, changed: Hidden | None) -> Hidden | None:
        if changed is not None and changed.is_answer:
            await self._show(changed.publication_id, changed.id)
        return changed

    async def _show(self, publication_id: int, response_id: int) -> None:
        try:
            await self._publisher.show_answer(publication_id, response_id)
        except sqlite3.Error as error:
            log.error("Answer %s is shown or removed later: %s", response_id, error)
