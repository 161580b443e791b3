"""The sandbox as a server: one port for REST, the gateway, the control API and the page."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from bot.sandbox import page
from bot.sandbox.control.door import Door
from bot.sandbox.machine import Machine
from bot.sandbox.remote import Remote
from bot.sandbox.rest.front import PREFIX, TOO_LARGE, Front
from bot.sandbox.state import State
from bot.sandbox.world import default_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.faults import Faults
    from bot.sandbox.gateway import Gateway
    from bot.sandbox.requests import Requests
    from bot.sandbox.showing import Show

_log = logging.getLogger(__name__)


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
        self.machine = Machine.build(self.state)
        self._front = Front(self.machine)
        self._runner: web.AppRunner | None = None

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
    def requests(self) -> Requests:
        """The REST requests that came."""
        return self.machine.requests

    @property
    def unknown(self) -> list[str]:
        """What was asked for that the sandbox does not know; a test expects it to be empty."""
        return self.machine.requests.unknown

    @property
    def faults(self) -> Faults:
        """The faults that wait and that have happened."""
        return self.machine.faults

    @property
    def sockets(self) -> Gateway:
        """The gateway's sessions and connections."""
        return self.machine.gateway

    @property
    def show(self) -> Show:
        """What those who watch the page are shown besides the guild."""
        return self.machine.show

    async def open(self) -> None:
        """Start to listen."""
        app = web.Application(client_max_size=TOO_LARGE)
        door = Door(self.machine)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._front.handle)
        app.router.add_get("/control/events", door.stream)
        app.router.add_route("*", "/control/{verb}", door.handle)
        app.router.add_get("/attachments/{id}/{name}", self._attachment)
        app.router.add_get("/", self._root)
        page.add_routes(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.url = self.state.address = f"http://127.0.0.1:{self.port}"
        await super().open()
        _log.info("The sandbox listens on %s", self.url)

    async def close(self) -> None:
        """Stop listening and cut everybody off."""
        await super().close()
        self._front.close()
        self.machine.streams.close()
        await self.machine.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _root(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get(hdrs.UPGRADE, "").lower() == "websocket":
            return await self.machine.gateway.handle(request)
        return page.send_index()

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
