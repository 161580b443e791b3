"""What becomes of an answer: whether it is kept, whether it may be shown, when it is gone."""

import asyncio
import logging
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import discord

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.publishing.publication import Done, Wait
from bot.core.response import Captured
from bot.discussion.answering.drafts import Drafts
from bot.discussion.answering.reader_writes import GIVE_UP_SECONDS, ReaderWrites
from bot.discussion.answering.replies import reply
from bot.discussion.collecting.capture import capture
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.privacy import waits_for
from bot.discussion.permissions import may_not_show
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.reviewing.notice import ReviewNotices
from bot.store.file.scrubbing import Hindrance
from bot.store.ledger import forms
from bot.store.responses import answers, collected, own
from bot.store.responses.answer_forms import Form, get_form
from bot.store.responses.answers import Answer, Kept
from bot.store.responses.refusals import RefusedError
from bot.store.threads import Home

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]

Told = tuple[str, str]
"""What a reader reads while something is being written, and if it is not written."""

ANSWER_SECONDS = 2.5
"""A first answer to an interaction takes at most three (docs/discord-facts.md#deadlines)."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a reader entered.

    Attributes:
        named: Whether a quote may bear their name; a form from before that was asked says no.
    """

    text: str
    shown: bool
    may_quote: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was kept.

    Attributes:
        answer: As it is kept now.
        is_newest: Whether it says what was just submitted, and nothing that came later.
        refusal: Why it is not shown though its reader wants that; None if nothing is in the way.
        stood: Whether a message showed what it said before.
    """

    answer: Answer
    is_newest: bool
    refusal: str | None
    stood: bool = False

    @property
    def is_to_be_shown(self) -> bool:
        """Whether it appears in its thread now: it waits for nothing, and nobody took it out."""
        return self.answer.is_shown and self.refusal is None


class Answering:
    """Keeps answers, shows them and takes them away."""

    def __init__(
        self,
        reader: ThreadReader,
        writes: ReaderWrites,
        publisher: Publisher,
        notices: ReviewNotices,
    ) -> None:
        self._store = reader.store
        self._collector = reader.collector
        self._deletions = reader.deletions
        self.writes = writes
        self._publisher = publisher
        self._notices = notices
        self.drafts = Drafts(reader.store)
        self._showing: set[asyncio.Task[Wait | Done]] = set()

    async def form(self, prompt_id: int, reader_id: int) -> Form | None:
        """Return what a reader is asked, and what they answered before; None if it is gone."""
        found = await self._store.read(get_form, prompt_id, reader_id)
        held = self.drafts.held(prompt_id, reader_id)
        return replace(found, draft=held) if found and held else found

    async def count_opened(self, prompt_id: int, at: datetime) -> None:
        """Count that a form was opened, for the author's report; nobody's name is kept with it."""
        try:
            await self._store.write(forms.count_opened, prompt_id, at)
        except sqlite3.Error as error:
            log.error("A form that was opened is not counted: %s", error)

    async def keep(
        self,
        interaction: Interaction,
        prompt_id: int,
        given: Submitted,
        told: Told,
        refused: str,
        say: Phrases,
    ) -> Taken | None:
        """Keep an answer; return None if its question is gone.

        What cannot be kept becomes its reader's draft, as soon as the database takes it.

        Args:
            refused: What a reader is told who chose that nothing of theirs is kept.

        Raises:
            ToldError: It is not kept, for certain, and its reader knows.
            AfterwordError: Its reader chose that nothing of theirs is kept.
        """
        try:
            kept = await self._keep(interaction, prompt_id, given, told, say)
        except RefusedError:
            raise AfterwordError(refused) from None
        if kept is None:
            return None
        refusal = await self._refusal(interaction, kept, say) if given.shown else None
        if refusal is not None:
            await self._store.write(answers.do_not_show, kept.answer.id)
        elif kept.answer.standing.review == "waiting":
            self._notices.changed(interaction.guild_id or 0)
        return Taken(kept.answer, kept.is_newest, refusal, stood=not kept.is_first)

    async def _keep(
        self, interaction: Interaction, prompt_id: int, given: Submitted, told: Told, say: Phrases
    ) -> Kept | None:
        """Keep an answer, or hold it as a draft."""
        captured, kept = _captured(interaction, given), None
        is_refused = False
        self.drafts.begin(captured, prompt_id)
        try:
            kept = await self.writes.now_or_never(
                interaction,
                told,
                answers.keep_answer,
                captured,
                prompt_id,
                shown=given.shown,
                may_quote=given.may_quote,
                named=given.named,
                wordings=(say.modal_quote, say.modal_named),
            )
        except RefusedError:
            is_refused = True
            raise
        finally:
            self.drafts.end(captured, prompt_id, is_kept=is_refused or kept is not None)
        return kept

    async def keep_message(
        self, interaction: Interaction, message: discord.Message, told: Told, say: Phrases
    ) -> bool:
        """Keep a message because its writer asks for it; return False if it is no response.

        Raises:
            ToldError: It is not kept, for certain, and its reader knows.
            AfterwordError: Its writer chose that nothing of theirs is kept.
        """
        captured = capture(interaction.client, message)
        if not isinstance(captured, Captured) or message.channel.id not in self._collector.threads:
            return False
        try:
            return await self.writes.now_or_never(
                interaction, told, collected.keep_message, captured
            )
        except RefusedError:
            raise AfterwordError(say.you_refused) from None

    async def show(self, answer: Answer) -> Wait | Done:
        """Bring the message of an answer up to date; what fails now is done by the schedule."""
        try:
            return await self._publisher.show_answer(answer.publication_id, answer.id)
        except sqlite3.Error as error:
            log.error("Answer %s is shown or removed later: %s", answer.id, error)
            return Wait(str(error))

    async def withdraw(
        self, interaction: Interaction, response_id: int, told: Told
    ) -> tuple[Answer, bool] | None:
        """Delete an answer for its writer.

        What takes longer than an interaction can wait for, or is in doubt, is gone on with by the
        schedule, after a restart too.

        Returns:
            The answer as it was, and whether its message is gone by now; None if there is none.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        end = asyncio.get_running_loop().time() + ANSWER_SECONDS
        await self._drop_draft(interaction, response_id)
        withdrawn = await self.writes.at_last(
            interaction,
            told,
            answers.withdraw,
            response_id,
            interaction.user.id,
            datetime.now(UTC),
        )
        if withdrawn is None:
            return None
        if withdrawn.answer.standing.review == "waiting":
            self._notices.changed(interaction.guild_id or 0)
        showing = asyncio.ensure_future(self.show(withdrawn.answer))
        self._showing.add(showing)
        showing.add_done_callback(self._showing.discard)
        if not withdrawn.stands:
            return withdrawn.answer, True
        left = max(end - asyncio.get_running_loop().time(), 0.0)
        done, _ = await asyncio.wait({showing}, timeout=left)
        return withdrawn.answer, bool(done) and isinstance(showing.result(), Done)

    async def forget(self, interaction: Interaction, guild_id: int | None, told: Told) -> list[int]:
        """Delete all that is kept of a reader, in a guild or everywhere.

        Returns:
            The publications it was deleted from, once for each response.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        self.drafts.drop_all(interaction.user.id, guild_id)
        return await self.writes.at_last(
            interaction,
            told,
            answers.forget_reader,
            interaction.user.id,
            guild_id,
            datetime.now(UTC),
        )

    async def erase(self, interaction: Interaction, response_id: int, told: Told) -> list[int]:
        """Delete one response for its reader, an answer or what is kept of a message.

        Returns:
            The publication it was deleted from; nothing if there is none of theirs with this id.

        Raises:
            ToldError: It was given up, and its reader knows.
        """
        await self._drop_draft(interaction, response_id)
        return await self.writes.at_last(
            interaction,
            told,
            own.delete_own,
            response_id,
            interaction.user.id,
            datetime.now(UTC),
        )

    async def _drop_draft(self, interaction: Interaction, response_id: int) -> None:
        """Forget what was begun in the place of a response, before the response is deleted.

        What was handed in before and cannot be kept does not come back as a draft then.
        """
        reader_id = interaction.user.id
        try:
            prompt_id = await self._store.read(own.prompt_of, response_id, reader_id)
        except sqlite3.Error:  # any of them may be the one
            self.drafts.drop_all(reader_id, None)
            return
        if prompt_id is not None:
            self.drafts.drop(prompt_id, reader_id)

    async def finish_deletion(
        self,
        interaction: Interaction,
        publication_ids: list[int],
        say: Phrases,
        *,
        count: int | None = None,
        first: str = "",
    ) -> None:
        """Take what was deleted out of threads and out of every corner, and tell its reader when.

        As long as something is in the way, and Discord still lets the reader be told, it is tried
        again; later, the rounds do (`bot.discussion.scheduling.rounds`).

        Args:
            publication_ids: What it was deleted from, once for each response.
            count: How many responses, if something is to be changed in other threads, too.
            first: What stands above it.
        """
        count = len(publication_ids) if count is None else count
        above = [first] if first else []
        begun = [*above, say.privacy_forgotten.format(count=count)]
        await reply(interaction, "\n".join(begun), in_place=True)
        self._notices.changed(interaction.guild_id or 0)
        waits = [await self._clear(one) for one in dict.fromkeys(publication_ids)].count(False)
        threads = [say.privacy_threads_wait.format(count=waits)] if waits else []
        end = asyncio.get_running_loop().time() + GIVE_UP_SECONDS
        told: Hindrance | None = None
        while hindrance := await self.overwrite():
            if self.writes.is_closing:
                return
            if hindrance != told:
                text = [*begun, waits_for(hindrance, say), *threads]
                await reply(interaction, "\n".join(text))
                told = hindrance
            is_late = asyncio.get_running_loop().time() >= end
            if is_late or not await self.writes.pause():
                return
        done = [*above, say.privacy_done.format(count=count), *threads]
        await reply(interaction, "\n".join(done))

    async def _clear(self, publication_id: int) -> bool:
        """Take deleted answers out of a thread; return whether that is done by now."""
        try:
            return isinstance(await self._publisher.advance(publication_id), Done)
        except Exception:
            log.exception("Publication %s is gone on with by the schedule", publication_id)
            return False

    async def overwrite(self) -> Hindrance | None:
        """Overwrite what was deleted; return what is in the way, or None if it is done."""
        try:
            await self._store.scrub()
        except (sqlite3.Error, RuntimeError) as error:  # the disk, or the bot is being stopped
            log.error("What was deleted is overwritten later: %s", error)
        return self._store.hindrance

    async def _refusal(self, interaction: Interaction, kept: Kept, say: Phrases) -> str | None:
        """Return why an answer may not be shown in its thread, as Discord would have said."""
        if kept.thread_id is None or interaction.guild is None:
            return say.may_not_send
        thread = interaction.guild.get_thread(kept.thread_id)
        if thread is None:  # discord.py forgets a thread when it is archived
            home = Home(kept.answer.publication_id, interaction.guild.id, kept.channel_id)
            found = await self._deletions.thread(home, kept.thread_id)
            if found.exists is None:
                return say.cannot_check
            thread = found.thread
        words = kept.last_words if kept.is_first else None  # slow mode lets people edit
        return may_not_show(thread, interaction.user, say, words, interaction.created_at)


def _captured(interaction: Interaction, given: Submitted) -> Captured:
    reader = interaction.user
    return Captured(
        source_id=interaction.id,
        guild_id=interaction.guild_id or 0,
        thread_id=0,
        reader_id=reader.id,
        reader_name=reader.global_name or reader.name,
        text=given.text,
        created_at=interaction.created_at,
        nickname=(reader.nick or "") if isinstance(reader, discord.Member) else None,
    )
