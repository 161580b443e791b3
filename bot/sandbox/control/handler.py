"""Answers control requests: from this machine only, and from no other site's page."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import orjson
from aiohttp import hdrs, web

from bot.sandbox.control import ENDPOINTS
from bot.sandbox.control.args import Args
from bot.sandbox.state.errors import DiscordError, RefusedError

if TYPE_CHECKING:
    from bot.sandbox.services import Services

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ControlHandler:
    """Serves everything below ``/control/``."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Run one endpoint."""
        if not is_from_here(request):
            return _answer({"message": "The control API is for this machine only."}, 403)
        entry = ENDPOINTS.get(request.match_info["name"])
        if entry is None or entry.method != request.method:
            name = request.match_info["name"]
            return _answer({"message": f"There is no {request.method} {name}."}, 404)
        try:
            fields = await _fields(request)
            answer = entry.run(self._services, Args(self._services.state, fields))
            return _answer(await answer if inspect.isawaitable(answer) else answer, 200)
        except (RefusedError, ValueError) as error:
            return _answer({"message": str(error), "code": 0}, 400)
        except DiscordError as error:
            return _answer(error.payload(), error.status)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Serve the live stream that ``as`` may see; without ``as`` everything."""
        if not is_from_here(request):
            return _answer({"message": "The control API is for this machine only."}, 403)
        args = Args(self._services.state, dict(request.query))
        user = self._services.state.users.get(args.ident("as")) if args.has("as") else None
        if user is None and args.has("as"):
            return _answer({"message": "There is no such member."}, 404)
        return await self._services.streams.handle(request, user)


def is_from_here(request: web.Request) -> bool:
    """Return whether a request comes from this machine and from no other site's page.

    A page elsewhere can reach loopback through a browser: by a name that it points here (so the
    Host must be loopback), by a form or script (so an Origin must be ours, and a POST be JSON).
    """
    host = urlsplit(f"//{request.host}").hostname
    origin = request.headers.get(hdrs.ORIGIN)
    if request.remote not in LOOPBACK or host not in LOOPBACK:
        return False
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return request.method != hdrs.METH_POST or request.content_type == "application/json"


async def _fields(request: web.Request) -> dict[str, object]:
    if request.method == hdrs.METH_GET:
        return dict(request.query)
    raw = await request.read()
    try:
        fields = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError:
        raise RefusedError("Send a JSON object.") from None
    if not isinstance(fields, dict):
        raise RefusedError("Send a JSON object.")
    return fields


def _answer(body: object, status: int) -> web.Response:
    # a bare 204 would need another branch in every client; null says the same
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
