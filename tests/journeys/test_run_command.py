"""`afterword run` in one process against `afterword sandbox` in another."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox import Channel, Remote
from tests.journeys.stage import KEEPS, press, said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROOT = Path(__file__).parents[2]
ESSAY = f"""---
title: Maps
date: 2026-03-01
---

The first paragraph says what there is to say.

{KEEPS}
"""


@pytest.fixture(autouse=True)
def can_be_interrupted() -> Iterator[None]:
    """Undo what a shell's background job inherits, and would pass on: that it ignores SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@asynccontextmanager
async def afterword(*words: str, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a command of Afterword's with these settings and no others; kill it if it is left."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("AFTERWORD")}
    known.pop("DISCORD_TOKEN", None)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=settings.pop("cwd"),
        env=known | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def read_settings(process: asyncio.subprocess.Process) -> dict[str, str]:
    """Return the settings that `afterword sandbox` prints."""
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().strip() for _ in range(3)]
    return dict(line.split("=", 1) for line in lines)


async def end(process: asyncio.subprocess.Process, number: int) -> tuple[int | None, str]:
    """Send a signal; return the exit status and what stood on standard error."""
    process.send_signal(number)
    async with asyncio.timeout(30):
        _, errors = await process.communicate()
    return process.returncode, errors.decode()


async def test_run_against_a_sandbox_in_another_process_does_the_job(tmp_path: Path) -> None:
    content = tmp_path / "posts"
    content.mkdir()
    (content / "maps.md").write_text(ESSAY, encoding="utf-8")
    database = tmp_path / "afterword.db"
    cwd = str(tmp_path)
    async with afterword("sandbox", "--port", "0", cwd=cwd) as server:
        given = await read_settings(server)
        remote = Remote(given["AFTERWORD_API"].removesuffix("/api/v10"))
        async with remote:
            (guild,) = await remote.get("guilds")
            people = await remote.people(int(guild["id"]))
            essays = next(one for one in await people["Ada"].channels() if one.name == "essays")
            paths = {"AFTERWORD_CONTENT": str(content), "AFTERWORD_DATABASE": str(database)}
            channel = {"AFTERWORD_CHANNEL": str(essays.id)}
            async with afterword("run", cwd=cwd, **given, **paths, **channel) as running:
                (thread,) = await remote.until(lambda: remote.threads_in(essays))
                ada, bora = people["Ada"], people["Bora"]
                prompt = await prompt_in(remote, thread)
                await bora.say(thread, "The stamps.", reply_to=prompt)
                done = await ada.submit(await press(ada, prompt, "answer"), {"text": "Tickets."})
                assert said(done) == "Kept for the author, and shown in the thread."
                both = {"The stamps.": KEEPS, "Tickets.": KEEPS}
                await remote.until(lambda: kept(database) == both)
                status, errors = await end(running, signal.SIGTERM)
            assert status == 0, errors
            assert "Tickets" not in errors
            assert given["DISCORD_TOKEN"] not in errors
            assert (await remote.get("requests"))["unknown"] == []
        status, errors = await end(server, signal.SIGINT)
        assert status == 0, errors


async def prompt_in(remote: Remote, thread: Channel) -> Any:
    async def find() -> Any:
        found = await remote.messages_in(thread)
        return next((one for one in found if one.content == f"**{KEEPS}**"), None)

    return await remote.until(find)


def kept(database: Path) -> dict[str, str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return dict(db.execute("select text, question from responses_by_question").fetchall())
