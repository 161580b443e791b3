"""What discord.py does not offer by itself: another API, one attempt for one POST, bad messages.

The only module that touches names which discord.py does not document; the check at the end of the
file fails at import when a new version moves them (docs/discord-facts.md#private-names).
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import yarl
from discord import VoiceClient
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.state import ConnectionState
from discord.types.user import User

from bot.core.errors import AfterwordError

DISCORD_API = "https://discord.com/api/v10"
DISCORD_GATEWAY = "wss://gateway.discord.gg/"

SERVER_ERROR = 500

_one_attempt: ContextVar[bool] = ContextVar("one_attempt", default=False)


class UncertainError(AfterwordError):
    """Discord failed after it may have done what was asked; look before asking again."""


NO_ANSWER = (
    UncertainError,
    discord.DiscordServerError,
    discord.RateLimited,
    aiohttp.ClientError,
    TimeoutError,
    OSError,
)
"""What leaves it open whether Discord did what was asked."""

ANSWER_SECONDS = 30.0
"""How long a request is waited for; aiohttp's own five minutes would hold up everything behind."""


def limit_waiting(client: discord.Client) -> None:
    """Bound how long a client waits for an answer; discord.py has no bound.

    Call it before the client logs in: discord.py opens its session and asks who it is in one step,
    so that this step as a whole is bounded. A harness that brings its own transport opens none.
    """
    log_in = client.http.static_login

    async def bounded(token: str) -> User:
        async with asyncio.timeout(ANSWER_SECONDS):
            user = await log_in(token)
        session = client.http._HTTPClient__session  # type: ignore[attr-defined]  # noqa: SLF001  # discord.py takes no timeout
        if isinstance(session, aiohttp.ClientSession):
            session._timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)  # noqa: SLF001  # the same
        return user

    client.http.static_login = bounded  # type: ignore[method-assign]  # there is no hook for it


def use(api: str | None, gateway: str | None) -> None:
    """Point discord.py at a Discord-compatible server, or at Discord itself when given None.

    Args:
        api: Base address of the REST API, such as ``http://127.0.0.1:8899/api/v10``.
        gateway: Address of the gateway, such as ``ws://127.0.0.1:8899/``.
    """
    Route.BASE = api or DISCORD_API
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway or DISCORD_GATEWAY)


@contextmanager
def one_attempt() -> Iterator[None]:
    """Keep discord.py from repeating a request that failed when it may have been done.

    discord.py repeats a POST up to five times on 500, 502, 504 and 524, and on a connection that
    was reset. A message is protected by its nonce; a forum post has none, so that a repetition
    would post twice (docs/discord-facts.md#forum-post-retry).
    Works only on clients that were made with `trace`.

    Raises:
        UncertainError: From within the block, when Discord answers with a server error or the
            connection is lost.
    """
    token = _one_attempt.set(True)
    try:
        yield
    finally:
        _one_attempt.reset(token)


def trace(before_change: Callable[[], object]) -> aiohttp.TraceConfig:
    """Return the ``http_trace`` to give to a `discord.Client`.

    Args:
        before_change: Called before each request that changes something in Discord, also those
            that answer an interaction; what it raises keeps the request from being sent.
    """

    async def check(
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        if params.method != "GET":
            before_change()

    config = aiohttp.TraceConfig()
    config.on_request_start.append(check)
    config.on_request_end.append(_refuse_a_repetition)
    config.on_request_exception.append(_refuse_a_reconnection)
    return config


async def _refuse_a_repetition(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    params: aiohttp.TraceRequestEndParams,
) -> None:
    if _one_attempt.get() and params.response.status >= SERVER_ERROR:
        raise UncertainError(
            f"Discord answered {params.response.status} and may have done it all the same."
        )


async def _refuse_a_reconnection(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    params: aiohttp.TraceRequestExceptionParams,
) -> None:
    if _one_attempt.get() and isinstance(params.exception, (aiohttp.ClientError, OSError)):
        raise UncertainError(
            "The connection was lost; Discord may have done it all the same."
        ) from params.exception


JSON = dict[str, Any]

BadEvent = Callable[[str, JSON, Exception], object]
"""Takes an event's name and data, and what reading it came to."""

FIRST_EVENT = "READY"
"""Without it there is no connection: what goes wrong in it ends the client, which then restarts."""


def guard_events(
    client: discord.Client, *, before: Mapping[str, Callable[[JSON], object]], failed: BadEvent
) -> None:
    """Report an event that would end the client (docs/discord-facts.md#unreadable-payloads).

    Args:
        before: Is given the data of these events before discord.py takes them.
    """
    parsers = client._connection.parsers  # noqa: SLF001  # discord.py offers no raw events
    for name, parse in parsers.items():
        parsers[name] = partial(_parse, name, parse, before.get(name), failed)


def _parse(
    name: str,
    parse: Callable[[JSON], object],
    before: Callable[[JSON], object] | None,
    failed: BadEvent,
    data: JSON,
) -> None:
    try:
        if before is not None:
            before(data)
        parse(data)
    except Exception as error:
        if name == FIRST_EVENT:
            raise
        failed(name, data, error)


async def raw_messages(
    client: discord.Client, channel_id: int, limit: int, *, after: int | None, before: int | None
) -> list[JSON]:
    """Return a page of history as Discord sends it: discord.py gives up a page for one bad message.

    Raises:
        discord.HTTPException: Discord refuses it.
    """
    return list(await client.http.logs_from(channel_id, limit, before, after))  # type: ignore[arg-type]  # objects of JSON


async def raw_message(client: discord.Client, channel_id: int, message_id: int) -> JSON:
    """Return one message as Discord sends it.

    Raises:
        discord.HTTPException: Discord refuses it.
    """
    return dict(await client.http.get_message(channel_id, message_id))


REPLIED_TO = "referenced_message"


def parsed(client: discord.Client, place: discord.abc.Messageable, data: JSON) -> discord.Message:
    """Return a message of history as discord.py's object; raises anything if it is a bad one.

    Without an author discord.py makes one that raises only later. A reply carries the message that
    it replies to: if that is the bad one, the reply is read without it.
    """
    state = client._connection  # noqa: SLF001  # what `history` does too
    try:
        message = state.create_message(channel=place, data=data)  # type: ignore[arg-type]  # JSON
    except Exception:
        if not data.get(REPLIED_TO):
            raise
        rest = {key: value for key, value in data.items() if key != REPLIED_TO}
        return parsed(client, place, rest)
    if not hasattr(message, "author"):
        raise AttributeError("author")
    return message


VoiceClient.warn_nacl = VoiceClient.warn_dave = False  # no warnings about voice: the bot is mute

if not (hasattr(Route, "BASE") and hasattr(DiscordWebSocket, "DEFAULT_GATEWAY")):
    raise ImportError("This version of discord.py keeps its addresses elsewhere: see endpoint.py.")
if not (hasattr(HTTPClient, "logs_from") and hasattr(ConnectionState, "create_message")):
    raise ImportError("This version of discord.py reads history otherwise: see endpoint.py.")
