"""Where the API is, and one attempt for one POST, judged by discord.py over a real socket."""

import asyncio
import runpy
from collections.abc import AsyncIterator, Iterator

import aiohttp
import discord
import pytest
import yarl
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import endpoint
from bot.endpoint import (
    DISCORD_API,
    DISCORD_GATEWAY,
    UncertainError,
    limit_waiting,
    one_attempt,
    trace,
    use,
)


class Server:
    """Counts requests; answers each with a status, drops the connection at 0, is late at -1."""

    def __init__(self) -> None:
        self.status = 200
        self.requests = 0
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.requests += 1
        if self.status < 0:
            await asyncio.sleep(2)
        if self.status == 0 and request.transport is not None:
            request.transport.abort()
        return web.json_response({"code": 0, "message": ""}, status=self.status or 200)


@pytest.fixture(autouse=True)
def discord_again() -> Iterator[None]:
    yield
    use(None, None)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    served = Server()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", served.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.address = f"http://127.0.0.1:{runner.addresses[0][1]}/api/v10"
    yield served
    await runner.cleanup()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[discord.Client]:
    use(server.address, "ws://127.0.0.1:1/")
    made = discord.Client(intents=discord.Intents.none(), http_trace=trace(lambda: None))
    await made.http.static_login("token")
    server.requests = 0
    yield made
    await made.close()


def a_post() -> Route:
    return Route("POST", "/channels/{channel_id}/threads", channel_id=1)


def test_another_discord_is_used_and_left_again() -> None:
    use("http://127.0.0.1:1/api/v10", "ws://127.0.0.1:2/")
    assert Route("GET", "/gateway").url == "http://127.0.0.1:1/api/v10/gateway"
    assert yarl.URL("ws://127.0.0.1:2/") == DiscordWebSocket.DEFAULT_GATEWAY
    use(None, None)
    assert Route("GET", "/gateway").url == f"{DISCORD_API}/gateway"
    assert yarl.URL(DISCORD_GATEWAY) == DiscordWebSocket.DEFAULT_GATEWAY


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524, 0])
async def test_a_post_in_doubt_is_attempted_once(
    server: Server, client: discord.Client, status: int
) -> None:
    server.status = status
    with pytest.raises(UncertainError, match="may have done it"), one_attempt():
        await client.http.request(a_post())
    assert server.requests == 1


async def test_a_certain_refusal_stays_what_it_is(server: Server, client: discord.Client) -> None:
    server.status = 403
    with pytest.raises(discord.Forbidden), one_attempt():
        await client.http.request(a_post())
    server.status = 200
    with one_attempt():
        await client.http.request(a_post())
    assert server.requests == 2


async def test_outside_the_block_failures_stay_what_they_are(
    server: Server, client: discord.Client
) -> None:
    with one_attempt():
        await client.http.request(a_post())
    async with aiohttp.ClientSession(trace_configs=[trace(lambda: None)]) as session:
        server.status = 500
        async with session.post(server.address) as response:
            assert response.status == 500
        server.status = 0
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await session.post(server.address)


def test_a_discord_py_that_moved_its_addresses_is_refused_at_import(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(Route, "BASE")
    with pytest.raises(ImportError, match=r"see endpoint\.py"):
        runpy.run_path(endpoint.__file__)


async def test_what_changes_something_is_not_sent_by_who_may_not(server: Server) -> None:
    def refuse() -> None:
        raise UncertainError("another process owns the database")

    async with aiohttp.ClientSession(trace_configs=[trace(refuse)]) as session:
        with pytest.raises(UncertainError):
            await session.post(server.address)
        assert server.requests == 0
        async with session.get(server.address):
            pass
    assert server.requests == 1


async def test_no_request_is_waited_for_without_end_not_even_the_first(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(server.address, "ws://127.0.0.1:1/")
    monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 0.1)
    client = discord.Client(intents=discord.Intents.none(), http_trace=trace(lambda: None))
    limit_waiting(client)
    server.status = -1
    with pytest.raises(TimeoutError):
        await client.http.static_login("token")
    await client.close()
    client = discord.Client(intents=discord.Intents.none())
    limit_waiting(client)
    monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 20)
    server.status = 200
    await client.http.static_login("token")
    monkeypatch.undo()
    session = client.http._HTTPClient__session  # type: ignore[attr-defined]
    assert session.timeout.total == 20
    await client.close()
