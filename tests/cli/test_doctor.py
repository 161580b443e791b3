"""`doctor` against a small Discord in another process, in health and in sickness."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cli.diagnosis.discord_access import check_discord
from bot.sandbox import Sandbox
from bot.sandbox.state.state import MESSAGE_CONTENT
from bot.sandbox.world import World, default_world
from bot.settings import Settings
from bot.store import key_values
from bot.store.file.database import open_database
from tests.cli.conftest import AFTERWORD, Type, essay, write

NOBODY = "ws://127.0.0.1:9/"
Examine = Callable[..., Awaitable[dict[tuple[str, str], str]]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with Sandbox(watch=False) as sandbox:
        yield sandbox
        assert sandbox.unknown == []
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return default_world(sandbox.state)


@pytest.fixture
def examine(sandbox: Sandbox, clean: Path) -> Examine:
    """Look at Discord as the doctor does; what was found, by what it is about and how it is."""

    async def look(seconds: float = 10, **given: object) -> dict[tuple[str, str], str]:
        where = {"token": sandbox.token, "api": sandbox.api, "gateway": sandbox.gateway}
        settings = Settings.model_validate({"database": clean / "afterword.db"} | where | given)
        found = await check_discord(settings, seconds=seconds)
        assert sandbox.token not in repr(found)
        return {(one.about, one.state): one.text for one in found}

    return look


def faults(found: dict[tuple[str, str], str]) -> list[str]:
    return [about for about, state in found if state == "fault"]


@pytest.mark.parametrize("wrong_token", [None, "bm9ib2R5.wrong.wrong"])
async def test_the_doctor_says_whether_all_is_well(
    sandbox: Sandbox, world: World, clean: Path, wrong_token: str | None
) -> None:
    write(clean, "content/rain.md", essay("Rain", "2026-01-02", "What do you hear in it?"))
    given = {
        "DISCORD_TOKEN": wrong_token or sandbox.token,
        "AFTERWORD_API": sandbox.api,
        "AFTERWORD_GATEWAY": sandbox.gateway,
        "AFTERWORD_CHANNEL": str(world.essays.id),
    }
    process = await asyncio.create_subprocess_exec(
        AFTERWORD,
        "doctor",
        "--json",
        env=os.environ | given,
        cwd=clean,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    found = [json.loads(line) for line in out.decode().splitlines()]
    assert given["DISCORD_TOKEN"].encode() not in out + err
    assert all(list(finding) == ["about", "state", "text"] for finding in found)
    assert process.returncode == (1 if wrong_token else 0)
    about = {finding["about"]: finding["state"] for finding in found}
    sound = {"token": "ok", "intents": "ok", "servers": "ok", "permissions": "ok"}
    assert about == {
        "content": "ok",
        "database": "note",
        **({"token": "fault"} if wrong_token else sound),
    }


async def test_a_forum_is_as_good_as_a_text_channel(examine: Examine, world: World) -> None:
    found = await examine(channel=world.forum.id)
    assert faults(found) == []
    assert found["permissions", "ok"] == "All that is needed in #essays-forum."


async def test_nothing_is_posted_or_changed(
    examine: Examine, world: World, sandbox: Sandbox, clean: Path
) -> None:
    await examine(channel=world.essays.id)
    assert {request.method for request in sandbox.requests} == {"GET"}
    assert not (clean / "afterword.db").exists()


async def test_no_token_says_where_to_get_one(examine: Examine) -> None:
    found = await examine(token=None)
    assert faults(found) == ["token"]
    assert "Developer Portal" in found["token", "fault"]


async def test_a_wrong_token_is_told_apart_from_none(examine: Examine) -> None:
    found = await examine(token="bm9ib2R5.wrong.wrong")
    assert faults(found) == ["token"]
    assert found["token", "fault"].startswith("Discord refuses the token in DISCORD_TOKEN")


async def test_an_intent_that_is_not_granted(
    examine: Examine, world: World, sandbox: Sandbox
) -> None:
    sandbox.state.application.privileged &= ~MESSAGE_CONTENT
    refused = await examine(channel=world.essays.id)
    without = await examine(channel=world.essays.id, message_content=False)
    assert faults(refused) == ["intents"]
    assert "turn on Message Content Intent" in refused["intents", "fault"]
    assert faults(without) == []
    assert "only answers through buttons" in without["intents", "ok"]


async def test_a_missing_permission_is_named_as_discord_names_it(
    examine: Examine, world: World, sandbox: Sandbox
) -> None:
    denied = discord.Permissions(create_public_threads=True, embed_links=True).value
    await sandbox.allow(world.essays.id, world.guild.id, deny=denied)
    found = await examine(channel=world.essays.id)
    assert faults(found) == ["permissions"]
    assert "#essays of The Reading Room" in found["permissions", "fault"]
    assert "Embed Links, Create Public Threads" in found["permissions", "fault"]


async def test_what_only_locking_needs_is_no_fault(
    examine: Examine, world: World, sandbox: Sandbox
) -> None:
    denied = discord.Permissions(manage_threads=True).value
    await sandbox.allow(world.essays.id, world.guild.id, deny=denied)
    found = await examine(channel=world.essays.id)
    assert faults(found) == []
    assert found["permissions", "note"].startswith("Without Manage Threads in #essays")


async def test_a_channel_that_nobody_has(examine: Examine, world: World) -> None:
    del world
    found = await examine(channel=4242)
    assert faults(found) == ["channel"]
    assert found["channel", "fault"].startswith("4242 is no text or forum channel")


async def test_a_channel_that_was_set_up_in_discord(
    examine: Examine, world: World, database: Path
) -> None:
    del world
    found = await examine(database=database)
    assert found["channel", "fault"].startswith("20 is no text or forum channel")


async def test_no_channel_is_chosen(examine: Examine, world: World) -> None:
    del world
    found = await examine()
    assert faults(found) == ["channel"]
    assert "/setup" in found["channel", "fault"]


async def test_no_server_comes_with_an_invitation(examine: Examine, sandbox: Sandbox) -> None:
    found = await examine()
    assert faults(found) == ["servers"]
    assert f"client_id={sandbox.state.application.id}" in found["servers", "fault"]
    assert "scope=bot+applications.commands" in found["servers", "fault"]


@pytest.mark.parametrize(
    "where", [{"gateway": NOBODY}, {"api": "http://127.0.0.1:9/api/v10", "gateway": NOBODY}]
)
async def test_nobody_listens_at_an_endpoint(examine: Examine, where: dict[str, str]) -> None:
    found = await examine(**where)
    assert faults(found) == ["Discord"]
    assert "cannot be reached (ClientConnectorError)" in found["Discord", "fault"]
    assert "AFTERWORD_API and AFTERWORD_GATEWAY" in found["Discord", "fault"]


async def test_a_gateway_that_says_nothing_is_not_waited_for_for_ever(examine: Examine) -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    found = await examine(seconds=0.5, gateway=f"ws://127.0.0.1:{port}/")
    server.close()
    assert faults(found) == ["Discord"]
    assert "did not answer within 0.5 s" in found["Discord", "fault"]


def test_content_and_database_are_examined_too(type_in: Type, clean: Path) -> None:
    write(clean, "content/broken.md", "---\ntitle: [broken\n---\n")
    write(clean, "afterword.db", "This is no database, but it is long enough to look at.")
    found = {(one["about"], one["state"]): one["text"] for one in type_in("doctor", "--json").lines}
    assert faults(found) == ["content", "database", "token"]
    assert "`afterword check`" in found["content", "fault"]
    assert "not a sound SQLite file" in found["database", "fault"]


def test_folders_that_are_not_there_are_told(
    type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_DATABASE", "nowhere/afterword.db")
    ran = type_in("doctor", "--json")
    found = {(one["about"], one["state"]): one["text"] for one in ran.lines}
    assert ran.status == 1
    assert "There is no folder content." in found["content", "fault"]
    assert "nowhere does not exist: make it" in found["database", "fault"]


def test_the_table_says_the_same(type_in: Type) -> None:
    ran = type_in("doctor")
    assert ran.status == 1
    assert "What was found" in ran.out
    assert "There is no token" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(("ago", "status"), [(0, 0), (2, 0), (4, 1), (-2, 0), (-4, 1), (None, 1)])
def test_a_sign_of_life_is_good_for_three_minutes(
    type_in: Type, clean: Path, ago: int | None, status: int
) -> None:
    db = open_database(clean / "afterword.db")
    if ago is not None:
        then = datetime.now(UTC) - timedelta(minutes=ago)
        key_values.set_value(db, key_values.ALIVE, then.isoformat(timespec="milliseconds"))
        db.conn.commit()
    db.close()
    ran = type_in("doctor", "--alive")
    assert ran.status == status
    assert ("Awake" in ran.out) == (status == 0)


def test_no_database_is_no_sign_of_life(type_in: Type) -> None:
    ran = type_in("doctor", "--alive")
    assert ran.status == 1
    assert "There is no database" in ran.out


def test_a_setting_that_cannot_be_used_is_told_before_all_else(
    type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_API", "http://127.0.0.1:1/api/v10")
    ran = type_in("doctor")
    assert (ran.status, ran.out) == (2, "")
    assert "AFTERWORD_GATEWAY" in ran.err
