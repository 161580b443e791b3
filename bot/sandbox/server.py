"""The sandbox as a server: one port for REST, the gateway, the control API and the page."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from bot.sandbox import page
from bot.sandbox.control.client.remote import Remote
from bot.sandbox.control.handler import ControlHandler
from bot.sandbox.rest.handler import PREFIX, TOO_LARGE, RestHandler
from bot.sandbox.services import Services
from bot.sandbox.state.state import State
from bot.sandbox.world import default_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.faults.faults import Faults
    from bot.sandbox.gateway.gateway import Gateway
    from bot.sandbox.page.tour import Tour
    from bot.sandbox.state.request_log import RequestLog

_log = logging.getLogger(__name__)

TURNS = 3
"""Turns of the event loop from a connection's being accepted to its being known to the server."""


class Sandbox(Remote):
    """A small Discord in this process, on loopback; everything :class:`Remote` can, it can.

    Args:
        port: To listen on; 0 lets the system choose.
        token: The bot's token; one is made up if there is none.
        bot_name: What the bot is called.
        state: To go on with, for example after a crash; a new one if there is none.
        watch: Whether messages and answers that were handed out change in place.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        token: str | None = None,
        bot_name: str = "Afterword",
        state: State | None = None,
        watch: bool = True,
    ) -> None:
        super().__init__(watch=watch)
        self.port = port
        self.state = state or State(token=token, bot_name=bot_name)
        self.services = Services(self.state)
        self._rest = RestHandler(self.services)
        self._runner: web.AppRunner | None = None
        self._listening: socket.socket | None = None

    @property
    def api(self) -> str:
        """The API's root, as ``discord.http.Route.BASE`` takes it."""
        return f"{self.url}{PREFIX}"

    @property
    def gateway(self) -> str:
        """The gateway's address."""
        return f"{self.url.replace('http', 'ws', 1)}/"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.application.token

    @property
    def requests(self) -> RequestLog:
        """The REST requests that came."""
        return self.services.requests

    @property
    def unknown(self) -> list[str]:
        """What was asked for that the sandbox does not know; a test expects it to be empty."""
        return self.services.requests.unknown

    @property
    def faults(self) -> Faults:
        """The faults that wait and that have happened."""
        return self.services.faults

    @property
    def sockets(self) -> Gateway:
        """The gateway's sessions and connections."""
        return self.services.gateway

    @property
    def tour(self) -> Tour:
        """The tour on the page, and what the bot has stored."""
        return self.services.tour

    async def open(self) -> None:
        """Start to listen."""
        app = web.Application(client_max_size=TOO_LARGE)
        control = ControlHandler(self.services)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._rest.handle)
        app.router.add_get("/control/events", control.stream)
        app.router.add_route("*", "/control/{name}", control.handle)
        app.router.add_get("/attachments/{id}/{name}", self._attachment)
        app.router.add_get("/report", self._report)
        app.router.add_get("/", self._root)
        page.add_routes(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        self._listening = socket.create_server(("127.0.0.1", self.port))
        await web.SockSite(self._runner, self._listening).start()
        self.port = self._runner.addresses[0][1]
        self.url = self.state.address = f"http://127.0.0.1:{self.port}"
        await super().open()
        _log.info("The sandbox listens on %s", self.url)

    async def close(self) -> None:
        """Stop listening and cut everybody off."""
        await super().close()
        self._rest.close()
        self.services.streams.close()
        await self.services.gateway.close()
        if self._runner is not None:
            await self._stop_accepting()
            await self._runner.cleanup()
            self._runner = None

    async def _stop_accepting(self) -> None:
        """Accept nobody more, and let the server know those who were accepted.

        A connection that is accepted while its server closes is never closed (CPython, gh-109564).
        """
        if self._listening is not None:
            with suppress(NotImplementedError):  # Windows' loop accepts in another way
                asyncio.get_running_loop().remove_reader(self._listening)
            for _ in range(TURNS):
                await asyncio.sleep(0)
            self._listening = None

    async def _root(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get(hdrs.UPGRADE, "").lower() == "websocket":
            return await self.services.gateway.handle(request)
        return page.send_index()

    async def _report(self, request: web.Request) -> web.Response:
        del request
        written = await self.tour.report()
        if written is None:
            raise web.HTTPNotFound
        return web.Response(body=written, headers=page.REPORT_HEADERS)

    async def _attachment(self, request: web.Request) -> web.Response:
        ident = request.match_info["id"]
        known = self.state.files.get(int(ident)) if ident.isdigit() else None
        if known is None:
            raise web.HTTPNotFound
        kind, raw = known
        headers = page.ATTACHMENT_HEADERS | {hdrs.CONTENT_TYPE: kind}
        return web.Response(body=raw, headers=headers)


async def serve(
    port: int = 0,
    *,
    token: str | None = None,
    ready: Callable[[Sandbox], None] | None = None,
) -> None:
    """Run a sandbox with the default world until cancelled; ``ready`` is told once it listens."""
    async with Sandbox(port, token=token) as sandbox:
        default_world(sandbox.state)
        if ready is not None:
            ready(sandbox)
        await asyncio.Event().wait()
