"""The tour: simulated people do by hand all that Afterword is for, and each step is checked."""

import asyncio
from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.markup import escape

from bot.cli.expecting import (
    STRING_SELECT,
    TourError,
    custom_id,
    custom_ids,
    expect,
    known,
    message_of,
    said_to,
    title_of,
)
from bot.cli.running import Running
from bot.cli.showing import Guide
from bot.core.response import Response
from bot.sandbox.people import Person
from bot.sandbox.seen import Answer, Channel, Ident, Message
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

TEXT = "It depends on what we mean by it. My grandmother would have said yes, and meant the radio."
BETTER = "It depends on what we mean by it. My grandmother would have said yes, of the radio."
PLAIN = "Bence soru tersinden sorulmalı: uyanık olan ne yapar?"
EDITED = "Bence soru tersinden sorulmalı: uyanık olan ne yapıyor?"
REPLY = "I had never turned it around like that. Waking as the harder question."
OFF_TOPIC = "Off the subject: who drew the header?"
MISSED = "I wrote this while the bot was away. Does it find me?"

PATIENCE = 50
"""Tenths of a second until the database must have what was said."""


Step = Callable[[], Awaitable[str]]
"""Something that people do; it returns what came of it, and its docstring is its caption."""


class Tour:
    """Takes readers, a moderator and an author through everything, with captions.

    Nothing here is special to our essays: it works with any blog that has one.
    """

    def __init__(self, sandbox: Sandbox, world: World, bot: Running, show: Console) -> None:
        self._sandbox = sandbox
        self._world = world
        self._bot = bot
        self._show = show
        self._people: dict[str, Person] = {}
        self._failures = 0
        self._thread: Channel | None = None
        self._prompt: Message | None = None
        self._answer: Message | None = None

    async def run(self, *, paced: bool = False) -> bool:
        """Take the tour; return whether every step showed what it should.

        Args:
            paced: Leave viewers of the page time to read, and end when one of them says so.
        """
        self._people = await self._sandbox.people(self._world.guild)
        essays, forum = self._world.essays, self._world.forum
        steps: tuple[tuple[Step, str, Ident | None], ...] = (
            (self._set_up, "Mo", essays),
            (self._read, "Ada", essays),
            (self._answer_prompt, "Ada", None),
            (self._reply, "Bora", None),
            (self._edit_and_delete, "Bora", None),
            (self._withdraw, "Chen", None),
            (self._look_up, "Bora", essays),
            (self._browse_tags, "Chen", essays),
            (self._discuss, "Mo", essays),
            (self._forum, "Mo", forum),
            (self._restart, "Bora", None),
            (self._author_reads, "Iris", essays),
            (self._privacy, "Chen", essays),
        )
        guide = Guide(self._sandbox, len(steps), paced=paced)
        for number, (step, name, place) in enumerate(steps, 1):
            if guide.is_over:
                self._show.print("\nThe tour stops here: somebody goes on alone.")
                break
            text = str(step.__doc__)
            self._show.print(f"\n[bold]{number:>2}. {escape(text)}[/bold]")
            where = place or self._thread or essays
            await guide.begin(text, self._people[name], where)
            outcome, went_well = await self._take(step)
            await guide.end(outcome, where, went_well=went_well)
        guide.over()
        return self._failures == 0

    async def _take(self, step: Step) -> tuple[str, bool]:
        """Take one step; return what came of it, and whether that is what should have."""
        try:
            outcome = await step()
        except (TourError, TimeoutError) as error:
            self._failures += 1
            self._show.print(f"    [red]✗ {escape(str(error))}[/red]")
            return str(error), False
        for channel in (self._world.essays, self._world.forum):
            outcome = outcome.replace(f"<#{channel.id}>", f"#{channel.name}")
        self._show.print(f"    [green]✓[/green] {escape(outcome)}")
        return outcome, True

    async def _set_up(self) -> str:
        """Mo, a moderator, chooses the channel with /setup; the newest essay gets its thread."""
        answer = await self._people["Mo"].command(
            self._world.essays,
            "setup",
            channel=str(self._world.essays.id),
            author=str(self._role("Author")),
        )
        said = said_to(answer)
        self._thread = await self._thread_in(self._world.essays)
        messages = await self._wait_for_messages(self._thread)
        self._prompt = next(
            (message for message in messages if custom_id(message, "aw:answer:")), None
        )
        return f"“{self._thread.name}” is open. {said}"

    async def _read(self) -> str:
        """Ada opens the essay privately from its card, a page at a time."""
        answer = await self._press("Ada", await self._starter(), "aw:card:")
        page = message_of(answer)
        expect(page.ephemeral, "The page should be Ada's alone.")
        pages = 1
        while custom_id(page, "aw:read:"):
            turns = [one for one in custom_ids(page) if one.startswith("aw:read:")]
            forward = max(turns, key=lambda one: int(one.rsplit(":", 1)[1]))
            if int(forward.rsplit(":", 1)[1]) < pages:
                break
            page = message_of(await self._people["Ada"].click(page, custom_id=forward))
            pages += 1
        return f"She read {pages} page(s), and nobody else saw them."

    async def _answer_prompt(self) -> str:
        """Ada answers the closing question through its button, and lets it be shown."""
        opened = await self._press("Ada", await self._prompt_or_starter(), "aw:answer:")
        form = opened.modal
        expect(form is not None, "The button should open a form.")
        answer = await self._people["Ada"].submit(opened, {"text": TEXT})
        said = said_to(answer)
        self._answer = await self._shown(TEXT[:40])
        return f"{said} The question above it: “{form.text if form else ''}”"

    async def _reply(self) -> str:
        """Bora replies to the question, Chen replies to Bora, and says something else besides."""
        bora, chen = self._people["Bora"], self._people["Chen"]
        prompt = await self._prompt_or_starter()
        first = await bora.say(self._open_thread(), PLAIN, reply_to=prompt.id)
        await chen.say(self._open_thread(), REPLY, reply_to=first)
        await chen.say(self._open_thread(), OFF_TOPIC)
        kept = await self._kept(PLAIN, REPLY, OFF_TOPIC)
        question = kept[PLAIN].question
        expect(kept[REPLY].question == question, "Chen's reply should belong to Bora's question.")
        expect(kept[OFF_TOPIC].question is None, "A plain message should belong to no question.")
        return "Three messages; the first two belong to the question, the third to none."

    async def _edit_and_delete(self) -> str:
        """Bora edits what he wrote, and Chen deletes hers: the copies follow."""
        for message in await self._people["Bora"].messages(self._open_thread()):
            if message.content == PLAIN:
                await self._people["Bora"].edit(message, EDITED)
            elif message.content == OFF_TOPIC:
                await self._people["Chen"].delete(message)
        await self._kept(EDITED)
        await self._not_kept(PLAIN, OFF_TOPIC)
        return "The database has the one as it reads now, and the other no more."

    async def _withdraw(self) -> str:
        """Ada edits her answer; Chen answers too, thinks better of it, and withdraws."""
        shown = self._answer
        expect(shown is not None, "Ada's answer should be in the thread.")
        opened = await self._press("Ada", known(shown), "aw:edit:")
        await self._people["Ada"].submit(opened, {"text": BETTER})
        await self._sandbox.until(lambda: "of the radio" in known(shown).content)
        too = await self._press("Chen", known(shown), "aw:answer:")
        await self._people["Chen"].submit(too, {"text": "Only if nobody asks it."})
        hers = await self._shown("Only if nobody asks it")
        refused = await self._press("Ada", hers, "aw:withdraw:")
        said = said_to(await self._press("Chen", hers, "aw:withdraw:"))
        await self._sandbox.until(lambda: self._is_gone(hers))
        await self._kept(BETTER)
        await self._not_kept(TEXT, "Only if nobody asks it.")
        return f"To Ada: “{said_to(refused)}” To Chen: “{said.splitlines()[0]}”"

    async def _look_up(self) -> str:
        """Bora types /post, is offered essays as he types, and looks at a translation."""
        bora = self._people["Bora"]
        offered = await bora.complete(self._world.essays, "post", "slug", "")
        expect(bool(offered), "/post should offer the newest essays before anything is typed.")
        title = ""
        for _, value in offered[:5]:
            card = message_of(await bora.command(self._world.essays, "post", slug=value))
            expect(card.ephemeral and bool(card.embeds), "/post should show a private card.")
            title = title_of(card)
            other = custom_id(card, "aw:show:")
            if other is not None:
                translated = message_of(await bora.click(card, custom_id=other))
                return f"{len(offered)} offered; “{title}” is “{title_of(translated)}” as well."
        return f"{len(offered)} offered; he opened “{title}”."

    async def _browse_tags(self) -> str:
        """Chen types /tag, picks one that is offered, and opens an essay from the list."""
        chen = self._people["Chen"]
        offered = await chen.complete(self._world.essays, "tag", "tag", "")
        if not offered:
            return "This blog has no tags."
        listed = message_of(await chen.command(self._world.essays, "tag", tag=offered[0][1]))
        option = next(one for one in listed.components if one["type"] == STRING_SELECT)
        value = str(option["options"][0]["value"])
        opened = message_of(await chen.select(listed, [value]))
        return f"{offered[0][0]}; from its list she opened: {title_of(opened)}"

    async def _discuss(self) -> str:
        """Mo starts the thread of an essay that was on the shelf; a reader may not."""
        mo = self._people["Mo"]
        offered = await mo.complete(self._world.essays, "discuss", "post", "")
        if not offered:
            return "Every essay of this blog has its thread already."
        expect(
            "discuss" not in await self._people["Ada"].commands(self._world.essays),
            "A reader should not be offered /discuss.",
        )
        said = said_to(await mo.command(self._world.essays, "discuss", post=offered[-1][1]))
        expect("discord.com/channels" in said, f"/discuss should start a thread, not say: {said}")
        return f"“{offered[-1][0]}” has its thread now."

    async def _forum(self) -> str:
        """Mo moves to a forum: whole essays as posts, with the tags that forum and essay share."""
        mo = self._people["Mo"]
        said = said_to(
            await mo.command(self._world.forum, "setup", channel=str(self._world.forum.id))
        )
        thread = await self._thread_in(self._world.forum)
        await self._wait_for_messages(thread)
        forum = next(one for one in await mo.channels() if one.id == self._world.forum.id)
        names = {number: name for name, number in forum.tags.items()}
        tags = ", ".join(names[tag] for tag in thread.applied_tags) or "none in common"
        return f"“{thread.name}”, tags: {tags}. {said}"

    async def _restart(self) -> str:
        """The bot stops; Bora writes meanwhile; the bot comes back, and old buttons still work."""
        await self._bot.stop()
        await self._people["Bora"].say(self._open_thread(), MISSED)
        await self._bot.start()
        await self._kept(MISSED)
        opened = await self._press("Bora", await self._prompt_or_starter(), "aw:answer:")
        expect(opened.modal is not None, "A button from before the restart should open its form.")
        return "His message was found, and the question's button opened its form."

    async def _author_reads(self) -> str:
        """Iris, the author, reads everything with /responses; a reader is refused."""
        slug = (await self._people["Iris"].complete(self._world.essays, "responses", "post", ""))[0]
        refused = await self._people["Ada"].command(self._world.essays, "responses", post=slug[1])
        expect("Only authors" in said_to(refused), "A reader should be refused.")
        page = await self._find_responses()
        expect("radio" in page.content, "The author should read Ada's answer.")
        lines = sum(line.startswith("> ") for line in page.content.splitlines())
        return f"Privately, {lines} lines of what readers wrote, under their questions."

    async def _privacy(self) -> str:
        """Chen asks what is kept of her with /privacy, and has it deleted everywhere."""
        chen = self._people["Chen"]
        told = message_of(await chen.command(self._world.essays, "privacy"))
        button = custom_id(told, "aw:forget:everywhere")
        expect(button is not None, "/privacy should find what Chen wrote.")
        sure = message_of(await chen.click(told, custom_id=button))
        again = custom_id(sure, "aw:forget:everywhere")
        done = message_of(await chen.click(sure, custom_id=again))
        await self._not_kept(REPLY)
        return done.content

    async def _kept(self, *texts: str) -> dict[str, Response]:
        """Return responses from SQLite by their texts, as soon as all of these are there."""
        for _ in range(PATIENCE):
            kept = {response.text: response for response in self._bot.kept()}
            if kept.keys() >= set(texts):
                return kept
            await asyncio.sleep(0.1)
        raise TourError(f"The database should have: {', '.join(texts)}")

    async def _not_kept(self, *texts: str) -> None:
        for _ in range(PATIENCE):
            if not {response.text for response in self._bot.kept()} & set(texts):
                return
            await asyncio.sleep(0.1)
        raise TourError(f"The database should not have any more: {', '.join(texts)}")

    async def _find_responses(self) -> Message:
        iris = self._people["Iris"]
        thread = self._open_thread()
        for name, value in await iris.complete(self._world.essays, "responses", "post", ""):
            if name[:90] == thread.name[:90]:
                return message_of(await iris.command(self._world.essays, "responses", post=value))
        raise TourError("/responses should offer the essay that is discussed.")

    async def _press(self, name: str, message: Message, prefix: str) -> Answer:
        button = custom_id(message, prefix)
        if button is None:
            raise TourError(f"There is no button {prefix} under the message.")
        answer = await self._people[name].click(message, custom_id=button)
        expect(not answer.failed, f"{name} was told that the interaction failed.")
        return answer

    async def _thread_in(self, channel: Ident) -> Channel:
        async def first() -> Channel | None:
            threads = await self._sandbox.threads_in(channel)
            return threads[0] if threads else None

        thread: Channel = await self._sandbox.until(first)
        return thread

    async def _wait_for_messages(self, thread: Channel) -> list[Message]:
        async def enough() -> list[Message] | None:
            messages = await self._people["Ada"].messages(thread)
            return messages if any(message.by_bot for message in messages) else None

        messages: list[Message] = await self._sandbox.until(enough)
        return messages

    async def _starter(self) -> Message:
        messages = await self._people["Ada"].messages(self._world.essays)
        return next(message for message in messages if message.id == self._open_thread().id)

    async def _prompt_or_starter(self) -> Message:
        """Return the first prompt; the starter of an essay that asks nothing has the button."""
        return self._prompt or await self._starter()

    async def _shown(self, text: str) -> Message:
        async def find() -> Message | None:
            messages = await self._people["Ada"].messages(self._open_thread())
            return next((one for one in messages if one.by_bot and text in one.content), None)

        message: Message = await self._sandbox.until(find)
        return message

    async def _is_gone(self, message: Message) -> bool:
        messages = await self._people["Ada"].messages(self._open_thread())
        return all(one.id != message.id for one in messages)

    def _role(self, name: str) -> int:
        roles = self._world.guild.roles.values()
        return next(role.id for role in roles if role.name == name)

    def _open_thread(self) -> Channel:
        if self._thread is None:
            raise TourError("No thread was started.")
        return self._thread
