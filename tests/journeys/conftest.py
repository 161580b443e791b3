from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox import Sandbox
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def discord_stays_where_it_is() -> Iterator[None]:
    """Put discord.py's addresses back: they hold for the whole process."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox
        assert sandbox.unknown == []


@pytest.fixture
async def stage(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Stage]:
    stage = await Stage.build(sandbox, tmp_path)
    stage.settings["channel"] = stage.text.id
    yield stage
    await stage.stop()
    assert_nobody_is_pinged(sandbox)


SILENT = 1 << 12
"""Discord's flag of a message that notifies nobody."""


def assert_nobody_is_pinged(sandbox: Sandbox) -> None:
    """Whatever a test is about: no message of the bot may ping, and no new one may notify."""
    for request in sandbox.requests:
        if not isinstance(request.body, dict):
            continue
        for inner in (request.body, request.body.get("message"), request.body.get("data")):
            if isinstance(inner, dict) and ("content" in inner or "embeds" in inner):
                assert inner["allowed_mentions"]["parse"] == [], request.route
        if request.method == "POST" and request.route.endswith("/messages"):
            assert request.body["flags"] & SILENT, request.route
        if request.method == "POST" and request.route == "/channels/{channel_id}/threads":
            assert request.body["message"]["flags"] & SILENT, request.route
