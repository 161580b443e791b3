"""What counts as gone from Discord: decided here, and nowhere else.

A message or a thread counts as gone if Discord told so by an event, or if it answered 10008 or
10003 to a request for that very id while the bot may read there. Not to see something proves
nothing: without Read Message History, a page of history is empty (discord-facts.md, fact 18).
"""

from dataclasses import dataclass
from enum import Enum, auto

import discord

from bot.core.errors import AfterwordError
from bot.discussion.collecting.access import HIDDEN, lacking
from bot.discussion.collecting.history import BadMessage, History, Place
from bot.endpoint import NO_ANSWER
from bot.store.threads import Home

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
"""Discord's error codes for what is gone, if it was asked for by its id (facts, 1 and 18)."""

UNCLEAR = (discord.HTTPException, discord.InvalidData, LookupError, TypeError, *NO_ANSWER)
"""Answers that say nothing about what was asked, those that discord.py cannot read among them."""


class NotShownError(AfterwordError):
    """Discord does not show what there is, so that nothing follows from not seeing it."""


class Verdict(Enum):
    """What is known of something after Discord was asked for it by its id."""

    THERE = auto()
    GONE = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """What came of asking for a message or a thread.

    Attributes:
        message: The message, if it is there and can be read.
        thread: The thread, if it is there.
    """

    verdict: Verdict
    message: discord.Message | None = None
    thread: discord.Thread | None = None

    @property
    def is_gone(self) -> bool:
        """Whether Discord says so."""
        return self.verdict is Verdict.GONE


class Existence:
    """Asks Discord for single messages and threads, and says what its answers prove."""

    def __init__(self, client: discord.Client, history: History) -> None:
        self._client = client
        self._history = history

    async def message(self, home: Home, place: Place, message_id: int) -> Found:
        """Ask for a message.

        Args:
            place: Where it should stand: a thread, or the channel of a starter.
        """
        if lacking(self._client, home):
            return Found(Verdict.UNCLEAR)
        try:
            message = await self._history.one(place, message_id)
        except discord.NotFound as error:
            may_still = not lacking(self._client, home)
            is_gone = error.code == UNKNOWN_MESSAGE and may_still
            return Found(Verdict.GONE if is_gone else Verdict.UNCLEAR)
        except UNCLEAR:
            return Found(Verdict.UNCLEAR)
        return Found(Verdict.THERE, None if isinstance(message, BadMessage) else message)

    async def shows(self, home: Home, place: Place) -> bool:
        """Return whether what history does not show is not there: whether the bot may read.

        An empty page proves nothing, so a single message is asked for. That it is gone is as good
        an answer as that it is there: without the right to read, Discord gives neither.
        """
        found = await self.message(home, place, place.id)
        return found.verdict is not Verdict.UNCLEAR

    async def thread(self, home: Home, thread_id: int) -> Found:
        """Ask for a thread.

        One in a channel that is out of sight can only be gone with its channel, so that this is
        asked for first.
        """
        obstacles = lacking(self._client, home)
        if obstacles == (HIDDEN,):
            if await self._channel_is_gone(home):
                return await self._ask_for_thread(thread_id)
        elif not obstacles:
            found = await self._ask_for_thread(thread_id)
            if not found.is_gone or not lacking(self._client, home):
                return found
        return Found(Verdict.UNCLEAR)

    async def _channel_is_gone(self, home: Home) -> bool:
        try:
            await self._client.fetch_channel(home.channel)
        except discord.NotFound as error:
            guild = self._client.get_guild(home.guild)
            return error.code == UNKNOWN_CHANNEL and guild is not None and not guild.unavailable
        except UNCLEAR:
            return False
        return False

    async def _ask_for_thread(self, thread_id: int) -> Found:
        try:
            channel = await self._client.fetch_channel(thread_id)
        except discord.NotFound as error:
            is_gone = error.code == UNKNOWN_CHANNEL
            return Found(Verdict.GONE if is_gone else Verdict.UNCLEAR)
        except UNCLEAR:
            return Found(Verdict.UNCLEAR)
        thread = channel if isinstance(channel, discord.Thread) else None
        return Found(Verdict.THERE, thread=thread)
