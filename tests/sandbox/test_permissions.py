from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.sandbox import ControlError
from bot.sandbox.actions import guilds
from bot.sandbox.state.models import Channel, ChannelType, Overwrite
from bot.sandbox.state.permissions import ALL, EVERYONE, INVITED, Permission, in_channel, in_guild
from bot.sandbox.state.state import State

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Start

P = Permission


@pytest.mark.parametrize("permission", list(Permission))
def test_the_bits_are_discord_s(permission: Permission) -> None:
    known = {"bypass_slowmode": 1 << 52, "pin_messages": 1 << 51}
    name = (permission.name or "").lower()
    value = known.get(name) or getattr(discord.Permissions, name).flag
    assert permission.value == value


@pytest.mark.parametrize(
    ("overwrites", "expected"),
    [
        ([], True),
        ([("everyone", 0, P.SEND_MESSAGES)], False),
        ([("everyone", 0, P.SEND_MESSAGES), ("role", P.SEND_MESSAGES, 0)], True),
        ([("role", 0, P.SEND_MESSAGES), ("other", P.SEND_MESSAGES, 0)], True),
        ([("role", P.SEND_MESSAGES, 0), ("member", 0, P.SEND_MESSAGES)], False),
        ([("everyone", 0, P.VIEW_CHANNEL)], False),
        ([("everyone", 0, P.VIEW_CHANNEL), ("member", P.VIEW_CHANNEL, 0)], True),
    ],
)
def test_overwrites_count_in_discord_s_order(
    overwrites: list[tuple[str, int, int]], *, expected: bool
) -> None:
    state = State()
    guild = guilds.create(state, "g")
    member = guilds.add_member(state, guild, "Ada")
    role = guilds.create_role(state, guild, "role")
    other = guilds.create_role(state, guild, "other")
    member.roles = [role.id, other.id]
    channel = Channel(state.clock.snowflake(), guild, ChannelType.TEXT, "c")
    ids = {"everyone": guild.id, "role": role.id, "other": other.id, "member": member.user.id}
    for name, allow, deny in overwrites:
        kind = 1 if name == "member" else 0
        channel.overwrites[ids[name]] = Overwrite(ids[name], kind, allow, deny)
    granted = in_channel(channel, member, state.now())
    assert bool(granted & P.SEND_MESSAGES) is expected


def test_owners_and_administrators_may_everything() -> None:
    state = State()
    guild = guilds.create(state, "g")
    owner = guild.members[guild.owner_id]
    assert in_guild(guild, owner, state.now()) == ALL
    member = guilds.add_member(state, guild, "Ada")
    assert in_guild(guild, member, state.now()) == EVERYONE
    member.roles = [guilds.create_role(state, guild, "r", P.ADMINISTRATOR).id]
    assert in_guild(guild, member, state.now()) == ALL


async def test_a_timeout_leaves_only_reading(sandbox: Sandbox, place: Place) -> None:
    await place.ada.time_out(60)
    assert await place.ada.messages(place.channel) == []
    with pytest.raises(ControlError) as refused:
        await place.ada.say(place.channel, "Hello")
    assert refused.value.code == 50013
    await sandbox.post("advance", seconds=61)
    await place.ada.say(place.channel, "Hello again")


async def test_slow_mode_holds_readers_but_not_moderators(sandbox: Sandbox, place: Place) -> None:
    changes = {"rate_limit_per_user": 30}
    await sandbox.post("change_channel", channel=place.channel.id, changes=changes)
    for _ in range(2):
        await place.mo.say(place.channel, "I may")
    await place.ada.say(place.channel, "One")
    with pytest.raises(ControlError) as refused:
        await place.ada.say(place.channel, "Two")
    assert refused.value.code == 20016
    assert 29 < (refused.value.retry_after or 0) <= 30
    await sandbox.post("advance", seconds=31)
    await place.ada.say(place.channel, "Two")


@pytest.mark.parametrize(
    ("missing", "code"),
    [(P.CREATE_PUBLIC_THREADS, 50013), (P.READ_MESSAGE_HISTORY, 50013), (P.VIEW_CHANNEL, 50001)],
)
async def test_the_bot_needs_its_permissions_to_start_a_thread(
    sandbox: Sandbox, place: Place, start: Start, missing: Permission, code: int
) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("An essay")
    await _take(sandbox, place, missing)
    with pytest.raises(discord.Forbidden) as refused:
        await message.create_thread(name="An essay")
    assert refused.value.code == code


async def test_threads_have_a_sending_permission_of_their_own(
    sandbox: Sandbox, place: Place, start: Start
) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("An essay")
    thread = await message.create_thread(name="An essay")
    await _take(sandbox, place, P.SEND_MESSAGES)
    await thread.send("In a thread it does not count")
    await _take(sandbox, place, P.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(discord.Forbidden):
        await thread.send("But this does")


@pytest.mark.parametrize("action", ["pin", "delete", "lock", "delete_thread"])
async def test_moderators_rights_are_theirs_alone(place: Place, start: Start, action: str) -> None:
    probe = await start()
    message = await probe.text(place.channel).send("An essay")
    thread = await message.create_thread(name="An essay")
    [seen] = [each for each in await place.ada.messages(place.channel) if each.id == message.id]
    target = thread if action in {"lock", "delete_thread"} else seen
    with pytest.raises(ControlError) as refused:
        await getattr(place.ada, action)(target)
    assert refused.value.code == 50013
    await getattr(place.mo, action)(target)


async def test_what_a_reader_cannot_see_does_not_exist_for_them(
    sandbox: Sandbox, place: Place
) -> None:
    await sandbox.allow(place.channel, place.ada, deny=P.VIEW_CHANNEL)
    assert [each.name for each in await place.ada.channels()] == ["essays-forum"]
    for refused in (
        place.ada.messages(place.channel),
        place.ada.say(place.channel, "x"),
        place.ada.command(place.channel, "post"),
    ):
        with pytest.raises(ControlError) as error:
            await refused
        assert error.value.code == 50001


async def test_without_history_a_reader_sees_no_past(sandbox: Sandbox, place: Place) -> None:
    await place.mo.say(place.channel, "Past")
    await sandbox.allow(place.channel, place.ada, deny=P.READ_MESSAGE_HISTORY)
    assert await place.ada.messages(place.channel) == []


async def _take(sandbox: Sandbox, place: Place, missing: Permission) -> None:
    await sandbox.permit_bot(place.guild, INVITED & ~missing)
    everyone = place.guild.id
    left = int(EVERYONE & ~missing)
    await sandbox.post("change_role", guild=everyone, role=everyone, permissions=left)
