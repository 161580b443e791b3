"""The digest: once in its time, only of what happened, and never twice."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import KEEPS, Stage, custom_id, message_of, press, said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox import Channel, Message

UNTOLD = "select 1 from digests where sent_at is null"
NOTICES = "select text from notices where key like 'digest/%'"


@pytest.fixture
async def desk(stage: Stage) -> Channel:
    """The channel for digests, daily ones, after an essay was published."""
    await stage.publish()
    channel = await stage.sandbox.channel(stage.guild, "desk")
    await turn_on(stage, digest_channel=str(channel.id))
    return channel


async def turn_on(stage: Stage, digest: str = "daily", **options: object) -> str:
    """Turn digests on; return the report."""
    place = str(stage.text.id)
    done = await stage.mo.command(stage.text, "setup", channel=place, digest=digest, **options)
    return said(done)


def days_pass(stage: Stage, days: int = 8) -> None:
    """Let what was told last be older."""
    then = datetime.now(UTC) - timedelta(days=days)
    text = then.isoformat(timespec="milliseconds")
    with stage.writing() as db:
        db.execute("update digests set intended_at = ? where sent_at is not null", [text])


async def next_round(stage: Stage) -> None:
    """Do what is due, as each minute does."""
    await stage.rounds.run()


async def sent(stage: Stage, channel: Channel) -> list[Message]:
    """Return the digests in a channel."""
    found = await stage.sandbox.messages_in(channel, limit=1000)
    return [each for each in found if each.by_bot and custom_id(each, "digest")]


async def morning(stage: Stage, channel: Channel) -> list[Message]:
    """Let a week pass and the next round come; return the digests in a channel."""
    days_pass(stage)
    await next_round(stage)
    return await sent(stage, channel)


async def reply(stage: Stage, text: str) -> Message:
    """Let Ada reply to the prompt."""
    thread = await stage.thread()
    message = await stage.ada.say(thread, text, reply_to=await stage.prompt(thread))
    await stage.until_rows("select 1 from responses where text = ?", text)
    return message


async def send_in_vain(stage: Stage, desk: Channel, fault: str) -> None:
    """Have a digest sent, of which the bot does not hear whether Discord took it; it goes on so."""
    await reply(stage, "One.")
    path = f"/channels/{desk.id}/messages$"
    await stage.sandbox.fault(fault, method="POST", path=path, times=1000)
    days_pass(stage)
    await next_round(stage)


@asynccontextmanager
async def in_doubt(stage: Stage, desk: Channel) -> AsyncIterator[None]:
    """Have Discord take a digest without saying so, and show nothing until the block ends.

    A round may come at any moment: it must not find the digest before the test changed something.
    """
    path = f"/channels/{desk.id}/messages"
    await stage.sandbox.fault("error_before_commit", method="GET", path=path, times=1000)
    await send_in_vain(stage, desk, "drop_after_commit")
    yield
    await stage.sandbox.clear_faults()


async def test_a_digest_says_what_is_new_and_no_word_of_a_reader(
    stage: Stage, desk: Channel
) -> None:
    stage.write("roads", date="2026-02-01", asks="Which road do you miss?")
    await stage.until_read("roads")
    await stage.mo.command(stage.text, "discuss", slug="roads")
    threads = {thread.name: thread for thread in await stage.threads(stage.text, 2)}
    maps = threads["Maps"]
    prompt = await stage.prompt(maps)
    first = await stage.ada.say(maps, "The tickets.", reply_to=prompt)
    await stage.bora.say(maps, "Mine too.", reply_to=first)
    await stage.until_kept("The tickets.", "Mine too.")
    await stage.mo.menu(first, "Highlight")
    days_pass(stage)
    await next_round(stage)
    (digest,) = await sent(stage, desk)
    url = f"https://discord.com/channels/{stage.guild.id}"
    lines = digest.content.splitlines()
    assert lines[0].startswith("### What readers said since <t:")
    assert lines[1:5] == [
        "-# Responses: 2. Essays: 1.",
        f"**Maps** · 2 [↗]({url}/{maps.id})",
        f"- 2 · {KEEPS} [↗]({url}/{maps.id}/{first.id})",
        "**Highlighted: 1**",
    ]
    assert lines[5] == f"- Maps [↗]({url}/{maps.id}/{first.id})"
    roads = threads["Roads"]
    asked = await stage.prompt(roads)
    assert lines[6:] == [
        "**Nobody has answered yet**",
        f"- Which road do you miss? · Roads [↗]({url}/{roads.id}/{asked.id})",
    ]
    for word in ("tickets", "Mine", "Ada", "Bora"):
        assert word not in digest.content


async def test_a_digest_comes_once_and_not_when_nothing_happened(
    stage: Stage, desk: Channel
) -> None:
    assert await morning(stage, desk) == []
    await reply(stage, "One.")
    await next_round(stage)
    assert await sent(stage, desk) == []  # not before the next morning
    assert len(await morning(stage, desk)) == 1
    await next_round(stage)
    await stage.restart()
    await next_round(stage)
    assert len(await morning(stage, desk)) == 1
    await reply(stage, "Two.")
    digests = await morning(stage, desk)
    assert ["-# Responses: 1. Essays: 1." in each.content for each in digests] == [True, True]


async def test_a_highlight_alone_is_told_once(stage: Stage, desk: Channel) -> None:
    message = await reply(stage, "One.")
    assert len(await morning(stage, desk)) == 1
    await stage.mo.menu(message, "Highlight")
    days_pass(stage, 1)
    with stage.writing() as db:
        then = datetime.now(UTC) - timedelta(hours=1)
        db.execute("update highlights set highlighted_at = ?", [then.isoformat()])
    await next_round(stage)
    digests = await sent(stage, desk)
    assert len(digests) == 2
    assert "**Highlighted: 1**" in digests[1].content
    assert "Responses:" not in digests[1].content
    await next_round(stage)
    assert len(await sent(stage, desk)) == 2


async def test_what_was_said_before_it_was_turned_on_is_no_news(stage: Stage) -> None:
    await stage.publish()
    await reply(stage, "Long ago.")
    channel = await stage.sandbox.channel(stage.guild, "desk")
    await turn_on(stage, digest_channel=str(channel.id))
    assert await morning(stage, channel) == []


async def test_a_weekly_digest_waits_for_monday(stage: Stage, desk: Channel) -> None:
    await turn_on(stage, "weekly")
    await reply(stage, "One.")
    await next_round(stage)
    assert await sent(stage, desk) == []
    assert len(await morning(stage, desk)) == 1


async def test_its_button_reads_what_is_new_to_authors_alone(stage: Stage, desk: Channel) -> None:
    await reply(stage, "One.")
    (digest,) = await morning(stage, desk)
    assert digest.buttons == ["Read what is new"]
    await stage.restart()
    read = await press(stage.mo, digest, "digest")
    assert message_of(read).ephemeral
    assert said(read).startswith("### New to you")
    again = await press(stage.mo, digest, "digest")
    assert said(again).startswith("Nothing is new since <t:")
    refused = await press(stage.ada, digest, "digest")
    assert said(refused).startswith("Only authors can read all responses.")
    assert len(await sent(stage, desk)) == 1


async def test_a_digest_that_discord_took_without_saying_so_is_not_sent_again(
    stage: Stage, desk: Channel
) -> None:
    await reply(stage, "One.")
    path = f"/channels/{desk.id}/messages$"
    await stage.sandbox.fault("drop_after_commit", method="POST", path=path, times=10)
    await stage.sandbox.fault("error_before_commit", method="GET", path="/messages", times=1000)
    days_pass(stage)
    await next_round(stage)
    assert len(await sent(stage, desk)) == 1
    assert stage.rows(UNTOLD)
    await stage.stop()
    await stage.sandbox.clear_faults()
    stage.sandbox.state.nonces.clear()  # their time is over
    await stage.ada.say_all(desk, [f"Small talk {number}." for number in range(250)])
    await stage.start()
    await next_round(stage)
    assert not stage.rows(UNTOLD)
    (digest,) = await sent(stage, desk)
    assert stage.rows("select message_id from digests where message_id is not null") == [
        (digest.id,)
    ]


async def test_a_digest_that_never_came_is_sent_with_what_is_true_by_then(
    stage: Stage, desk: Channel
) -> None:
    gone = await reply(stage, "One.")
    await reply(stage, "Two.")
    path = f"/channels/{desk.id}/messages$"
    await stage.sandbox.fault("drop_before_commit", method="POST", path=path, times=1000)
    days_pass(stage)
    await next_round(stage)
    assert await sent(stage, desk) == []
    assert stage.rows(UNTOLD)
    await stage.ada.delete(gone)
    await stage.until_kept("Two.")
    await stage.sandbox.clear_faults()
    await reply(stage, "Three, for the next.")
    await stage.restart()
    await next_round(stage)
    (digest,) = await sent(stage, desk)
    assert "-# Responses: 1. Essays: 1." in digest.content
    assert len(await morning(stage, desk)) == 2


async def test_a_digest_of_what_is_deleted_by_then_is_not_sent(stage: Stage, desk: Channel) -> None:
    gone = await reply(stage, "One.")
    path = f"/channels/{desk.id}/messages$"
    await stage.sandbox.fault("drop_before_commit", method="POST", path=path, times=1000)
    days_pass(stage)
    await next_round(stage)
    await stage.ada.delete(gone)
    await stage.until_kept()
    await stage.sandbox.clear_faults()
    await next_round(stage)
    assert not stage.rows(UNTOLD)
    assert await sent(stage, desk) == []


async def test_lost_access_waits_and_moderators_are_told_once(stage: Stage, desk: Channel) -> None:
    notices = await stage.sandbox.channel(stage.guild, "moderators")
    await turn_on(stage, notices=str(notices.id))
    await reply(stage, "One.")
    await stage.sandbox.deny_bot(desk, int(Permission.SEND_MESSAGES))
    assert await morning(stage, desk) == []
    await next_round(stage)
    (told,) = await stage.sandbox.messages_in(notices)
    assert told.content == (
        f"The digest for authors cannot be sent to <#{desk.id}>: allow Afterword Send Messages "
        "there (Edit Channel > Permissions). It comes as soon as it can."
    )
    await stage.sandbox.deny_bot(desk, 0)
    await stage.sandbox.until(lambda: sent(stage, desk))
    await stage.sandbox.until(lambda: not stage.rows(NOTICES))
    assert len(await stage.sandbox.messages_in(notices)) == 1


async def test_a_digest_in_doubt_waits_while_its_channel_cannot_be_read(
    stage: Stage, desk: Channel
) -> None:
    async with in_doubt(stage, desk):
        await stage.sandbox.deny_bot(desk, int(Permission.READ_MESSAGE_HISTORY))
    stage.sandbox.state.nonces.clear()
    await next_round(stage)
    assert stage.rows(UNTOLD)
    assert "allow Afterword Read Message History there" in stage.rows(NOTICES)[0][0]
    await stage.sandbox.deny_bot(desk, 0)
    await stage.sandbox.until(lambda: not stage.rows(UNTOLD))
    assert len(await sent(stage, desk)) == 1


async def test_another_channel_gets_the_digest_that_the_first_did_not(
    stage: Stage, desk: Channel
) -> None:
    await send_in_vain(stage, desk, "drop_before_commit")  # a round may come at any moment
    other = await stage.sandbox.channel(stage.guild, "other-desk")
    await turn_on(stage, digest_channel=str(other.id))
    await next_round(stage)
    await next_round(stage)
    await stage.sandbox.clear_faults()
    assert await sent(stage, desk) == []
    assert len(await sent(stage, other)) == 1


async def test_a_digest_in_doubt_whose_channel_is_hidden_is_not_repeated_elsewhere(
    stage: Stage, desk: Channel
) -> None:
    async with in_doubt(stage, desk):
        await stage.sandbox.deny_bot(desk, int(Permission.VIEW_CHANNEL))
    other = await stage.sandbox.channel(stage.guild, "other-desk")
    await turn_on(stage, digest_channel=str(other.id))
    assert await morning(stage, other) == []
    assert not stage.rows(UNTOLD)
    await reply(stage, "Two.")
    (digest,) = await morning(stage, other)
    assert "-# Responses: 1. Essays: 1." in digest.content


async def test_the_news_of_a_deleted_channel_go_to_the_next(stage: Stage, desk: Channel) -> None:
    async with in_doubt(stage, desk):
        await stage.sandbox.delete_channel(desk)
        await stage.sandbox.until(lambda: stage.bot.get_channel(desk.id) is None)
    await next_round(stage)
    await next_round(stage)
    ((text,),) = stage.rows(NOTICES)
    assert text.startswith("The digest for authors has no channel that Afterword can see")
    other = await stage.sandbox.channel(stage.guild, "other-desk")
    await turn_on(stage, digest_channel=str(other.id))
    await next_round(stage)
    await next_round(stage)
    assert len(await sent(stage, other)) == 1


async def test_what_discord_refuses_is_told_and_tried_again_after_setup(
    stage: Stage, desk: Channel
) -> None:
    await reply(stage, "One.")
    path = f"/channels/{desk.id}/messages$"
    await stage.sandbox.refuse(200000, method="POST", path=path, times=50)
    days_pass(stage)
    for _ in range(3):
        await next_round(stage)
    ((text,),) = stage.rows(NOTICES)
    assert text.startswith(f"AutoMod blocks a message of Afterword in <#{desk.id}>")
    tried = [each for each in stage.sandbox.requests if each.path.endswith(f"{desk.id}/messages")]
    assert sum(each.method == "POST" for each in tried) == 1
    await stage.sandbox.clear_faults()
    other = await stage.sandbox.channel(stage.guild, "other-desk")
    await turn_on(stage, digest_channel=str(other.id))
    await next_round(stage)
    await next_round(stage)
    assert len(await sent(stage, other)) == 1
    assert stage.rows(NOTICES) == []


async def test_two_guilds_have_digests_of_their_own(stage: Stage, desk: Channel) -> None:
    other = await stage.sandbox.guild("Elsewhere", locale="tr")
    lobby = await stage.sandbox.channel(other, "lobby")
    owner = await stage.sandbox.member(other, "Olga", permissions=8)
    options = {"channel": str(lobby.id), "digest": "daily", "digest_channel": str(lobby.id)}
    report = said(await owner.command(lobby, "setup", **options))
    assert f"Digest: `daily`, in <#{lobby.id}>." in report
    there = await stage.thread(lobby)
    await owner.say(there, "There.")
    await reply(stage, "Here.")
    await stage.until_kept("Here.", "There.")
    await stage.sandbox.deny_bot(desk, int(Permission.VIEW_CHANNEL))
    assert await morning(stage, desk) == []  # one that waits does not hold the other up
    (digest,) = await sent(stage, lobby)
    assert "-# Yanıt: 1. Yazı: 1." in digest.content  # in the server's language
    assert str(there.id) in digest.content
    await stage.sandbox.deny_bot(desk, 0)
    await stage.sandbox.until(lambda: sent(stage, desk))
    assert len(await sent(stage, lobby)) == 1


async def test_setup_says_how_the_digest_stands_and_leaves_it_as_it_was(stage: Stage) -> None:
    await stage.publish()
    notices = await stage.sandbox.channel(stage.guild, "moderators")
    homeless = "The digest for authors has no channel that Afterword can see"
    assert homeless in await turn_on(stage, "weekly")
    place = str(stage.text.id)
    done = await stage.mo.command(stage.text, "setup", channel=place, notices=str(notices.id))
    assert f"Digest: `weekly`, in <#{notices.id}>." in said(done)
    desk = await stage.sandbox.channel(stage.guild, "desk")
    await stage.sandbox.deny_bot(desk, int(Permission.SEND_MESSAGES))
    report = await turn_on(stage, digest_channel=str(desk.id))
    assert f"Digest: `daily`, in <#{desk.id}>." in report
    assert "allow Afterword Send Messages there" in report
    again = said(await stage.mo.command(stage.text, "setup", channel=place, pace="daily"))
    assert f"Digest: `daily`, in <#{desk.id}>." in again
    assert "Digest: `off`." in await turn_on(stage, "off")
    silent = said(await stage.mo.command(stage.text, "setup", channel=place))
    assert "Digest" not in silent


async def test_a_digest_that_is_turned_off_is_not_sent(stage: Stage, desk: Channel) -> None:
    await reply(stage, "One.")
    await turn_on(stage, "off")
    assert await morning(stage, desk) == []
    await turn_on(stage, "daily")
    assert await morning(stage, desk) == []
    await reply(stage, "Two.")
    assert len(await morning(stage, desk)) == 1
