"""Permissions of made guilds, computed by the sandbox, by discord.py and by SimCord."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simcord.backend import models as simcord
from simcord.backend import permissions as simcord_permissions
from simcord.enums import OverwriteType

from bot.sandbox import serialisation
from bot.sandbox.actions import channels, guilds, threads
from bot.sandbox.state import permissions
from bot.sandbox.state.models import ChannelType, Overwrite
from bot.sandbox.state.permissions import Permission
from bot.sandbox.state.state import State

if TYPE_CHECKING:
    from bot.sandbox.state.models import Channel, Guild, Member, Thread

P = Permission
IN_CHANNELS = discord.Permissions.all_channel().value & ~discord.Permissions.voice().value
"""The bits that a text channel has a say in; the sandbox knows no voice."""
RARE = int(P.ADMINISTRATOR)
BITS = st.tuples(
    st.binary(min_size=7, max_size=7), st.binary(min_size=7, max_size=7), st.integers(0, 15)
).map(
    lambda drawn: (
        int.from_bytes(drawn[0]) & int.from_bytes(drawn[1]) & permissions.ALL & ~RARE
        | (RARE if drawn[2] == 15 else 0)
    )
)
"""A quarter of all bits, now and then an administrator's."""


@dataclass
class Case:
    """One made guild with a channel, a thread in it and a member."""

    state: State
    guild: Guild
    member: Member
    channel: Channel
    thread: Thread


@st.composite
def cases(draw: st.DrawFn) -> Case:
    state = State()
    guild = guilds.create(state, "g")
    guild.roles[guild.id].permissions = draw(BITS)
    roles = [guilds.create_role(state, guild, str(number), draw(BITS)) for number in range(3)]
    member = guilds.add_member(state, guild, "Ada")
    held = draw(st.lists(st.sampled_from(roles), unique=True))
    member.roles = [each.id for each in held]
    kind = draw(st.sampled_from([ChannelType.TEXT, ChannelType.FORUM]))
    channel = channels.create(state, guild, "c", ChannelType.TEXT)
    owner = guild.members[guild.owner_id]
    thread = threads.without_message(state, owner, channel, "t")
    channel.type = kind
    targets = [(guild.id, 0), *[(each.id, 0) for each in roles], (member.user.id, 1)]
    for ident, target in targets:
        if draw(st.booleans()):
            allow, deny = draw(BITS), draw(BITS)
            channel.overwrites[ident] = Overwrite(ident, target, allow & ~deny, deny)
    if draw(st.booleans()):
        seconds = draw(st.sampled_from([-60, 60]))
        member.timed_out_until = state.now() + timedelta(seconds=seconds)
    if draw(st.sampled_from([True, *[False] * 7])):
        guild.owner_id = member.user.id
    return Case(state, guild, member, channel, thread)


@pytest.fixture(scope="module")
def library() -> discord.Client:
    return discord.Client(intents=discord.Intents.none())


MANY = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(case=cases())
def test_discord_py_computes_the_same(library: discord.Client, case: Case) -> None:
    state, guild, member = case.state, case.guild, case.member
    bot = state.bot_in(guild)
    data: object = serialisation.guild_create(guild, bot, state)
    theirs = discord.Guild(data=data, state=library._connection)  # type: ignore[arg-type]  # as on the wire
    who: object = serialisation.member(member)
    as_member = discord.Member(data=who, guild=theirs, state=library._connection)  # type: ignore[arg-type]  # the same
    raw: object = serialisation.channel(case.thread)
    for own in (case.channel, case.thread):
        found = theirs.get_channel(own.id) or discord.Thread(
            guild=theirs,
            state=library._connection,
            data=raw,  # type: ignore[arg-type]  # the same
        )
        assert isinstance(found, discord.TextChannel | discord.ForumChannel | discord.Thread)
        expected = found.permissions_for(as_member).value & IN_CHANNELS
        computed = permissions.in_channel(own, member, state.now()) & IN_CHANNELS
        assert discord.Permissions(computed) == discord.Permissions(expected)


@MANY
@given(case=cases())
def test_simcord_computes_the_same_before_what_is_implicit(case: Case) -> None:
    state, guild, member = case.state, case.guild, case.member
    theirs = simcord.Guild(id=guild.id, name="g", owner_id=guild.owner_id)
    for role in guild.roles.values():
        theirs.roles[role.id] = simcord.Role(
            id=role.id, name=role.name, permissions=role.permissions
        )
    until = serialisation.stamp(member.timed_out_until)
    theirs.members[member.user.id] = simcord.Member(
        user_id=member.user.id, role_ids=list(member.roles), timed_out_until=until
    )
    channel = simcord.Channel(id=case.channel.id, type=0, name="c", guild_id=guild.id)
    channel.overwrites = [
        simcord.Overwrite(
            target_id=each.id, type=OverwriteType(each.kind), allow=each.allow, deny=each.deny
        )
        for each in case.channel.overwrites.values()
    ]
    user, now = member.user.id, state.now()
    expected = simcord_permissions.compute(theirs, user, channel, now=now)
    if not expected & P.VIEW_CHANNEL:
        expected = 0
    for own, sending in (
        (case.channel, P.SEND_MESSAGES),
        (case.thread, P.SEND_MESSAGES_IN_THREADS),
    ):
        implied = expected if expected & sending else expected & ~permissions.WRITING
        computed = permissions.in_channel(own, member, now)
        assert computed & IN_CHANNELS == implied & IN_CHANNELS
