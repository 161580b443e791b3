"""Answers REST requests: token, faults, rate limits, body, route, answer, log."""

from __future__ import annotations

import asyncio
import logging
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from aiohttp import BodyPartReader, hdrs, web

from bot.sandbox.actions.attachments import attach
from bot.sandbox.faults.faults import Fault, Kind
from bot.sandbox.rest.rate_limits import RateLimits, too_many
from bot.sandbox.rest.routes import ROUTES, Call, Route
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON, Value
from bot.sandbox.state.request_log import Request

if TYPE_CHECKING:
    from bot.sandbox.services import Services

_log = logging.getLogger(__name__)
PREFIX = "/api/v10"
LATE = frozenset({Kind.LATE, Kind.DROPPED_AND_LATE})
DROPPED = 499
"""Stands for an answer that nobody gets."""
TOO_LARGE = 25 * 1024 * 1024
"""Bytes of a whole request (docs/discord-facts.md#message-limits)."""


class DroppedError(Exception):
    """The connection is to be cut without an answer."""


class RestHandler:
    """Serves every request below the API's root."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._rate_limits = RateLimits(services.state.limits)
        self._closing = asyncio.Event()
        self._late: set[asyncio.Task[Value]] = set()

    def close(self) -> None:
        """Let go of the requests that a fault keeps waiting."""
        self._closing.set()
        for each in self._late:
            each.cancel()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, and keep it in the log."""
        started = time.perf_counter()
        path = request.rel_url.raw_path.removeprefix(PREFIX)
        found = ROUTES.find(request.method, path)
        headers: dict[str, str] = {}
        body: Value = None
        answer: Value = None
        try:
            body, answer, status = await self._answer(request, path, found, headers)
            response = _json(answer, status, headers)
        except DiscordError as error:
            response = self._refuse(error, request.method, path, headers)
        except DroppedError:
            if request.transport is not None:
                request.transport.abort()
            response = web.Response(status=DROPPED)
        except Exception:  # noqa: BLE001 - a bug of the sandbox: loud, counted, never retried
            _log.exception("The sandbox failed at %s %s", request.method, path)
            self._services.requests.miss(f"how to answer {request.method} {path}")
            response = _json({"message": "500: the sandbox failed", "code": 0}, 500, headers)
        template = found[0].template if found else ""
        ms = (time.perf_counter() - started) * 1000
        sent = 0 if response.status == DROPPED else response.status
        self._services.requests.add(
            Request(request.method, path, template, sent, round(ms, 3), body, answer)
        )
        return response

    async def _answer(
        self,
        request: web.Request,
        path: str,
        found: tuple[Route, dict[str, str]] | None,
        headers: dict[str, str],
    ) -> tuple[Value, Value, int]:
        if found is None:
            what = f"{request.method} {path}"
            self._services.requests.miss(what)
            raise DiscordError(0, status=404, message=f"The sandbox has no route {what}")
        route, params = found
        self._authorise(request, route)
        fault = self._services.faults.take(request.method, path)
        if fault is not None:
            await self._before(fault)
        headers |= self._rate_limits.count(route, params)
        call = Call(self._services.state, params, dict(request.query))
        self._check_query(route, call)
        await self._read(request, call)
        if fault is not None and fault.kind in LATE:
            answer = await self._commit_later(route, call, fault)
        else:
            answer = route.handler(call)
        if fault is not None:
            _after(fault)
        answer = self._services.faults.wrong_answers.answered(
            route.method, route.template, params, answer
        )
        return call.body, answer, 204 if answer is None else route.status

    async def _commit_later(self, route: Route, call: Call, fault: Fault) -> Value:
        """Make a request's change seconds later, in a task that no closed connection ends."""
        is_due = asyncio.Event()
        self._services.faults.delay(is_due.set, fault.seconds)

        async def commit() -> Value:
            await is_due.wait()
            return route.handler(call)

        task = asyncio.create_task(commit())
        self._late.add(task)
        task.add_done_callback(self._forget_late)
        if fault.kind is Kind.DROPPED_AND_LATE:
            raise DroppedError
        return await task

    def _forget_late(self, task: asyncio.Task[Value]) -> None:
        self._late.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.debug("A late request was refused: %s", error)

    def _authorise(self, request: web.Request, route: Route) -> None:
        expected = f"Bot {self._services.state.application.token}"
        if route.authorised and request.headers.get(hdrs.AUTHORIZATION) != expected:
            raise DiscordError(0, status=401, message="401: Unauthorized")

    async def _before(self, fault: Fault) -> None:
        if fault.kind is Kind.RATE_LIMIT:
            raise too_many(fault.seconds, "user")
        if fault.kind is Kind.ERROR_BEFORE_COMMIT:
            raise _broken(fault)
        if fault.kind is Kind.REFUSE:
            raise _refused(fault)
        if fault.kind is Kind.DROP_BEFORE_COMMIT:
            raise DroppedError
        if fault.kind is Kind.SLOW:
            await asyncio.sleep(fault.seconds)
        if fault.kind is Kind.SILENCE:
            await self._closing.wait()
            raise DroppedError

    def _check_query(self, route: Route, call: Call) -> None:
        for name in sorted(set(call.query) - route.query):
            message = f"{route.method} {route.template} has no query parameter {name}"
            raise DiscordError(0, status=400, message=message, unknown=(f"?{name}",))

    async def _read(self, request: web.Request, call: Call) -> None:
        if not request.can_read_body:
            return
        if request.content_type == "multipart/form-data":
            await self._read_parts(request, call)
            return
        raw = await request.read()
        if raw:
            call.body = _parse(raw)

    async def _read_parts(self, request: web.Request, call: Call) -> None:
        reader = await request.multipart()
        uploads: list[tuple[str, str, str, bytes]] = []
        async for part in reader:
            if not isinstance(part, BodyPartReader):
                continue
            raw = bytes(await part.read(decode=True))
            if part.name == "payload_json":
                call.body = _parse(raw)
            else:
                kind = part.headers.get(hdrs.CONTENT_TYPE, "application/octet-stream")
                uploads.append((part.name or "", part.filename or "file", kind, raw))
        call.files = [self._attach(call, *upload) for upload in uploads]

    def _attach(self, call: Call, field: str, name: str, kind: str, raw: bytes) -> JSON:
        number = field.removeprefix("files[").removesuffix("]")
        body = call.body if isinstance(call.body, dict) else {}
        body = body.get("data") or body.get("message") or body
        described = {str(each.get("id")): each for each in body.get("attachments") or []}
        own = described.get(number, {})
        known_as, told = own.get("filename") or name, own.get("description")
        return attach(self._services.state, known_as, kind, raw, description=told)

    def _refuse(
        self, error: DiscordError, method: str, path: str, headers: dict[str, str]
    ) -> web.Response:
        for name in error.unknown:
            self._services.requests.miss(f"{method} {path}: {name}")
        if error.status == HTTPStatus.TOO_MANY_REQUESTS:
            # without Via discord.py takes it for Cloudflare's ban (docs/discord-facts.md#headers)
            headers |= {
                "Via": "1.1 sandbox",
                "Retry-After": str(error.retry_after),
                "X-RateLimit-Scope": error.scope,
            }
        return _json(error.payload(), error.status, headers)


