from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.sandbox import ControlError
from bot.sandbox.state.errors import TEXTS

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw

MESSAGES = "/channels/[0-9]+/messages$"


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    real = asyncio.sleep

    async def sleep(seconds: float, result: object = None) -> object:
        """discord.py waits 1, 3, 5 ... seconds before it tries again."""
        return await real(seconds / 100, result)

    monkeypatch.setattr(asyncio, "sleep", sleep)


async def test_a_dropped_answer_leaves_one_message_behind(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("drop_after_commit", method="POST", path=MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await probe.text(place.channel).send("One", nonce="aw:1")
    assert len(await sandbox.messages_in(place.channel)) == 1
    again = await probe.text(place.channel).send("One", nonce="aw:1")
    assert [each.id for each in await sandbox.messages_in(place.channel)] == [again.id]
    assert [each.status for each in sandbox.requests][-2:] == [0, 200]


async def test_an_error_after_the_fact_doubles_a_forum_post_but_no_message(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("error_after_commit", method="POST", times=2)
    await probe.text(place.channel).send("One")
    assert len(await sandbox.messages_in(place.channel)) == 1
    await sandbox.fault("error_after_commit", method="POST")
    await probe.forum(place.forum).create_thread(name="Night", content="The essay")
    assert len(await sandbox.threads_in(place.forum)) == 2


async def test_an_error_before_the_fact_changes_nothing(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("error_before_commit", path=MESSAGES, status=503)
    with pytest.raises(discord.DiscordServerError):
        await probe.text(place.channel).send("One")
    assert await sandbox.messages_in(place.channel) == []


async def test_discord_py_waits_out_a_rate_limit(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("rate_limit", path=MESSAGES, seconds=0.01)
    await probe.text(place.channel).send("One")
    sent = sandbox.requests.of("POST", "/channels/{channel_id}/messages")
    assert [each.status for each in sent] == [429, 200]


async def test_a_bucket_that_is_empty_is_announced_and_enforced(
    sandbox: Sandbox, place: Place
) -> None:
    sandbox.state.limits.bucket = 2
    sandbox.state.limits.bucket_seconds = 60
    address = f"{sandbox.api}/channels/{place.channel.id}"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        left = []
        for _ in range(2):
            async with session.get(address) as reply:
                left.append(reply.headers["X-RateLimit-Remaining"])
        async with session.get(address) as reply:
            body = await reply.json()
            assert (reply.status, reply.headers["Via"]) == (429, "1.1 sandbox")
            assert reply.headers["X-RateLimit-Scope"] == "user"
    assert left == ["1", "0"]
    assert 0 < body["retry_after"] <= 60
    assert body["global"] is False


async def test_the_global_limit_says_so(sandbox: Sandbox, place: Place, raw: Raw) -> None:
    sandbox.state.limits.everything = 0
    assert (await raw("GET", f"/channels/{place.channel.id}")).body["global"] is True


async def test_silence_and_slowness_keep_the_caller_waiting(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("slow", path=MESSAGES, seconds=5)
    await probe.text(place.channel).send("Late")
    await sandbox.fault("silence", path=MESSAGES)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await probe.text(place.channel).send("Never")
    assert [each.content for each in await sandbox.messages_in(place.channel)] == ["Late"]
    assert sandbox.faults.happened == {"slow": 1, "silence": 1}


async def test_faults_that_wait_can_be_forgotten(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("error_before_commit", times=99)
    await sandbox.post("clear_faults")
    await probe.text(place.channel).send("One")
    assert await sandbox.get("faults") == {}


async def test_a_fault_has_a_known_kind_and_a_pattern_that_can_be_read(sandbox: Sandbox) -> None:
    with pytest.raises(ControlError, match="A fault's kind is one of"):
        await sandbox.fault("explode")
    with pytest.raises(ControlError, match="regular expression"):
        await sandbox.fault("slow", path="(")


async def test_a_late_request_is_answered_late_to_who_waits(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("late", path=MESSAGES, seconds=10)
    sending = asyncio.create_task(probe.text(place.channel).send("Late"))
    await sandbox.until(lambda: sandbox.faults.happened["late"])
    assert await sandbox.messages_in(place.channel) == []
    sent = await sending
    assert [each.id for each in await sandbox.messages_in(place.channel)] == [sent.id]


async def test_a_late_request_counts_although_its_client_has_gone(
    sandbox: Sandbox, place: Place
) -> None:
    await sandbox.fault("late", path=MESSAGES, seconds=30)
    headers = {"Authorization": f"Bot {sandbox.token}"}
    path = f"{sandbox.api}/channels/{place.channel.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as session:
        sending = asyncio.create_task(session.post(path, json={"content": "Late"}))
        await sandbox.until(lambda: sandbox.faults.happened["late"])
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
    assert await sandbox.messages_in(place.channel) == []
    await sandbox.clear_faults()
    await sandbox.until(lambda: sandbox.messages_in(place.channel))


async def test_a_connection_can_break_long_before_its_request_counts(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("dropped_and_late", path=MESSAGES, seconds=30)
    with pytest.raises(aiohttp.ClientError):
        await probe.text(place.channel).send("Late")
    assert await sandbox.messages_in(place.channel) == []
    await sandbox.clear_faults()
    await sandbox.until(lambda: sandbox.messages_in(place.channel))
    assert [each.content for each in await sandbox.messages_in(place.channel)] == ["Late"]


async def test_a_late_request_can_come_too_late(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("dropped_and_late", path=MESSAGES, seconds=1)
    with pytest.raises(aiohttp.ClientError):
        await probe.text(place.channel).send("Late")
    await sandbox.delete_channel(place.channel)
    await sandbox.until(lambda: not sandbox._rest._late)
    assert sandbox.unknown == []


async def test_a_connection_can_break_before_anything_counts(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    await sandbox.fault("drop_before_commit", path=MESSAGES)
    with pytest.raises(aiohttp.ClientError):
        await probe.text(place.channel).send("Never")
    assert await sandbox.messages_in(place.channel) == []


REFUSED = [(code, status) for code, (status, _) in TEXTS.items() if status != 429]


@pytest.mark.parametrize(("code", "status"), REFUSED)
async def test_any_request_can_be_refused_with_any_code_before_it_counts(
    sandbox: Sandbox, place: Place, raw: Raw, code: int, status: int
) -> None:
    await sandbox.refuse(code, method="POST", path=MESSAGES)
    path = f"/channels/{place.channel.id}/messages"
    refused = await raw("POST", path, {"content": "x"})
    assert refused.refused == (status, code)
    assert refused.body["message"] == TEXTS[code][1]
    assert await sandbox.messages_in(place.channel) == []
    assert (await raw("POST", path, {"content": "x"})).status == 200


async def test_a_refusal_can_name_the_field(sandbox: Sandbox, place: Place, raw: Raw) -> None:
    await sandbox.refuse(50035, method="POST", path="/threads$", field="name")
    body = {"name": "A name that Discord does not like", "type": 11}
    refused = await raw("POST", f"/channels/{place.channel.id}/threads", body)
    assert refused.refused == (400, 50035)
    assert refused.body["errors"]["name"]["_errors"][0]["code"]
    assert await sandbox.threads_in(place.channel) == []


@pytest.mark.parametrize("code", [20028, 30046])
async def test_discord_py_comes_again_after_a_refusal_that_says_when(
    sandbox: Sandbox, place: Place, start: Start, code: int
) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("One")
    await sandbox.refuse(code, method="PATCH", seconds=2)
    await message.edit(content="Two")
    edits = sandbox.requests.of("PATCH", "/channels/{channel_id}/messages/{message_id}")
    assert [each.status for each in edits] == [429, 200]


async def test_a_refusal_needs_a_code_that_discord_has(sandbox: Sandbox) -> None:
    with pytest.raises(ControlError, match="no text for the code 4242"):
        await sandbox.refuse(4242)
    with pytest.raises(ControlError, match="no text for the code 0"):
        await sandbox.fault("refuse")
