"""The dream is computed beside the bot: in a process of its own, which ends with it."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.discussion.dreaming.look_back import _look_back
from bot.discussion.dreaming.process import Apart, WorkError
from bot.sandbox import Sandbox
from bot.store.file.database import open_database
from tests.store.encryption import KEY, encrypted

if TYPE_CHECKING:
    from bot.core.connection import Connection
    from bot.core.database_key import DatabaseKey


def where() -> tuple[int, int]:
    return os.getpid(), os.nice(0)


def fail() -> None:
    raise ValueError("a text that no log may have")


def never_end(mark: Path) -> None:
    mark.write_text(str(os.getpid()))
    while True:
        time.sleep(60)


def die() -> None:
    os._exit(9)


async def test_work_is_done_elsewhere_and_stands_back() -> None:
    process, nice = await Apart[tuple[int, int]]().run(where)
    assert process != os.getpid()
    assert nice > os.nice(0)


async def test_of_a_fault_only_its_kind_comes_back() -> None:
    with pytest.raises(WorkError, match=r"^ValueError$"):
        await Apart[None]().run(fail)
    with pytest.raises(WorkError, match=r"^ended$"):
        await Apart[None]().run(die)


async def test_work_that_is_stopped_ends_at_once(tmp_path: Path) -> None:
    apart, mark = Apart[None](), tmp_path / "pid"
    running = asyncio.create_task(apart.run(never_end, mark))
    async with Sandbox() as sandbox:
        await sandbox.until(lambda: mark.exists() and mark.read_text())
    apart.stop()
    with pytest.raises(WorkError):
        await running
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


@pytest.mark.parametrize("key", [None, KEY])
async def test_an_encrypted_database_is_looked_into_too(
    tmp_path: Path, key: DatabaseKey | None
) -> None:
    path = tmp_path / "afterword.db"
    open_database(encrypted(path) if key else path).close()
    night = date(2026, 3, 1)
    apart: Apart[list[Connection]] = Apart()
    assert await apart.run(_look_back, str(path), key, (), 1, night, UTC) == []
