"""Guilds, their members and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import guilds
from bot.sandbox.rest.routes import route
from bot.sandbox.state import permissions
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import Thread
from bot.sandbox.state.permissions import Permission
from bot.sandbox.validation.body import check_body
from bot.sandbox.validation.roles import ROLE

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call
    from bot.sandbox.state.models import Guild, Role


def _guild(call: Call) -> Guild:
    guild = call.state.guild(call.id("guild_id"))
    call.state.bot_in(guild)
    return guild


def _require(call: Call, needed: int) -> None:
    permissions.require_in_guild(_guild(call), call.actor(), call.state.now(), needed)


@route("GET", "/guilds/{guild_id}/channels")
def get_channels(call: Call) -> Answer:
    """Return all channels without their threads; once Discord hides some, those are left out."""
    every = [each for each in _guild(call).channels.values() if not isinstance(each, Thread)]
    hides, bot = call.state.hides_channels, call.actor()
    return [
        serialisation.channel(each) for each in every if not hides or call.state.sees(bot, each)
    ]


@route("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", status=204)
def give_role(call: Call) -> Answer:
    """Give a role below one's own with MANAGE_ROLES."""
    _change_roles(call, give=True)
    return None


@route("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", status=204)
def take_role(call: Call) -> Answer:
    """Take a role below one's own with MANAGE_ROLES."""
    _change_roles(call, give=False)
    return None


@route("GET", "/guilds/{guild_id}/roles")
def get_roles(call: Call) -> Answer:
    """Return all roles."""
    return [serialisation.role(each) for each in _guild(call).roles.values()]


@route("POST", "/guilds/{guild_id}/roles")
def create_role(call: Call) -> Answer:
    """Make a role with MANAGE_ROLES, with no permission that one does not have."""
    body, guild = call.json(), _guild(call)
    check_body(body, ROLE)
    granted = int(body.get("permissions") or 0)
    _require(call, Permission.MANAGE_ROLES | granted)
    role = guilds.create_role(
        call.state,
        guild,
        body.get("name") or "new role",
        granted,
        hoist=bool(body.get("hoist")),
        mentionable=bool(body.get("mentionable")),
    )
    return serialisation.role(role)


@route("DELETE", "/guilds/{guild_id}/roles/{role_id}", status=204)
def delete_role(call: Call) -> Answer:
    """Delete a role below one's own with MANAGE_ROLES; a managed one stays."""
    role = _role_below(call)
    if role.bot_id is not None or role.id == _guild(call).id:
        raise DiscordError(50028)
    guilds.delete_role(call.state, _guild(call), role)
    return None


def _role_below(call: Call) -> Role:
    guild = _guild(call)
    _require(call, Permission.MANAGE_ROLES)
    role_id = call.id("role_id")
    if role_id not in guild.roles:
        raise DiscordError(10011)
    role = guild.roles[role_id]
    if (role.position, -role.id) >= guild.rank(call.actor()):
        raise DiscordError(50013)
    return role


def _change_roles(call: Call, *, give: bool) -> None:
    guild, role_id = _guild(call), _role_below(call).id
    member = call.state.member(guild, call.id("user_id"))
    rest = [each for each in member.roles if each != role_id]
    guilds.set_roles(call.state, guild, member, [*rest, role_id] if give else rest)


@route("GET", "/guilds/{guild_id}/bans", query=("before", "after", "limit"))
def get_bans(call: Call) -> Answer:
    """Return a page of bans by the users' ids, in growing order, with BAN_MEMBERS."""
    guild = _guild(call)
    _require(call, Permission.BAN_MEMBERS)
    before, after = call.query_id("before"), call.query_id("after")
    limit = call.limit(1000, 1000)
    ids = [
        each
        for each in sorted(guild.bans)
        if (before is None or each < before) and (after is None or each > after)
    ]
    page = ids[-limit:] if before is not None and after is None else ids[:limit]
    return [_ban(call, guild, each) for each in page]


@route("GET", "/guilds/{guild_id}/bans/{user_id}")
def get_ban(call: Call) -> Answer:
    """Return one ban, with BAN_MEMBERS."""
    guild = _guild(call)
    _require(call, Permission.BAN_MEMBERS)
    if call.id("user_id") not in guild.bans:
        raise DiscordError(10026)
    return _ban(call, guild, call.id("user_id"))


def _ban(call: Call, guild: Guild, user_id: int) -> JSON:
    return {"reason": guild.bans[user_id], "user": serialisation.user(call.state.user(user_id))}


@route("GET", "/guilds/{guild_id}/threads/active")
def get_active_threads(call: Call) -> Answer:
    """Return the active threads that the bot sees, newest first."""
    bot = call.actor()
    active = _guild(call).active_threads.values()
    seen = [each for each in active if call.state.sees(bot, each)]
    seen.sort(key=lambda thread: thread.id, reverse=True)
    return {
        "threads": [serialisation.channel(each) for each in seen],
        "members": [
            serialisation.thread_member(each, bot.user.id)
            for each in seen
            if bot.user.id in each.members
        ],
        "has_more": False,
    }
