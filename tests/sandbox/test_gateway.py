from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from tests.sandbox.gateway_client import GUILDS, MESSAGES, Wire

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Start


async def test_a_session_starts_with_ready_and_its_guilds(place: Place, wire: Wire) -> None:
    ready = await wire.identify()
    assert ready["t"] == "READY"
    assert ready["d"]["guilds"] == [{"id": str(place.guild.id), "unavailable": True}]
    created = await wire.next()
    assert created["t"] == "GUILD_CREATE"
    assert {each["name"] for each in created["d"]["channels"]} == {"essays", "essays-forum"}
    assert len(created["d"]["members"]) == 1
    await wire.send(1, wire.sequence)
    assert (await wire.next())["op"] == 11


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"intents": -1}, 4013),
        ({"intents": 1 << 40}, 4013),
        ({"intents": 1 << 1}, 4014),
        ({"intents": 1 << 8}, 4014),
    ],
)
async def test_a_wrong_identify_is_closed_with_its_code(
    wire: Wire, change: dict[str, object], code: int
) -> None:
    data = {"token": wire.token, "intents": GUILDS, "properties": {}} | change
    await wire.send(2, data)
    assert await wire.next() == {"op": None, "close": code}


async def test_discord_py_hears_that_the_content_intent_is_not_granted(
    sandbox: Sandbox, start: Start
) -> None:
    await sandbox.post("set_intents", privileged=0)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await start()


@pytest.mark.parametrize(("op", "code"), [(8, 4003), (1, None)])
async def test_before_identify_only_heartbeats_are_taken(
    wire: Wire, op: int, code: int | None
) -> None:
    await wire.send(op, None)
    assert (await wire.next()).get("close") == code


@pytest.mark.parametrize(
    ("text", "code"), [("{", 4002), ("[]", 4002), ('{"d": 1}', 4002), ("x" * 5000, 4002)]
)
async def test_a_frame_that_cannot_be_read_is_closed(wire: Wire, text: str, code: int) -> None:
    await wire.socket.send_str(text)
    assert await wire.next() == {"op": None, "close": code}


async def test_one_identifies_once_and_not_too_much(wire: Wire) -> None:
    await wire.identify()
    await wire.send(2, {"token": wire.token, "intents": GUILDS, "properties": {}})
    assert await wire.next() == {"op": None, "close": 4005}


async def test_too_many_frames_in_a_minute_are_closed(wire: Wire) -> None:
    for _ in range(121):
        await wire.send(1, None)
    answers = [await wire.next() for _ in range(121)]
    assert answers[-1] == {"op": None, "close": 4008}


async def test_shards_are_not_served(sandbox: Sandbox, wire: Wire) -> None:
    await wire.send(2, {"token": wire.token, "intents": GUILDS, "properties": {}, "shard": [0, 2]})
    assert (await wire.next())["d"]["shard"] == [0, 1]
    assert sandbox.unknown == ["gateway shards"]
    sandbox.requests.clear()


async def test_without_the_content_intent_words_are_kept_back_but_not_mentions(
    sandbox: Sandbox, place: Place, wire: Wire
) -> None:
    await wire.identify(GUILDS | MESSAGES)
    bot = sandbox.state.application.user.id
    await place.ada.say(place.channel, "private words")
    assert (await wire.until("MESSAGE_CREATE"))["d"]["content"] == ""
    await place.ada.say(place.channel, f"<@{bot}> for you")
    assert (await wire.until("MESSAGE_CREATE"))["d"]["content"].endswith("for you")


