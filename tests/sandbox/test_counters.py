"""A thread's counters and its last message, in everything that carries a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.sandbox import Channel, Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place
    from tests.sandbox.rest_client import Raw


def counts(raw: Any) -> tuple[int, int]:
    return raw["message_count"], raw["total_message_sent"]


async def look(sandbox: Sandbox, thread: Channel) -> dict[str, Any]:
    found: dict[str, Any] = await sandbox.get("channel", channel=thread.id)
    return found


@pytest.mark.parametrize("kind", ["from a message", "a post", "alone"])
async def test_what_a_thread_begins_with_counts_as_nothing(
    sandbox: Sandbox, place: Place, kind: str
) -> None:
    if kind == "a post":
        thread = await place.ada.start_post(place.forum, "Night", "The first message")
    elif kind == "alone":
        thread = await place.ada.start_thread(place.channel, "Night")
    else:
        message = await place.ada.say(place.channel, "The first message")
        thread = await place.ada.start_thread(place.channel, "Night", on=message)
    assert counts(await look(sandbox, thread)) == (0, 0)
    await place.ada.say(thread, "One")
    assert counts(await look(sandbox, thread)) == (1, 1)


async def test_a_deletion_is_seen_by_the_difference_of_the_counters(
    sandbox: Sandbox, place: Place
) -> None:
    thread = await place.ada.start_post(place.forum, "Night", "The first message")
    said = [await place.ada.say(thread, str(number)) for number in range(6)]
    await place.ada.delete(said[0])
    assert counts(await look(sandbox, thread)) == (5, 6)
    await place.mo.delete_many(said[1:4])
    assert counts(await look(sandbox, thread)) == (2, 6)
    [starter, *_] = await sandbox.messages_in(thread)
    await place.ada.delete(starter)
    assert counts(await look(sandbox, thread)) == (2, 6)
    await place.mo.rename(thread, "Renamed")
    assert counts(await look(sandbox, thread)) == (3, 7)


async def test_the_last_message_s_id_stays_when_that_message_goes(
    sandbox: Sandbox, place: Place
) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    await place.ada.say(thread, "One")
    last = await place.ada.say(thread, "Two")
    await place.ada.delete(last)
    assert (await look(sandbox, thread))["last_message_id"] == str(last.id)
    said = await place.ada.say(place.channel, "Only")
    await place.ada.delete(said)
    channel = await sandbox.get("channel", channel=place.channel.id)
    assert channel["last_message_id"] == str(said.id)
    post = await place.ada.start_post(place.forum, "Night", "text")
    await place.ada.say(post, "A reply")
    await place.mo.delete_thread(post)
    forum = await sandbox.get("channel", channel=place.forum.id)
    assert forum["last_message_id"] == str(post.id)


async def test_all_that_carries_a_thread_carries_its_counters(
    sandbox: Sandbox, place: Place, raw: Raw, wire: Wire
) -> None:
    message = await place.ada.say(place.channel, "An essay")
    thread = await place.ada.start_thread(place.channel, "Talk", on=message)
    one = await place.ada.say(thread, "One")
    two = await place.ada.say(thread, "Two")
    await place.ada.delete(one)
    expected = (1, 2, str(two.id))

    def shown(body: Any) -> tuple[int, int, str]:
        return *counts(body), body["last_message_id"]

    created = await wire.log_in()
    assert [shown(each) for each in created["d"]["threads"]] == [expected]
    assert shown((await raw("GET", f"/channels/{thread.id}")).body) == expected
    active = await raw("GET", f"/guilds/{place.guild.id}/threads/active")
    assert [shown(each) for each in active.body["threads"]] == [expected]
    starter = await raw("GET", f"/channels/{place.channel.id}/messages/{message.id}")
    assert shown(starter.body["thread"]) == expected
    await place.mo.archive(thread)
    assert shown((await wire.until("THREAD_UPDATE"))["d"]) == expected
    archived = await raw("GET", f"/channels/{place.channel.id}/threads/archived/public")
    assert [shown(each) for each in archived.body["threads"]] == [expected]
    await sandbox.deny_bot(place.channel, 1 << 10)
    await place.mo.unarchive(thread)
    await place.ada.delete(two)
    await sandbox.deny_bot(place.channel, 0)
    synced = await wire.until("THREAD_LIST_SYNC")
    assert [shown(each) for each in synced["d"]["threads"]] == [(0, 2, str(two.id))]


async def test_only_what_everybody_sees_counts(sandbox: Sandbox, place: Place, raw: Raw) -> None:
    thread = await place.ada.start_thread(place.channel, "Talk")
    state = sandbox.state
    before = state.thread(thread.id).last_message_id
    await raw("PUT", f"/applications/{state.application.id}/commands", [COMMAND])
    for flags, expected in ((64, (0, 0)), (0, (1, 1))):
        fields = {"channel": str(thread.id), "name": "post", "as": str(place.ada.id)}
        made = await sandbox.post("command", **fields)
        token = state.interactions[int(made["id"])].token
        data = {"type": 4, "data": {"content": "Here", "flags": flags}}
        path = f"/interactions/{made['id']}/{token}/callback"
        assert (await raw("POST", path, data)).status == 204
        assert counts(await look(sandbox, thread)) == expected
    assert state.thread(thread.id).last_message_id != before


COMMAND = {"name": "post", "description": "Show"}


async def test_history_gives_a_user_and_an_event_a_member_with_a_nick(
    sandbox: Sandbox, place: Place, raw: Raw, wire: Wire
) -> None:
    await place.ada.set_nick("Countess")
    await wire.log_in()
    said = await place.ada.say(place.channel, "Hello")
    live = (await wire.until("MESSAGE_CREATE"))["d"]
    assert (live["member"]["nick"], live["author"]["global_name"]) == ("Countess", "Ada")
    await place.ada.edit(said, "Hello again")
    assert (await wire.until("MESSAGE_UPDATE"))["d"]["member"]["nick"] == "Countess"
    for path in ("", f"/{said.id}"):
        body = (await raw("GET", f"/channels/{place.channel.id}/messages{path}")).body
        past = body[0] if isinstance(body, list) else body
        assert "member" not in past
        assert past["author"]["global_name"] == "Ada"
        assert "Countess" not in str(past)
    del sandbox
