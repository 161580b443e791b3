"""Messages that the bot sends on its own, each exactly once.

1. Record an intent in the ledger, with the id of a message that is older than what is to be sent.
2. `send_once`, with a nonce that depends on the intent alone, and record what it returns.
3. If the bot died in between, or Discord did not answer: `find_marked`, and send again only if the
   message is not there. It is known by the custom_id of its button or menu, which names the intent.

`Attempts` runs each of these walks: what goes wrong in one does not stop the others.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

import discord
from discord.abc import Messageable

from bot.core.custom_ids import CustomId
from bot.core.discord_codes import UNKNOWN_MESSAGE
from bot.core.snowflakes import TIME_BITS
from bot.discussion.collecting.deletion_checks import NotShownError
from bot.discussion.collecting.history import BadMessage, Place
from bot.discussion.collecting.thread_reader import ThreadReader
from bot.discussion.messages.outgoing import Outgoing
from bot.discussion.publishing.own_messages import button
from bot.endpoint import NO_ANSWER
from bot.store.threads import Home

log = logging.getLogger(__name__)

T = TypeVar("T")

PAUSE_SECONDS = 3600.0
"""So long what Discord refused is not tried again."""

MARGIN = 1000 << TIME_BITS
"""A second: ids that Discord makes at the same moment need not be in the order of their making."""


async def find_marked(
    reader: ThreadReader, home: Home, place: Place, kind: CustomId, own_id: int, after: int
) -> int | None:
    """Return the id of our message with a button of a kind; None if it is not there, for certain.

    Whether the bot may read is asked after reading: a right that is taken away in between must not
    make a message seem not sent.

    Args:
        home: Whose permissions decide whether the bot may read the place.
        own_id: What such a button names first.
        after: An id that is older than the message, by Discord's clock.

    Raises:
        NotShownError: Discord does not show the place, so that nothing follows.
    """
    async for message in reader.history.after(place, max(0, after - MARGIN)):
        if isinstance(message, BadMessage) or message.author != reader.client.user:
            continue
        marker = button(message, kind)
        if marker is not None and int(marker[1]) == own_id:
            return message.id
    await reader.deletions.require_access(home, place)
    return None


async def send_once(
    place: Messageable,
    message: Outgoing,
    nonce: str,
    reference: discord.MessageReference | None = None,
) -> int | None:
    """Send a message, silently and to nobody's alarm; return its id.

    Args:
        nonce: Depends on nothing that may change between two attempts (`custom_ids.nonce`).
        reference: The message that it replies to.

    Returns:
        None if an earlier attempt sent it and somebody deleted it since: that is as good as sent
        (docs/discord-facts.md#nonces).

    Raises:
        discord.HTTPException: Discord refuses it, or does not say whether it took it.
    """
    arguments = message.arguments()
    if reference is not None:
        arguments["reference"] = reference
    try:
        sent = await place.send(
            **arguments, nonce=nonce, silent=True, allowed_mentions=discord.AllowedMentions.none()
        )
    except discord.HTTPException as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
        return None
    return sent.id


class Attempts:
    """Attempts to send what is due, one thing after another, whatever goes wrong with one.

    Args:
        pause: So long what Discord refused is not tried again; 0 if the next round tries it.
    """

    def __init__(self, client: discord.Client, pause: float = PAUSE_SECONDS) -> None:
        self._client = client
        self._pause = pause
        self._refused: dict[Hashable, float] = {}

    def pauses(self, key: Hashable) -> bool:
        """Return whether Discord refused something a moment ago."""
        at = self._refused.get(key)
        return at is not None and asyncio.get_running_loop().time() - at < self._pause

    async def attempt(
        self,
        key: Hashable,
        name: str,
        work: Callable[[], Awaitable[T]],
        refused: Callable[[discord.HTTPException], Awaitable[None]] | None = None,
    ) -> T | None:
        """Return what a piece of work returns; None if it failed, and is to be tried again.

        Args:
            key: What pauses when Discord refuses it.
            name: What the log calls it: a word and an id, or the name of a guild.
            refused: Told what Discord refused, and why.

        Raises:
            sqlite3.Error: The database does not work: nothing else would, either.
        """
        try:
            return await work()
        except sqlite3.Error:
            raise
        except NotShownError as error:
            log.info("Waiting with %s: %s", name, error)
        except NO_ANSWER as error:
            log.info("Discord did not answer (%s): looking for %s", type(error).__name__, name)
        except discord.HTTPException as error:
            self._refused[key] = asyncio.get_running_loop().time()
            log.warning("Discord refuses %s (code %s)", name, error.code)
            if refused is not None:
                await refused(error)
        except Exception:
            if not self._client.is_closed():
                log.exception("A fault in %s; the others go on", name)
        return None
