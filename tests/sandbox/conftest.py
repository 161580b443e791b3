from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox import Sandbox
from tests.sandbox.gateway_client import Wire
from tests.sandbox.openapi import Contract, spec_path
from tests.sandbox.probe_bot import Place, Probe, Setup, Start
from tests.sandbox.rest_client import Raw

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture
async def sandbox(contract: Contract | None) -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox
        # whatever a test is about, it may not ask for what Discord does not have
        assert sandbox.unknown == []
        if contract is not None:
            assert contract.faults(sandbox.requests) == []


@pytest.fixture
async def place(sandbox: Sandbox) -> Place:
    guild = await sandbox.guild()
    moderates = discord.Permissions(manage_threads=True, manage_messages=True, pin_messages=True)
    return Place(
        guild,
        await sandbox.channel(guild, "essays"),
        await sandbox.forum(guild, "essays-forum", ["writing", "life"]),
        await sandbox.member(guild, "Ada", locale="en-GB"),
        await sandbox.member(guild, "Mo", permissions=moderates.value),
    )


@pytest.fixture
def redirected(sandbox: Sandbox) -> Iterator[None]:
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sandbox.api, yarl.URL(sandbox.gateway)
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.fixture
async def start(sandbox: Sandbox, redirected: None) -> AsyncIterator[Start]:
    del redirected
    running: list[tuple[Probe, asyncio.Task[None]]] = []

    async def run(
        setup: Setup | None = None, intents: discord.Intents | None = None, *, ready: bool = True
    ) -> Probe:
        default = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        probe = Probe(sandbox, default if intents is None else intents, setup)
        task = probe.running = asyncio.create_task(probe.start(sandbox.token))
        running.append((probe, task))
        if ready:
            waiting = asyncio.create_task(probe.wait_until_ready())
            done, _ = await asyncio.wait({waiting, task}, return_when="FIRST_COMPLETED", timeout=10)
            waiting.cancel()
            if task in done:
                task.result()
        return probe

    yield run
    for probe, task in running:
        await probe.close()
        with suppress(BaseException):
            await task
        assert probe.errors == []


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def wire(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncIterator[Wire]:
    async with session.ws_connect(f"{sandbox.gateway}?v=10&encoding=json") as socket:
        wire = Wire(socket, sandbox.token)
        hello = await wire.next()
        assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
        yield wire


@pytest.fixture
async def raw(sandbox: Sandbox) -> AsyncIterator[Raw]:
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield Raw(session, sandbox.api)


@pytest.fixture(scope="session")
def contract() -> Contract | None:
    path = spec_path()
    return None if path is None else Contract(path)
