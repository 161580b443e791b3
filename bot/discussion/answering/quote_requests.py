"""Asking writers whether their responses may be quoted: silently, in the thread, and once.

An intent is recorded before a question is sent. If the bot dies before it knows whether Discord
took it, the question is looked for by its buttons, and sent again only if Discord shows that it is
not there. Once it is answered, or its response is gone, its message is removed.
"""

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

import discord
from sqlite_utils import Database

from bot.core import custom_ids
from bot.core.consent import Quote
from bot.core.custom_ids import nonce
from bot.core.discord_codes import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.core.publishing.obstacles import from_code
from bot.discussion.answering.reader_writes import ReaderWrites
from bot.discussion.collecting.deletion_checks import NotShownError
from bot.discussion.collecting.read_access import read_obstacles
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.choices import quote_labels, quote_request
from bot.discussion.once import Attempts, find_marked, send_once
from bot.endpoint import NO_ANSWER
from bot.store.responses import quote_requests
from bot.store.responses.quote_requests import Answered, Request

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]


class QuoteRequests:
    """Asks writers, takes what they answer, and removes what was asked."""

    @staticmethod
    def waits(db: Database) -> object:
        """Return whether anything is to be done."""
        return quote_requests.unfinished(db)

    def __init__(self, reader: ThreadReader, writes: ReaderWrites) -> None:
        self._reader = reader
        self._client = reader.client
        self._store = reader.store
        self._writes = writes
        self._running = asyncio.Lock()
        self._attempts = Attempts(reader.client)

    async def ask(self, message: discord.Message, by: int, say: Phrases) -> str:
        """Ask the writer of what a message says or shows; return what was done.

        Raises:
            AfterwordError: Nobody is asked; the sentence says why.
        """
        thread = message.channel
        if not isinstance(thread, discord.Thread):
            raise AfterwordError(say.nothing_to_quote)
        async with self._running:
            after = max(message.id, thread.last_message_id or 0)
            wanted = await self._store.write(
                quote_requests.intend, thread.guild.id, message.id, by, after, datetime.now(UTC)
            )
            if not isinstance(wanted, Request):
                sentences = {
                    "nothing": say.nothing_to_quote,
                    "asked": say.asked_before,
                    "quotable": say.may_be_quoted_already,
                }
                raise AfterwordError(sentences[wanted])
            if not may_ask(thread):
                await self._store.write(quote_requests.forget, wanted.response_id)
                raise AfterwordError(say.cannot_ask)
            return await self._ask(wanted, say)

    async def _ask(self, wanted: Request, say: Phrases) -> str:
        """Send a question that was just intended.

        What Discord refused was not sent, unless discord.py had repeated a try that was done.
        """
        try:
            await self._send(wanted)
        except NO_ANSWER as error:
            log.info("Discord did not answer (%s); a question is looked for", type(error).__name__)
            return say.quote_is_asked_later
        except discord.HTTPException as error:
            if not await self._is_absent(wanted):
                return say.quote_is_asked_later
            await self._store.write(quote_requests.forget, wanted.response_id)
            place = f"<#{wanted.thread_id}>"
            obstacle = from_code(error.code, error.status, f"code {error.code}", place)
            raise AfterwordError(obstacle.sentence(say)) from error
        return say.quote_is_asked

    async def answer(
        self, interaction: Interaction, response_id: int, quote: Quote, say: Phrases
    ) -> Answered:
        """Record what the writer of a response answered, if that is who pressed.

        Args:
            say: In the language of the thread, as it was asked.

        Raises:
            ToldError: It is not recorded, for certain, and who pressed knows.
        """
        own = phrases(str(interaction.locale))
        message_id = interaction.message.id if interaction.message else 0
        return await self._writes.now_or_never(
            interaction,
            (own.not_chosen_yet, own.not_chosen),
            quote_requests.answer,
            response_id,
            interaction.guild_id or 0,
            interaction.user.id,
            message_id,
            quote,
            (say.quote_asked, quote_labels(say)[quote]),
            interaction.created_at,
        )

    async def run(self) -> None:
        """Send what was intended, and remove what is over; safe to call at any time."""
        async with self._running:
            for request in await self._store.read(quote_requests.unfinished):
                if self._client.is_closed():
                    return
                pauses = self._attempts.pauses(request.response_id)
                if not (pauses or read_obstacles(self._client, request.home)):
                    await self._go_on(request)

    async def _go_on(self, request: Request) -> None:
        """Do what is left to do about a question; what goes wrong does not stop the others."""

        async def work() -> None:
            if request.message_id is None:
                await self._conclude(request)
            else:
                await self._remove(request, request.message_id)

        await self._attempts.attempt(request.response_id, f"question {request.response_id}", work)

    async def _conclude(self, request: Request) -> None:
        """Find a question of which it is not known whether it was sent, or send it now."""
        message_id = await self._find(request)
        if message_id is not None:
            await self._store.write(quote_requests.sent, request, message_id, datetime.now(UTC))
            if not request.is_wanted:
                await self._remove(request, message_id)
        elif request.is_wanted:
            await self._send(request)
        else:
            await self._store.write(quote_requests.forget, request.response_id)

    async def _send(self, request: Request) -> None:
        message = quote_request(request.response_id, phrases(request.lang))
        below = discord.MessageReference(
            message_id=request.source_message_id,
            channel_id=request.thread_id,
            guild_id=request.home.guild,
            fail_if_not_exists=False,
        )
        place = self._reader.place(request.home, request.thread_id)
        once = nonce(request.response_id, "quote", 0)
        message_id = await send_once(place, message, once, below)
        await self._store.write(quote_requests.sent, request, message_id, datetime.now(UTC))

    async def _is_absent(self, request: Request) -> bool:
        """Return whether a question is not in its thread, for certain."""
        try:
            return await self._find(request) is None
        except (NotShownError, discord.HTTPException, *NO_ANSWER):
            return False

    async def _find(self, request: Request) -> int | None:
        """Return the id of a question's message; None if it is not there, for certain.

        Raises:
            NotShownError: Discord does not show the thread, so that nothing follows.
        """
        place = self._reader.place(request.home, request.thread_id)
        response, after = request.response_id, request.attempted_after
        return await find_marked(
            self._reader, request.home, place, custom_ids.QUOTE, response, after
        )

    async def _remove(self, request: Request, message_id: int) -> None:
        place = self._reader.place(request.home, request.thread_id)
        try:
            await place.get_partial_message(message_id).delete()
        except discord.NotFound as error:
            if error.code not in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                raise
        await self._store.write(quote_requests.removed, request.response_id, datetime.now(UTC))


def may_ask(thread: discord.Thread) -> bool:
    """Return whether the bot may write below a message of a thread, as it is now."""
    allowed = thread.permissions_for(thread.guild.me)
    can_send = allowed.send_messages_in_threads and allowed.read_message_history
    return can_send and (allowed.manage_threads or not thread.locked)
