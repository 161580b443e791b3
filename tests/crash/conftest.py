from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import Sandbox
from tests.crash.essay import Essay
from tests.crash.house import House
from tests.crash.zygote import Zygote

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One process that has imported everything, for all tests."""
    with Zygote() as zygote:
        yield zygote


@pytest.fixture
async def house(zygote: Zygote, tmp_path: Path) -> AsyncIterator[House]:
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
        house = House(zygote, sandbox, guild, channel, ada, tmp_path, settings)
        yield house
        zygote.kill(house.pid)
