"""Two bots on one database: one owns it, the other is refused or stands by."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox import Sandbox
from bot.store.file.owner import lock_path
from tests.journeys.stage import KEEPS
from tests.journeys.test_run_command import afterword, end, kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import Channel, Guild, Person

ESSAYS = 5
PATIENCE = 30.0


@dataclass
class Place:
    """A sandbox in this process, a forum, and five essays that are due."""

    sandbox: Sandbox
    guild: Guild
    forum: Channel
    ada: Person
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "afterword.db"

    def afterword(self, *words: str) -> Any:
        """Run a command on the one database."""
        settings = {
            "AFTERWORD_API": self.sandbox.api,
            "AFTERWORD_GATEWAY": self.sandbox.gateway,
            "DISCORD_TOKEN": self.sandbox.token,
            "AFTERWORD_CONTENT": str(self.folder / "posts"),
            "AFTERWORD_DATABASE": str(self.database),
            "AFTERWORD_CHANNEL": str(self.forum.id),
            "AFTERWORD_FIRST_RUN": str(ESSAYS),
            "AFTERWORD_BODY": "card",
        }
        return afterword(*words, cwd=str(self.folder), **settings)

    async def until_threads(self, count: int = ESSAYS) -> None:
        async def are_there() -> bool:
            return len(await self.sandbox.threads_in(self.forum)) >= count

        await self.sandbox.until(are_there, PATIENCE)

    async def until_settled(self) -> None:
        """Wait until the owner has done everything: a process may be stopped in a transaction."""
        query = "select count(*) from publications where settled <> ''"
        await self.sandbox.until(lambda: self.rows(query) == [(ESSAYS,)], PATIENCE)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return db.execute(query).fetchall()

    async def until_owned_by(self, process: asyncio.subprocess.Process) -> None:
        """Wait until a process owns the database, which it says in the lock file."""
        lock = lock_path(self.database)

        def says_so() -> bool:
            return lock.exists() and str(process.pid) in lock.read_text(encoding="utf-8")

        await self.sandbox.until(says_so, PATIENCE)

    async def until_connected(self, count: int) -> None:
        await self.sandbox.until(lambda: len(self.sandbox.sockets.connections) == count, PATIENCE)

    async def names(self) -> list[str]:
        return sorted(each.name for each in await self.sandbox.threads_in(self.forum))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    posts = tmp_path / "posts"
    posts.mkdir()
    for number in range(ESSAYS):
        text = f"---\ntitle: Essay {number}\ndate: 2026-03-0{number + 1}\n---\n\nText.\n\n{KEEPS}\n"
        (posts / f"essay-{number}.md").write_text(text, encoding="utf-8")
    async with Sandbox() as sandbox:
        guild = await sandbox.guild()
        forum = await sandbox.forum(guild, "essays")
        ada = await sandbox.member(guild, "Ada")
        yield Place(sandbox, guild, forum, ada, tmp_path)
        assert sandbox.unknown == []


FIVE = [f"Essay {number}" for number in range(ESSAYS)]


@asynccontextmanager
async def ended(process: asyncio.subprocess.Process) -> AsyncIterator[list[str]]:
    """Gather what a process says that ends by itself."""
    said: list[str] = []
    yield said
    async with asyncio.timeout(PATIENCE):
        _, errors = await process.communicate()
    said.append(errors.decode())


async def test_two_that_are_started_together_start_each_essay_once(place: Place) -> None:
    async with place.afterword("run") as one, place.afterword("run") as other:
        both = {asyncio.create_task(each.wait()): each for each in (one, other)}
        done, _ = await asyncio.wait(both, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        (refused,) = (both[each] for each in done)
        (owner,) = {one, other} - {refused}
        _, errors = await refused.communicate()
        assert refused.returncode == 2
        assert f"in use by another Afterword (process {owner.pid} on " in errors.decode()
        await place.until_threads()
        assert (await end(owner, signal.SIGTERM))[0] == 0
    assert await place.names() == FIVE


async def test_a_standby_takes_over_from_an_owner_that_is_killed_at_work(place: Place) -> None:
    async with place.afterword("run") as owner:
        await place.until_owned_by(owner)
        async with place.afterword("run", "--standby") as standby:
            await place.until_threads(2)
            await place.until_connected(1)
            owner.kill()
            await place.until_threads()
            thread = (await place.sandbox.threads_in(place.forum))[0]
            await place.ada.say(thread, "Still here?")
            await place.sandbox.until(lambda: "Still here?" in kept(place.database), PATIENCE)
            status, errors = await end(standby, signal.SIGTERM)
    assert status == 0, errors
    assert await place.names() == FIVE


async def test_a_standby_waits_for_an_owner_that_is_merely_stopped(place: Place) -> None:
    async with place.afterword("run") as owner:
        await place.until_threads()
        await place.until_settled()
        os.kill(owner.pid, signal.SIGSTOP)
        async with place.afterword("run", "--standby") as standby:
            assert standby.stderr is not None
            async with asyncio.timeout(PATIENCE):
                line = (await standby.stderr.readline()).decode()
            assert f"process {owner.pid} on" in line
            await asyncio.sleep(1.5)
            assert len(place.sandbox.sockets.sessions) == 1
            os.kill(owner.pid, signal.SIGCONT)
            thread = (await place.sandbox.threads_in(place.forum))[0]
            await place.ada.say(thread, "Good morning.")
            await place.sandbox.until(lambda: "Good morning." in kept(place.database), PATIENCE)
            status, errors = await end(standby, signal.SIGTERM)
            assert status == 0, errors
        assert (await end(owner, signal.SIGTERM))[0] == 0
    assert await place.names() == FIVE


async def test_an_owner_that_was_stopped_and_replaced_sends_and_writes_nothing_more(
    place: Place,
) -> None:
    async with place.afterword("run") as owner:
        await place.until_threads()
        await place.until_settled()
        os.kill(owner.pid, signal.SIGSTOP)
        lock_path(place.database).unlink()
        async with place.afterword("run") as newer:
            await place.until_connected(2)
            thread = (await place.sandbox.threads_in(place.forum))[0]
            await place.ada.say(thread, "Whose is this?")
            await place.sandbox.until(lambda: "Whose is this?" in kept(place.database), PATIENCE)
            place.sandbox.requests.clear()
            os.kill(owner.pid, signal.SIGCONT)
            async with ended(owner) as said:
                await place.ada.say(thread, "And this?")
            assert owner.returncode == 2
            assert "Nothing more is written or sent" in said[0]
            assert "Traceback" not in said[0]
            await place.sandbox.until(lambda: "And this?" in kept(place.database), PATIENCE)
            changes = [each for each in place.sandbox.requests if each.method != "GET"]
            assert changes == []
            assert (await end(newer, signal.SIGTERM))[0] == 0
    assert await place.names() == FIVE


async def test_reading_goes_on_beside_an_owner_and_the_doctor_names_it(place: Place) -> None:
    async with place.afterword("run") as owner:
        await place.until_threads()
        for command in (("responses", "--json"), ("doctor", "--json")):
            async with place.afterword(*command) as process:
                out, errors = await process.communicate()
            assert process.returncode == 0, errors
        assert f"owned by process {owner.pid} on " in out.decode()
        assert (await end(owner, signal.SIGTERM))[0] == 0


async def test_a_standby_that_is_told_to_stop_ends_well(place: Place) -> None:
    async with place.afterword("run") as owner:
        await place.until_connected(1)
        async with place.afterword("run", "--standby") as standby:
            assert standby.stderr is not None
            async with asyncio.timeout(PATIENCE):
                await standby.stderr.readline()
            assert (await end(standby, signal.SIGTERM))[0] == 0
        assert (await end(owner, signal.SIGTERM))[0] == 0
