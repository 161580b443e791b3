"""Staying up: payloads that break a parser, signals, and a disk or a lock that refuses."""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox import Channel, Person, Sandbox
from tests.crash.board import Board
from tests.crash.essay import Essay

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.crash.zygote import Zygote


@dataclass
class House:
    """A sandbox in this process, and a bot in another."""

    zygote: Zygote
    sandbox: Sandbox
    channel: Channel
    ada: Person
    folder: Path
    settings: dict[str, str]
    pid: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "afterword.db"

    async def start(self) -> Channel:
        """Start the bot; return the essay's thread once everything stands in it."""
        self.board = Board(self.folder / "board")
        self.board["may_sweep"], self.board["is_busy"] = 1, 1
        self.pid = self.zygote.start_bot(folder=str(self.folder), settings=self.settings)

        async def thread() -> Channel | None:
            settled = self.rows("select 1 from publications where settled <> ''")
            threads = await self.sandbox.threads_in(self.channel)
            return threads[0] if settled and threads else None

        started: Channel = await self.sandbox.until(thread)
        return started

    async def end(self, number: int) -> int:
        """End the bot while the sandbox goes on, so that it can say goodbye."""
        return await asyncio.to_thread(self.zygote.kill, self.pid, number)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            try:
                return db.execute(query).fetchall()
            except sqlite3.OperationalError:  # it is being made
                return []

    def kept(self) -> list[str]:
        return [row[0] for row in self.rows("select text from responses order by text")]

    def log(self) -> str:
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    async def until_log(self, words: str) -> None:
        await self.sandbox.until(lambda: words in self.log())


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
        house = House(zygote, sandbox, channel, ada, tmp_path, settings)
        yield house
        zygote.kill(house.pid)


async def test_a_payload_that_breaks_a_parser_costs_a_restart_and_no_response(house: House) -> None:
    thread = await house.start()
    (session,) = house.sandbox.sockets.sessions.values()
    session.send("MESSAGE_UPDATE", {"id": "1", "channel_id": str(thread.id)})  # no type, no author
    await house.ada.say(thread, "Said while it fell.")
    await house.until_log("A fault ended the bot")
    await house.sandbox.until(lambda: house.kept() == ["Said while it fell."])
    assert "it starts again in" in house.log()
    assert house.zygote.status(house.pid) is None
    assert len(await house.sandbox.threads_in(house.channel)) == 1


async def test_sigterm_ends_the_bot_well_with_all_that_it_had_heard(house: House) -> None:
    thread = await house.start()
    texts = [f"Text {number:02}" for number in range(40)]
    for text in texts:
        await house.ada.say(thread, text)
    assert await house.end(signal.SIGTERM) == 0
    assert "Traceback" not in house.log()
    assert not house.sandbox.sockets.connections
    await house.start()
    await house.sandbox.until(lambda: house.kept() == texts)


@contextmanager
def full_disk(house: House) -> Iterator[None]:
    """Let no file of the bot grow, as on a full disk."""
    unlimited = resource.prlimit(house.pid, resource.RLIMIT_FSIZE)
    log = (house.folder / "bot.log").stat().st_size
    grown = max(each.stat().st_size for each in house.folder.glob("afterword.db*"))
    assert grown > 4 * log  # the log still has room to say so
    resource.prlimit(house.pid, resource.RLIMIT_FSIZE, (grown, unlimited[1]))
    yield
    resource.prlimit(house.pid, resource.RLIMIT_FSIZE, unlimited)


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Let another program keep the database to itself."""
    with closing(sqlite3.connect(house.database, isolation_level=None)) as db:
        db.execute("begin immediate")
        yield
        db.execute("rollback")


@pytest.mark.parametrize("refuse", [full_disk, locked])
async def test_what_the_disk_refuses_is_said_and_kept_when_it_can_be(
    house: House, refuse: Any
) -> None:
    thread = await house.start()
    texts = [f"{number:03} " + "words " * 300 for number in range(60)]
    with refuse(house):
        for text in texts:
            await house.ada.say(thread, text)
        await house.until_log("Responses cannot be written")
    await house.sandbox.until(lambda: house.kept() == [text.strip() for text in texts])
    assert house.zygote.status(house.pid) is None


async def test_sigterm_ends_a_bot_that_cannot_write_and_its_next_life_reads_it_all(
    house: House,
) -> None:
    thread = await house.start()
    with locked(house):
        await house.ada.say(thread, "Said to a locked database.")
        await house.until_log("Responses cannot be written")
        assert await house.end(signal.SIGTERM) == 0
    assert house.kept() == []
    await house.start()
    await house.sandbox.until(lambda: house.kept() == ["Said to a locked database."])


async def test_a_change_of_the_content_survives_a_locked_database(house: House) -> None:
    await house.start()
    essay = Essay(house.folder / "posts")
    essay.revise("retitle")
    with locked(house):
        essay.write()
        await house.until_log("is locked")
    title = essay.titles[-1]

    async def renamed() -> bool:
        return [one.name for one in await house.sandbox.threads_in(house.channel)] == [title]

    await house.sandbox.until(renamed)


@pytest.mark.parametrize(
    ("database", "sentence"),
    [("/proc/afterword.db", "cannot be opened for writing"), ("posts/maps.md", "not a database")],
)
async def test_a_database_that_cannot_be_used_is_said_in_one_sentence(
    house: House, database: str, sentence: str
) -> None:
    house.settings["database"] = str(house.folder / database)
    pid = house.zygote.start_bot(folder=str(house.folder), settings=house.settings)
    await house.sandbox.until(lambda: house.zygote.status(pid) is not None)
    assert sentence in house.log()
    assert "Traceback" not in house.log()


async def test_the_command_itself_ends_with_one_sentence(house: House) -> None:
    names = {"token": "DISCORD_TOKEN"}
    environment = {
        names.get(name, f"AFTERWORD_{name.upper()}"): value
        for name, value in house.settings.items()
    } | {"AFTERWORD_DATABASE": "/proc/afterword.db"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"Traceback" not in said
    assert b"cannot be opened for writing" in said
