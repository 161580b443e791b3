"""Guilds, their members and roles."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import channels, guilds
from bot.sandbox.rest.routes import route
from bot.sandbox.state import permissions
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.models import ChannelType, Thread
from bot.sandbox.state.permissions import Permission
from bot.sandbox.state.state import GUILD_MEMBERS
from bot.sandbox.validation.body import anything, check_body, maybe, text
from bot.sandbox.validation.channels import CHANNEL_CREATE

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call
    from bot.sandbox.state.models import Guild, Member


def _guild(call: Call) -> Guild:
    guild = call.state.guild(call.id("guild_id"))
    call.state.bot_in(guild)
    return guild


def _require(call: Call, needed: Permission) -> None:
    permissions.require_in_guild(_guild(call), call.actor(), call.state.now(), needed)


def _require_rank(call: Call, other: Member) -> None:
    """Refuse who does not stand above another member (topics/permissions, Permission Hierarchy)."""
    if not permissions.outranks(_guild(call), call.actor(), other):
        raise DiscordError(50013)


@route("GET", "/guilds/{guild_id}", query=("with_counts",))
def get_guild(call: Call) -> Answer:
    """Return a guild."""
    return serialisation.guild(_guild(call))


@route("GET", "/guilds/{guild_id}/channels")
def get_channels(call: Call) -> Answer:
    """Return all channels without their threads; once Discord hides some, those are left out."""
    every = [each for each in _guild(call).channels.values() if not isinstance(each, Thread)]
    hides, bot = call.state.hides_channels, call.actor()
    return [
        serialisation.channel(each) for each in every if not hides or call.state.sees(bot, each)
    ]


@route("POST", "/guilds/{guild_id}/channels", status=201)
def create_channel(call: Call) -> Answer:
    """Make a channel with MANAGE_CHANNELS, and with MANAGE_ROLES if it has overwrites."""
    _require(call, Permission.MANAGE_CHANNELS)
    body = call.json()
    check_body(body, CHANNEL_CREATE, ("name",))
    kind = ChannelType(body.pop("type", None) or 0)
    parent = body.pop("parent_id", None)
    listed = body.pop("permission_overwrites", None)
    if listed:
        _require(call, Permission.MANAGE_ROLES)
    channel = channels.create(
        call.state,
        _guild(call),
        body["name"],
        kind,
        parent_id=None if parent is None else int(parent),
        overwrites=None if listed is None else channels.overwrites_of(listed),
    )
    channels.update(call.state, channel, body)
    return serialisation.channel(channel)


@route("GET", "/guilds/{guild_id}/roles")
def get_roles(call: Call) -> Answer:
    """Return all roles."""
    return [serialisation.role(each) for each in _guild(call).roles.values()]


@route("GET", "/guilds/{guild_id}/members", query=("limit", "after"))
def get_members(call: Call) -> Answer:
    """Return a page of members, for which the application needs the members intent."""
    if not call.state.application.privileged & GUILD_MEMBERS:
        raise DiscordError(50001)
    after, members = call.query_id("after") or 0, _guild(call).members
    page = [each for each in sorted(members) if each > after][: call.limit(1, 1000)]
    return [serialisation.member(members[each]) for each in page]


@route("PATCH", "/guilds/{guild_id}/members/@me")
def edit_own_member(call: Call) -> Answer:
    """Change the bot's nick with CHANGE_NICKNAME."""
    _require(call, Permission.CHANGE_NICKNAME)
    body = call.json()
    check_body(body, {"nick": maybe(text(32))})
    member = call.actor()
    member.nick = body.get("nick") or None
    guilds.tell_member(call.state, _guild(call), member)
    return serialisation.member(member)


@route("GET", "/guilds/{guild_id}/members/{user_id}")
def get_member(call: Call) -> Answer:
    """Return a member."""
    return serialisation.member(call.state.member(_guild(call), call.id("user_id")))


@route("GET", "/users/@me/guilds/{guild_id}/member")
def get_own_member(call: Call) -> Answer:
    """Return the bot as a member."""
    return serialisation.member(call.actor())


@route("PATCH", "/guilds/{guild_id}/members/{user_id}")
def edit_member(call: Call) -> Answer:
    """Change a member's nick (MANAGE_NICKNAMES), or put them into a timeout (MODERATE_MEMBERS)."""
    body = call.json()
    check_body(body, {"nick": maybe(text(32)), "communication_disabled_until": anything})
    guild = _guild(call)
    member = call.state.member(guild, call.id("user_id"))
    if "communication_disabled_until" in body:
        _require(call, Permission.MODERATE_MEMBERS)
        _require_rank(call, member)
        until = body["communication_disabled_until"]
        moment = datetime.fromisoformat(until) if until else None
        guilds.time_out(call.state, guild, member, moment)
    if "nick" in body:
        _require(call, Permission.MANAGE_NICKNAMES)
        _require_rank(call, member)
        member.nick = body["nick"] or None
        guilds.tell_member(call.state, guild, member)
    return serialisation.member(member)


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


def _change_roles(call: Call, *, give: bool) -> None:
    guild = _guild(call)
    _require(call, Permission.MANAGE_ROLES)
    role_id = call.id("role_id")
    if role_id not in guild.roles:
        raise DiscordError(10011)
    role = guild.roles[role_id]
    if (role.position, -role.id) >= guild.rank(call.actor()):
        raise DiscordError(50013)
    member = call.state.member(guild, call.id("user_id"))
    rest = [each for each in member.roles if each != role_id]
    guilds.set_roles(call.state, guild, member, [*rest, role_id] if give else rest)


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


@route("DELETE", "/users/@me/guilds/{guild_id}", status=204)
def leave_guild(call: Call) -> Answer:
    """Let the bot leave."""
    guilds.remove_bot(call.state, _guild(call))
    return None
