"""Answers that are not so, drawn by a seed and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox import Channel, Sandbox
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw

MANY = 12


@pytest.fixture
async def talk(place: Place) -> Channel:
    thread = await place.ada.start_thread(place.channel, "Talk")
    for number in range(MANY):
        await place.ada.say(thread, str(number))
    return thread


async def page(raw: Raw, channel: Channel, query: str = "limit=100") -> list[str]:
    reply = await raw("GET", f"/channels/{channel.id}/messages?{query}")
    assert reply.status == 200
    return [each["content"] for each in reply.body]


TRUE = [str(number) for number in reversed(range(MANY))]


async def test_a_page_of_history_can_be_empty_for_a_while(
    sandbox: Sandbox, talk: Channel, raw: Raw
) -> None:
    await sandbox.answer_wrongly("empty", times=2, skip=1)
    pages = [await page(raw, talk) for _ in range(4)]
    assert pages == [TRUE, [], [], TRUE]
    assert await sandbox.happened() == {"empty_history": 2}


async def test_a_page_can_be_cut_or_have_holes_and_keeps_its_order(
    sandbox: Sandbox, talk: Channel, raw: Raw
) -> None:
    await sandbox.answer_wrongly("short", seed=1)
    short = await page(raw, talk)
    assert 0 < len(short) < MANY
    assert short == TRUE[: len(short)]
    await sandbox.answer_wrongly("holes", seed=1)
    holes = await page(raw, talk)
    assert 0 < len(holes) < MANY
    assert [each for each in TRUE if each in holes] == holes


async def test_a_page_can_be_in_another_order(sandbox: Sandbox, talk: Channel, raw: Raw) -> None:
    await sandbox.answer_wrongly("reordered", seed=1)
    mixed = await page(raw, talk)
    assert mixed != TRUE
    assert sorted(mixed) == sorted(TRUE)


async def test_the_same_page_can_come_again(sandbox: Sandbox, talk: Channel, raw: Raw) -> None:
    await sandbox.answer_wrongly("repeated", skip=1)
    first = await page(raw, talk, "limit=5")
    newest = await sandbox.messages_in(talk)
    second = await page(raw, talk, f"limit=5&before={newest[-5].id}")
    assert first == second == TRUE[:5]
    assert await page(raw, talk, f"limit=5&before={newest[-5].id}") == TRUE[5:10]


@pytest.mark.parametrize("kind", ["short", "holes", "reordered"])
async def test_a_seed_draws_the_same_again(
    sandbox: Sandbox, talk: Channel, raw: Raw, kind: str
) -> None:
    drawn = []
    for seed in (7, 7, 8, 9):
        await sandbox.answer_wrongly(kind, times=2, seed=seed)
        drawn.append((await page(raw, talk), await page(raw, talk)))
    assert drawn[0] == drawn[1]
    assert len({str(each) for each in drawn}) > 1


async def test_a_wrong_answer_can_be_about_one_channel_only(
    sandbox: Sandbox, place: Place, talk: Channel, raw: Raw
) -> None:
    await place.ada.say(place.channel, "True")
    await sandbox.answer_wrongly("empty", place=talk, times=9)
    assert (await page(raw, place.channel))[0] == "True"
    assert await page(raw, talk) == []
    await sandbox.clear_faults()
    assert await page(raw, talk) == TRUE


REFUSALS = [
    ("no_access", 403, 50001),
    ("unknown_channel", 404, 10003),
    ("unknown_message", 404, 10008),
    ("unknown_guild", 404, 10004),
    ("server_error", 500, 0),
]


@pytest.mark.parametrize("about", ["history", "message", "channel", "archived", "active"])
@pytest.mark.parametrize(("kind", "status", "code"), REFUSALS)
async def test_what_is_there_can_be_refused_with_any_code(
    sandbox: Sandbox,
    place: Place,
    talk: Channel,
    raw: Raw,
    about: str,
    kind: str,
    status: int,
    code: int,
) -> None:
    [first, *_] = await sandbox.messages_in(talk)
    paths = {
        "history": f"/channels/{talk.id}/messages",
        "message": f"/channels/{talk.id}/messages/{first.id}",
        "channel": f"/channels/{talk.id}",
        "archived": f"/channels/{place.channel.id}/threads/archived/public",
        "active": f"/guilds/{place.guild.id}/threads/active",
    }
    await sandbox.answer_wrongly(kind, about)
    others = [path for name, path in paths.items() if name != about]
    for path in others:
        assert (await raw("GET", path)).status == 200
    assert (await raw("GET", paths[about])).refused == (status, code)
    assert (await raw("GET", paths[about])).status == 200
    assert await sandbox.happened() == {f"{kind}_{about}": 1}


@pytest.mark.parametrize("kind", ["empty", "holes"])
@pytest.mark.parametrize("about", ["archived", "active"])
async def test_lists_of_threads_can_be_wrong_too(
    sandbox: Sandbox, place: Place, raw: Raw, about: str, kind: str
) -> None:
    for number in range(4):
        thread = await place.ada.start_thread(place.channel, str(number))
        await raw("POST", f"/channels/{thread.id}/messages", {"content": "x"})
        if about == "archived":
            await place.mo.archive(thread)
    paths = {
        "archived": f"/channels/{place.channel.id}/threads/archived/public",
        "active": f"/guilds/{place.guild.id}/threads/active",
    }
    await sandbox.answer_wrongly(kind, about, seed=2)
    told = (await raw("GET", paths[about])).body
    listed = {each["id"] for each in told["threads"]}
    assert len(listed) < 4
    assert (listed == set()) is (kind == "empty")
    assert {each["id"] for each in told["members"]} == listed
    assert len((await raw("GET", paths[about])).body["threads"]) == 4


async def test_a_real_refusal_is_not_counted(
    sandbox: Sandbox, place: Place, talk: Channel, raw: Raw
) -> None:
    await sandbox.answer_wrongly("empty")
    await sandbox.deny_bot(place.channel, Permission.VIEW_CHANNEL)
    path = f"/channels/{talk.id}/messages"
    assert (await raw("GET", path)).refused == (403, 50001)
    await sandbox.deny_bot(place.channel, 0)
    assert await page(raw, talk) == []


async def test_a_change_is_never_answered_wrongly(sandbox: Sandbox, place: Place, raw: Raw) -> None:
    await sandbox.answer_wrongly("empty", times=9)
    sent = await raw("POST", f"/channels/{place.channel.id}/messages", {"content": "x"})
    assert sent.body["content"] == "x"
    assert await sandbox.happened() == {}


async def test_discord_py_believes_them(
    sandbox: Sandbox, place: Place, talk: Channel, start: Start
) -> None:
    probe = await start()
    thread: Any = await probe.fetch_channel(talk.id)
    await sandbox.answer_wrongly("empty")
    assert [each async for each in thread.history()] == []
    await sandbox.answer_wrongly("unknown_channel", "channel")
    with pytest.raises(discord.NotFound):
        await probe.fetch_channel(talk.id)
    assert len(await place.ada.messages(talk)) == MANY


@pytest.mark.parametrize(
    ("kind", "about", "words"),
    [
        ("explode", "history", "kind is one of"),
        ("empty", "weather", "about is one of"),
        ("holes", "message", "not a list"),
        ("reordered", "channel", "not a list"),
    ],
)
async def test_a_wrong_answer_that_makes_no_sense_is_refused(
    sandbox: Sandbox, kind: str, about: str, words: str
) -> None:
    with pytest.raises(ControlError, match=words):
        await sandbox.answer_wrongly(kind, about)