def _after(fault: Fault) -> None:
    if fault.kind is Kind.DROP_AFTER_COMMIT:
        raise DroppedError
    if fault.kind is Kind.ERROR_AFTER_COMMIT:
        raise _broken(fault)


def _broken(fault: Fault) -> DiscordError:
    status = fault.status or HTTPStatus.INTERNAL_SERVER_ERROR
    return DiscordError(0, status=status, message=f"{status:d}: asked for by a test")


def _refused(fault: Fault) -> DiscordError:
    """Return Discord's own refusal with a code; with 429 it says when to come again."""
    errors: JSON | None = None
    if fault.field:
        fault_in = {"code": "STRING_TYPE_REGEX", "message": "String value did not match."}
        errors = {"_errors": [fault_in]}
        for step in reversed(fault.field.split(".")):
            errors = {step: errors}
    error = DiscordError(fault.code, status=fault.status or None, errors=errors)
    if error.status == HTTPStatus.TOO_MANY_REQUESTS:
        error.retry_after = fault.seconds
    return error


def _parse(raw: bytes) -> Value:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise DiscordError(50109) from None


def _json(answer: object, status: int, headers: dict[str, str]) -> web.Response:
    if answer is None:
        return web.Response(status=status, headers=headers)
    # the content type is exactly this: discord.py compares it (docs/discord-facts.md#headers)
    typed = headers | {"Content-Type": "application/json"}
    return web.Response(body=orjson.dumps(answer), status=status, headers=typed)
