"""A bare gateway client, to see what discord.py hides."""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson

GUILDS, MESSAGES, CONTENT = 1 << 0, 1 << 9, 1 << 15


class Wire:
    """One socket of the gateway."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, token: str) -> None:
        self.socket = socket
        self.token = token
        self.sequence = 0

    async def send(self, op: int, data: object) -> None:
        await self.socket.send_str(orjson.dumps({"op": op, "d": data}).decode())

    async def next(self) -> dict[str, Any]:
        frame = await self.socket.receive(timeout=5)
        if frame.type is not aiohttp.WSMsgType.TEXT:
            return {"op": None, "close": self.socket.close_code}
        body: dict[str, Any] = orjson.loads(frame.data)
        self.sequence = body["s"] or self.sequence
        return body

    async def until(self, name: str) -> dict[str, Any]:
        while (body := await self.next())["t"] != name:
            pass
        return body

    async def heard(self) -> list[str]:
        """The names of the events that came until now: a heartbeat's answer ends them."""
        return [each["t"] for each in await self.so_far()]

    async def so_far(self) -> list[dict[str, Any]]:
        await self.send(1, self.sequence)
        events = []
        while (body := await self.next())["op"] != 11:
            events.append(body)
        return events

    async def identify(self, intents: int = GUILDS | MESSAGES | CONTENT) -> dict[str, Any]:
        await self.send(2, {"token": self.token, "intents": intents, "properties": {}})
        return await self.next()

    async def log_in(self, intents: int = GUILDS | MESSAGES | CONTENT) -> dict[str, Any]:
        """Identify, and return the first guild as it is created."""
        await self.identify(intents)
        return await self.until("GUILD_CREATE")
