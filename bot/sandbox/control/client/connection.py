"""Talks to a sandbox's control API, and keeps what it handed out up to date."""

from __future__ import annotations

import asyncio
import inspect
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Self
from weakref import WeakValueDictionary

import aiohttp
import orjson

from bot.sandbox.control.client.objects import Answer, Message
from bot.sandbox.state.json_types import JSON, Value

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

PATIENCE = 10.0
"""Seconds that :meth:`ControlClient.until` and a deferred answer are waited for."""
LOOK_AGAIN = 0.02
"""Seconds after which :meth:`ControlClient.until` asks again although nothing changed here."""


class ControlError(Exception):
    """The control API refused, as Discord or its client would have.

    Attributes:
        status: Of the HTTP answer.
        code: Discord's error code, 0 where it is the client that would refuse.
    """

    def __init__(self, status: int, body: JSON) -> None:
        self.status = status
        self.code = int(body.get("code", 0))
        self.retry_after = body.get("retry_after")
        detail = f" {orjson.dumps(body['errors']).decode()}" if "errors" in body else ""
        super().__init__(f"{body.get('message', '')} ({self.code}){detail}")


class ControlClient:
    """The connection to a sandbox, in this process or another.

    Use it as an async context manager; the address is the sandbox's ``url``. Messages and answers
    that it handed out change in place, unless ``watch`` is off, which spares load tests the work
    until something is waited for.
    """

    def __init__(self, url: str = "", *, watch: bool = True) -> None:
        self.url = url
        self._watch = watch
        self._http: aiohttp.ClientSession | None = None
        self._watching: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self._count = 0
        self._messages: WeakValueDictionary[int, Message] = WeakValueDictionary()
        self._answers: WeakValueDictionary[int, Answer] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Get ready to talk."""
        self._http = aiohttp.ClientSession()

    async def close(self) -> None:
        """Stop watching and talking."""
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
            self._watching = None
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def post(self, endpoint: str, **fields: object) -> Value:
        """Act: POST to an endpoint of the control API.

        Raises:
            ControlError: If it refuses.
        """
        return await self._call("POST", endpoint, data=orjson.dumps(fields))

    async def get(self, endpoint: str, **fields: object) -> Value:
        """Look: GET an endpoint of the control API; fields that are None are left out.

        Raises:
            ControlError: If it refuses.
        """
        query = {name: str(value) for name, value in fields.items() if value is not None}
        return await self._call("GET", endpoint, params=query)

    async def until(
        self,
        predicate: Callable[[], Value | Awaitable[Value]],
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a bound, said in the error
    ) -> Value:
        """Wait until a predicate holds, asking again after each change; return what it returned.

        It also asks now and then without a change: what the predicate looks at may be the bot's.

        Raises:
            TimeoutError: If it does not hold in time.
        """
        await self.watch()
        try:
            async with asyncio.timeout(timeout):
                while True:
                    seen = self._count
                    result = predicate()
                    if inspect.isawaitable(result):
                        result = await result
                    if result:
                        return result
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._change_after(seen), LOOK_AGAIN)
        except TimeoutError:
            raise TimeoutError(f"It did not happen within {timeout} seconds.") from None

    async def _change_after(self, seen: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._count > seen)

    async def watch(self) -> None:
        """Follow every change from now on: messages and answers then change in place."""
        if self._watching is not None:
            return
        socket = await self._session().ws_connect(f"{self.url}/control/events")
        await socket.receive()  # HELLO: from here on nothing is missed
        self._watching = asyncio.create_task(self._follow(socket))

    def keep(self, raw: JSON) -> Message:
        """Return the one object for a message, brought up to date."""
        known = self._messages.get(int(raw["id"]))
        if known is None:
            known = self._messages[int(raw["id"])] = Message(raw)
        known.raw = raw
        return known

    async def answer(self, raw: JSON) -> Answer:
        """Wait for the first answer, and if it is deferred, until it is filled."""
        await self.watch()
        raw = await self.get("answer", interaction=raw["id"], wait="first", timeout=PATIENCE)
        if raw["stage"] == "deferred":
            raw = await self.get("answer", interaction=raw["id"], wait="filled", timeout=PATIENCE)
        answer = Answer(raw, self.keep)
        self._answers[answer.id] = answer
        return answer

    async def watch_if_wanted(self) -> None:
        """Follow every change, unless this client was told not to."""
        if self._watch:
            await self.watch()

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            raise RuntimeError("Open the sandbox first: async with ... as sandbox.")
        return self._http

    async def _call(self, method: str, endpoint: str, **options: Value) -> Value:
        headers = {"Content-Type": "application/json"}
        address = f"{self.url}/control/{endpoint}"
        async with self._session().request(method, address, headers=headers, **options) as reply:
            body = orjson.loads(await reply.read())
        if reply.status != HTTPStatus.OK:
            raise ControlError(reply.status, body)
        return body

    async def _follow(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async with socket:
            async for frame in socket:
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    continue
                change = orjson.loads(frame.data)
                self._take(change["type"], change["data"])
                async with self._changed:
                    self._count += 1
                    self._changed.notify_all()

    def _take(self, kind: str, data: JSON) -> None:
        if kind == "MESSAGE_UPDATE" and int(data["id"]) in self._messages:
            self.keep(data)
        elif kind == "MESSAGE_DELETE" and int(data["id"]) in self._messages:
            self._messages[int(data["id"])].deleted = True
        elif kind == "INTERACTION_UPDATE" and int(data["id"]) in self._answers:
            self._answers[int(data["id"])].update(data)
