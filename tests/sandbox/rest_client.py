"""A bare REST client, to see what discord.py hides: each answer's status, code and body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    import aiohttp


@dataclass(frozen=True)
class Reply:
    """What came back; ``code`` is Discord's, 0 where there is none."""

    status: int
    body: Any

    @property
    def code(self) -> int:
        return int(self.body.get("code", 0)) if isinstance(self.body, dict) else 0

    @property
    def refused(self) -> tuple[int, int]:
        return self.status, self.code


class Raw:
    """Sends requests with the bot's token."""

    def __init__(self, session: aiohttp.ClientSession, api: str) -> None:
        self._session = session
        self._api = api

    async def __call__(self, method: str, path: str, body: object = None) -> Reply:
        headers = {"Content-Type": "application/json"}
        data = body if isinstance(body, bytes | None) else orjson.dumps(body)
        address = f"{self._api}{path}"
        async with self._session.request(method, address, data=data, headers=headers) as reply:
            raw = await reply.read()
            return Reply(reply.status, orjson.loads(raw) if raw else None)
