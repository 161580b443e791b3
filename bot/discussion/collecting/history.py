"""Reading messages from Discord's history, so that one bad message or page costs no other."""

import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import NamedTuple

import discord

from bot.endpoint import JSON, parsed, raw_message, raw_messages

log = logging.getLogger(__name__)

PAGE = 100
"""Messages in a page of history (docs/discord-facts.md#history-pages)."""

MAX_REPORTED = 1000
"""So many bad messages are remembered, so that each is logged once."""

Place = discord.TextChannel | discord.Thread | discord.PartialMessageable


class BadMessage(NamedTuple):
    """A message that discord.py cannot read: it exists, and nothing more is known of it."""

    id: int


class History:
    """Reads pages and single messages, and logs each bad message once."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._reported: OrderedDict[int, None] = OrderedDict()

    async def after(
        self, place: Place, message_id: int = 0, *, until: int | None = None
    ) -> AsyncIterator[discord.Message | BadMessage]:
        """Yield the messages of a place that are newer than an id, the oldest first.

        Pages may come short, empty, out of order or twice; reading ends where a page brings nothing
        new. That it ended proves nothing about what was not seen.

        Args:
            until: The newest id that is known to exist; a page that does not reach it is followed
                by another, however short it is.

        Raises:
            discord.HTTPException: Discord does not let the bot read.
        """
        seen = message_id
        while True:
            page = await raw_messages(self._client, place.id, PAGE, after=seen, before=None)
            new = sorted((id_of(data), number) for number, data in enumerate(page))
            for number in [number for found, number in new if found > seen]:
                yield self._read(place, page[number])
            newest = max((found for found, _ in new), default=0)
            is_last = len(page) < PAGE if until is None else newest >= until
            if newest <= seen or is_last:
                return
            seen = newest

    async def newest(self, place: Place, limit: int) -> AsyncIterator[discord.Message | BadMessage]:
        """Yield the newest messages of a place, the newest first.

        Raises:
            discord.HTTPException: Discord does not let the bot read.
        """
        before: int | None = None
        while limit > 0:
            size = min(limit, PAGE)
            page = await raw_messages(self._client, place.id, size, after=None, before=before)
            ids = [(id_of(data), number) for number, data in enumerate(page)]
            new = sorted((pair for pair in ids if before is None or pair[0] < before), reverse=True)
            for _, number in new:
                yield self._read(place, page[number])
            limit -= len(new)
            if not new or len(page) < size:
                return
            before = new[-1][0]

    async def one(self, place: Place, message_id: int) -> discord.Message | BadMessage:
        """Return a message by its id.

        Raises:
            discord.HTTPException: Discord does not show it.
        """
        return self._read(place, await raw_message(self._client, place.id, message_id))

    def report(self, message_id: int, error: Exception) -> None:
        """Log once that a message cannot be read: its id, and nothing that it says."""
        if message_id in self._reported:
            return
        self._reported[message_id] = None
        if len(self._reported) > MAX_REPORTED:
            self._reported.popitem(last=False)
        log.warning(
            "Message %s cannot be read (%s); it is left out, and the others are kept",
            message_id,
            type(error).__name__,
        )

    def _read(self, place: Place, data: JSON) -> discord.Message | BadMessage:
        try:
            return parsed(self._client, place, data)
        except Exception as error:  # noqa: BLE001  # discord.py raises anything for a bad message
            message_id = id_of(data)
            self.report(message_id, error)
            return BadMessage(message_id)


def id_of(data: JSON) -> int:
    """Return the id of a message as Discord sends it; 0 if there is none."""
    found = data.get("id") if isinstance(data, dict) else None
    return int(found) if isinstance(found, (int, str)) and str(found).isdecimal() else 0
