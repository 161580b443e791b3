"""Where the API is, and one attempt for one POST: what discord.py does not offer by itself.

The only module that touches names which discord.py does not document; the check at the end of the
file fails at import when a new version moves them (discord-facts.md, 8).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
import discord
import yarl
from discord import VoiceClient
from discord.gateway import DiscordWebSocket
from discord.http import Route

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
    """Bound how long a client that has logged in waits for an answer; discord.py has no bound.

    A harness that brings its own transport leaves discord.py without a session, and needs none.
    """
    session = client.http._HTTPClient__session  # type: ignore[attr-defined]  # noqa: SLF001  # discord.py takes no timeout
    if isinstance(session, aiohttp.ClientSession):
        session._timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)  # noqa: SLF001  # the same


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
    would post twice (discord-facts.md, fact 5). Works only on clients that were made with `trace`.

    Raises:
        UncertainError: From within the block, when Discord answers with a server error or the
            connection is lost.
    """
    token = _one_attempt.set(True)
    try:
        yield
    finally:
        _one_attempt.reset(token)


def trace() -> aiohttp.TraceConfig:
    """Return the ``http_trace`` to give to a `discord.Client`."""
    config = aiohttp.TraceConfig()
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


VoiceClient.warn_nacl = VoiceClient.warn_dave = False  # no warnings about voice: the bot is mute

if not (hasattr(Route, "BASE") and hasattr(DiscordWebSocket, "DEFAULT_GATEWAY")):
    raise ImportError("This version of discord.py keeps its addresses elsewhere: see endpoint.py.")
