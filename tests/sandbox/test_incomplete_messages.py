"""Messages that discord.py cannot read, wherever a bot can meet one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import ControlError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox import Channel, Message, Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place, Probe, Start
    from tests.sandbox.rest_client import Raw


@pytest.fixture(autouse=True)
async def unjudged(sandbox: Sandbox) -> AsyncIterator[None]:
    """What is left out on purpose is not held against Discord's own file."""
    yield
    sandbox.requests.clear()


async def history(raw: Raw, channel: Channel) -> list[dict[str, object]]:
    reply = await raw("GET", f"/channels/{channel.id}/messages")
    pages: list[dict[str, object]] = reply.body
    return pages


async def test_a_incomplete_message_lacks_its_keys_in_history_and_alone(
    sandbox: Sandbox, place: Place, raw: Raw
) -> None:
    good = await place.ada.say(place.channel, "Good")
    bad = await place.ada.say(place.channel, "Bad")
    await sandbox.drop_keys(bad, "type", "author")
    by_id = {each["id"]: each for each in await history(raw, place.channel)}
    assert {"type", "author", "content"} & set(by_id[str(bad.id)]) == {"content"}
    assert {"type", "author"} <= set(by_id[str(good.id)])
    alone = await raw("GET", f"/channels/{place.channel.id}/messages/{bad.id}")
    assert "type" not in alone.body
    await sandbox.drop_keys(bad)
    alone = await raw("GET", f"/channels/{place.channel.id}/messages/{bad.id}")
    assert {"type", "author"} <= set(alone.body)


@pytest.mark.parametrize("key", ["type", "author", "content", "timestamp", "id", "channel_id"])
async def test_an_event_lacks_them_from_the_first(
    sandbox: Sandbox, place: Place, wire: Wire, key: str
) -> None:
    await wire.log_in()
    bad = await place.ada.say(place.channel, "Bad", missing=[key])
    created = await wire.until("MESSAGE_CREATE")
    assert key not in created["d"]
    assert key in bad.raw
    await place.ada.edit(bad, "Still bad")
    assert key not in (await wire.until("MESSAGE_UPDATE"))["d"]
    await sandbox.drop_keys(bad)
    await place.ada.edit(bad, "Good")
    assert key in (await wire.until("MESSAGE_UPDATE"))["d"]


async def test_what_replies_to_a_incomplete_message_carries_it(
    sandbox: Sandbox, place: Place, wire: Wire, raw: Raw
) -> None:
    await wire.log_in()
    bad = await place.ada.say(place.channel, "Bad", missing=["author"])
    await place.mo.say(place.channel, "A reply", reply_to=bad)
    await wire.until("MESSAGE_CREATE")
    reply = (await wire.until("MESSAGE_CREATE"))["d"]
    assert "author" not in reply["referenced_message"]
    assert reply["author"]
    [shown, _] = await history(raw, place.channel)
    assert "author" not in shown["referenced_message"]  # type: ignore[operator]  # an object
    del sandbox


async def test_a_forum_s_post_can_begin_with_one(sandbox: Sandbox, place: Place, raw: Raw) -> None:
    post = await place.ada.start_post(place.forum, "Night", "Bad")
    [starter] = await sandbox.messages_in(post)
    await sandbox.drop_keys(starter, "type")
    [shown] = await history(raw, post)
    assert "type" not in shown


async def test_people_see_it_whole(place: Place) -> None:
    bad = await place.ada.say(place.channel, "Whole", missing=["type", "author"])
    [seen] = await place.mo.messages(place.channel)
    assert (seen.author_id, seen.type, seen.id) == (place.ada.id, 0, bad.id)


async def test_discord_py_loses_the_whole_page(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    await place.ada.say(place.channel, "Good")
    bad = await place.ada.say(place.channel, "Bad")
    probe = await start()
    channel = probe.text(place.channel)
    await sandbox.drop_keys(bad, "type")
    with pytest.raises(KeyError):
        _ = [each async for each in channel.history()]
    with pytest.raises(KeyError):
        await channel.fetch_message(bad.id)


@pytest.mark.parametrize(("key", "error"), [("type", KeyError), ("author", AttributeError)])
async def test_discord_py_ends_at_a_incomplete_event(
    sandbox: Sandbox, place: Place, start: Start, key: str, error: type[Exception]
) -> None:
    probe: Probe = await start()
    await place.ada.say(place.channel, "Bad", missing=[key])
    await sandbox.until(probe.running.done)
    assert isinstance(probe.running.exception(), error)


async def test_a_key_that_a_message_has_not_cannot_be_taken(sandbox: Sandbox, place: Place) -> None:
    message: Message = await place.ada.say(place.channel, "Good")
    with pytest.raises(ControlError, match="no key colour"):
        await sandbox.drop_keys(message, "colour")
    with pytest.raises(ControlError, match="a list of names"):
        await sandbox.post("drop_keys", channel=place.channel.id, message=message.id, keys="type")
