"""Answering a prompt: a button, a modal, and an answer that its writer stays master of."""

import re

from discord.utils import format_dt

from bot.client import AfterwordBot
from bot.cogs.answer_modal import AnswerModal, read_submit
from bot.cogs.buttons import FormCog, Interaction, chosen
from bot.core import custom_ids
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.core.publishing.publication import Done
from bot.discussion.answering.answers import Taken
from bot.discussion.answering.replies import reply
from bot.discussion.messages.compose import choice
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.messages.privacy import waits_for
from bot.store.ledger import prompts
from bot.store.responses import answers


class Answers(FormCog):
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
            {custom_ids.MODAL: self.submit},
        )

    async def answer(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Open the modal of a prompt, with the reader's earlier answer to it if there is one."""
        await self._open(interaction, int(match["prompt"]))

    async def pick(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Let a reader choose among the prompts of a thread, or take one from a list of several."""
        value = chosen(interaction)
        if value is not None and value.isdigit():
            if not int(match["publication"]):
                await self.bot.discussion.finding.require_open(interaction, int(value))
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
        told = (say.not_withdrawn_yet, say.not_withdrawn)
        withdrawn = await self.bot.discussion.answering.withdraw(
            interaction, int(match["response"]), told
        )
        if withdrawn is None:
            raise AfterwordError(say.gone)
        answer, is_removed = withdrawn
        sentence = say.withdrawn if is_removed else say.withdrawn_soon
        await reply(interaction, handed_back(sentence, answer.text))
        if hindrance := await self.bot.discussion.answering.overwrite():
            waits = f"{sentence} {waits_for(hindrance, say)}"
            await reply(interaction, handed_back(waits, answer.text))

    async def _open(self, interaction: Interaction, prompt_id: int) -> None:
        say = phrases(str(interaction.locale))
        form = await self.bot.discussion.answering.form(prompt_id, interaction.user.id)
        if form is None:
            raise AfterwordError(say.gone)
        if form.thread_id is None:
            raise AfterwordError(say.no_thread_yet)
        if form.is_refused:
            raise AfterwordError(say.you_refused)
        await interaction.response.send_modal(AnswerModal(form, say))
        await self.bot.discussion.answering.count_opened(prompt_id, interaction.created_at)

    async def submit(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Keep an answer, tell its reader what became of it, and show it.

        The two last do not depend on each other: Discord may no longer know the interaction.
        """
        say, prompt_id = phrases(str(interaction.locale)), int(match["prompt"])
        given = read_submit(interaction.data or {})
        if not given.text:
            raise AfterwordError(say.empty)
        told = (handed_back(say.not_kept_yet, given.text), handed_back(say.handed_back, given.text))
        refused = handed_back(say.you_refused, given.text)
        taken = await self.bot.discussion.answering.keep(
            interaction, prompt_id, given, told, refused, say
        )
        if taken is None:
            raise AfterwordError(handed_back(say.gone, given.text))
        is_told = await reply(interaction, _sentence(taken, say))
        outcome = await self.bot.discussion.answering.show(taken.answer)
        if is_told and taken.is_to_be_shown and not isinstance(outcome, Done):
            await reply(interaction, say.shown_later)


def _sentence(taken: Taken, say: Phrases) -> str:
    """Return what a reader is told about their answer."""
    if taken.refusal is not None:
        return say.not_shown.format(reason=taken.refusal)
    if not taken.is_newest:
        return say.kept_newer
    if taken.is_to_be_shown:
        return say.kept_and_shown
    return _waiting(taken, say) if taken.answer.is_wanted else say.kept_privately


def _waiting(taken: Taken, say: Phrases) -> str:
    """Return what a reader is told about an answer that they want shown, and that is not yet."""
    answer = taken.answer
    review, because = answer.standing
    if review == "declined":
        return say.kept_declined
    if answer.sealed_until is not None:
        sealed = say.kept_sealed_waits if review == "waiting" else say.kept_sealed
        return sealed.format(date=format_dt(answer.sealed_until, "D"))
    if because == "flood":
        return say.kept_flood
    return say.kept_waits_again if taken.stood else say.kept_waits


def handed_back(sentence: str, text: str) -> str:
    """Return a sentence with a reader's own text under it, whole, in a block where it can be.

    A text of `LONGEST` code points fits a message together with its sentence.
    """
    block = text if "```" in text else f"```\n{text}\n```"
    return f"{sentence}\n{block}"


async def setup(bot: AfterwordBot) -> None:
    """Add the cog."""
    await bot.add_cog(Answers(bot))
