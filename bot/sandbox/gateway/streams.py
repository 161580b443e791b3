"""Live streams of changes for those who watch: a member, or a test that sees everything."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson
from aiohttp import web

from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.state.models import User
    from bot.sandbox.state.request_log import Request, RequestLog
    from bot.sandbox.state.state import Event, State


@dataclass(slots=True, eq=False)
class Watcher:
    """One open stream; without a user it sees everything."""

    user: User | None
    outbox: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)


class Streams:
    """Hands each change to those who may see it.

    Attributes:
        on_viewer: Called when a page opens; a page watches as a member.
    """

    def __init__(self, state: State, requests: RequestLog) -> None:
        self._state = state
        self._watchers: list[Watcher] = []
        self.on_viewer: Callable[[], None] | None = None
        state.listeners.append(self.tell)
        requests.listeners.append(self._note)

    async def handle(self, request: web.Request, user: User | None) -> web.WebSocketResponse:
        """Serve one stream until it closes."""
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        watcher = Watcher(user)
        self._watchers.append(watcher)
        self._put(watcher, "HELLO", {})
        if user is not None and self.on_viewer is not None:
            self.on_viewer()
        writer = asyncio.create_task(self._write(socket, watcher))
        try:
            async for _ in socket:
                pass
        finally:
            self._watchers.remove(watcher)
            watcher.outbox.put_nowait(None)
            await writer
        return socket

    def close(self) -> None:
        """End every stream."""
        for watcher in self._watchers:
            watcher.outbox.put_nowait(None)

    def tell(self, event: Event) -> None:
        """Hand a change to those who may see it."""
        if not event.to_people:
            return
        for watcher in self._watchers:
            if watcher.user is None or self._may_see(watcher.user, event):
                self._put(watcher, event.name, event.data)

    @property
    def has_viewers(self) -> bool:
        """Whether somebody watches as a member."""
        return any(watcher.user is not None for watcher in self._watchers)

    def publish(self, name: str, data: JSON) -> None:
        """Hand something that is no change of the state to everybody."""
        for watcher in self._watchers:
            self._put(watcher, name, data)

    def _may_see(self, user: User, event: Event) -> bool:
        if event.reader is not None:
            return event.reader == user.id
        if event.gone is not None and event.channel is not None:
            return user.id in event.gone
        member = event.guild.members.get(user.id)
        if member is None:
            return False
        return event.channel is None or self._state.sees(member, event.channel)

    def _note(self, request: Request) -> None:
        for watcher in self._watchers:
            if watcher.user is None:
                self._put(watcher, "REQUEST", request.summary())

    def _put(self, watcher: Watcher, name: str, data: JSON) -> None:
        body = {"version": self._state.version, "type": name, "data": data}
        watcher.outbox.put_nowait(orjson.dumps(body))

    async def _write(self, socket: web.WebSocketResponse, watcher: Watcher) -> None:
        with suppress(ConnectionError):
            while (frame := await watcher.outbox.get()) is not None:
                await socket.send_str(frame.decode())
        await socket.close()
