"""Application commands, global and of a guild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.rest.routes import route
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.validation.body import Form
from bot.sandbox.validation.commands import MOST, SLASH, check_command, check_commands

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call

_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


def _scope(call: Call) -> dict[int, JSON]:
    if call.id("application_id") != call.state.application.id:
        raise DiscordError(10002)
    guild_id = 0
    if "guild_id" in call.params:
        guild_id = call.id("guild_id")
        call.actor()
    return call.state.application.commands.setdefault(guild_id, {})


def _stored(call: Call, body: JSON, command_id: int) -> JSON:
    kind = body.get("type") or SLASH
    command: JSON = {
        "id": str(command_id),
        "application_id": str(call.state.application.id),
        "version": str(call.state.clock.snowflake()),
        "type": kind,
        "name": body["name"],
        "description": body.get("description", ""),
        "default_member_permissions": _text(body.get("default_member_permissions")),
        "nsfw": body.get("nsfw", False),
        "dm_permission": True,
    }
    for name in ("name_localizations", "description_localizations"):
        command[name] = body.get(name)
    for name in ("contexts", "integration_types"):
        command[name] = body.get(name) or ([0] if name == "integration_types" else None)
    if kind == SLASH:
        command["options"] = body.get("options") or []
    if "guild_id" in call.params:
        command["guild_id"] = call.params["guild_id"]
    return command


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _named(scope: dict[int, JSON], body: JSON) -> int | None:
    kind = body.get("type") or SLASH
    for command_id, command in scope.items():
        if command["name"] == body["name"] and command["type"] == kind:
            return command_id
    return None


def _check_one(body: JSON) -> None:
    form = Form()
    check_command(body, (), form)
    form.finish()


@route("GET", _GLOBAL, query=("with_localizations",))
@route("GET", _GUILD, query=("with_localizations",))
def get_commands(call: Call) -> Answer:
    """Return the commands of a scope."""
    return list(_scope(call).values())


@route("PUT", _GLOBAL)
@route("PUT", _GUILD)
def put_commands(call: Call) -> Answer:
    """Replace the commands of a scope; one that keeps its name keeps its id."""
    scope = _scope(call)
    check_commands(call.body)
    new = {}
    for body in call.body:
        command_id = _named(scope, body) or call.state.clock.snowflake()
        new[command_id] = _stored(call, body, command_id)
    scope.clear()
    scope.update(new)
    return list(scope.values())


@route("POST", _GLOBAL, status=201)
@route("POST", _GUILD, status=201)
def create_command(call: Call) -> Answer:
    """Make one command, or replace the one of its name."""
    scope, body = _scope(call), call.json()
    _check_one(body)
    command_id = _named(scope, body)
    if command_id is None:
        kind = body.get("type") or SLASH
        if sum(each["type"] == kind for each in scope.values()) >= MOST[kind]:
            raise DiscordError(30032)
        command_id = call.state.clock.snowflake()
    scope[command_id] = _stored(call, body, command_id)
    return scope[command_id]


@route("PATCH", _GLOBAL + "/{command_id}")
@route("PATCH", _GUILD + "/{command_id}")
def edit_command(call: Call) -> Answer:
    """Change a command."""
    scope, command_id = _scope(call), call.id("command_id")
    if command_id not in scope:
        raise DiscordError(10063)
    old = scope[command_id]
    merged = {"name": old["name"], "type": old["type"], "description": old["description"]}
    if "options" in old:
        merged["options"] = old["options"]
    merged |= call.json()
    _check_one(merged)
    scope[command_id] = _stored(call, merged, command_id)
    return scope[command_id]


@route("DELETE", _GLOBAL + "/{command_id}", status=204)
@route("DELETE", _GUILD + "/{command_id}", status=204)
def delete_command(call: Call) -> Answer:
    """Delete a command."""
    if _scope(call).pop(call.id("command_id"), None) is None:
        raise DiscordError(10063)
    return None
