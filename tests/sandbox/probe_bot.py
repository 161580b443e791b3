"""A real discord.py bot and a place for it to be in."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

if TYPE_CHECKING:
    from bot.sandbox import Channel, Guild, Person, Sandbox

Setup = Callable[["Probe"], Awaitable[None]]


class Probe(commands.Bot):
    """A real discord.py bot that remembers the events it got."""

    running: asyncio.Task[None]

    def __init__(self, sandbox: Sandbox, intents: discord.Intents, setup: Setup | None) -> None:
        super().__init__(
            commands.when_mentioned,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.sandbox = sandbox
        self.seen: list[tuple[str, tuple[Any, ...]]] = []
        self.errors: list[tuple[str, BaseException | None]] = []
        self._setup = setup
        self._connection.guild_ready_timeout = 0.05

    async def setup_hook(self) -> None:
        if self._setup is not None:
            await self._setup(self)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        self.seen.append((event, args))
        super().dispatch(event, *args, **kwargs)

    def events(self, name: str) -> list[Any]:
        return [args[0] if args else None for event, args in self.seen if event == name]

    def text(self, channel: Channel) -> discord.TextChannel:
        found = self.get_channel(channel.id)
        assert isinstance(found, discord.TextChannel)
        return found

    def forum(self, channel: Channel) -> discord.ForumChannel:
        found = self.get_channel(channel.id)
        assert isinstance(found, discord.ForumChannel)
        return found

    async def on_error(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        del args, kwargs
        self.errors.append((event, sys.exception()))

    async def process_commands(self, message: discord.Message, /) -> None:
        """There are no text commands."""


@dataclass
class Place:
    """One guild with a text channel, a forum, a reader and a moderator."""

    guild: Guild
    channel: Channel
    forum: Channel
    ada: Person
    mo: Person


Start = Callable[..., Awaitable[Probe]]
