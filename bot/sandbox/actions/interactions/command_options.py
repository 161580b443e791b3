"""A slash command's options as a member types them, checked as Discord's client checks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from bot.sandbox.state.models import Guild

SUBCOMMAND, SUBCOMMANDS = 1, 2
STRING, BOOLEAN, USER, CHANNEL, ROLE = 3, 5, 6, 7, 8
LONGEST_STRING = 6000


def spelt(command: JSON, rest: list[str]) -> tuple[list[JSON], list[JSON]]:
    """Return the options that a command takes, and the subcommands that lead to them, in order.

    Args:
        rest: What was typed after the command's name, such as ``close`` of ``/thread close``.

    Raises:
        RefusedError: There is no such subcommand, or one has to be chosen.
    """
    options: list[JSON] = command.get("options") or []
    path: list[JSON] = []
    for name in rest:
        found = [each for each in _subcommands(options) if each["name"] == name]
        if not found:
            raise RefusedError(f"The command has no subcommand {name}.")
        path += found
        options = found[0].get("options") or []
    if offered := [each["name"] for each in _subcommands(options)]:
        raise RefusedError(f"Choose one of {', '.join(offered)}.")
    return options, path


def _subcommands(options: list[JSON]) -> list[JSON]:
    return [each for each in options if each["type"] in {SUBCOMMAND, SUBCOMMANDS}]


def nested(path: list[JSON], values: list[JSON]) -> list[JSON]:
    """Return the values of options inside the subcommands that lead to them."""
    for each in reversed(path):
        values = [{"name": each["name"], "type": each["type"], "options": values}]
    return values


def typed(options: list[JSON], given: JSON, guild: Guild) -> tuple[list[JSON], JSON]:
    """Return the values of a command's options, and the objects that their ids name.

    Raises:
        RefusedError: If one is missing, unknown, of a wrong type or out of range.
    """
    unknown = set(given) - {each["name"] for each in options}
    if unknown:
        raise RefusedError(f"The command has no option {', '.join(sorted(unknown))}.")
    values: list[JSON] = []
    resolved: JSON = {}
    for option in options:
        value = given.get(option["name"])
        if value is None:
            if option.get("required"):
                raise RefusedError(f"The option {option['name']} is required.")
            continue
        if option["type"] == STRING:
            _check_text(option, value)
        elif option["type"] == BOOLEAN:
            _check_truth(option, value)
        else:
            for kind, body in _resolve(option, str(value), guild).items():
                resolved.setdefault(kind, {})[str(value)] = body
        values.append({"name": option["name"], "type": option["type"], "value": value})
    return values, resolved


def half_typed(options: list[JSON], given: JSON, focused: str, text: str) -> list[JSON]:
    """Return the values for an autocompletion: nothing is checked, one option has the focus.

    Raises:
        RefusedError: If the focused option does not offer autocompletion.
    """
    by_name = {each["name"]: each for each in options}
    if not by_name.get(focused, {}).get("autocomplete"):
        raise RefusedError(f"The option {focused} does not autocomplete.")
    values = [
        {"name": name, "type": by_name[name]["type"], "value": value}
        for name, value in given.items()
        if name in by_name
    ]
    kind = by_name[focused]["type"]
    return [*values, {"name": focused, "type": kind, "value": text, "focused": True}]


def _resolve(option: JSON, value: str, guild: Guild) -> dict[str, JSON]:
    ident = int(value) if value.isdigit() else 0
    if option["type"] == CHANNEL and ident in guild.channels:
        body = serialisation.channel(guild.channels[ident]) | {"permissions": "0"}
        return {"channels": body}
    if option["type"] == ROLE and ident in guild.roles:
        return {"roles": serialisation.role(guild.roles[ident])}
    if option["type"] == USER and ident in guild.members:
        member = guild.members[ident]
        body = serialisation.member(member, with_user=False) | {"permissions": "0"}
        return {"users": serialisation.user(member.user), "members": body}
    raise RefusedError(f"There is nothing with the id {value} to choose.")


def _check_truth(option: JSON, value: object) -> None:
    if not isinstance(value, bool):
        kind = type(value).__name__
        raise RefusedError(f"The option {option['name']} is true or false, and no {kind}.")


def _check_text(option: JSON, value: object) -> None:
    name = option["name"]
    if not isinstance(value, str):
        raise RefusedError(f"The option {name} does not take {type(value).__name__}.")
    choices = option.get("choices") or []
    if choices and value not in {each["value"] for each in choices}:
        offered = ", ".join(str(each["name"]) for each in choices)
        raise RefusedError(f"The option {name} is one of {offered}.")
    least, most = option.get("min_length") or 0, option.get("max_length") or LONGEST_STRING
    if not least <= len(value) <= most:
        raise RefusedError(f"The option {name} takes {least} to {most} characters.")
