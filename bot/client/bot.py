"""The bot itself: it carries what the cogs need, and keeps its files open while it is awake."""

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot import endpoint
from bot.blog.blog import Blog
from bot.client.command_tree import AfterwordTree, sync_changed
from bot.discussion.discussion import Discussion
from bot.settings import Settings
from bot.store import key_values, threads
from bot.store.file.owner import ReplacedError
from bot.store.responses import gaps
from bot.store.store import Store
from bot.store.times import from_text

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0
"""Seconds; a rate limit of more fails the request (docs/discord-facts.md#rate-limit-waits)."""


class AfterwordBot(commands.Bot):
    """Discusses a blog's essays in Discord.

    Files open in `setup_hook` and close in `close`; making one does neither.
    """

    def __init__(
        self, settings: Settings, store: Store, blog: Blog, *, extensions: Sequence[str]
    ) -> None:
        intents = discord.Intents(
            guilds=True, moderation=True, guild_messages=True, guild_reactions=True
        )
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
        self.store = store
        self.blog = blog
        self.is_replaced = False
        """Whether another process owns the database now: then this one is over."""
        self.discussion = Discussion(self, store, blog, settings)
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
        await self.blog.update()
        await self._remember()
        await self.discussion.languages.load()
        for name in self._extensions:
            await self.load_extension(name)
        await sync_changed(self.tree, self.store)

    async def _remember(self) -> None:
        """Take over what an earlier process knew of the threads, and until when it was awake."""
        read = self.store.read
        alive = await read(key_values.get_value, key_values.ALIVE)
        now = datetime.now(UTC)
        self.discussion.collector.tracked.restore(
            await read(threads.threads),
            await read(threads.lost_threads),
            await read(threads.imported_threads),
            await read(gaps.threads_with_gaps),
            min(from_text(alive), now) if alive else None,  # a clock was ahead
        )

    async def close(self) -> None:
        """Leave Discord, finish what is being written, and close every file."""
        await self.discussion.answering.writes.close()
        await self.discussion.answering.drafts.close()
        await super().close()
        await self.discussion.collector.close()
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