async def test_rest_keeps_words_back_too_when_the_application_has_no_intent(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await sandbox.post("set_intents", privileged=0)
    probe = await start(None, discord.Intents(guilds=True, guild_messages=True))
    await place.ada.say(place.channel, "private words")
    own = await probe.text(place.channel).send("own words")
    history = [each.content async for each in own.channel.history()]
    assert history == ["own words", ""]


async def test_events_need_their_intent(place: Place, wire: Wire) -> None:
    await wire.log_in(GUILDS)
    message = await place.ada.say(place.channel, "not for you")
    await place.ada.start_thread(place.channel, "For you", on=message)
    assert (await wire.next())["t"] == "THREAD_CREATE"


async def test_a_resume_replays_what_was_missed(place: Place, sandbox: Sandbox, wire: Wire) -> None:
    ready = await wire.identify()
    await wire.until("GUILD_CREATE")
    await sandbox.post("gateway", what="drop")
    assert (await wire.next())["op"] is None
    await place.ada.say(place.channel, "meanwhile")
    async with aiohttp.ClientSession() as session:
        address = ready["d"]["resume_gateway_url"]
        async with session.ws_connect(address) as socket:
            again = Wire(socket, wire.token)
            await again.next()
            seen = {"session_id": ready["d"]["session_id"], "seq": wire.sequence}
            await again.send(6, {"token": wire.token, **seen})
            missed = await again.next()
            assert (missed["t"], missed["d"]["content"]) == ("MESSAGE_CREATE", "meanwhile")
            assert missed["s"] == wire.sequence + 1
            assert (await again.next())["t"] == "RESUMED"


@pytest.mark.parametrize("session_id", ["unknown", ""])
async def test_a_session_that_is_gone_cannot_be_resumed(wire: Wire, session_id: str) -> None:
    await wire.send(6, {"token": wire.token, "session_id": session_id, "seq": 3})
    invalid = await wire.next()
    assert (invalid["op"], invalid["d"]) == (9, False)


async def test_a_session_that_was_closed_well_is_over(sandbox: Sandbox, wire: Wire) -> None:
    await wire.identify()
    await wire.socket.close(code=1000)
    await sandbox.until(lambda: not sandbox.sockets.sessions)


@pytest.mark.parametrize(
    ("what", "resumable"), [("drop", True), ("reconnect", True), ("invalidate", True)]
)
async def test_discord_py_resumes_and_misses_nothing(
    sandbox: Sandbox, place: Place, start: Start, what: str, *, resumable: bool
) -> None:
    probe = await start()
    await sandbox.post("gateway", what=what, resumable=resumable)
    for number in range(20):
        await place.ada.say(place.channel, str(number))
    await sandbox.until(lambda: probe.events("resumed") and len(probe.events("message")) == 20)
    assert [each.content for each in probe.events("message")] == [str(n) for n in range(20)]
    assert len(probe.events("ready")) == 1


async def test_discord_py_starts_anew_after_an_invalid_session(
    sandbox: Sandbox, place: Place, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = await start()

    async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
        """discord.py waits five seconds before it identifies again."""

    monkeypatch.setattr(probe, "before_identify_hook", at_once)
    await sandbox.post("gateway", what="invalidate")
    await sandbox.until(lambda: len(probe.events("ready")) == 2, 20)
    await place.ada.say(place.channel, "after")
    await sandbox.until(lambda: probe.events("message"))


async def test_events_can_come_twice_and_out_of_order(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.post("event_fault", kind="duplicate", times=2, copies=2)
    for number in range(2):
        await place.ada.say(place.channel, str(number))
    await sandbox.until(lambda: len(probe.events("message")) == 6)
    await sandbox.post("event_fault", kind="shuffle", times=8)
    for number in range(8):
        await place.ada.say(place.channel, str(number))
    await sandbox.until(lambda: len(probe.events("message")) == 14)
    shuffled = [each.content for each in probe.events("message")[6:]]
    assert shuffled != sorted(shuffled)
    assert sorted(shuffled) == [str(number) for number in range(8)]
    assert sandbox.faults.happened == {"duplicate": 2, "shuffle": 8}


async def test_held_events_go_out_although_too_few_came(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.post("event_fault", kind="shuffle", times=50)
    await place.ada.say(place.channel, "alone")
    await sandbox.until(lambda: probe.events("message"))


async def test_a_delayed_event_comes_after_later_ones(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.post("event_fault", kind="delay", seconds=0.2)
    await place.ada.say(place.channel, "first")
    await place.ada.say(place.channel, "second")
    await sandbox.until(lambda: len(probe.events("message")) == 2)
    assert [each.content for each in probe.events("message")] == ["second", "first"]


async def test_two_clients_each_get_every_event(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    first, second = await asyncio.gather(start(), start())
    await place.ada.say(place.channel, "for both")
    await sandbox.until(lambda: first.events("message") and second.events("message"))
