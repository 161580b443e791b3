"""Staying up: payloads that break a parser, signals, and a disk or a lock that refuses."""

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

    from tests.crash.house import House


async def test_a_payload_that_breaks_a_parser_costs_nothing_but_a_line_in_the_log(
    house: House,
) -> None:
    thread = await house.start()
    message = await house.ada.say(thread, "Said at first.")
    await house.sandbox.until(lambda: house.kept() == ["Said at first."])
    (session,) = house.sandbox.sockets.sessions.values()
    bad = {"id": str(message.id), "channel_id": str(thread.id)}  # no type, no author
    for _ in range(2):
        session.send("MESSAGE_UPDATE", bad)
    session.send("GUILD_ROLE_UPDATE", {"guild_id": str(house.guild.id)})
    await house.ada.say(thread, "Said while it fell.")
    await house.sandbox.until(lambda: house.kept() == ["Said at first.", "Said while it fell."])
    assert house.log().count(f"Message {message.id} cannot be read") == 1
    assert house.log().count("An event GUILD_ROLE_UPDATE") == 1
    assert "A fault" not in house.log()
    assert house.zygote.status(house.pid) is None


async def test_an_edit_whose_event_cannot_be_read_is_asked_for(house: House) -> None:
    thread = await house.start()
    message = await house.ada.say(thread, "Said at first.")
    await house.sandbox.until(lambda: house.kept() == ["Said at first."])
    await house.sandbox.post("event_fault", kind="delay", times=1, seconds=60)
    await house.ada.edit(message, "Said otherwise.")
    (session,) = house.sandbox.sockets.sessions.values()
    session.send("MESSAGE_UPDATE", {"id": str(message.id), "channel_id": str(thread.id)})
    await house.sandbox.until(lambda: house.kept() == ["Said otherwise."])


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
