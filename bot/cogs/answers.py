"""Answering a prompt: a button, a modal, and an answer that its writer stays master of."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime

import discord
from discord.ext import commands

from bot.client import AfterwordBot, answer_error
from bot.cogs.answer_modal import AnswerModal, Submitted, read_submit
from bot.cogs.buttons import Interaction, PressedCog, chosen
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.core.publication import Done, Kind, Wait
from bot.core.response import Captured
from bot.discussion.answering.replies import reply
from bot.discussion.collecting.existence import Verdict
from bot.discussion.messages.compose import choice
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.permissions import may_not_show
from bot.store.ledger import prompts
from bot.store.ledger.publications import get_publication, thread_of
from bot.store.responses import answers
from bot.store.responses.answers import Answer, Withdrawn
from bot.store.threads import Home
from bot.store.times import from_text

log = logging.getLogger(__name__)

ANSWER_SECONDS = 2.5
"""A first answer to an interaction takes at most three (discord-facts.md, 1)."""


class Answers(PressedCog):
    """Takes answers through buttons and modals."""

    def __init__(self, bot: AfterwordBot) -> None:
        super().__init__(
            bot,
            {
                custom_ids.ANSWER: self.answer,
                custom_ids.PICK: self.pick,
                custom_ids.EDIT: self.edit,
                custom_ids.WITHDRAW: self.withdraw,
            },
        )
        self._advancing: set[asyncio.Task[Wait | Done]] = set()

    async def answer(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Open the modal of a prompt, with the reader's earlier answer to it if there is one."""
        await self._open(interaction, int(match["prompt"]))

    async def pick(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Let a reader choose among the prompts of a thread."""
        value = chosen(interaction)
        if value is not None and value.isdigit():
            await self._open(interaction, int(value))
            return
        say = phrases(str(interaction.locale))
        asked = await self.bot.store.read(prompts.asked, int(match["publication"]))
        if not asked:
            raise AfterwordError(say.gone)
        menu = choice(say, int(match["publication"]), asked)
        message = Outgoing(content=say.choose_a_question, rows=(menu,))
        await interaction.response.send_message(**message.arguments(), ephemeral=True)

    async def edit(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Open the modal of an answer to its writer."""
        say = phrases(str(interaction.locale))
        if int(match["reader"]) != interaction.user.id:
            raise AfterwordError(say.not_yours)
        answer = await self.bot.store.read(answers.get_answer, int(match["response"]))
        if answer is None:
            raise AfterwordError(say.gone)
        await self._open(interaction, answer.prompt_id)

    async def withdraw(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Delete an answer for its writer, and hand the text back."""
        say = phrases(str(interaction.locale))
        if int(match["reader"]) != interaction.user.id:
            raise AfterwordError(say.not_yours)
        began = asyncio.get_running_loop().time()
        withdrawn = await self.bot.reader_writes.at_last(
            interaction,
            (say.not_withdrawn_yet, say.not_withdrawn),
            answers.withdraw,
            int(match["response"]),
            interaction.user.id,
            datetime.now(UTC),
        )
        if withdrawn is None:
            raise AfterwordError(say.gone)
        left = ANSWER_SECONDS - (asyncio.get_running_loop().time() - began)
        is_removed = await self._remove(withdrawn, max(left, 0.0))
        told = say.withdrawn if is_removed else say.withdrawn_soon
        await reply(interaction, handed_back(told, withdrawn.answer.text))

    async def _remove(self, withdrawn: Withdrawn, seconds: float) -> bool:
        """Have the message of an answer removed; return whether it is gone by then.

        What takes longer, or is in doubt, is gone on with by the schedule, after a restart too.
        """
        advancing = asyncio.ensure_future(self._advance(withdrawn.answer.publication_id))
        self._advancing.add(advancing)
        advancing.add_done_callback(self._advancing.discard)
        if not withdrawn.stands:
            return True
        done, _ = await asyncio.wait({advancing}, timeout=seconds)
        return bool(done) and isinstance(advancing.result(), Done)

    async def _advance(self, publication_id: int) -> Wait | Done:
        """Bring a thread up to date; what fails now is done by the schedule."""
        try:
            return await self.bot.publisher.advance(publication_id)
        except sqlite3.Error as error:
            log.error(
                "The thread of publication %s is brought up to date later: %s",
                publication_id,
                error,
            )
            return Wait(str(error))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take every modal of ours, also one that was opened before a restart (fact 8)."""
        data: Mapping[str, object] = interaction.data or {}
        match = custom_ids.MODAL.fullmatch(str(data.get("custom_id", "")))
        if interaction.type is not discord.InteractionType.modal_submit or match is None:
            return
        try:
            await self._submit(interaction, int(match["prompt"]), read_submit(data))
        except Exception as error:  # noqa: BLE001  # the edge: whatever it is, it is answered
            await answer_error(interaction, error)

    async def _open(self, interaction: Interaction, prompt_id: int) -> None:
        say = phrases(str(interaction.locale))
        asked = await self.bot.store.read(prompts.get_prompt, prompt_id)
        if asked is None:
            raise AfterwordError(say.gone)
        if await self.bot.store.read(thread_of, asked.publication_id) is None:
            raise AfterwordError(say.no_thread_yet)
        earlier = await self.bot.store.read(answers.answer_to, prompt_id, interaction.user.id)
        await interaction.response.send_modal(AnswerModal(asked, earlier, say))

    async def _submit(self, interaction: Interaction, prompt_id: int, given: Submitted) -> None:
        say = phrases(str(interaction.locale))
        if not given.text:
            raise AfterwordError(say.empty)
        response_id = await self.bot.reader_writes.now_or_never(
            interaction,
            (handed_back(say.not_kept_yet, given.text), handed_back(say.handed_back, given.text)),
            answers.save_answer,
            _captured(interaction, given),
            prompt_id,
            shown=given.shown,
            may_quote=given.may_quote,
            wording=say.modal_quote,
        )
        if response_id is None:
            raise AfterwordError(handed_back(say.gone, given.text))
        await self._show(interaction, response_id, given, say)

    async def _show(
        self, interaction: Interaction, response_id: int, given: Submitted, say: Phrases
    ) -> None:
        """Tell the reader what became of their answer, and bring the thread up to date.

        Neither depends on the other: Discord may no longer know the interaction.
        """
        answer = await self.bot.store.read(answers.get_answer, response_id)
        if answer is None:
            raise AfterwordError(handed_back(say.gone, given.text))
        refusal = await self._refusal(interaction, answer, say) if given.shown else None
        if refusal is not None:
            await self.bot.store.write(answers.do_not_show, response_id)
            text = say.not_shown.format(reason=refusal)
        elif answer.text != given.text:
            text = say.kept_newer
        else:  # what a moderator took out of the thread does not come back into it
            text = say.kept_and_shown if answer.is_shown else say.kept_privately
        is_told = await reply(interaction, text)
        outcome = await self._advance(answer.publication_id)
        is_due = answer.is_shown and refusal is None
        if is_told and is_due and not isinstance(outcome, Done):
            await reply(interaction, say.shown_later)

    async def _refusal(self, interaction: Interaction, answer: Answer, say: Phrases) -> str | None:
        """Return why the answer may not be shown in its thread, as Discord would have said."""
        publication = await self.bot.store.read(get_publication, answer.publication_id)
        if publication is None or publication.thread_id is None or interaction.guild is None:
            return say.may_not_send
        thread = interaction.guild.get_thread(publication.thread_id)
        if thread is None:  # discord.py forgets a thread when it is archived
            home = Home(publication.id, interaction.guild.id, publication.channel_id)
            found = await self.bot.existence.thread(home, publication.thread_id)
            if found.verdict is Verdict.UNCLEAR:
                return say.cannot_check
            thread = found.thread
        last_words = None
        if publication.find((Kind.ANSWER, answer.id)) is None:  # slow mode lets people edit
            words = await self.bot.store.read(
                answers.last_words, publication.thread_id, interaction.user.id, answer.id
            )
            last_words = from_text(words) if words else None
        return may_not_show(thread, interaction.user, say, last_words, interaction.created_at)


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


def handed_back(sentence: str, text: str) -> str:
    """Return a sentence with a reader's own text under it, whole, in a block where it can be.

    A text of `LONGEST` code points fits a message together with its sentence.
    """
    block = text if "```" in text else f"```\n{text}\n```"
    return f"{sentence}\n{block}"


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Answers(bot))
