"""What counts as deleted from Discord: decided here, and nowhere else.

A message or a thread counts as deleted if Discord sent an event about it, or if it answered 10008
or 10003 to a request for that very id while the bot may read there. Not to see something proves
nothing: without a permission, a page of history is empty (docs/discord-facts.md#reading-history).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import discord

from bot.core.discord_codes import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.core.phrases import phrases
from bot.discussion.collecting.history import BadMessage, History, Place
from bot.discussion.collecting.read_access import read_obstacles
from bot.discussion.notices import Notices
from bot.endpoint import NO_ANSWER
from bot.store.responses import absences
from bot.store.responses.gaps import HIDDEN
from bot.store.store import Store
from bot.store.threads import Home

UNCLEAR = (discord.HTTPException, discord.InvalidData, LookupError, TypeError, *NO_ANSWER)
"""Answers that do not say whether something exists, among them those that discord.py cannot read.
"""

MAX_FIRST_CHECK = 25
"""So many missing ids of one place are checked at once; more wait for a second check."""

MAX_SECOND_CHECK = 500
"""So many are checked then: the first that exists ends it."""

SECOND_CHECK = timedelta(hours=1)
"""How long a second check waits."""


class NotShownError(Exception):
    """Discord does not let the bot read, so that nothing follows from not seeing a message."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Discord's answer to a request for a message or a thread.

    Attributes:
        exists: What the answer proves; None if it proves nothing.
        message: The message, if it exists and can be read.
        thread: The thread, if it exists.
    """

    exists: bool | None
    message: discord.Message | None = None
    thread: discord.Thread | None = None

    @property
    def is_deleted(self) -> bool:
        """Whether Discord says so."""
        return self.exists is False


class DeletionChecks:
    """Asks Discord for single messages and threads, and says what its answers prove."""

    def __init__(
        self, client: discord.Client, store: Store, history: History, notices: Notices
    ) -> None:
        self._client = client
        self._store = store
        self._history = history
        self._notices = notices

    async def message(self, home: Home, place: Place, message_id: int) -> CheckResult:
        """Ask for a message.

        Args:
            place: Where it should stand: a thread, or the channel of a starter.
        """
        if read_obstacles(self._client, home):
            return CheckResult(exists=None)
        try:
            message = await self._history.one(place, message_id)
        except discord.NotFound as error:
            return self._judge(error, UNKNOWN_MESSAGE, home)
        except UNCLEAR:
            return CheckResult(exists=None)
        return CheckResult(
            exists=True, message=None if isinstance(message, BadMessage) else message
        )

    async def require_access(self, home: Home, place: Place) -> None:
        """Make sure that the bot may read, so that what history does not show does not exist.

        An empty page proves nothing, so a single message is asked for. That it is deleted is as
        good an answer as that it exists: without the permission to read, Discord gives neither.

        Raises:
            NotShownError: Discord does not let the bot read there.
        """
        if (await self.message(home, place, place.id)).exists is None:
            raise NotShownError(phrases("en").not_shown_to_us)

    async def thread(self, home: Home, thread_id: int) -> CheckResult:
        """Ask for a thread.

        A thread in a hidden channel can only be deleted with its channel, so that the channel is
        asked for first.
        """
        obstacles = read_obstacles(self._client, home)
        if obstacles and not (obstacles == (HIDDEN,) and await self._channel_is_deleted(home)):
            return CheckResult(exists=None)
        try:
            channel = await self._client.fetch_channel(thread_id)
        except discord.NotFound as error:
            return self._judge(error, UNKNOWN_CHANNEL, None if obstacles else home)
        except UNCLEAR:
            return CheckResult(exists=None)
        thread = channel if isinstance(channel, discord.Thread) else None
        return CheckResult(exists=True, thread=thread)

    def _judge(self, error: discord.NotFound, code: int, home: Home | None) -> CheckResult:
        """Believe a refusal only if the bot may still read there.

        Args:
            home: None where the channel was deleted, so that nobody may read there.
        """
        may_read = home is None or not read_obstacles(self._client, home)
        return CheckResult(exists=False if error.code == code and may_read else None)

    async def _channel_is_deleted(self, home: Home) -> bool:
        try:
            await self._client.fetch_channel(home.channel)
        except discord.NotFound as error:
            guild = self._client.get_guild(home.guild)
            return error.code == UNKNOWN_CHANNEL and guild is not None and not guild.unavailable
        except UNCLEAR:
            return False
        return False

    async def ids_to_check(
        self, guild: discord.Guild, place_id: int, missing: Collection[int]
    ) -> list[int]:
        """Return the ids to ask Discord for now, the oldest first.

        If many are missing at once, a mistake is likelier than a deletion: moderators are told, and
        the ids are asked for an hour later.

        Args:
            place_id: The thread whose messages are missing, or the channel whose threads are.
            missing: The ids that should exist and were not seen.
        """
        if len(missing) <= MAX_FIRST_CHECK:
            return sorted(missing)
        now = datetime.now(UTC)
        second_at = await self._store.read(absences.second_check_at, place_id)
        if second_at is not None and now < second_at <= now + SECOND_CHECK:
            return []
        await self.check_again_later(guild.id, place_id, len(missing))
        if second_at is not None:
            return sorted(missing)[:MAX_SECOND_CHECK]
        say = phrases(str(guild.preferred_locale))
        text = say.out_of_sight.format(place=f"<#{place_id}>", count=len(missing))
        await self._notices.add(guild.id, absences.notice_key(place_id), text)
        return []

    async def check_again_later(self, guild_id: int, place_id: int, missing: int = 0) -> None:
        """Have a place checked a second time, in which some or an unknown number is missing."""
        now = datetime.now(UTC)
        await self._store.write(
            absences.record_absence, place_id, guild_id, missing, now, now + SECOND_CHECK
        )
