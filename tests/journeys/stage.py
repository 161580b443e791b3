"""A sandbox with people, a folder of essays, and the real bot over loopback."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.app import create_bot
from bot.core.database_key import KeyedPath
from bot.sandbox import Answer, Channel, Guild, Message, Person, Sandbox
from bot.settings import Settings
from bot.store.file.database import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.client import AfterwordBot

READY = 0.02
"""Seconds after the last guild until READY; Discord's two seconds would be most of a test."""

KEEPS = "What do you keep that is of no use to anyone?"
MODERATES = discord.Permissions(
    manage_threads=True, manage_messages=True, manage_guild=True, pin_messages=True
)


@dataclass
class Stage:
    """Where a journey is played.

    Attributes:
        settings: What the bot is started with, unless a test says otherwise.
    """

    sandbox: Sandbox
    guild: Guild
    text: Channel
    forum: Channel
    ada: Person
    bora: Person
    mo: Person
    content: Path
    database: Path
    settings: dict[str, Any] = field(default_factory=dict)
    _bot: AfterwordBot | None = None
    _running: asyncio.Task[None] | None = None

    @classmethod
    async def build(cls, sandbox: Sandbox, folder: Path) -> Stage:
        """Make the guild and its people."""
        guild = await sandbox.guild()
        content = folder / "posts"
        content.mkdir()
        return cls(
            sandbox,
            guild,
            await sandbox.channel(guild, "essays"),
            await sandbox.forum(guild, "forum", ["memory", "maps", "three", "four", "five", "six"]),
            await sandbox.member(guild, "Ada", locale="en-GB"),
            await sandbox.member(guild, "Bora", locale="tr"),
            await sandbox.member(guild, "Mo", permissions=MODERATES.value),
            content,
            folder / "afterword.db",
        )

    @property
    def bot(self) -> AfterwordBot:
        """The bot that was made last, until it is stopped."""
        assert self._bot is not None
        return self._bot

    @property
    def rounds(self) -> Any:
        """The rounds of the cog that publishes, whose module discord.py has loaded anew."""
        cog: Any = self.bot.get_cog("Publishing")
        return cog.rounds

    def write(
        self,
        slug: str = "maps",
        *,
        title: str | None = None,
        date: str = "2026-03-01",
        asks: str = KEEPS,
        tags: Sequence[str] = (),
        text: str = "The first paragraph says what there is to say.",
        lang: str = "",
        **fields: str,
    ) -> Path:
        """Write an essay into the folder."""
        front = {
            "title": f'"{title or slug.replace("-", " ").capitalize()}"',
            "date": date,
            "slug": slug,
            "tags": f"[{', '.join(tags)}]",
            **fields,
        }
        lines = "\n".join(f"{name}: {value}" for name, value in front.items())
        path = self.content / f"{slug}{f'.{lang}' if lang else ''}.md"
        path.write_text(f"---\n{lines}\n---\n\n{text}\n\n{asks}\n", encoding="utf-8")
        return path

    def make_bot(self, **changes: Any) -> AfterwordBot:
        """Return a bot that has not been logged in; `stop` closes it."""
        values = {
            "token": self.sandbox.token,
            "content": str(self.content),
            "database": self.database,
            "api": self.sandbox.api,
            "gateway": self.sandbox.gateway,
            **self.settings,
            **changes,
        }
        bot = self._bot = create_bot(Settings(**values, _env_file=None))
        bot._connection.guild_ready_timeout = READY
        return bot

    async def start(
        self, prepare: Callable[[AfterwordBot], object] | None = None, **changes: Any
    ) -> AfterwordBot:
        """Start the bot and wait until it has heard of everything.

        Args:
            prepare: Is given the bot before it is logged in.
        """
        bot = self.make_bot(**changes)
        if prepare is not None:
            prepare(bot)
        await bot.login(self.sandbox.token)
        self._running = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        return bot

    async def stop(self) -> None:
        """Stop the bot as SIGTERM would."""
        if self._bot is not None:
            await self._bot.close()
        if self._running is not None:
            with suppress(asyncio.CancelledError):
                await self._running
        self._bot = self._running = None

    async def restart(self, **changes: Any) -> AfterwordBot:
        """Stop the bot, and start a new one on the same database."""
        await self.stop()
        return await self.start(**changes)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the database as another program would."""
        with closing(self._connect_to_read()) as db:
            return db.execute(query, values).fetchall()

    def _connect_to_read(self) -> sqlite3.Connection:
        if isinstance(self.database, KeyedPath):
            return open_for_reading(self.database).conn
        return sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)

    async def until_read(self, slug: str) -> None:
        """Wait until the bot knows an essay: it is in the database a moment earlier."""
        await self.sandbox.until(
            lambda: slug in {post.slug for post in self.bot.blog.catalog.posts}
        )

    async def until_rows(self, query: str, *values: object) -> None:
        """Wait until a query of the database finds something."""
        await self.sandbox.until(lambda: self.rows(query, *values))

    def lose_database(self) -> None:
        """Remove the files of the database, as a lost disk does."""
        for path in self.database.parent.glob("afterword.db*"):
            path.unlink()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Change the database as no program should."""
        with closing(sqlite3.connect(self.database)) as db, db:
            yield db

    def kept(self) -> dict[str, str | None]:
        """Return the questions of all responses, by their texts."""
        return dict(self.rows("select text, question from responses_by_question"))

    async def until_kept(self, *texts: str) -> None:
        """Wait until exactly these texts are kept.

        A message that the test had the bot miss may be found by a sweep at any moment.
        """
        try:
            await self.sandbox.until(lambda: sorted(self.kept()) == sorted(texts))
        except TimeoutError:
            pytest.fail(f"Kept are {sorted(self.kept())}, not {sorted(texts)}.")

    async def say_until_kept(self, who: Person, thread: Channel, text: str, **how: Any) -> Message:
        """Write in a thread and wait until that, and nothing else, is kept."""
        message = await who.say(thread, text, **how)
        await self.until_kept(text)
        return message

    async def threads(self, channel: Channel, count: int = 1) -> list[Channel]:
        """Wait for that many finished threads in a channel; return them, oldest first."""

        async def finished() -> list[Channel] | None:
            unfinished = "select 1 from publications where settled = '' and over_at is null"
            found = await self.sandbox.threads_in(channel)
            return found if len(found) == count and not self.rows(unfinished) else None

        threads: list[Channel] = await self.sandbox.until(finished)
        return threads

    async def thread(self, channel: Channel | None = None) -> Channel:
        """Wait for the one finished thread of a channel, the text channel's unless told."""
        return (await self.threads(channel or self.text))[0]

    async def publish(
        self, slug: str = "maps", *, channel: Channel | None = None, **essay: Any
    ) -> Channel:
        """Write an essay and start the bot in a channel; return the thread that it starts."""
        if channel is not None:
            self.settings["channel"] = channel.id
        self.write(slug, **essay)
        await self.start()
        return await self.thread(channel)

    async def publish_and_ask(self) -> tuple[Channel, Message]:
        """Write an essay and start the bot; return the essay's thread and its prompt."""
        thread = await self.publish()
        return thread, await self.prompt(thread)

    async def starter(self, thread: Channel) -> Message:
        """Return the starter message of a thread."""
        parent = int(thread.raw["parent_id"])
        place = thread if parent == self.forum.id else parent
        return next(each for each in await self.sandbox.messages_in(place) if each.id == thread.id)

    async def bot_says(self, thread: Channel) -> list[Message]:
        """Return the bot's messages in a thread, without the starter."""
        found = await self.sandbox.messages_in(thread)
        return [each for each in found if each.by_bot and each.type == 0 and each.id != thread.id]

    async def prompt(self, thread: Channel) -> Message:
        """Return the first prompt of a thread."""
        return next(each for each in await self.bot_says(thread) if custom_id(each, "answer"))

    async def shown(self, thread: Channel, text: str) -> Message:
        """Wait for the message that shows an answer."""

        async def find() -> Message | None:
            found = await self.bot_says(thread)
            return next((each for each in found if text in each.content), None)

        message: Message = await self.sandbox.until(find)
        return message

    async def put_to_sleep(self, thread: Channel) -> None:
        """Archive a thread, and wait until the bot knows, if one runs."""
        await self.mo.archive(thread)
        if self._bot is not None and self._bot.is_ready():
            await self.sandbox.until(lambda: self._is_asleep(thread))

    def _is_asleep(self, thread: Channel) -> bool:
        known = self.bot.get_channel(thread.id)
        return not isinstance(known, discord.Thread) or known.archived

    async def until_hidden(self, thread: Channel, text: str) -> None:
        """Wait until no message of the bot in a thread shows a text."""

        async def is_hidden() -> bool:
            return all(text not in each.content for each in await self.bot_says(thread))

        await self.sandbox.until(is_hidden)

    async def show_answer(self, who: Person, thread: Channel, text: str) -> Message:
        """Answer the first prompt of a thread; return the message that shows the answer."""
        await self.answer(who, await self.prompt(thread), text)
        return await self.shown(thread, text)

    async def answer(
        self, who: Person, message: Message, text: str, **values: object
    ) -> tuple[Answer, str]:
        """Answer through a button; return what came of it, and what the bot said at the end."""
        opened = await press(who, message, "answer")
        done = await who.submit(opened, {"text": text, **values})
        return done, said(done)


def custom_id(message: Message, verb: str) -> str | None:
    """Return the first custom_id of a message with this verb."""
    ids = (str(each.get("custom_id", "")) for each in message.components)
    return next((each for each in ids if each.startswith(f"aw:{verb}")), None)


async def press(who: Person, message: Message, verb: str) -> Answer:
    """Press the button of a message with this verb."""
    found = custom_id(message, verb)
    assert found is not None, f"No button {verb} among {message.buttons}"
    answer = await who.click(message, custom_id=found)
    assert not answer.failed
    return answer


def said(answer: Answer) -> str:
    """Return what the bot answered with."""
    return message_of(answer).content


def message_of(answer: Answer) -> Message:
    """Return the message that the bot answered with."""
    assert answer.message is not None
    return answer.message


def command_open_to_all(stage: Stage, name: str) -> None:
    """Let everybody send a command, as a forged client or a server's own settings can."""
    for command in stage.sandbox.state.application.commands[0].values():
        if command["name"] == name:
            command["default_member_permissions"] = None
