"""Application commands, global and of a guild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.rest.routes import route
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.validation.commands import SLASH, check_commands

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


@route("GET", _GLOBAL, query=("with_localizations",))
@route("GET", _GUILD, query=("with_localizations",))
def get_commands(call: Call) -> Answer:
    """Return the commands of a scope; their localisations only if they are asked for."""
    found = list(_scope(call).values())
    wanted = call.query.get("with_localizations") in {"1", "true", "True"}
    return found if wanted else [_without_localisations(each) for each in found]


def _without_localisations(thing: JSON) -> JSON:
    kept = {name: value for name, value in thing.items() if not name.endswith("_localizations")}
    for inside in ("options", "choices"):
        if inside in kept:
            kept[inside] = [_without_localisations(each) for each in kept[inside]]
    return kept


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
