from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.app import create_bot
from bot.sandbox import Sandbox
from bot.settings import Settings
from tests.journeys.simcord_room import Room
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    import simcord

    from bot.client import AfterwordBot
    from tests.journeys.simcord_room import MakeBot


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


SIMCORD_ESSAY = """---
title: "{title}"
date: {date}
slug: {slug}
tags: [Memory, Maps]
---

The first paragraph says what there is to say.

What do you keep that is of no use to anyone?
"""


@pytest.fixture
def make_bot(tmp_path: Path) -> MakeBot:
    """Return what makes a bot on one folder and one database, as anybody's harness would."""
    content = tmp_path / "posts"
    content.mkdir()
    for slug, title, day in (("maps", "Maps", "2026-03-02"), ("clocks", "Clocks", "2026-03-01")):
        text = SIMCORD_ESSAY.format(slug=slug, title=title, date=day)
        (content / f"{slug}.md").write_text(text, encoding="utf-8")

    def make(channel: int | None = None, **changes: Any) -> AfterwordBot:
        values = {"content": content, "database": tmp_path / "a.db", "channel": channel, **changes}
        return create_bot(Settings(**values, _env_file=None))

    return make


@pytest.fixture
def simcord_bot(make_bot: MakeBot) -> AfterwordBot:
    return make_bot()


@pytest.fixture
def room(simcord_env: simcord.Env) -> Room:
    return Room(simcord_env)
