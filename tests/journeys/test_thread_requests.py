"""Readers ask for a thread from the shelf, and moderators decide from one notice."""

from __future__ import annotations

import pytest
from discord.http import Route

from bot.sandbox import Channel, Message
from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import Stage, custom_id, message_of, press, said


@pytest.fixture
async def desk(stage: Stage) -> Channel:
    """The moderators' channel, where readers may ask, and an essay is on the shelf."""
    stage.write("shelved", title="On *Snow*", date="2026-01-01")
    await stage.publish()
    desk = await stage.sandbox.channel(stage.guild, "desk")
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(desk.id))
    allow(stage)
    return desk


def allow(stage: Stage, *, requests: bool = True) -> None:
    with stage.writing() as db:
        db.execute("update guilds set requests = ?", [requests])


async def card(stage: Stage, slug: str = "shelved") -> Message:
    return message_of(await stage.ada.command(stage.text, "post", slug=slug))


async def notices(stage: Stage, desk: Channel) -> list[Message]:
    found = await stage.sandbox.messages_in(desk)
    return [each for each in found if each.by_bot]


async def notice(stage: Stage, desk: Channel) -> Message:
    async def one() -> Message | None:
        found = await notices(stage, desk)
        return found[0] if len(found) == 1 else None

    message: Message = await stage.sandbox.until(one)
    return message


async def test_readers_are_counted_and_one_notice_keeps_the_count(
    stage: Stage, desk: Channel
) -> None:
    first = await press(stage.ada, await card(stage), "ask")
    assert message_of(first).ephemeral
    assert said(first) == "Counted: you are the first to ask for its thread. A moderator decides."
    told = await notice(stage, desk)
    assert told.content == r"One reader asks for a thread about **On \*Snow\***."
    assert told.buttons == ["Discuss", "Not now"]
    again = await press(stage.ada, await card(stage), "ask")
    assert said(again).startswith("You have asked for its thread already")
    theirs = message_of(await stage.bora.command(stage.text, "post", slug="shelved"))
    await press(stage.bora, theirs, "ask")
    await stage.sandbox.until(lambda: told.content.startswith("2 readers ask"))
    assert len(await notices(stage, desk)) == 1


async def test_a_moderator_starts_the_thread_and_the_notice_says_so(
    stage: Stage, desk: Channel
) -> None:
    await press(stage.ada, await card(stage), "ask")
    told = await notice(stage, desk)
    await stage.restart()
    done = await press(stage.mo, told, "request")
    assert message_of(done).ephemeral
    _, thread = await stage.threads(stage.text, 2)
    await stage.sandbox.until(lambda: not told.buttons)
    url = f"/channels/{stage.guild.id}/{thread.id}"
    assert told.content.endswith(url)
    assert said(done).endswith(url)
    await stage.until_rows("select 1 from request_notices where settled_at is not null")
    assert "Ask for its thread" not in (await card(stage)).buttons


async def test_not_now_ends_the_notice_and_is_written_down(stage: Stage, desk: Channel) -> None:
    await press(stage.ada, await card(stage), "ask")
    told = await notice(stage, desk)
    await stage.mo.click(told, label="Not now")
    await stage.sandbox.until(lambda: not told.buttons)
    assert told.content.startswith(r"Not now: a thread about **On \*Snow\***")
    acts = stage.rows("select act, actor_id from audit where act <> 'set up'")
    assert acts == [("put off a thread", stage.mo.id)]
    theirs = message_of(await stage.bora.command(stage.text, "post", slug="shelved"))
    counted = await press(stage.bora, theirs, "ask")
    assert " 2 " in said(counted)
    await stage.rounds.run()
    assert len(await notices(stage, desk)) == 1
    assert told.content.startswith("Not now")


async def test_a_thread_that_starts_otherwise_ends_the_notice(stage: Stage, desk: Channel) -> None:
    await press(stage.ada, await card(stage), "ask")
    told = await notice(stage, desk)
    await stage.mo.command(stage.text, "discuss", slug="shelved")
    await stage.threads(stage.text, 2)
    await stage.rounds.run()
    await stage.sandbox.until(lambda: "it is discussed:" in told.content)


async def test_discuss_offers_what_readers_ask_for_first(stage: Stage, desk: Channel) -> None:
    stage.write("older", date="2025-12-01")
    stage.write("newer", date="2026-01-02")
    await stage.until_read("older")
    await stage.until_read("newer")
    await press(stage.ada, await card(stage, "older"), "ask")
    await notice(stage, desk)
    offered = await stage.mo.complete(stage.text, "discuss", "slug", "")
    names = [name for name, _ in offered]
    assert names[0] == "Older (one reader asks)"
    assert set(names[1:]) <= {"On *Snow*", "Newer"}


async def test_the_card_asks_only_where_readers_may_and_moderators_start(
    stage: Stage, desk: Channel
) -> None:
    del desk
    assert "Ask for its thread" in (await card(stage)).buttons
    mods = message_of(await stage.mo.command(stage.text, "post", slug="shelved"))
    assert "Discuss" in mods.buttons
    assert "Ask for its thread" not in mods.buttons
    opened = await card(stage)
    allow(stage, requests=False)
    assert "Ask for its thread" not in (await card(stage)).buttons
    refused = await press(stage.ada, opened, "ask")
    assert said(refused).startswith("Readers cannot ask for threads here now.")
    assert stage.rows("select count(*) from thread_requests") == [(0,)]


