"""The tour: simulated people use every feature of Afterword, and each step is checked."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from html import unescape

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from bot.cli.report import write_report
from bot.cli.tour.actions import MOST_TRIED, Scene
from bot.cli.tour.expectations import (
    NotShownError,
    TourError,
    content_of,
    custom_id,
    custom_ids,
    expect,
    first_option,
    message_of,
    required,
    title_of,
)
from bot.cli.tour.page import Guide
from bot.cli.tour.plain import plain
from bot.cli.tour.reading_along import ReadingAlong
from bot.cli.tour.texts import texts_about
from bot.sandbox.control.client.objects import Ident, Message, ident
from bot.sandbox.page.tour import Phase

log = logging.getLogger(__name__)

MARKS: dict[Phase, str] = {
    "done": "[green]✓[/green]",
    "skipped": "[yellow]– Not shown:[/yellow]",
    "failed": "[red]✗[/red]",
}
"""The mark before the outcome of a step."""

MOST_PAGES = 12
"""How many pages of a long essay are opened."""

Step = Callable[[], Awaitable[str]]
"""Something that people do; its docstring is its caption, and it returns what came of it.

Further lines of that are for the terminal: the page shows what they tell.
"""


class Tour:
    """Takes readers, a moderator and an author through everything, with captions.

    Nothing here is special to our essays: it works with any blog that has one, and says of each
    step that a blog has nothing for why it is not shown.
    """

    def __init__(self, scene: Scene, show: Console) -> None:
        self._scene = scene
        self._sandbox = scene.sandbox
        self._world = scene.world
        self._bot = scene.bot
        self._show = show
        self._along = ReadingAlong(scene)
        self._failures = 0

    async def run(self, *, paced: bool = False) -> bool:
        """Take the tour; return whether every step that could be shown showed what it should.

        Args:
            paced: Leave viewers of the page time to read, and end when one of them says so.
        """
        await self._scene.gather()
        steps, essays = self._steps(), self._world.essays
        guide = Guide(self._sandbox, len(steps), paced=paced)
        for number, (step, name, place) in enumerate(steps, 1):
            if guide.is_over:
                self._show.print("\nThe tour stops here: somebody goes on alone.")
                break
            text = str(step.__doc__)
            self._show.print(f"\n[bold]{number:>2}. {escape(text)}[/bold]")
            where = place or self._scene.thread or essays
            await guide.begin(text, self._scene.people[name], where)
            outcome, phase = await self._take(step)
            self._tell(f"{MARKS[phase]} {escape(outcome)}")
            await guide.end(outcome.partition("\n")[0], where, phase)
        guide.over()
        return self._failures == 0

    def _steps(self) -> tuple[tuple[Step, str, Ident | None], ...]:
        """Return the steps in order: each with who acts, and where, if not in the thread."""
        essays, along = self._world.essays, self._along
        return (
            (self._set_up, "Mo", essays),
            (self._read, "Ada", essays),
            (self._answer_prompt, "Ada", None),
            (self._reply, "Bora", None),
            (self._edit_and_delete, "Bora", None),
            (self._withdraw, "Chen", None),
            (along.ask, "Ada", None),
            (along.mention, "Bora", None),
            (self._look_up, "Chen", essays),
            (self._browse_tags, "Bora", essays),
            (self._discuss, "Mo", essays),
            (self._forum, "Mo", self._world.forum),
            (self._restart, "Bora", None),
            (self._author_reads, "Iris", essays),
            (self._privacy, "Chen", essays),
            (self._report, "Iris", essays),
            (along.talk, "Bora", None),
            (along.dream, "Mo", self._scene.desk),
            (along.ask_in_both, "Mo", None),
        )

    def _tell(self, outcome: str) -> None:
        """Print what came of a step, below its caption."""
        for line in Text.from_markup(outcome).wrap(self._show, max(20, self._show.width - 4)):
            line.rstrip()
            self._show.print(Text.assemble("    ", line), soft_wrap=True)

    async def _take(self, step: Step) -> tuple[str, Phase]:
        """Take one step; return what came of it, and whether that is what should have."""
        try:
            outcome = await step()
        except NotShownError as error:
            return str(error), "skipped"
        except (TourError, TimeoutError) as error:
            self._failures += 1
            return str(error), "failed"
        except Exception as error:  # a fault of the tour fails one step, and the next goes on
            self._failures += 1
            log.exception("A step of the tour failed unexpectedly")
            return f"It failed unexpectedly: {type(error).__name__}: {error}", "failed"
        for channel in (self._world.essays, self._world.forum, self._scene.desk):
            outcome = outcome.replace(f"<#{channel.id}>", f"#{channel.name}")
        return outcome, "done"

    async def _set_up(self) -> str:
        """Mo, a moderator, chooses the channel with /setup, and an essay gets its thread."""
        scene = self._scene
        role = str(scene.role("Author"))
        desk = ident(scene.desk)
        said = await scene.set_up(self._world.essays, author=role, notices=desk)
        scene.post, scene.thread, notes = await scene.begin(self._world.essays)
        post, scene.prompt = scene.post, await scene.find_prompt(scene.thread)
        scene.texts = texts_about(post.slug)
        asked = " ".join(question.text for question in post.questions)
        asks = f"and asks: “{asked}”" if asked else "and asks nothing at its end."
        return " ".join([*notes, f"“{scene.thread.name}” is open, {asks}", said])

    async def _read(self) -> str:
        """Ada opens the essay privately from its card, a page at a time."""
        starter = await self._scene.starter(self._scene.open_thread())
        answer = await self._scene.press("Ada", starter, "aw:card:")
        page = message_of(answer)
        expect(page.ephemeral, "The page should be Ada's alone.")
        pages = 1
        while custom_id(page, "aw:read:"):
            turns = [one for one in custom_ids(page) if one.startswith("aw:read:")]
            forward = max(turns, key=lambda one: int(one.rsplit(":", 1)[1]))
            if int(forward.rsplit(":", 1)[1]) < pages:
                break
            if pages == MOST_PAGES:
                return f"She read the first {pages} pages, and nobody else saw them."
            page = message_of(await self._scene.people["Ada"].click(page, custom_id=forward))
            pages += 1
        return f"She read {pages} page(s), and nobody else saw them."

    async def _answer_prompt(self) -> str:
        """Ada answers the closing question through its button, and lets it be shown."""
        scene = self._scene
        opened = await scene.open_form("Ada", scene.open_thread())
        form = opened.modal
        expect(form is not None, "The button should open a form.")
        answer = await scene.people["Ada"].submit(opened, {"text": scene.texts.answer})
        said = content_of(answer)
        scene.answer = await scene.shown(scene.texts.answer[:40])
        return f"{said} The question above it: “{form.text if form else ''}”"

    async def _reply(self) -> str:
        """Bora replies to the question, Chen replies to Bora, and says something else besides."""
        thread, texts, people = self._scene.open_thread(), self._scene.texts, self._scene.people
        first = await people["Bora"].say(thread, texts.opinion, reply_to=self._scene.prompt)
        await people["Chen"].say(thread, texts.reply, reply_to=first)
        await people["Chen"].say(thread, texts.aside)
        kept = await self._scene.kept(texts.opinion, texts.reply, texts.aside)
        question = kept[texts.opinion].question
        expect(
            kept[texts.reply].question == question, "Chen's reply should belong where Bora's does."
        )
        expect(kept[texts.aside].question is None, "A plain message should belong to no question.")
        if question is None:
            return "Three messages. No one question is asked here, so they belong to the essay."
        return "Three messages; the first two belong to the question, the third to none."

    async def _edit_and_delete(self) -> str:
        """Bora edits what he wrote, and Chen deletes hers: the copies follow."""
        texts, people = self._scene.texts, self._scene.people
        for message in await people["Bora"].messages(self._scene.open_thread()):
            if message.content == texts.opinion:
                await people["Bora"].edit(message, texts.edited)
            elif message.content == texts.aside:
                await people["Chen"].delete(message)
        await self._scene.kept(texts.edited)
        await self._scene.not_kept(texts.opinion, texts.aside)
        return "The database has the one as it reads now, and the other no more."

    async def _withdraw(self) -> str:
        """Ada edits her answer; Chen answers too, thinks better of it, and withdraws."""
        scene, texts = self._scene, self._scene.texts
        shown = required(scene.answer)
        opened = await scene.press("Ada", shown, "aw:edit:")
        await scene.people["Ada"].submit(opened, {"text": texts.better})
        await self._sandbox.until(lambda: texts.better in shown.content)
        too = await scene.press("Chen", shown, "aw:answer:")
        await scene.people["Chen"].submit(too, {"text": texts.withdrawn})
        hers = await scene.shown(texts.withdrawn)
        refused = await scene.press("Ada", hers, "aw:withdraw:")
        said = content_of(await scene.press("Chen", hers, "aw:withdraw:"))
        await self._sandbox.until(lambda: scene.is_gone(hers))
        await scene.kept(texts.better)
        await scene.not_kept(texts.answer, texts.withdrawn)
        return f"To Ada: “{content_of(refused)}” To Chen: “{said.splitlines()[0]}”"

    async def _look_up(self) -> str:
        """Chen types /post, is offered essays as she types, and looks at a translation."""
        chen = self._scene.people["Chen"]
        offered = await chen.complete(self._world.essays, "post", "slug", "")
        expect(bool(offered), "/post should offer the newest essays before anything is typed.")
        title, near = "", ""
        for _, value in offered[:5]:
            card = message_of(await chen.command(self._world.essays, "post", slug=value))
            expect(card.ephemeral and bool(card.embeds), "/post should show a private card.")
            title = title_of(card)
            near = near or _reads_well(card)
            other = custom_id(card, "aw:show:")
            if other is not None:
                translated = message_of(await chen.click(card, custom_id=other))
                found = f"{len(offered)} offered; “{title}” is “{title_of(translated)}” as well."
                return found + near
        found = f"{len(offered)} offered; she opened “{title}”. None of the newest is translated."
        return found + near

    async def _browse_tags(self) -> str:
        """Bora types /tag, picks one that is offered, and opens an essay from the list."""
        bora = self._scene.people["Bora"]
        offered = await bora.complete(self._world.essays, "tag", "tag", "")
        if not offered:
            raise NotShownError("No essay here has a tag.")
        listed = message_of(await bora.command(self._world.essays, "tag", tag=offered[0][1]))
        value = first_option(listed)
        expect(value is not None, "/tag should list essays in a menu.")
        opened = message_of(await bora.select(listed, [str(value)]))
        return f"{offered[0][0]}; from its list he opened: {title_of(opened)}"

    async def _discuss(self) -> str:
        """Mo starts the thread of an essay that was on the shelf; a reader may not."""
        mo = self._scene.people["Mo"]
        offered = await mo.complete(self._world.essays, "discuss", "slug", "")
        if not offered:
            raise NotShownError("Every essay in this language has its thread already.")
        expect(
            "discuss" not in await self._scene.people["Ada"].commands(self._world.essays),
            "A reader should not be offered /discuss.",
        )
        notes: list[str] = []
        for title, value in offered[: -MOST_TRIED - 1 : -1]:
            thread, said = await self._scene.discuss(self._world.essays, str(value))
            if thread is not None:
                self._scene.other = thread
                return " ".join([*notes, f"“{title}” has its thread now."])
            notes.append(f"“{title}” gets no thread: {said}")
        raise TourError(" ".join(notes))

    async def _forum(self) -> str:
        """Mo moves to a forum: whole essays as posts, with the tags that forum and essay share."""
        mo = self._scene.people["Mo"]
        said = await self._scene.set_up(self._world.forum)
        _, thread, notes = await self._scene.begin(self._world.forum)
        forum = next(one for one in await mo.channels() if one.id == self._world.forum.id)
        names = {number: name for name, number in forum.tags.items()}
        tags = ", ".join(names[tag] for tag in thread.applied_tags) or "none in common"
        return " ".join([*notes, f"“{thread.name}”, tags: {tags}.", said])

    async def _restart(self) -> str:
        """The bot stops; Bora writes meanwhile; the bot comes back, and old buttons still work."""
        scene, thread = self._scene, self._scene.open_thread()
        await self._bot.stop()
        await scene.people["Bora"].say(thread, scene.texts.missed)
        await self._bot.start()
        await scene.kept(scene.texts.missed)
        opened = await scene.open_form("Bora", thread)
        expect(opened.modal is not None, "A button from before the restart should open its form.")
        return "His message was found, and the question's button opened its form."

    async def _author_reads(self) -> str:
        """Iris, the author, reads everything with /responses; a reader is refused."""
        self._scene.open_thread()
        iris, ada = self._scene.people["Iris"], self._scene.people["Ada"]
        offered = await iris.complete(self._world.essays, "responses", "slug", "")
        expect(bool(offered), "/responses should offer the essay that was answered.")
        post = offered[0][1]
        refused = await ada.command(self._world.essays, "responses", slug=post)
        expect("Only authors" in content_of(refused), "A reader should be refused.")
        page = message_of(await iris.command(self._world.essays, "responses", slug=post))
        expect(self._scene.texts.better[:20] in page.content, "It should show Ada's answer.")
        lines = sum(line.startswith("> ") for line in page.content.splitlines())
        return f"Privately, {lines} lines of what readers wrote, under their questions."

    async def _privacy(self) -> str:
        """Chen asks what is kept of her with /privacy, and has it deleted everywhere."""
        chen = self._scene.people["Chen"]
        told = message_of(await chen.command(self._world.essays, "privacy"))
        button = custom_id(told, "aw:forget:everywhere")
        if self._scene.thread is None:
            raise NotShownError("Chen has written nothing, as there is no thread.")
        expect(button is not None, "/privacy should find what Chen wrote.")
        sure = message_of(await chen.click(told, custom_id=button))
        again = custom_id(sure, "aw:forget:everywhere")
        done = message_of(await chen.click(sure, custom_id=again))
        await self._scene.not_kept(self._scene.texts.reply)
        return done.content

    async def _report(self) -> str:
        """Iris opens the report of what was just said, from the page, and keeps it as a file."""
        kept = self._bot.kept()
        page = unescape((await self._sandbox.tour.report() or b"").decode())
        expect("<h1>" in page, "The page should offer the report.")
        expect(all(one.text in page for one in kept), "It should have every response.")
        expect(self._scene.texts.reply not in page, "It should have nothing of what Chen deleted.")
        file = self._bot.settings.database.with_name("report.html")
        await asyncio.to_thread(write_report, self._bot.settings.database, file)
        number = f"{len(kept)} response{'' if len(kept) == 1 else 's'}"
        return f"{self._sandbox.url}/report has {number}. The same page, as a file: {file}"


def _reads_well(card: Message) -> str:
    """Return what a card says reads well with its essay, with the words that tie each to it."""
    named = [plain(line[2:]) for line in card.content.splitlines() if line.startswith("- ")]
    return f"\nWith “{title_of(card)}” it names: {'; '.join(named)}." if named else ""
