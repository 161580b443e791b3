from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import Sandbox
from tests.crash.essay import Essay
from tests.crash.fork_server import ForkServer
from tests.crash.harness import Harness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def fork_server() -> Iterator[ForkServer]:
    """One process that has imported everything, for all tests."""
    with ForkServer() as fork_server:
        yield fork_server


@pytest.fixture
async def harness(fork_server: ForkServer, tmp_path: Path) -> AsyncIterator[Harness]:
    async with Sandbox() as sandbox:
        guild = await sandbox.guild()
        channel = await sandbox.channel(guild, "essays")
        (tmp_path / "posts").mkdir()
        Essay(tmp_path / "posts").write()
        settings = {
            "token": sandbox.token,
            "content": str(tmp_path / "posts"),
            "database": str(tmp_path / "afterword.db"),
            "channel": str(channel.id),
            "api": sandbox.api,
            "gateway": sandbox.gateway,
        }
        ada = await sandbox.member(guild, "Ada")
        harness = Harness(fork_server, sandbox, guild, channel, ada, tmp_path, settings)
        yield harness
        fork_server.kill(harness.pid)
