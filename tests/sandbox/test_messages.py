from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.sandbox import ControlError

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Start


async def test_a_nonce_gives_the_same_message_within_its_window(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    channel = probe.text(place.channel)
    first = await channel.send("One", nonce="aw:1")
    again = await channel.send("One", nonce="aw:1")
    assert again.id == first.id
    assert len(await sandbox.messages_in(channel)) == 1
    await sandbox.post("advance", seconds=301)
    later = await channel.send("One", nonce="aw:1")
    assert later.id != first.id


async def test_a_nonce_of_a_deleted_message_finds_nothing(place: Place, start: Start) -> None:
    probe = await start()
    channel = probe.text(place.channel)
    message = await channel.send("One", nonce="aw:1")
    await message.delete()
    with pytest.raises(discord.NotFound) as gone:
        await channel.send("One", nonce="aw:1")
    assert gone.value.code == 10008


async def test_the_echo_has_the_nonce_and_history_has_not(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    channel = probe.text(place.channel)
    await channel.send("One", nonce="aw:1")
    [echo] = await sandbox.until(lambda: probe.events("message"))
    assert echo.nonce == "aw:1"
    [kept] = [each async for each in channel.history()]
    assert kept.nonce is None


async def test_history_comes_in_pages_before_after_and_around(place: Place, start: Start) -> None:
    contents = [str(number) for number in range(250)]
    ids = await place.ada.say_all(place.channel, contents)
    probe = await start()
    channel = probe.text(place.channel)
    whole = [each.content async for each in channel.history(limit=None, oldest_first=True)]
    assert whole == contents
    after = channel.history(limit=None, after=discord.Object(ids[239]))
    assert [each.content async for each in after] == contents[240:]
    before = channel.history(limit=3, before=discord.Object(ids[10]))
    assert [each.content async for each in before] == ["9", "8", "7"]
    around = channel.history(limit=5, around=discord.Object(ids[100]))
    assert sorted([int(each.content) async for each in around]) == [98, 99, 100, 101, 102]


async def test_edits_and_deletions_reach_the_bot(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    message = await place.ada.say(place.channel, "Frist")
    await place.ada.edit(message, "First")
    await place.ada.delete(message)
    await sandbox.until(lambda: probe.events("raw_message_delete") and message.deleted)
    [edited] = probe.events("raw_message_edit")
    assert edited.message.content == "First"
    assert edited.message.edited_at is not None


async def test_bulk_deletion_takes_2_to_100_recent_messages(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    messages = [await place.ada.say(place.channel, str(number)) for number in range(3)]
    with pytest.raises(ControlError) as few:
        await place.mo.delete_many(messages[:1])
    assert few.value.code == 50016
    await place.mo.delete_many(messages[:2])
    await sandbox.until(lambda: probe.events("raw_bulk_message_delete"))
    [event] = probe.events("raw_bulk_message_delete")
    assert event.message_ids == {each.id for each in messages[:2]}
    await sandbox.post("advance", seconds=15 * 86400)
    fresh = await place.ada.say(place.channel, "new")
    with pytest.raises(ControlError) as old:
        await place.mo.delete_many([messages[2], fresh])
    assert old.value.code == 50034


async def test_mentions_follow_allowed_mentions(place: Place, start: Start) -> None:
    probe = await start()
    channel = probe.text(place.channel)
    text = f"{place.ada.mention} {place.mo.mention} @everyone"
    quiet = await channel.send(text)
    assert quiet.mentions == []
    some = discord.AllowedMentions(users=[discord.Object(place.ada.id)], everyone=False)
    named = await channel.send(text, allowed_mentions=some)
    assert [each.id for each in named.mentions] == [place.ada.id]
    assert not named.mention_everyone


async def test_a_reply_pings_its_target_unless_told_not_to(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("A question?")
    [seen] = await place.ada.messages(place.channel)
    loud = await place.ada.say(place.channel, "Yes", reply_to=seen)
    soft = await place.ada.say(place.channel, "No", reply_to=seen, mention=False)
    await sandbox.until(lambda: len(probe.events("message")) == 3)
    by_id = {each.id: each for each in probe.events("message")}
    bot = probe.user
    assert bot in by_id[loud.id].mentions
    assert bot not in by_id[soft.id].mentions
    assert by_id[soft.id].reference.message_id == message.id


async def test_a_forward_has_a_snapshot_and_no_words_of_its_own(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    message = await place.mo.say(place.channel, "Somebody's words")
    await place.ada.forward(message, place.channel)
    await sandbox.until(lambda: len(probe.events("message")) == 2)
    forward = probe.events("message")[1]
    assert (forward.content, forward.type) == ("", discord.MessageType.default)
    assert forward.message_snapshots[0].content == "Somebody's words"


async def test_pinning_takes_its_own_permission_and_leaves_a_line(
    place: Place, start: Start
) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("Pin me")
    [seen] = await place.ada.messages(place.channel)
    with pytest.raises(ControlError) as refused:
        await place.ada.pin(seen)
    assert refused.value.code == 50013
    await place.mo.pin(seen)
    assert (await message.fetch()).pinned
    assert [each.type for each in await place.ada.messages(place.channel)] == [0, 6]


async def test_a_file_can_be_sent_and_read_back(place: Place, start: Start) -> None:
    probe = await start()
    upload = discord.File(io.BytesIO(b"id,text\n"), "responses.csv", description="All of them")
    message = await probe.text(place.channel).send("Here", file=upload)
    async with aiohttp.ClientSession() as session, session.get(message.attachments[0].url) as file:
        assert await file.read() == b"id,text\n"
    assert message.attachments[0].filename == "responses.csv"
    assert message.attachments[0].description == "All of them"


async def test_a_moderator_hides_embeds_and_an_edit_shows_them_again(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("x", embed=discord.Embed(title="Card"))
    [seen] = await place.mo.messages(place.channel)
    await place.mo.hide_embeds(seen)
    await sandbox.until(lambda: seen.embeds == [])
    partial = probe.text(place.channel).get_partial_message(message.id)
    await partial.edit(content="y")
    assert (await sandbox.messages_in(place.channel))[0].embeds == []
    await message.edit(content="z")
    assert (await sandbox.messages_in(place.channel))[0].embeds != []


async def test_words_can_be_edited_away_where_a_picture_stays(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    shown = await place.ada.say(place.channel, "Look", files=["map.png"])
    assert [each["filename"] for each in shown.raw["attachments"]] == ["map.png"]
    await place.ada.edit(shown, "")
    await sandbox.until(lambda: probe.events("raw_message_edit"))
    [edit] = probe.events("raw_message_edit")
    assert (edit.message.content, len(edit.message.attachments)) == ("", 1)
    assert edit.message.edited_at is not None
    words = await place.ada.say(place.channel, "Only words")
    with pytest.raises(ControlError, match="empty message"):
        await place.ada.edit(words, "")
    only = await place.ada.say(place.channel, "", files=["map.png"])
    assert only.content == ""
    with pytest.raises(ControlError, match="empty message"):
        await place.ada.say(place.channel, "")


async def test_a_preview_is_an_update_and_no_edit(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    said = await place.ada.say(place.channel, "See https://example.org")
    await sandbox.unfurl(said, "Example")
    await sandbox.until(lambda: probe.events("raw_message_edit"))
    [update] = probe.events("raw_message_edit")
    assert [each.title for each in update.message.embeds] == ["Example"]
    assert update.message.edited_at is None


async def test_a_whole_embed_comes_back_as_it_went(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    embed = discord.Embed(
        title="Night", url="https://example.org/night", description="An essay", colour=0x336699,
        timestamp=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
    )  # fmt: skip
    embed.set_author(name="Iris", url="https://example.org").set_image(
        url="https://example.org/cover.png"
    )
    embed.set_footer(text="3 minutes").set_thumbnail(url="https://example.org/cover.png")
    embed.add_field(name="Tags", value="night, letters")
    sent = await probe.text(place.channel).send(embed=embed)
    assert sent.embeds[0].to_dict() == embed.to_dict()
    [kept] = await sandbox.messages_in(place.channel)
    assert "night, letters" in kept.texts
    edited = await sent.edit(embed=discord.Embed(title="Day"), view=None)
    assert edited.embeds[0].title == "Day"


async def test_an_edit_may_not_leave_a_message_empty(place: Place, start: Start) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("words")
    with pytest.raises(discord.HTTPException) as refused:
        await message.edit(content=None)
    assert refused.value.code == 50006
