"""What the gateway says, and does not say, when the bot loses sight of a channel and finds it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.state.permissions import EVERYONE, INVITED, Permission

if TYPE_CHECKING:
    from bot.sandbox import Channel, Role, Sandbox
    from tests.sandbox.gateway_client import Wire
    from tests.sandbox.probe_bot import Place, Start
    from tests.sandbox.rest_client import Raw

P = Permission
UNSEEN = int(EVERYONE & ~P.VIEW_CHANNEL)


class Rights:
    """The ways in which a bot loses a channel and gets it back, each with what it is told."""

    def __init__(self, sandbox: Sandbox, place: Place) -> None:
        self.sandbox = sandbox
        self.place = place
        self.category: Channel
        self.role: Role

    async def build(self) -> Rights:
        sandbox, guild = self.sandbox, self.place.guild
        self.category = await sandbox.category(guild, "Essays")
        parent = str(self.category.id)
        await sandbox.change_channel(self.place.channel, parent_id=parent)
        self.role = await sandbox.role(guild, "Readers")
        people = await sandbox.role(guild, "People", int(EVERYONE))
        for person in (self.place.ada, self.place.mo):
            own = [int(each) for each in person.raw["roles"]]
            await person.set_roles([*own, people])
        return self

    async def by_overwrite(self, *, seen: bool) -> None:
        await self.sandbox.deny_bot(self.place.channel, 0 if seen else P.VIEW_CHANNEL)

    async def by_category(self, *, seen: bool) -> None:
        await self.sandbox.deny_bot(self.category, 0 if seen else P.VIEW_CHANNEL)

    async def by_everyone(self, *, seen: bool) -> None:
        guild = self.place.guild
        await self.sandbox.permit(guild, guild, int(EVERYONE) if seen else UNSEEN)

    async def by_its_role(self, *, seen: bool) -> None:
        everything = int(INVITED) if seen else int(INVITED & ~P.VIEW_CHANNEL)
        await self.sandbox.permit_bot(self.place.guild, everything)

    async def by_a_role(self, *, seen: bool) -> None:
        await self.sandbox.set_bot_roles(self.place.guild, [self.role] if seen else [])

    async def by_a_deleted_role(self, *, seen: bool) -> None:
        if seen:
            self.role = await self.sandbox.role(self.place.guild, "Readers", P.VIEW_CHANNEL)
            await self.sandbox.set_bot_roles(self.place.guild, [self.role])
        else:
            await self.sandbox.delete_role(self.place.guild, self.role)

    async def by_administrator(self, *, seen: bool) -> None:
        bits = int(P.ADMINISTRATOR) if seen else 0
        await self.sandbox.permit(self.place.guild, self.role, bits)


Way = Callable[..., Awaitable[None]]


@pytest.fixture
async def rights(sandbox: Sandbox, place: Place) -> Rights:
    return await Rights(sandbox, place).build()


async def prepare(rights: Rights, way: str) -> Way:
    """Leave the bot one way only by which it sees the channel."""
    sandbox, guild = rights.sandbox, rights.place.guild
    bare = int(INVITED & ~P.VIEW_CHANNEL)
    if way == "by_everyone":
        await sandbox.permit_bot(guild, bare)
    elif way not in {"by_overwrite", "by_category"}:
        await sandbox.permit(guild, guild, UNSEEN)
    if way in {"by_a_role", "by_a_deleted_role", "by_administrator"}:
        await sandbox.permit_bot(guild, bare)
        bits = int(P.ADMINISTRATOR if way == "by_administrator" else P.VIEW_CHANNEL)
        await sandbox.permit(guild, rights.role, bits)
        await sandbox.set_bot_roles(guild, [rights.role])
    change: Way = getattr(rights, way)
    return change


WAYS = [
    ("by_overwrite", ["CHANNEL_UPDATE"], ["CHANNEL_UPDATE"]),
    ("by_category", ["CHANNEL_UPDATE"] * 2, ["CHANNEL_UPDATE"] * 2),
    ("by_everyone", ["GUILD_ROLE_UPDATE"], ["GUILD_ROLE_UPDATE"]),
    ("by_its_role", ["GUILD_ROLE_UPDATE"], ["GUILD_ROLE_UPDATE"]),
    ("by_a_role", ["GUILD_MEMBER_UPDATE"], ["GUILD_MEMBER_UPDATE"]),
    ("by_a_deleted_role", ["GUILD_ROLE_DELETE"], ["GUILD_ROLE_CREATE", "GUILD_MEMBER_UPDATE"]),
    ("by_administrator", ["GUILD_ROLE_UPDATE"], ["GUILD_ROLE_UPDATE"]),
]


@pytest.mark.parametrize(("way", "lost", "found"), WAYS)
async def test_losing_a_channel_is_silent_and_finding_it_syncs_its_threads(
    rights: Rights, wire: Wire, way: str, lost: list[str], found: list[str]
) -> None:
    place = rights.place
    change = await prepare(rights, way)
    thread = await place.ada.start_thread(place.channel, "Talk")
    await wire.log_in()
    await place.ada.say(thread, "Heard")
    assert await wire.heard() == ["MESSAGE_CREATE"]
    await change(seen=False)
    assert await wire.heard() == lost
    unheard = await place.ada.say(thread, "Unheard")
    await place.ada.edit(unheard, "Unheard, and edited")
    await place.ada.delete(await place.ada.say(thread, "Gone before it was seen"))
    late = await place.ada.start_thread(place.channel, "Begun meanwhile")
    over = await place.ada.start_thread(place.channel, "Over meanwhile")
    await place.mo.rename(thread, "Renamed")
    await place.mo.archive(over)
    assert await wire.heard() == []
    await change(seen=True)
    events = await wire.so_far()
    assert [each["t"] for each in events] == [*found, "THREAD_LIST_SYNC"]
    synced = events[-1]["d"]
    assert synced["guild_id"] == str(place.guild.id)
    assert str(place.channel.id) in synced["channel_ids"]
    assert str(rights.category.id) not in synced["channel_ids"]
    by_id = {int(each["id"]): each for each in synced["threads"]}
    assert by_id.keys() == {thread.id, late.id}
    shown = by_id[thread.id]
    last = (await rights.sandbox.get("channel", channel=thread.id))["last_message_id"]
    assert (shown["name"], shown["last_message_id"]) == ("Renamed", last)
    assert (shown["message_count"], shown["total_message_sent"]) == (3, 4)
    assert synced["members"] == []
    await place.ada.say(thread, "Heard again")
    assert await wire.heard() == ["MESSAGE_CREATE"]


async def test_the_threads_that_the_bot_had_joined_come_with_its_membership(
    rights: Rights, wire: Wire, raw: Raw
) -> None:
    place = rights.place
    thread = await place.ada.start_thread(place.channel, "Talk")
    await raw("POST", f"/channels/{thread.id}/messages", {"content": "x"})
    await rights.by_overwrite(seen=False)
    created = await wire.log_in()
    assert created["d"]["threads"] == []
    assert str(place.channel.id) in {each["id"] for each in created["d"]["channels"]}
    await rights.by_overwrite(seen=True)
    synced = (await wire.until("THREAD_LIST_SYNC"))["d"]
    assert [each["id"] for each in synced["members"]] == [str(thread.id)]


async def test_one_change_that_opens_many_channels_is_one_sync(rights: Rights, wire: Wire) -> None:
    place = rights.place
    await rights.sandbox.permit(place.guild, place.guild, UNSEEN)
    await rights.by_its_role(seen=False)
    await wire.log_in()
    await rights.by_its_role(seen=True)
    synced = (await wire.until("THREAD_LIST_SYNC"))["d"]
    assert set(synced["channel_ids"]) == {str(place.channel.id), str(place.forum.id)}
    assert synced["threads"] == []
    assert await wire.heard() == []


async def test_a_right_that_opens_nothing_syncs_nothing(rights: Rights, wire: Wire) -> None:
    place = rights.place
    await wire.log_in()
    for bits in (P.READ_MESSAGE_HISTORY, P.SEND_MESSAGES, 0):
        await rights.sandbox.deny_bot(place.channel, bits)
    assert await wire.heard() == ["CHANNEL_UPDATE"] * 3


async def test_a_timeout_of_the_bot_is_told_and_its_end_is_not(
    rights: Rights, wire: Wire, raw: Raw
) -> None:
    place, sandbox = rights.place, rights.sandbox
    await wire.log_in()
    messages = f"/channels/{place.channel.id}/messages"
    await place.ada.say(place.channel, "Before")
    await sandbox.time_out_bot(place.guild, 60)
    assert await wire.heard() == ["MESSAGE_CREATE", "GUILD_MEMBER_UPDATE"]
    assert len((await raw("GET", messages)).body) == 1
    assert (await raw("POST", messages, {"content": "x"})).refused == (403, 50013)
    await sandbox.advance(61)
    assert await wire.heard() == []
    assert (await raw("POST", messages, {"content": "x"})).status == 200
    await sandbox.permit_bot(place.guild, P.ADMINISTRATOR)
    await sandbox.time_out_bot(place.guild, 60)
    assert (await raw("POST", messages, {"content": "x"})).status == 200


async def test_the_owner_may_everything_and_a_former_one_no_more(
    rights: Rights, sandbox: Sandbox, place: Place
) -> None:
    del rights
    await sandbox.allow(place.channel, place.guild, deny=P.VIEW_CHANNEL)
    assert "essays" not in {each.name for each in await place.ada.channels()}
    guild = sandbox.state.guilds[place.guild.id]
    guild.owner_id = place.ada.id
    await place.ada.time_out(60)
    await place.ada.say(place.channel, "Mine")
    guild.owner_id = place.mo.id
    assert "essays" not in {each.name for each in await place.ada.channels()}


async def test_discord_py_takes_a_sync_for_threads_joined_and_removed(
    rights: Rights, start: Start
) -> None:
    place, sandbox = rights.place, rights.sandbox
    thread = await place.ada.start_thread(place.channel, "Talk")
    probe = await start()
    await rights.by_overwrite(seen=False)
    await sandbox.until(lambda: probe.events("guild_channel_update"))
    await place.mo.archive(thread)
    late = await place.ada.start_thread(place.channel, "Begun meanwhile")
    await rights.by_overwrite(seen=True)
    await sandbox.until(lambda: probe.events("thread_remove"))
    assert [each.id for each in probe.events("thread_join")] == [late.id]
    assert [each.id for each in probe.events("thread_remove")] == [thread.id]
    assert probe.events("thread_delete") == probe.events("thread_create") == []
    assert len(probe.events("ready")) == 1


async def test_a_deleted_channel_is_told_even_to_who_does_not_see_it_but_no_thread(
    rights: Rights, wire: Wire
) -> None:
    place, sandbox = rights.place, rights.sandbox
    thread = await place.ada.start_thread(place.channel, "Talk")
    await rights.by_overwrite(seen=False)
    await wire.log_in()
    await place.mo.delete_thread(thread)
    assert await wire.heard() == []
    await sandbox.delete_channel(place.channel)
    assert await wire.heard() == ["CHANNEL_DELETE"]


async def test_a_page_looks_again_when_rights_change(sandbox: Sandbox, place: Place) -> None:
    seen: list[str] = []
    sandbox.state.listeners.append(lambda event: seen.append(event.name))
    await sandbox.allow(place.channel, place.ada, deny=P.VIEW_CHANNEL)
    assert seen[-1] == "ACCESS_UPDATE"
