"""Payloads that break a parser, signals, and a disk or a lock that refuses: the bot stays up."""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.crash.essay import Essay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.harness import Harness


async def test_a_payload_that_breaks_a_parser_costs_nothing_but_a_line_in_the_log(
    harness: Harness,
) -> None:
    thread = await harness.start()
    message = await harness.ada.say(thread, "Said at first.")
    await harness.until_kept("Said at first.")
    (session,) = harness.sandbox.sockets.sessions.values()
    bad = {"id": str(message.id), "channel_id": str(thread.id)}  # no type, no author
    for _ in range(2):
        session.send("MESSAGE_UPDATE", bad)
    session.send("GUILD_ROLE_UPDATE", {"guild_id": str(harness.guild.id)})
    await harness.ada.say(thread, "Said while it fell.")
    await harness.until_kept("Said at first.", "Said while it fell.")
    assert harness.log().count(f"Message {message.id} cannot be read") == 1
    assert harness.log().count("An event GUILD_ROLE_UPDATE") == 1
    assert "A fault" not in harness.log()
    assert harness.fork_server.status(harness.pid) is None


async def test_an_edit_whose_event_cannot_be_read_is_asked_for(harness: Harness) -> None:
    thread = await harness.start()
    message = await harness.ada.say(thread, "Said at first.")
    await harness.until_kept("Said at first.")
    await harness.sandbox.post("event_fault", kind="delay", times=1, seconds=60)
    await harness.ada.edit(message, "Said otherwise.")
    (session,) = harness.sandbox.sockets.sessions.values()
    session.send("MESSAGE_UPDATE", {"id": str(message.id), "channel_id": str(thread.id)})
    await harness.until_kept("Said otherwise.")


async def test_sigterm_ends_the_bot_well_with_all_that_it_had_heard(harness: Harness) -> None:
    thread = await harness.start()
    texts = [f"Text {number:02}" for number in range(40)]
    for text in texts:
        await harness.ada.say(thread, text)
    assert await harness.end(signal.SIGTERM) == 0
    assert "Traceback" not in harness.log()
    assert not harness.sandbox.sockets.connections
    await harness.start()
    await harness.until_kept(*texts)


@contextmanager
def full_disk(harness: Harness) -> Iterator[None]:
    """Let no file of the bot grow, as on a full disk."""
    unlimited = resource.prlimit(harness.pid, resource.RLIMIT_FSIZE)
    log = (harness.folder / "bot.log").stat().st_size
    grown = max(each.stat().st_size for each in harness.folder.glob("afterword.db*"))
    assert grown > 4 * log  # the log still has room to say so
    resource.prlimit(harness.pid, resource.RLIMIT_FSIZE, (grown, unlimited[1]))
    yield
    resource.prlimit(harness.pid, resource.RLIMIT_FSIZE, unlimited)


@contextmanager
def locked(harness: Harness) -> Iterator[None]:
    """Let another program keep the database to itself."""
    with closing(sqlite3.connect(harness.database, isolation_level=None)) as db:
        db.execute("begin immediate")
        yield
        db.execute("rollback")


@pytest.mark.parametrize("refuse", [full_disk, locked])
async def test_what_the_disk_refuses_is_said_and_kept_when_it_can_be(
    harness: Harness, refuse: Any
) -> None:
    thread = await harness.start()
    texts = [f"{number:03} " + "words " * 300 for number in range(60)]
    with refuse(harness):
        for text in texts:
            await harness.ada.say(thread, text)
        await harness.until_log("Responses cannot be written")
    await harness.until_kept(*(text.strip() for text in texts))
    assert harness.fork_server.status(harness.pid) is None


async def test_sigterm_ends_a_bot_that_cannot_write_and_its_next_life_reads_it_all(
    harness: Harness,
) -> None:
    thread = await harness.start()
    with locked(harness):
        await harness.ada.say(thread, "Said to a locked database.")
        await harness.until_log("Responses cannot be written")
        assert await harness.end(signal.SIGTERM) == 0
    assert harness.kept() == []
    await harness.start()
    await harness.until_kept("Said to a locked database.")


async def test_a_change_of_the_content_survives_a_locked_database(harness: Harness) -> None:
    await harness.start()
    essay = Essay(harness.folder / "posts")
    essay.revise("retitle")
    with locked(harness):
        essay.write()
        await harness.until_log("is locked")
    title = essay.titles[-1]

    async def renamed() -> bool:
        return [one.name for one in await harness.sandbox.threads_in(harness.channel)] == [title]

    await harness.sandbox.until(renamed)


@pytest.mark.parametrize(
    ("database", "sentence"),
    [("/proc/afterword.db", "cannot be opened for writing"), ("posts/maps.md", "not a database")],
)
async def test_a_database_that_cannot_be_used_is_said_in_one_sentence(
    harness: Harness, database: str, sentence: str
) -> None:
    harness.settings["database"] = str(harness.folder / database)
    pid = harness.fork_server.start_bot(folder=str(harness.folder), settings=harness.settings)
    await harness.sandbox.until(lambda: harness.fork_server.status(pid) is not None)
    assert sentence in harness.log()
    assert "Traceback" not in harness.log()


async def test_the_command_itself_ends_with_one_sentence(harness: Harness) -> None:
    names = {"token": "DISCORD_TOKEN"}
    environment = {
        names.get(name, f"AFTERWORD_{name.upper()}"): value
        for name, value in harness.settings.items()
    } | {"AFTERWORD_DATABASE": "/proc/afterword.db"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"Traceback" not in said
    assert b"cannot be opened for writing" in said