async def test_a_reader_asks_for_few_a_day(stage: Stage, desk: Channel) -> None:
    del desk
    for number in range(3):
        stage.write(f"essay-{number}", date="2026-01-01")
    for number in range(3):
        await stage.until_read(f"essay-{number}")
        await press(stage.ada, await card(stage, f"essay-{number}"), "ask")
    enough = await press(stage.ada, await card(stage), "ask")
    assert said(enough).startswith("You have asked for 3 threads within a day")


async def test_only_a_moderator_of_this_server_decides(stage: Stage, desk: Channel) -> None:
    await press(stage.ada, await card(stage), "ask")
    told = await notice(stage, desk)
    for label in ("Discuss", "Not now"):
        refused = await stage.ada.click(told, label=label)
        assert said(refused).startswith("Only who may manage threads can decide that.")
    await stage.mo.set_roles([])
    refused = await stage.mo.click(told, label="Discuss")
    assert said(refused).startswith("Only who may manage threads can decide that.")
    other = await stage.sandbox.guild("Elsewhere")
    lobby = await stage.sandbox.channel(other, "lobby")
    boss = await stage.sandbox.member(other, "Boss", permissions=int(Permission.MANAGE_GUILD))
    forged = await forge(stage, lobby, told)
    refused = await boss.click(forged, custom_id=custom_id(told, "request"))
    await stage.sandbox.until(lambda: refused.message)
    assert said(refused).startswith("That essay is not on the blog any more")
    assert stage.rows("select count(*) from publications") == [(1,)]


async def forge(stage: Stage, place: Channel, told: Message) -> Message:
    """Have the bot send a message with another's buttons, as nobody else can."""
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=place.id)
    payload = {"content": "x", "components": told.raw["components"], "flags": 1 << 12}
    payload["allowed_mentions"] = {"parse": []}
    await stage.bot.http.request(route, json=payload)
    return (await stage.sandbox.messages_in(place))[-1]


async def test_a_notice_whose_answer_is_lost_is_not_sent_twice(stage: Stage, desk: Channel) -> None:
    path = f"/channels/{desk.id}/messages$"
    await stage.sandbox.fault("drop_after_commit", method="POST", path=path, times=10)
    await press(stage.ada, await card(stage), "ask")
    await stage.until_rows("select 1 from request_notices where place_id is not null")
    await stage.sandbox.clear_faults()
    await stage.restart()
    await stage.rounds.run()
    await stage.until_rows("select 1 from request_notices where message_id is not null")
    assert len(await notices(stage, desk)) == 1


async def test_a_notice_that_a_moderator_deleted_stays_deleted(stage: Stage, desk: Channel) -> None:
    await press(stage.ada, await card(stage), "ask")
    told = await notice(stage, desk)
    await stage.mo.delete(told)
    theirs = message_of(await stage.bora.command(stage.text, "post", slug="shelved"))
    assert " 2 " in said(await press(stage.bora, theirs, "ask"))
    await stage.until_rows("select 1 from request_notices where settled_at is not null")
    assert await notices(stage, desk) == []


async def test_without_a_channel_for_notices_the_count_waits_for_one(
    stage: Stage, desk: Channel
) -> None:
    await stage.sandbox.deny_bot(desk, int(Permission.SEND_MESSAGES))
    counted = await press(stage.ada, await card(stage), "ask")
    assert said(counted).startswith("Counted")
    assert await notices(stage, desk) == []
    await stage.sandbox.deny_bot(desk, 0)
    await stage.rounds.run()
    assert (await notice(stage, desk)).content.startswith("One reader asks")


async def test_a_notice_that_went_with_its_channel_is_sent_where_notices_go_now(
    stage: Stage, desk: Channel
) -> None:
    await press(stage.ada, await card(stage), "ask")
    await notice(stage, desk)
    await stage.sandbox.delete_channel(desk)
    other = await stage.sandbox.channel(stage.guild, "other")
    await stage.mo.command(stage.text, "setup", notices=str(other.id))
    theirs = message_of(await stage.bora.command(stage.text, "post", slug="shelved"))
    await press(stage.bora, theirs, "ask")
    told = await notice(stage, other)
    assert told.content.startswith("2 readers ask")
    await press(stage.mo, told, "request")
    await stage.sandbox.until(lambda: not told.buttons)
    await stage.bot.discussion.requests.run()
    assert len(await notices(stage, other)) == 1


async def test_a_notice_in_a_channel_that_is_only_hidden_is_not_sent_twice(
    stage: Stage, desk: Channel
) -> None:
    await press(stage.ada, await card(stage), "ask")
    told = await notice(stage, desk)
    other = await stage.sandbox.channel(stage.guild, "other")
    await stage.mo.command(stage.text, "setup", notices=str(other.id))
    await stage.sandbox.deny_bot(desk, int(Permission.VIEW_CHANNEL))
    theirs = message_of(await stage.bora.command(stage.text, "post", slug="shelved"))
    await press(stage.bora, theirs, "ask")
    await stage.bot.discussion.requests.run()
    assert await notices(stage, other) == []
    assert told.content.startswith("One reader asks")
