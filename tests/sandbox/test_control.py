from __future__ import annotations

import asyncio
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox import ControlError, Remote, Sandbox, default_world, serve
from bot.sandbox.control import ENDPOINTS
from bot.sandbox.state.clock import created_at
from bot.sandbox.state.permissions import Permission
from bot.sandbox.state.state import State

if TYPE_CHECKING:
    from tests.sandbox.probe_bot import Place
    from tests.sandbox.rest_client import Raw

JSON_TYPE = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "rebound.example"}, 403),
        ({"Host": "127.0.0.1.example"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 403),
    ],
)
async def test_the_control_api_takes_this_machine_s_own_requests_only(
    sandbox: Sandbox, headers: dict[str, str], status: int, session: aiohttp.ClientSession
) -> None:
    address = f"{sandbox.url}/control/create_guild"
    async with session.post(address, data=b'{"name": "g"}', headers=JSON_TYPE | headers) as reply:
        assert reply.status == status
    assert len(sandbox.state.guilds) == (1 if status == 200 else 0)


async def test_another_site_cannot_open_the_live_stream(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{sandbox.url}/control/events", origin="https://example.org")


@pytest.mark.parametrize(
    ("method", "endpoint", "body", "status"),
    [
        ("POST", "nonsense", b"{}", 404),
        ("GET", "say", None, 404),
        ("POST", "say", b"[]", 400),
        ("POST", "say", b"{", 400),
        ("POST", "say", b"{}", 400),
        ("POST", "say", b'{"channel": "1"}', 404),
        ("POST", "advance", b'{"seconds": "soon"}', 400),
        ("POST", "advance", b'{"seconds": -1}', 400),
        ("POST", "set_limits", b'{"patience": 1}', 400),
        ("POST", "gateway", b'{"what": "explode"}', 400),
        ("POST", "event_fault", b'{"kind": "explode"}', 400),
        ("POST", "create_channel", b'{"guild": "1", "name": "x"}', 404),
    ],
)
async def test_a_bad_control_request_is_answered_with_a_sentence(
    sandbox: Sandbox,
    method: str,
    endpoint: str,
    body: bytes | None,
    status: int,
    session: aiohttp.ClientSession,
) -> None:
    address = f"{sandbox.url}/control/{endpoint}"
    async with session.request(method, address, data=body, headers=JSON_TYPE) as reply:
        assert reply.status == status
        assert (await reply.json())["message"]


def test_every_endpoint_says_what_it_takes() -> None:
    assert len(ENDPOINTS) > 50
    assert [name for name, each in ENDPOINTS.items() if not each.run.__doc__] == []


async def test_a_stream_shows_a_member_what_they_may_see(
    sandbox: Sandbox, place: Place, session: aiohttp.ClientSession
) -> None:
    await sandbox.allow(place.forum, place.ada, deny=Permission.VIEW_CHANNEL)
    address = f"{sandbox.url}/control/events?as={place.ada.id}"
    async with session.ws_connect(address) as stream:
        assert (await stream.receive_json())["type"] == "HELLO"
        await place.mo.start_post(place.forum, "Hidden", "from Ada")
        message = await place.mo.say(place.channel, "For all")
        shown = await stream.receive_json()
        assert (shown["type"], shown["data"]["content"]) == ("MESSAGE_CREATE", "For all")
        await place.mo.delete(message)
        assert (await stream.receive_json())["type"] == "MESSAGE_DELETE"


async def test_a_stream_needs_a_member_who_is_there(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{sandbox.url}/control/events?as=1") as reply:
        assert reply.status == 404


async def test_what_a_person_holds_changes_in_place(sandbox: Sandbox, place: Place) -> None:
    message = await place.ada.say(place.channel, "Frist")
    [seen] = await place.mo.messages(place.channel)
    assert seen is message
    await sandbox.post(
        "edit", channel=place.channel.id, message=message.id, content="First",
        **{"as": str(place.ada.id)},
    )  # fmt: skip
    await sandbox.until(lambda: message.content == "First")


async def test_waiting_ends_with_a_sentence(sandbox: Sandbox) -> None:
    with pytest.raises(TimeoutError, match=r"within 0\.05 seconds"):
        await sandbox.until(lambda: False, 0.05)


async def test_what_until_waits_for_is_returned(sandbox: Sandbox, place: Place) -> None:
    waiting = asyncio.create_task(sandbox.until(lambda: sandbox.messages_in(place.channel)))
    await place.ada.say(place.channel, "Here")
    assert [each.content for each in await waiting] == ["Here"]


async def test_people_come_change_and_go(sandbox: Sandbox, place: Place) -> None:
    await place.ada.set_nick("Countess")
    people = await sandbox.people(place.guild)
    assert set(people) == {"Owner", "Countess", "Mo"}
    assert place.ada.name == "Countess"
    await place.ada.leave()
    assert "Countess" not in await sandbox.people(place.guild)
    with pytest.raises(ControlError) as away:
        await place.ada.say(place.channel, "Still here?")
    assert away.value.code == 10007


async def test_channels_are_made_changed_and_deleted(sandbox: Sandbox, place: Place) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    await sandbox.post("delete_channel", channel=place.channel.id)
    for gone in (place.channel.id, thread.id):
        with pytest.raises(ControlError) as missing:
            await sandbox.get("channel", channel=gone)
        assert missing.value.code == 10003
    assert [each.name for each in await place.ada.channels()] == ["essays-forum"]


async def test_the_default_world_has_its_people_and_rights() -> None:
    state = State()
    world = default_world(state)
    assert set(world.people) == {"Ada", "Bora", "Chen", "Mo", "Iris"}
    locales = {name: member.user.locale for name, member in world.people.items()}
    assert (locales["Ada"], locales["Bora"], locales["Chen"]) == ("en-GB", "tr", "zh-CN")
    assert state.sees(state.bot_in(world.guild), world.forum)
    assert [tag.name for tag in world.forum.tags.values()] != []


async def test_a_sandbox_serves_until_it_is_stopped() -> None:
    listening: asyncio.Future[Sandbox] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(serve(token="known", ready=listening.set_result))
    served = await asyncio.wait_for(listening, 30)
    assert served.token == "known"
    async with Remote(served.url) as remote:
        [guild] = await remote.get("guilds")
        people = await remote.people(int(guild["id"]))
        [essays, _] = await people["Ada"].channels()
        message = await people["Ada"].say(essays, "Hello from another client")
        assert message.author_id == people["Ada"].id
        bot = await remote.get("bot")
        assert (bot["connected"], bot["name"]) == (0, "Afterword")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_state_outlives_its_server() -> None:
    async with Sandbox() as before:
        guild = await before.guild()
        channel = await before.channel(guild, "essays")
        ada = await before.member(guild, "Ada")
        await ada.say(channel, "Still there")
        port = before.port
    async with Sandbox(port, state=before.state) as after:
        assert [each.content for each in await after.messages_in(channel)] == ["Still there"]
        assert after.token == before.token


async def test_importing_the_sandbox_brings_nothing_else_of_the_bot() -> None:
    code = (
        "import sys, bot.sandbox;"
        "print([m for m in sys.modules if m.startswith('bot.') and 'sandbox' not in m],"
        " 'discord' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.decode().strip() == "[] False"


async def test_requests_are_kept_with_their_route_and_without_their_words(
    sandbox: Sandbox, place: Place, raw: Raw
) -> None:
    path = f"/channels/{place.channel.id}/messages"
    await raw("POST", path, {"content": "secret words"})
    shown: dict[str, Any] = await sandbox.get("requests")
    [last] = shown["last"]
    assert (last["method"], last["path"], last["status"]) == ("POST", path, 200)
    assert shown["counts"] == {"POST /channels/{channel_id}/messages": 1}
    assert "secret" not in str(shown)
    [kept] = sandbox.requests.of("POST", "/channels/{channel_id}/messages")
    assert kept.body == {"content": "secret words"}


async def test_many_messages_and_threads_are_made_at_once(sandbox: Sandbox, place: Place) -> None:
    texts = [str(number) for number in range(10_000)]
    ids = await place.ada.say_all(place.channel, texts)
    assert ids == sorted(set(ids))
    assert [each.content for each in await sandbox.messages_in(place.channel, 2)] == texts[-2:]
    names = [f"Post {number}" for number in range(200)]
    posts = await place.ada.start_all(place.forum, names)
    threads = await place.ada.start_all(place.channel, names)
    assert len(await place.ada.threads(place.forum)) == 200
    assert {each.id for each in await place.ada.threads(place.channel)} == set(threads)
    assert [each.content for each in await sandbox.messages_in(posts[7])] == ["Post 7"]


async def test_messages_can_lie_apart_in_time(sandbox: Sandbox, place: Place) -> None:
    idle = await place.ada.start_thread(place.channel, "Idle")
    ids = await place.ada.say_all(place.channel, ["a", "b", "c"], every=86_400)
    days = [created_at(each) for each in ids]
    assert [(later - first).days for first, later in pairwise(days)] == [1, 1]
    await sandbox.advance(2 * 86_400)
    assert sandbox.state.thread(idle.id).archived
