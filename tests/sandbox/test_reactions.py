from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import discord
import pytest

from bot.sandbox import ControlError
from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox import Message, Sandbox
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw

LIKES = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True)
THUMB, HEART = "👍", "❤️"


async def counts(sandbox: Sandbox, message: Message) -> dict[str, int]:
    [found] = [each for each in await sandbox.messages_in(message.channel_id)
               if each.id == message.id]  # fmt: skip
    return found.reactions


async def test_reactions_are_told_and_counted(sandbox: Sandbox, place: Place, start: Start) -> None:
    probe = await start(intents=LIKES)
    message = await place.ada.say(place.channel, "One")
    await place.ada.react(message, THUMB)
    await place.ada.react(message, THUMB)
    await place.mo.react(message, THUMB)
    await place.mo.react(message, HEART)
    await place.ada.unreact(message, THUMB)
    await sandbox.until(lambda: probe.events("raw_reaction_remove"))
    added = [(each.user_id, str(each.emoji)) for each in probe.events("raw_reaction_add")]
    assert added == [(place.ada.id, THUMB), (place.mo.id, THUMB), (place.mo.id, HEART)]
    [removed] = probe.events("raw_reaction_remove")
    assert (removed.message_id, removed.user_id) == (message.id, place.ada.id)
    seen = await probe.text(place.channel).fetch_message(message.id)
    assert {str(each.emoji): (each.count, each.me) for each in seen.reactions} == {
        THUMB: (1, False),
        HEART: (1, False),
    }


async def test_a_moderator_clears_reactions(sandbox: Sandbox, place: Place, start: Start) -> None:
    probe = await start(intents=LIKES)
    message = await place.ada.say(place.channel, "One")
    for emoji in (THUMB, HEART, "🤔"):
        await place.ada.react(message, emoji)
    await place.mo.clear_reactions(message, HEART)
    assert await counts(sandbox, message) == {THUMB: 1, "🤔": 1}
    await place.mo.clear_reactions(message)
    assert await counts(sandbox, message) == {}
    await sandbox.until(lambda: probe.events("raw_reaction_clear"))
    [one] = probe.events("raw_reaction_clear_emoji")
    assert str(one.emoji) == HEART
    with pytest.raises(ControlError, match="50013"):
        await place.ada.clear_reactions(message)


async def test_the_bot_reacts_and_takes_away(sandbox: Sandbox, place: Place, start: Start) -> None:
    probe = await start(intents=LIKES)
    await sandbox.permit_bot(place.guild, int(Permission.ADMINISTRATOR))
    message = await place.ada.say(place.channel, "One")
    await place.ada.react(message, THUMB)
    seen = await probe.text(place.channel).fetch_message(message.id)
    await seen.add_reaction(THUMB)
    seen = await seen.fetch()
    [thumbs] = seen.reactions
    assert (thumbs.count, thumbs.me) == (2, True)
    users = [each.name async for each in thumbs.users()]
    assert len(users) == 2
    assert probe.user is not None
    await seen.remove_reaction(THUMB, probe.user)
    await seen.remove_reaction(THUMB, discord.Object(place.ada.id))
    assert await counts(sandbox, message) == {}
    await seen.add_reaction(THUMB)
    await seen.clear_reaction(THUMB)
    await seen.clear_reactions()
    assert await counts(sandbox, message) == {}


async def test_a_bot_without_the_intent_hears_nothing_of_it(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    message = await place.ada.say(place.channel, "One")
    await place.ada.react(message, THUMB)
    await place.ada.say(place.channel, "Two")
    await sandbox.until(lambda: len(probe.events("message")) == 2)
    assert probe.events("raw_reaction_add") == []


async def test_who_may_react(sandbox: Sandbox, place: Place) -> None:
    message = await place.mo.say(place.channel, "One")
    await sandbox.allow(place.channel, place.ada.id, deny=int(Permission.ADD_REACTIONS))
    with pytest.raises(ControlError, match="50013"):
        await place.ada.react(message, THUMB)
    await place.mo.react(message, THUMB)
    await place.ada.react(message, THUMB)  # joining one that is there takes no permission
    await place.ada.unreact(message, THUMB)
    await place.ada.time_out(60)
    with pytest.raises(ControlError, match="50013"):
        await place.ada.react(message, THUMB)
    await place.ada.time_out(0)
    deny = int(Permission.READ_MESSAGE_HISTORY)
    await sandbox.allow(place.channel, place.ada.id, deny=deny)
    with pytest.raises(ControlError, match="50013"):
        await place.ada.react(message, THUMB)


async def test_refusals(sandbox: Sandbox, place: Place, raw: Raw) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    message = await place.ada.say(thread, "One")
    base = f"/channels/{thread.id}/messages/{message.id}/reactions"
    for emoji in ("abc", "own:123", "1", "é", "ğüş", "日本", "привет", "😀ü", "…", "\u200d"):
        with pytest.raises(ControlError, match="10014"):
            await place.ada.react(message, emoji)
    assert (await raw("DELETE", f"{base}/{quote(THUMB)}/@me")).refused == (404, 10014)
    for emoji in ("1️⃣", "👩🏽‍🚀", "🇹🇷", "\u2139\ufe0f", "\u2795", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "‼️"):
        await place.ada.react(message, emoji)
        await place.ada.unreact(message, emoji)
    for number in range(20):
        await place.ada.react(message, chr(ord("😀") + number))
    with pytest.raises(ControlError, match="30010"):
        await place.ada.react(message, THUMB)
    await place.ada.react(message, "😀")
    await sandbox.permit_bot(place.guild, 0)
    assert (await raw("DELETE", base)).refused == (403, 50013)
    await place.mo.archive(thread)
    with pytest.raises(ControlError, match="50083"):
        await place.ada.react(message, "😀")
    assert (await raw("PUT", f"{base}/{quote(THUMB)}/@me")).refused == (400, 50083)


async def test_each_member_sees_their_own_reactions(place: Place) -> None:
    message = await place.mo.say(place.channel, "One")
    await place.ada.react(message, THUMB)
    for who, mine in ((place.ada, True), (place.mo, False)):
        [seen] = await who.messages(place.channel)
        assert [each["me"] for each in seen.raw["reactions"]] == [mine]
