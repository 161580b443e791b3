"""Bans: who may not come back, until somebody lifts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import guilds
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.permissions import Permission, require_in_guild
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Guild, Member, User
    from bot.sandbox.state.state import State


def ban(state: State, guild: Guild, actor: Member, user: User, reason: str | None = None) -> None:
    """Ban somebody with BAN_MEMBERS; a member leaves, and their messages stay.

    Raises:
        DiscordError: 50013 without the right, or for the owner or a member who ranks no lower.
    """
    require_in_guild(guild, actor, state.now(), Permission.BAN_MEMBERS)
    member = guild.members.get(user.id)
    is_owner = actor.user.id == guild.owner_id
    if user.id == guild.owner_id:
        raise DiscordError(50013)
    if member is not None and not is_owner and guild.rank(member) >= guild.rank(actor):
        raise DiscordError(50013)
    if user.id in guild.bans:
        return
    guild.bans[user.id] = reason
    _tell(state, guild, "GUILD_BAN_ADD", user)
    if member is not None:
        guilds.remove_member(state, guild, member)


def unban(state: State, guild: Guild, actor: Member, user: User) -> None:
    """Lift a ban with BAN_MEMBERS.

    Raises:
        DiscordError: 50013 without the right, 10026 if there is none.
    """
    require_in_guild(guild, actor, state.now(), Permission.BAN_MEMBERS)
    if user.id not in guild.bans:
        raise DiscordError(10026)
    del guild.bans[user.id]
    _tell(state, guild, "GUILD_BAN_REMOVE", user)


def _tell(state: State, guild: Guild, name: str, user: User) -> None:
    body = {"guild_id": str(guild.id), "user": serialisation.user(user)}
    state.emit(Event(name, body, guild))
