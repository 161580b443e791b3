"""The steps in which the bot reads along: it is asked something, and it dreams."""

from itertools import islice

from bot.cli.tour.actions import Scene
from bot.cli.tour.expectations import (
    NotShownError,
    content_of,
    custom_id,
    expect,
    message_of,
)
from bot.cli.tour.plain import plain
from bot.cogs.answer_modal import NAMED, QUOTE, TEXT
from bot.core.asked_of_bot import LONGEST
from bot.core.closing.sentences import sentences
from bot.sandbox.control.client.objects import Channel, Message

MOST_ASKED = 6
"""How many questions are made of what an essay says, until it answers one."""

PATIENCE = 60
"""Seconds until all essays can be asked; of thousands it takes longer."""

BEGINNING = 40
"""Characters by which a text is known again where it may be cut."""


class ReadingAlong:
    """Readers ask the essay something, and the night finds what ties two of them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._bot = scene.bot
        self._answered = ""
        self._draft: Message | None = None

    async def ask(self) -> str:
        """Ada asks the essay privately with /ask: what it answers, and what it does not."""
        scene, thread = self._scene, self._scene.open_thread()
        try:
            await scene.sandbox.until(self._bot.is_indexed, PATIENCE)
        except TimeoutError:
            raise NotShownError("The essays are still being read.") from None
        for question in [scene.texts.asked] if scene.texts.asked else await self._questions():
            answer = await self._put(question, thread)
            if answer.embeds:
                break
        else:
            raise NotShownError("The essay says too little to be asked something.")
        silence = await self._put(scene.texts.silent, thread)
        expect(not silence.embeds, "An essay should not answer what it does not say.")
        self._answered = question
        quoted = str(answer.embeds[0]["description"]).partition("\n### ")[0]
        told = f"“{scene.texts.silent}” {plain(silence.content)}"
        return f"It quoted itself, and then did not guess.\n“{question}” {plain(quoted)}\n{told}"

    async def _put(self, question: str, thread: Channel) -> Message:
        """Return the private answer to a question of Ada's."""
        said = await self._scene.people["Ada"].command(thread, "ask", question=question)
        answer = message_of(said)
        expect(answer.ephemeral, "The answer should be Ada's alone.")
        return answer

    async def _questions(self) -> list[str]:
        """Return questions in the essay's own words: its headings, and how passages begin."""
        found = await self._bot.passages(self._scene.post)
        longest = sorted(found, key=lambda one: -len(one.text))[:MOST_ASKED]
        begin = [first for one in longest for first in islice(sentences(one.text), 1)]
        said = list(dict.fromkeys([*begin, *(one.heading for one in longest if one.heading)]))
        said.sort(key=lambda text: text.endswith("?"))  # what it asks itself it hardly answers
        return [f"{text[: LONGEST - 1].rstrip('.!?…: ')}?" for text in said][:MOST_ASKED]

    async def mention(self) -> str:
        """Bora asks in the thread, mentioning the bot, and shows everybody the answer."""
        scene, thread, bora = self._scene, self._scene.open_thread(), self._scene.people["Bora"]
        question = scene.texts.mentioned or self._answered
        if not question:
            raise NotShownError("The essay says too little to be asked something.")
        await bora.say(thread, f"{self._bot.mention} {question}")
        offer = await scene.of_bot(thread, "Bora", lambda one: custom_id(one, "aw:asked:"))
        answer = message_of(await scene.press("Bora", offer, "aw:asked:"))
        expect(answer.ephemeral and bool(answer.embeds), "The answer should be Bora's alone.")
        await scene.press("Bora", answer, "aw:passage:")
        shown = await scene.of_bot(
            thread, "Chen", lambda one: custom_id(one, "aw:takeaway:") and "**Bora**" in one.content
        )
        return f"First he alone saw it.\n{plain(shown.content)}"

    async def talk(self) -> str:
        """Bora says something about this essay, Ada about another; neither reads the other."""
        scene, texts = self._scene, self._scene.texts
        thread, other = self._threads()
        await scene.people["Bora"].say(thread, texts.apart)
        opened = await scene.open_form("Ada", other)
        expect(opened.modal is not None, "The button should open a form.")
        values = {TEXT: texts.met, QUOTE: True, NAMED: True}
        await scene.people["Ada"].submit(opened, values)
        await scene.kept(texts.apart, texts.met)
        return (
            f"He wrote in “{thread.name}”, she answered in “{other.name}” and ticked that she may "
            "be quoted by name. He was asked nothing, so his words stay where they are."
        )

    async def dream(self) -> str:
        """At night the bot looks for what ties texts of two threads, and asks Mo about it."""
        scene, texts = self._scene, self._scene.texts
        self._threads()
        await self._bot.look_back_on_tonight()
        seen = await scene.people["Mo"].messages(scene.desk)
        drafts = [one for one in seen if one.by_bot and custom_id(one, "aw:dream:")]
        if not drafts:
            raise NotShownError(
                "The night found nothing. Essays that are alike, linked or share a rare tag say "
                "too much of the same, so that what ties their readers is no news."
            )
        of_two = (one for one in drafts if _has(one, texts.apart) and _has(one, texts.met))
        self._draft = next(of_two, drafts[0])
        return f"A draft in #{scene.desk.name}, which no reader sees.\n{plain(self._draft.content)}"

    async def ask_in_both(self) -> str:
        """Mo presses *Ask in both threads*, and each thread is asked about the other."""
        scene, texts = self._scene, self._scene.texts
        if self._draft is None:
            raise NotShownError("There is no draft to decide about.")
        said = content_of(await scene.press("Mo", self._draft, "aw:dream:"))
        expect("discord.com/channels/" in said, said)
        told = ["Who agreed to be quoted is quoted; of others there is a link."]
        for thread in await scene.sandbox.threads_in(scene.world.essays):
            if f"/{thread.id}/" in said:
                asked = await scene.of_bot(thread, "Ada", lambda one: custom_id(one, "aw:why:"))
                expect(not _has(asked, texts.apart), "Bora did not agree to be quoted.")
                told.append(f"In “{thread.name}”: {plain(asked.content)}")
        return "\n".join(told)

    def _threads(self) -> tuple[Channel, Channel]:
        """Return the threads of two essays.

        Raises:
            NotShownError: There are none.
        """
        thread, other = self._scene.open_thread(), self._scene.other
        if other is None:
            raise NotShownError("Only one essay has a thread.")
        return thread, other


def _has(message: Message, text: str) -> bool:
    return text[:BEGINNING] in message.content
