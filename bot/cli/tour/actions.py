"""What people in the tour do and check, in any step."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress

from bot.cli.tour.expectations import (
    NotShownError,
    TourError,
    content_of,
    custom_id,
    expect,
    first_option,
    message_of,
)
from bot.cli.tour.running_bot import RunningBot
from bot.cli.tour.selection import Selection
from bot.cli.tour.texts import Texts, texts_about
from bot.core.post import Post
from bot.core.response import Response
from bot.sandbox.control.client.objects import Answer, Channel, Ident, Message, ident
from bot.sandbox.control.client.person import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.state.permissions import Permission
from bot.sandbox.world import World

PATIENCE = 50
"""Tenths of a second until the database must have a response."""

MOST_TRIED = 3
"""How many essays are tried, if the first cannot be shown."""


class Scene:
    """A guild with its people and the bot, and the thread that the tour is about.

    Attributes:
        post: The essay that the tour is about.
        thread: None until an essay has one.
        other: The thread of another essay; None until one is started.
        desk: The channel that only moderators and authors see.
        prompt: The bot's message with the essay's question; None if it asks nothing.
        answer: Ada's answer as it is shown; None until it is.
        texts: What people write.
    """

    def __init__(
        self, sandbox: Sandbox, world: World, bot: RunningBot, selection: Selection
    ) -> None:
        self.sandbox = sandbox
        self.world = world
        self.bot = bot
        self.selection = selection
        self.people: dict[str, Person] = {}
        self.post = selection.opener
        self.thread: Channel | None = None
        self.other: Channel | None = None
        self.prompt: Message | None = None
        self.answer: Message | None = None
        self.texts: Texts = texts_about(selection.opener.slug)
        self._waited = 0

    async def gather(self) -> None:
        """Add the people to the server, and a channel for those who look after it."""
        guild, bot = self.world.guild, (await self.sandbox.get("bot"))["id"]
        self.people = await self.sandbox.people(guild)
        self.desk = await self.sandbox.channel(guild, "moderators")
        for each in (int(bot), self.role("Moderator"), self.role("Author")):
            await self.sandbox.allow(self.desk, each, allow=Permission.VIEW_CHANNEL)
        await self.sandbox.allow(self.desk, guild, deny=Permission.VIEW_CHANNEL)

    def role(self, name: str) -> int:
        """Return the id of a role."""
        return next(one.id for one in self.world.guild.roles.values() if one.name == name)

    def open_thread(self) -> Channel:
        """Return the thread that the tour is about.

        Raises:
            NotShownError: There is none.
        """
        if self.thread is None:
            raise NotShownError("There is no thread.")
        return self.thread

    async def set_up(self, channel: Ident, **options: str) -> str:
        """Have Mo choose a channel for the essays; return what the bot says."""
        if not self.selection.is_default:
            options["language"] = self.selection.lang
        self._waited = len(self.bot.waiting())
        answer = await self.people["Mo"].command(
            channel, "setup", channel=ident(channel), **options
        )
        return content_of(answer)

    async def begin(self, channel: Ident) -> tuple[Post, Channel, list[str]]:
        """Wait for an essay's thread in a channel that was just set up, or have one started.

        Returns:
            The essay, its thread, and how the thread was started.

        Raises:
            TourError: No thread could be started.
        """
        notes: list[str] = []
        selection = self.selection
        if selection.starts is None:
            notes.append("No essay here has a date, so that none starts by itself.")
        else:
            thread, why = await self._started(channel)
            if thread is None:
                notes.append(f"“{selection.starts.title}” gets no thread: {why}")
            elif selection.starts == selection.opener:
                return selection.starts, thread, notes
            else:
                self.other = thread
                notes.append(f"“{selection.starts.title}” started, and asks nothing.")
        return await self._ask_for_one(channel, notes)

    async def _ask_for_one(
        self, channel: Ident, notes: list[str]
    ) -> tuple[Post, Channel, list[str]]:
        """Have Mo start the best essay's thread, or the next if it cannot be shown."""
        others = [post for post in self.selection.essays if post != self.selection.starts]
        mo = self.people["Mo"]
        for post in others[:MOST_TRIED]:
            title = post.title[:100]
            offered = await mo.complete(channel, "discuss", "slug", title)
            value = next((each for name, each in offered if name == title), post.name[:100])
            thread, said = await self.discuss(channel, str(value))
            if thread is not None:
                notes.append(f"Mo started “{post.title}” with /discuss.")
                return post, thread, notes
            notes.append(f"“{post.title}” gets no thread: {said}")
        raise TourError(" ".join(notes))

    async def discuss(self, channel: Ident, post: str) -> tuple[Channel | None, str]:
        """Have Mo start an essay's thread; return it, if it started, and what the bot says."""
        said = content_of(await self.people["Mo"].command(channel, "discuss", slug=post))
        link = re.search(r"discord\.com/channels/\d+/(\d+)", said)
        if link is None:
            return None, said
        await self.until_up_to_date()
        threads = await self.sandbox.threads_in(channel)
        return next((one for one in threads if one.id == int(link[1])), None), said

    async def until_up_to_date(self) -> None:
        """Wait until the bot has shown all it can, but not for what it cannot."""
        with suppress(TimeoutError):
            await self.sandbox.until(self.bot.is_up_to_date)

    async def _started(self, channel: Ident) -> tuple[Channel | None, str]:
        """Return the thread that started by itself in a channel, or why there is none."""

        async def begun() -> bool:
            return bool(await self.sandbox.threads_in(channel)) or bool(self._waits())

        try:
            await self.sandbox.until(begun)
        except TimeoutError as error:
            return None, str(error)
        await self.until_up_to_date()
        threads = await self.sandbox.threads_in(channel)
        why = self._waits()
        return (None, why) if why or not threads else (threads[0], "")

    def _waits(self) -> str:
        """Return why threads wait that did not before the channel was set up."""
        return " ".join(self.bot.waiting()[self._waited :])

    async def find_prompt(self, thread: Channel) -> Message | None:
        """Return the message that asks an essay's first question, or all in a menu."""
        for message in await self.people["Ada"].messages(thread):
            if custom_id(message, "aw:answer:") or custom_id(message, "aw:pick:"):
                return message
        return None

    async def starter(self, thread: Channel) -> Message:
        """Return a thread's starter message."""
        messages = await self.people["Ada"].messages(self.world.essays)
        return next(message for message in messages if message.id == thread.id)

    async def open_form(self, name: str, thread: Channel) -> Answer:
        """Open the form of an essay's first question: by its button, or out of a menu."""
        message = await self.find_prompt(thread) or await self.starter(thread)
        if custom_id(message, "aw:answer:"):
            return await self.press(name, message, "aw:answer:")
        if first_option(message) is None:
            message = message_of(await self.press(name, message, "aw:pick:"))
        option = first_option(message)
        if option is None:
            raise TourError("The bot should offer the essay's questions in a menu.")
        return await self.people[name].select(message, [option])

    async def press(self, name: str, message: Message, prefix: str) -> Answer:
        """Press the first button of a kind under a message.

        Raises:
            TourError: There is none, or nobody answers.
        """
        button = custom_id(message, prefix)
        if button is None:
            raise TourError(f"There is no button {prefix} under the message.")
        answer = await self.people[name].click(message, custom_id=button)
        expect(not answer.failed, f"{name} was told that the interaction failed.")
        return answer

    async def shown(self, text: str) -> Message:
        """Return the bot's message in the thread that shows a text, as soon as it is there."""
        return await self.of_bot(self.open_thread(), "Ada", lambda one: text in one.content)

    async def of_bot(self, place: Ident, name: str, is_it: Callable[[Message], object]) -> Message:
        """Return the first message of the bot's that is so, as soon as somebody sees it."""

        async def find() -> Message | None:
            messages = await self.people[name].messages(place)
            return next((one for one in messages if one.by_bot and is_it(one)), None)

        message: Message = await self.sandbox.until(find)
        return message

    async def is_gone(self, message: Message) -> bool:
        """Return whether a message of the thread is gone."""
        messages = await self.people["Ada"].messages(self.open_thread())
        return all(one.id != message.id for one in messages)

    async def kept(self, *texts: str) -> dict[str, Response]:
        """Return responses from SQLite by their texts, as soon as all of these are there."""
        for _ in range(PATIENCE):
            kept = {response.text: response for response in self.bot.kept()}
            if kept.keys() >= set(texts):
                return kept
            await asyncio.sleep(0.1)
        raise TourError(f"The database should have: {', '.join(texts)}")

    async def not_kept(self, *texts: str) -> None:
        """Wait until none of these texts is in SQLite."""
        for _ in range(PATIENCE):
            if not {response.text for response in self.bot.kept()} & set(texts):
                return
            await asyncio.sleep(0.1)
        raise TourError(f"The database should not have any more: {', '.join(texts)}")
