"""`run` and `sandbox`, each in a process of its own, as an operator starts them."""

import asyncio
import os
import signal
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox.control.client.remote import Remote
from tests.cli.conftest import AFTERWORD, Start, essay, write

REPLY = "I hear drums in it."


@asynccontextmanager
async def process(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Process]:
    """A command that goes on; it is killed if the test did not end it."""
    running = await asyncio.create_subprocess_exec(
        AFTERWORD, *arguments, env=os.environ | settings, cwd=folder, stdout=PIPE, stderr=PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def printed_settings(sandbox: Process) -> dict[str, str]:
    """What a sandbox prints when it listens: what points a bot at it."""
    assert sandbox.stdout is not None
    lines = [(await sandbox.stdout.readline()).decode().strip() for _ in range(3)]
    return dict(line.split("=", 1) for line in lines)


async def test_the_bot_does_its_job_in_a_sandbox_in_another_process(clean: Path) -> None:
    write(clean, "content/rain.md", essay("Rain", "2026-01-02", "What do you hear in it?"))
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(process(clean, "sandbox", "--port", "0"))
        settings = await printed_settings(sandbox)
        assert list(settings) == ["AFTERWORD_API", "AFTERWORD_GATEWAY", "DISCORD_TOKEN"]
        url = settings["AFTERWORD_API"].partition("/api/")[0]
        remote = await stack.enter_async_context(Remote(url))
        [guild] = await remote.get("guilds")
        channels = await remote.get("channels", guild=guild["id"])
        essays = next(int(one["id"]) for one in channels if one["name"] == "essays")
        settings["AFTERWORD_CHANNEL"] = str(essays)
        bot = await stack.enter_async_context(process(clean, "run", **settings))
        [thread] = await remote.until(lambda: remote.threads_in(essays), timeout=30)
        assert thread.name == "Rain"
        prompt = await remote.until(lambda: _prompt(remote, thread.id), timeout=30)
        ada = (await remote.people(int(guild["id"])))["Ada"]
        await ada.say(thread, REPLY, reply_to=prompt)
        kept = await remote.until(lambda: _responses(clean), timeout=30)
        assert '"question":"What do you hear in it?"' in kept
        assert await _status(clean, "doctor", "--alive") == 0
        bot.send_signal(signal.SIGTERM)
        _, log = await bot.communicate()
        assert bot.returncode == 0
        assert REPLY.encode() not in log
        assert settings["DISCORD_TOKEN"].encode() not in log


async def _prompt(remote: Remote, thread: int) -> int | None:
    messages = await remote.messages_in(thread)
    return next((one.id for one in messages if one.content == "**What do you hear in it?**"), None)


async def _responses(folder: Path) -> str:
    async with process(folder, "responses", "--json") as reading:
        out, _ = await reading.communicate()
    return out.decode()


async def _status(folder: Path, *arguments: str) -> int | None:
    async with process(folder, *arguments) as running:
        await running.communicate()
    return running.returncode


def test_run_refuses_in_a_sentence_what_it_cannot_start_with(start: Start, clean: Path) -> None:
    (clean / "token").write_text("")
    for settings, words in (
        ({}, "There is no token: set DISCORD_TOKEN"),
        ({"DISCORD_TOKEN_FILE": "nowhere"}, "DISCORD_TOKEN_FILE names nowhere, which cannot be"),
        ({"DISCORD_TOKEN_FILE": "token"}, "DISCORD_TOKEN_FILE names token, which is empty"),
    ):
        ran = start("run", **settings)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"afterword: {words}")
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["sandbox", "demo"])
def test_a_port_that_is_taken_is_told(start: Start, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = start(command, "--port", str(port))
    assert ran.status == 2
    assert ran.err == f"afterword: Port {port} is taken: choose another with --port.\n"
