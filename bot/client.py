"""The bot itself: it carries what the cogs need, and answers errors in one place."""

import asyncio
import hashlib
import json
import logging
import re
import sqlite3
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import endpoint
from bot.blog.blog import Blog, open_source
from bot.blog.index import ASKED_FIRST
from bot.core.command_texts import command_text
from bot.core.errors import AfterwordError
from bot.core.markup import CannotShowError
from bot.core.phrases import phrases
from bot.discussion.answering.reader_writes import ReaderWrites, ToldError
from bot.discussion.answering.replies import is_lost
from bot.discussion.collecting.catch_up import Reading
from bot.discussion.collecting.collector import Collector
from bot.discussion.collecting.existence import Existence
from bot.discussion.collecting.history import History
from bot.discussion.collecting.second_look import Suspicion
from bot.discussion.collecting.sweep import Sweeper
from bot.discussion.notices import Notices
from bot.discussion.publishing.publisher import Publisher
from bot.discussion.publishing.schedule import Schedule
from bot.settings import Settings
from bot.store import key_values, threads
from bot.store.content import posts, readings
from bot.store.file.owner import ReplacedError
from bot.store.ledger import publications
from bot.store.responses import gaps
from bot.store.store import Store
from bot.store.times import from_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from bot.core.post import Post
    from bot.store.content.readings import Kept

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0
"""Seconds of a rate limit after which a request fails instead of sleeping (discord-facts.md, 8)."""


