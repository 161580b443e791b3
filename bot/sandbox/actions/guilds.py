"""Guilds, their members and roles, and the bot's coming and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions.thread_sync import syncing_threads
from bot.sandbox.state import permissions
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import OUTAGE, Guild, Member, Role, Thread, User
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.state import State


def create(state: State, name: str, *, locale: str = "en-US", bot: bool = True) -> Guild:
    """Make a guild with an owner of its own, and the bot in it unless told otherwise."""
    guild_id = state.clock.snowflake()
    owner = User(state.clock.snowflake(), "owner", "Owner")
    state.users[owner.id] = owner
    guild = Guild(guild_id, name, owner.id, locale)
    everyone = Role(guild_id, "@everyone", int(permissions.EVERYONE), position=0)
    guild.roles[guild_id] = everyone
    guild.members[owner.id] = Member(owner, state.now())
    state.guilds[guild_id] = guild
    if bot:
        add_bot(state, guild)
    return guild


def add_bot(
    state: State,
    guild: Guild,
    granted: int = permissions.INVITED,
    *,
    as_available: bool = False,
) -> Member:
    """Invite the bot: it gets a managed role with what it asked for.

    A guild that is joined comes without ``unavailable``, by which discord.py tells it from one
    that was out. ``as_available`` sends it as false all the same, so that a bot meets both.
    """
    app = state.application
    role = Role(state.clock.snowflake(), app.name, granted, bot_id=app.user.id)
    guild.roles[role.id] = role
    member = Member(app.user, state.now(), roles=[role.id])
    guild.members[app.user.id] = member
    body = serialisation.guild_create(guild, member, state)
    if not as_available:
        del body["unavailable"]
    state.emit(Event("GUILD_CREATE", body, guild))
    return member


def remove_bot(state: State, guild: Guild) -> None:
    """Remove the bot, its role and its commands in this guild, and from threads it followed."""
    user_id = state.application.user.id
    del guild.members[user_id]
    _leave_threads(guild, user_id)
    for role in [each for each in guild.roles.values() if each.bot_id == user_id]:
        del guild.roles[role.id]
    state.application.commands.pop(guild.id, None)
    body = {"id": str(guild.id)}
    state.emit(Event("GUILD_DELETE", body, guild, gone=frozenset({user_id})))


def set_unavailable(
    state: State, guild: Guild, *, unavailable: bool, refusal: int = OUTAGE
) -> None:
    """Let a guild go through an outage, or come back from it.

    Meanwhile nothing that happens there is told, or told afterwards, and REST refuses.
    """
    if guild.unavailable == unavailable:
        return
    guild.unavailable, guild.refusal = unavailable, refusal
    user_id = state.application.user.id
    if user_id not in guild.members:
        return
    if unavailable:
        body = serialisation.unavailable_guild(guild)
        state.emit(Event("GUILD_DELETE", body, guild, gone=frozenset({user_id})))
    else:
        body = serialisation.guild_create(guild, guild.members[user_id], state)
        state.emit(Event("GUILD_CREATE", body, guild))


def add_member(
    state: State,
    guild: Guild,
    name: str,
    *,
    locale: str = "en-US",
    nick: str | None = None,
    user: User | None = None,
) -> Member:
    """Let somebody join: a new user of that name, or a known one.

    Raises:
        DiscordError: 40007 if they are banned.
    """
    if user is None:
        username = "".join(c for c in name.lower() if c.isalnum() or c in "._") or "reader"
        user = User(state.clock.snowflake(), username, name, locale=locale)
        state.users[user.id] = user
    if user.id in guild.bans:
        raise DiscordError(40007)
    member = Member(user, state.now(), nick)
    guild.members[user.id] = member
    body = serialisation.member(member) | {"guild_id": str(guild.id)}
    state.emit(Event("GUILD_MEMBER_ADD", body, guild))
    return member


def remove_member(state: State, guild: Guild, member: Member) -> None:
    """Let somebody leave; their messages stay."""
    del guild.members[member.user.id]
    _leave_threads(guild, member.user.id)
    body = {"guild_id": str(guild.id), "user": serialisation.user(member.user)}
    state.emit(Event("GUILD_MEMBER_REMOVE", body, guild))


def _leave_threads(guild: Guild, user_id: int) -> None:
    for channel in guild.channels.values():
        if isinstance(channel, Thread):
            channel.members.pop(user_id, None)


def create_role(
    state: State,
    guild: Guild,
    name: str,
    granted: int = 0,
    *,
    hoist: bool = False,
    mentionable: bool = False,
) -> Role:
    """Make a role, which Discord puts at the bottom.

    Raises:
        DiscordError: 30005 if there are too many.
    """
    if len(guild.roles) >= state.limits.roles:
        raise DiscordError(30005)
    role = Role(
        state.clock.snowflake(), name, granted, position=1, hoist=hoist, mentionable=mentionable
    )
    guild.roles[role.id] = role
    body = {"guild_id": str(guild.id), "role": serialisation.role(role)}
    state.emit(Event("GUILD_ROLE_CREATE", body, guild))
    return role


def change_role(
    state: State, guild: Guild, role: Role, *, granted: int | None = None, name: str | None = None
) -> None:
    """Change a role's permissions or name."""
    with syncing_threads(state, guild):
        role.permissions = role.permissions if granted is None else granted
        role.name = name or role.name
        body = {"guild_id": str(guild.id), "role": serialisation.role(role)}
        state.emit(Event("GUILD_ROLE_UPDATE", body, guild))


def delete_role(state: State, guild: Guild, role: Role) -> None:
    """Delete a role and take it from everybody."""
    with syncing_threads(state, guild):
        for member in guild.members.values():
            if role.id in member.roles:
                member.roles.remove(role.id)
        del guild.roles[role.id]
        body = {"guild_id": str(guild.id), "role_id": str(role.id)}
        state.emit(Event("GUILD_ROLE_DELETE", body, guild))


def set_roles(state: State, guild: Guild, member: Member, roles: list[int]) -> None:
    """Give a member exactly these roles."""
    change_member(state, guild, member, {"roles": roles})


def change_member(state: State, guild: Guild, member: Member, changes: JSON) -> None:
    """Change a member's ``nick``, ``roles`` or timeout (``until``), and tell of it once."""
    with syncing_threads(state, guild):
        member.nick = changes.get("nick", member.nick)
        member.roles = list(dict.fromkeys(changes.get("roles", member.roles)))
        member.timed_out_until = changes.get("until", member.timed_out_until)
        tell_member(state, guild, member)


def tell_member(state: State, guild: Guild, member: Member) -> None:
    """Emit a member's change."""
    body = serialisation.member(member) | {"guild_id": str(guild.id)}
    state.emit(Event("GUILD_MEMBER_UPDATE", body, guild))
