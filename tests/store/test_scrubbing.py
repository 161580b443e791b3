"""Words that were deleted leave every corner of the file, however long that takes."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.store.file import scrubbing
from bot.store.responses import answers, collected
from bot.store.responses.collected import Deleted, collect
from bot.store.store import Store

WORDS = "quaggaokapi"
ROOT = Path(__file__).parents[2]

DIES = """
import asyncio, os, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store.responses import answers
from bot.store.store import Store

async def main():
    store = Store(Path(sys.argv[1]))
    await store.open()
    await store.write(answers.forget_reader, 500, None, datetime.now(UTC))
    os.kill(os.getpid(), 9)

asyncio.run(main())
"""


@pytest.fixture
async def store(world: Any) -> AsyncIterator[Store]:
    world.db.close()
    store = Store(world.path)
    await store.open()
    yield store
    await store.close()


def stands(path: Path) -> list[str]:
    """Return the files of a database that have the words, as bytes."""
    files = [path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))]
    return [one.name for one in files if one.exists() and WORDS.encode() in one.read_bytes()]


async def write(store: Store, world: Any, number: int = 3000, text: str = WORDS) -> None:
    events = [world.message(number, f"{text} and more"), world.message(number + 1, "the rest")]
    await store.write(collect, events, {}, world.now)


@pytest.mark.parametrize("how", ["reader", "event", "thread", "edit", "emptied"])
async def test_what_was_deleted_or_edited_away_leaves_every_corner(
    store: Store, world: Any, how: str
) -> None:
    await write(store, world)
    assert stands(store.path)
    assert await store.read(scrubbing.debt) is None
    edited = {"edit": "other words", "emptied": ""}
    if how == "reader":
        await store.write(answers.forget_reader, 500, None, world.now)
    elif how == "thread":
        await store.write(collected.bury_thread, world.first.thread, world.now)
    else:
        said = Deleted(3000) if how == "event" else world.message(3000, edited[how], edited=1)
        await store.write(collect, [said], {}, world.now)
    assert await store.read(scrubbing.debt) is not None
    assert await store.scrub()
    assert stands(store.path) == []
    assert await store.read(scrubbing.debt) is None


async def test_a_reading_program_puts_it_off_and_it_stays_owed(store: Store, world: Any) -> None:
    await write(store, world)
    with closing(sqlite3.connect(store.path)) as reader:
        reader.execute("begin")
        reader.execute("select * from responses").fetchall()
        await store.write(answers.forget_reader, 500, None, world.now)
        assert not await store.scrub()
        assert stands(store.path)
        assert await store.read(scrubbing.debt) is not None
        reader.rollback()
    assert stands(store.path)  # it does not go by itself
    assert await store.scrub()
    assert stands(store.path) == []


async def test_no_answer_waits_for_a_program_that_reads(store: Store, world: Any) -> None:
    await write(store, world)
    await store.write(set_patience, 600)
    with closing(sqlite3.connect(store.path)) as reader:
        reader.execute("begin")
        reader.execute("select * from responses").fetchall()
        await store.write(answers.forget_reader, 500, None, world.now)
        cutting = asyncio.create_task(store.scrub())
        done, _ = await asyncio.wait({cutting}, timeout=30)
        reader.rollback()
    assert not await cutting
    assert done, "the log was waited for, and every write with it"
    assert await store.write(patience) == 600_000


def set_patience(db: Database, seconds: int) -> None:
    db.execute(f"pragma busy_timeout = {seconds * 1000}")


def patience(db: Database) -> int:
    (milliseconds,) = db.execute("pragma busy_timeout").fetchone()
    return int(milliseconds)


async def test_what_is_deleted_while_it_is_being_done_is_still_owed(
    store: Store, world: Any
) -> None:
    await write(store, world)
    await store.write(collect, [Deleted(3000)], {}, world.now)
    owed = await store.read(scrubbing.debt)
    assert owed is not None
    await store.write(collect, [Deleted(3001)], {}, world.now.replace(year=2027))
    await store.write(scrubbing.settle_debt, owed)
    later = await store.read(scrubbing.debt)
    assert later is not None
    assert later.since == owed.since


async def test_what_a_death_leaves_undone_is_owed_after_it(world: Any) -> None:
    world.db.close()
    store = Store(world.path)
    await store.open()
    await write(store, world)
    await store.close()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    died = subprocess.run(  # noqa: ASYNC221, S603  # this Python; nothing happens meanwhile
        [sys.executable, "-c", DIES, str(world.path)], env=environment, check=False
    )
    assert died.returncode == -9
    assert stands(world.path)
    store = Store(world.path)
    await store.open()
    assert await store.read(scrubbing.debt) is not None
    assert await store.scrub()
    assert stands(world.path) == []
    await store.close()
