"""Who follows a thread, and which of it the bot is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sandbox.gateway_client import CONTENT, GUILDS, MESSAGES

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place
    from tests.sandbox.rest_client import Raw

MEMBERS = 1 << 1


async def test_the_bot_hears_that_its_first_message_made_it_follow(
    sandbox: Sandbox, place: Place, wire: Wire, raw: Raw
) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    await wire.log_in()
    for _ in range(2):
        await raw("POST", f"/channels/{thread.id}/messages", {"content": "x"})
    events = await wire.so_far()
    names = [each["t"] for each in events]
    assert names == ["THREAD_MEMBERS_UPDATE", "MESSAGE_CREATE", "MESSAGE_CREATE"]
    [added] = events[0]["d"]["added_members"]
    bot = str(sandbox.state.application.user.id)
    assert (added["user_id"], added["member"]["user"]["id"]) == (bot, bot)
    assert (events[0]["d"]["id"], events[0]["d"]["member_count"]) == (str(thread.id), 2)


async def test_a_thread_that_the_bot_starts_is_followed_by_it(
    place: Place, wire: Wire, raw: Raw
) -> None:
    await wire.log_in()
    body = {"name": "Night", "message": {"content": "The essay"}}
    await raw("POST", f"/channels/{place.forum.id}/threads", body)
    events = await wire.so_far()
    names = [each["t"] for each in events]
    assert names == ["THREAD_CREATE", "THREAD_MEMBERS_UPDATE", "MESSAGE_CREATE"]
    assert events[0]["d"]["newly_created"] is True
    assert events[0]["d"]["member"]["user_id"]


async def test_others_are_told_to_who_has_the_members_intent(
    sandbox: Sandbox, place: Place, wire: Wire
) -> None:
    await sandbox.post("set_intents", privileged=MEMBERS | CONTENT)
    await wire.log_in(GUILDS | MESSAGES | MEMBERS)
    thread = await place.ada.start_thread(place.channel, "Talk")
    await place.mo.say(thread, "Hello")
    events = [each["d"] for each in await wire.so_far() if each["t"] == "THREAD_MEMBERS_UPDATE"]
    added = [each["added_members"][0]["user_id"] for each in events]
    assert added == [str(place.ada.id), str(place.mo.id)]


async def test_a_thread_that_wakes_tells_the_bot_that_it_follows_it(
    place: Place, wire: Wire, raw: Raw
) -> None:
    followed = await place.ada.start_thread(place.channel, "Talk")
    await raw("POST", f"/channels/{followed.id}/messages", {"content": "x"})
    other = await place.ada.start_thread(place.channel, "Other")
    for thread in (followed, other):
        await place.mo.archive(thread)
    await wire.log_in()
    await place.mo.unarchive(followed)
    woken = await wire.so_far()
    assert [each["t"] for each in woken] == ["THREAD_UPDATE", "THREAD_MEMBER_UPDATE"]
    assert woken[1]["d"]["id"] == str(followed.id)
    assert woken[1]["d"]["guild_id"] == str(place.guild.id)
    await place.ada.say(other, "Wake up")
    assert await wire.heard() == ["THREAD_UPDATE", "MESSAGE_CREATE"]
    await place.mo.archive(followed)
    await place.ada.say(followed, "Wake up too")
    names = ["THREAD_UPDATE", "THREAD_UPDATE", "THREAD_MEMBER_UPDATE", "MESSAGE_CREATE"]
    assert await wire.heard() == names