class AfterwordBot(commands.Bot):
    """Discusses a blog's essays in Discord.

    Files open in `setup_hook` and close in `close`; making one does neither.
    """

    def __init__(self, settings: Settings, *, extensions: "Sequence[str]") -> None:
        intents = discord.Intents(guilds=True, guild_messages=True)
        intents.message_content = settings.message_content
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            tree_cls=AfterwordTree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=endpoint.trace(self._require_ownership),
        )
        self.settings = settings
        self.store = Store(settings.database)
        self.is_replaced = False
        """Whether another process owns the database now: then this one is over."""
        self.blog = Blog(
            open_source(settings.content, settings.database),
            record=self._record_posts,
            rerecord=self._record_changed,
            load=self._load_readings,
            save=self._save_readings,
            address=settings.site,
            timezone=settings.timezone,
            language=settings.language,
        )
        self.collector = Collector(self, self.store)
        self.history = History(self)
        self.existence = Existence(self, self.history)
        self.notices = Notices(self, self.store)
        self.reading = Reading(
            self,
            self.store,
            self.collector,
            self.history,
            self.existence,
            Suspicion(self.store, self.notices),
        )
        self.publisher = Publisher(
            self.reading,
            self.blog,
            self.notices,
            hears_messages=settings.message_content,
        )
        self.schedule = Schedule(
            self.reading,
            self.blog,
            self.publisher,
            self.notices,
            first_run=settings.first_run,
        )
        self.reader_writes = ReaderWrites(self.store)
        self.sweeper = Sweeper(self.reading, days=settings.recheck)
        self.heard_until: datetime | None = None
        """Until when the bot heard everything, while that is in the past."""
        self.at_once: dict[str, Callable[..., None]] = {}
        self._extensions = extensions
        endpoint.guard_events(
            self,
            before={"THREAD_LIST_SYNC": partial(self.dispatch, "thread_list_sync")},
            failed=partial(self.dispatch, "event_failed"),
        )

    async def login(self, token: str) -> None:
        """Become the owner of the database, and only then speak to Discord.

        Raises:
            OwnedError: Another process owns it.
        """
        endpoint.limit_waiting(self)
        loop = asyncio.get_running_loop()
        self.store.ownership.when_replaced(partial(self._lose, loop))
        await loop.run_in_executor(None, self.store.ownership.take)
        await super().login(token)

    async def setup_hook(self) -> None:
        """Open the database, read the blog, load the cogs, and tell Discord the commands.

        Raises:
            AfterwordError: The database or the content cannot be used.
        """
        await self.store.open()
        if self.blog.needs_pull:
            await self.blog.pull()
        await self.read_blog()
        await self._remember()
        for name in self._extensions:
            await self.load_extension(name)
        await self.tree.set_translator(Translator())
        await self._sync_commands()

    async def _remember(self) -> None:
        """Take over what an earlier process knew of the threads, and until when it was awake."""
        read = self.store.read
        self.collector.begin(
            await read(threads.threads),
            await read(threads.lost_threads),
            await read(gaps.threads_with_gaps),
        )
        alive = await read(key_values.get_value, key_values.ALIVE)
        now = datetime.now(UTC)
        self.heard_until = min(from_text(alive), now) if alive else None  # a clock was ahead

    async def close(self) -> None:
        """Leave Discord, finish what is being written, and close every file."""
        await self.reader_writes.close()
        await super().close()
        await self.collector.close()
        await asyncio.get_running_loop().run_in_executor(None, self.blog.close)
        await self.store.close()

    def is_closed(self) -> bool:
        """Return whether the bot is over: closed, or replaced by another process."""
        return self.is_replaced or super().is_closed()

    def _require_ownership(self) -> None:
        self.store.ownership.require()

    def _lose(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take note, in whatever thread it is found, that the database has another owner."""
        self.is_replaced = True
        with suppress(RuntimeError):  # the loop of a bot that was left without closing is over
            loop.call_soon_threadsafe(self._give_way)

    def _give_way(self) -> None:
        """End, because another process may have become the owner of the database."""
        log.error("%s", ReplacedError(self.settings.database))
        self._giving_way = asyncio.get_running_loop().create_task(self.close())

    def dispatch(self, event_name: str, /, *args: object, **kwargs: object) -> None:
        """Tell of an event whoever listens for it, and those in `at_once` without a task.

        discord.py makes tasks of each message, which cost more time than to take it; `at_once` has
        functions that only take what they are given.
        """
        take = self.at_once.get(event_name)
        if take is None:
            super().dispatch(event_name, *args, **kwargs)
            return
        try:
            take(*args)
        except Exception:
            log.exception("A fault in %s", event_name)
        if event_name in self._listeners or f"on_{event_name}" in self.extra_events:
            super().dispatch(event_name, *args, **kwargs)

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing here: there are no prefix commands, and the cogs listen for themselves."""

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what went wrong in an event, without the event's data."""
        if self.is_closed():
            return
        log.error("A fault in %s", event_method, exc_info=sys.exception())

    async def read_blog(self, paths: "Collection[str] | None" = None) -> None:
        """Read the content again, or a few files of it, and report its faults once.

        Closing questions are looked for in the newest essays and in those that have a thread; for
        the others, `blog.ask` does it behind.

        Raises:
            AfterwordError: The folder is gone; what was read before stays.
        """
        if paths is not None and await self.blog.reread(paths) is not None:
            return
        before = set(self.blog.faults)
        discussed = await self.store.read(posts.discussed_paths)
        await self.blog.refresh(datetime.now(UTC), at_once=ASKED_FIRST, first=discussed)
        for fault in self.blog.faults:
            if fault not in before:
                log.warning("%s", fault)

    def find_post(self, text: str, langs: "Sequence[str]") -> "Post":
        """Return the post that somebody names: by slug, title, or an offered choice.

        Raises:
            UnknownPostError: There is none; the text offers near misses.
        """
        catalog = self.blog.catalog
        by_id = catalog.by_id(int(text[1:])) if re.fullmatch(r"#\d{1,19}", text) else None
        return by_id or catalog.find(text, langs, now=datetime.now(UTC))

    async def languages(self, interaction: "discord.Interaction[AfterwordBot]") -> tuple[str, ...]:
        """Return the languages in which a slug is looked up: of this place, then the reader's."""
        here = await self.store.read(threads.language_of, interaction.channel_id or 0)
        locale = str(interaction.locale).lower()
        reader = (locale, locale.split("-")[0])
        return tuple(dict.fromkeys([here, *reader] if here else reader))

    async def post_of(self, publication_id: int) -> "Post | None":
        """Return the post that a publication discusses, as the blog has it now."""
        post_id = await self.store.read(publications.post_of, publication_id)
        return None if post_id is None else self.blog.catalog.by_id(post_id)

    async def _record_posts(
        self, read: "tuple[Post, ...]", pending: frozenset[str]
    ) -> "tuple[Post, ...]":
        recorded = await self.store.write(posts.record_posts, read, datetime.now(UTC), pending)
        if recorded.is_suspicious:
            log.warning(
                "%s posts are gone from %s at once; nothing is done about them. Is the folder "
                "mounted, and AFTERWORD_CONTENT right?",
                len(recorded.removed),
                self.blog.name,
            )
        return recorded.posts

    async def _record_changed(self, changed: "tuple[Post, ...]") -> None:
        await self.store.write(posts.record_changed, changed, datetime.now(UTC))

    async def _load_readings(self, made_by: str) -> "Mapping[str, Kept]":
        return await self.store.read(readings.load_readings, made_by)

    async def _save_readings(
        self, made_by: str, kept: "Mapping[str, Kept]", gone: "Collection[str]"
    ) -> None:
        await self.store.write(readings.save_readings, made_by, kept, gone)

    async def _sync_commands(self) -> None:
        """Send the commands to Discord if they changed, or if Discord does not have them.

        A sync replaces all commands and counts against a daily limit (discord-facts.md, 4).
        """
        translator = self.tree.translator or Translator()
        payload = [
            await command.get_translated_payload(self.tree, translator)
            for command in self.tree.get_commands()
        ]
        text = json.dumps(payload, sort_keys=True)
        digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        key = f"commands of {self.application_id}"
        if await self.store.read(key_values.get_value, key) == digest:
            there = {command.name for command in await self.tree.fetch_commands()}
            if there == {command.name for command in self.tree.get_commands()}:
                return
        await self.tree.sync()
        await self.store.write(key_values.set_value, key, digest)
        log.info("Told Discord about %s commands", len(payload))


class Translator(app_commands.Translator):
    """Offers the commands in the languages that the bot speaks."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        _context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a text of a command in a reader's language; None leaves it in English."""
        return command_text(string.message, str(locale))


class AfterwordTree(app_commands.CommandTree[AfterwordBot]):
    """The commands, and the one place where their errors are answered."""

    async def on_error(
        self, interaction: discord.Interaction[AfterwordBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer a refusal with its sentence, and anything else with one apology."""
        await answer_error(interaction, getattr(error, "original", error))


async def answer_error(
    interaction: discord.Interaction[AfterwordBot], error: BaseException
) -> None:
    """Tell who acted what went wrong, once and privately; a bug is logged with its traceback.

    Args:
        error: An `AfterwordError` is a refusal and its text is shown; anything else is a bug. What
            fails because the bot is being stopped is neither: the ledger knows how to go on.
    """
    if interaction.client.is_closed() or isinstance(error, ToldError):
        return
    if is_lost(error):
        log.info("Somebody could not be answered (%s)", type(error).__name__)
        return
    if isinstance(error, CannotShowError):
        text = phrases(str(interaction.locale)).not_shown_here
    elif isinstance(error, AfterwordError):
        text = str(error)
    elif isinstance(error, app_commands.CheckFailure):
        text = "You may not use this here."
    else:
        is_storage = isinstance(error, sqlite3.Error)
        log.error("A fault in an interaction", exc_info=None if is_storage else error)
        if is_storage:
            log.error("The database refuses: %s", error)
        text = phrases(str(interaction.locale)).apology
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except (discord.HTTPException, *endpoint.NO_ANSWER) as refused:
        log.info("An error could not be answered (%s)", type(refused).__name__)
