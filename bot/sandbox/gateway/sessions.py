"""Gateway sessions and the sockets that speak for them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from aiohttp import web

DISPATCH = 0
SENDS, SENDS_SECONDS = 120, 60
"""A client may send so many payloads in so many seconds (docs/discord-facts.md#gateway-limits)."""
REPLAYED = 5000
"""How many events a session keeps for a RESUME."""


@dataclass(slots=True)
class Session:
    """One identified client, connected or not.

    Attributes:
        replay: The last events with their numbers, as sent.
        outbox: What the socket still has to send; None while there is no socket.
    """

    id: str
    intents: int
    sequence: int = 0
    replay: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=REPLAYED))
    outbox: asyncio.Queue[bytes | None] | None = None

    def send(self, name: str, data: JSON) -> None:
        """Send an event now, or keep it for a RESUME."""
        self.sequence += 1
        body = {"op": DISPATCH, "t": name, "s": self.sequence, "d": data}
        frame = orjson.dumps(body)
        self.replay.append((self.sequence, frame))
        if self.outbox is not None:
            self.outbox.put_nowait(frame)


@dataclass(slots=True, eq=False)
class Connection:
    """One socket, and the session it speaks for once it has one."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    outbox: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    session: Session | None = None
    received: deque[float] = field(default_factory=lambda: deque(maxlen=SENDS))

    def is_too_fast(self) -> bool:
        """Count a payload from the client; return whether it is one too many for a minute."""
        now = time.monotonic()
        full = len(self.received) == SENDS and now - self.received[0] < SENDS_SECONDS
        self.received.append(now)
        return full

    def put(self, op: int, data: object) -> None:
        """Send something that is not an event."""
        self.outbox.put_nowait(orjson.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        """Send what is put into the outbox, until None is."""
        while (frame := await self.outbox.get()) is not None:
            with suppress(ConnectionError):
                await self.socket.send_str(frame.decode())
