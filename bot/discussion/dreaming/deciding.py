"""What a moderator decides about a draft, checked at the moment of the press."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import discord
from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.discussion.answering.quote_requests import may_ask
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.dreaming.delivery import Delivery
from bot.discussion.messages import dreams as compose
from bot.discussion.permissions import require_moderator, require_moderator_of
from bot.store.dreams import decisions, journal, messages, second_questions
from bot.store.dreams.journal import Decision, Found, Side
from bot.store.dreams.second_questions import Second
from bot.store.threads import Home

T = TypeVar("T")

Interaction = discord.Interaction[Any]

WRITE_SECONDS = 8.0
"""A decision that the database takes longer for was not made, and its moderator hears so."""


class Deciding:
    """Takes decisions about connections and second questions, and does what follows from them."""

    def __init__(self, reader: ThreadReader, delivery: Delivery) -> None:
        self._reader = reader
        self._store = reader.store
        self._delivery = delivery

    async def decide(
        self, interaction: Interaction, number: int, decision: Decision, say: Phrases
    ) -> str:
        """Do what a moderator decides about a connection; return what they are told.

        Raises:
            AfterwordError: Nothing was decided; the sentence says why.
        """
        require_moderator(interaction, say)
        found = await self._store.read(journal.get, number)
        if found is None or found.guild_id != interaction.guild_id:
            await self._delivery.run()  # the draft says so, too
            raise AfterwordError(say.dream_gone)
        if decision == "asked" and found.decision is None:
            await self._require_both(interaction, found, say)
        by, message = interaction.user.id, _pressed(interaction)

        def write(db: Database, now: datetime) -> Literal["done", "gone"] | Found:
            messages.pressed(db, message, now, connection_id=number)
            return decisions.decide(db, number, decision, by, now)

        outcome = await self._write(say, write)
        if isinstance(outcome, Found):
            decided = compose.decision_text(outcome, say)
            raise AfterwordError(_before(outcome.decided_by, decided, say))
        await self._delivery.run()
        if outcome == "gone":
            raise AfterwordError(say.dream_gone)
        return await self._told(say, asked=decision == "asked", connection_id=found.id)

    async def decide_second(
        self,
        interaction: Interaction,
        number: int,
        decision: Literal["asked", "dismissed"],
        say: Phrases,
    ) -> str:
        """Do what a moderator decides about a prompt; return what they are told.

        Raises:
            AfterwordError: Nothing was decided; the sentence says why.
        """
        require_moderator(interaction, say)
        second = await self._store.read(second_questions.get, number)
        if second is None or second.guild_id != interaction.guild_id:
            raise AfterwordError(say.second_gone)
        if decision == "asked" and second.decision is None:
            home = Home(second.publication_id, second.guild_id, second.channel_id)
            await self._require_thread(interaction, home, second.thread_id, say)
        by, message = interaction.user.id, _pressed(interaction)

        def write(db: Database, now: datetime) -> Literal["done", "gone", "answered"] | Second:
            messages.pressed(db, message, now, second_id=number)
            return second_questions.decide(db, number, decision, by, now)

        outcome = await self._write(say, write)
        if isinstance(outcome, Second):
            decided = compose.second_decision(outcome, say)
            raise AfterwordError(_before(outcome.decided_by, decided, say))
        await self._delivery.run()
        if outcome != "done":
            sentences = {"gone": say.second_gone, "answered": say.second_answered}
            raise AfterwordError(sentences[outcome])
        return await self._told(say, asked=decision == "asked", second_id=second.id)

    async def why(self, guild_id: int, number: int, say: Phrases) -> str:
        """Return why the bot asked something in a thread."""
        message = await self._store.read(messages.get, number)
        if message is None or message.guild_id != guild_id:
            return say.dream_why_gone
        if message.second_id is not None:
            return say.second_why
        found = await self._store.read(journal.get, message.connection_id or 0)
        if found is None or not found.stands:
            return say.dream_why_gone
        return compose.why(found, "a" if message.role == "a" else "b", say)

    async def _require_both(self, interaction: Interaction, found: Found, say: Phrases) -> None:
        """Make sure that both texts are there, and that the threads take a message.

        Raises:
            AfterwordError: Something is in the way.
        """
        if not found.stands:
            raise AfterwordError(say.dream_gone)
        sides = [side for side in (found.a, found.b) if side.thread]
        if not sides:
            raise AfterwordError(say.dream_no_thread)
        if any(one.end.response_id and not one.thread for one in (found.a, found.b)):
            raise AfterwordError(say.dream_gone)
        for side in sides:
            await self._require_side(interaction, found.guild_id, side, say)

    async def _require_side(
        self, interaction: Interaction, guild_id: int, side: Side, say: Phrases
    ) -> None:
        thread = side.thread
        if thread is None:
            return
        home = Home(thread.publication_id, guild_id, thread.channel_id)
        await self._require_thread(interaction, home, thread.id, say)
        if side.end.response_id is not None and side.message_id is not None:
            place = self._reader.place(home, thread.id)
            there = await self._reader.deletions.message(home, place, side.message_id)
            if there.is_deleted:
                raise AfterwordError(say.dream_gone)

    async def _require_thread(
        self, interaction: Interaction, home: Home, thread_id: int, say: Phrases
    ) -> None:
        """Make sure that the moderator and the bot may write in a thread now.

        Raises:
            AfterwordError: One of them may not, or it is gone or locked.
        """
        require_moderator_of(interaction, home.channel, say)
        there = (await self._reader.deletions.thread(home, thread_id)).thread
        if there is None or there.locked:
            raise AfterwordError(say.dream_thread_closed.format(thread=f"<#{thread_id}>"))
        if not may_ask(there):
            raise AfterwordError(say.dream_thread_lacks.format(channel=f"<#{home.channel}>"))

    async def _write(self, say: Phrases, decide: Callable[[Database, datetime], T]) -> T:
        try:
            return await self._store.write_within(WRITE_SECONDS, decide, datetime.now(UTC))
        except sqlite3.Error as error:
            raise AfterwordError(say.dream_not_now) from error

    async def _told(
        self,
        say: Phrases,
        *,
        asked: bool,
        connection_id: int | None = None,
        second_id: int | None = None,
    ) -> str:
        if not asked:
            return say.dream_noted
        places = await self._store.read(
            messages.places, connection_id=connection_id, second_id=second_id
        )
        if any(message is None for _, _, message in places):
            return say.dream_sent_later
        urls = [f"https://discord.com/channels/{'/'.join(map(str, place))}" for place in places]
        return say.dream_sent.format(places=" ".join(urls))


def _pressed(interaction: Interaction) -> int:
    return interaction.message.id if interaction.message else 0


def _before(decided_by: int | None, decided: str, say: Phrases) -> str:
    who = compose.who(decided_by, say)
    return say.dream_decided_before.format(who=who, decision=decided)
