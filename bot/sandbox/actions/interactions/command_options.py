"""A slash command's options as a member types them, checked as Discord's client checks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.actions.interactions.resolved import OPTION_KINDS
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from bot.sandbox.actions.interactions.resolved import Resolved

SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, BOOLEAN, NUMBER = 3, 4, 5, 10
LONGEST_STRING = 6000
_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}


def descend(command: JSON, path: list[str]) -> tuple[list[JSON], list[JSON]]:
    """Follow subcommand names into a command.

    Returns:
        The subcommand or group objects passed on the way, and the options of the last one.

    Raises:
        RefusedError: If the path leads nowhere or stops half-way.
    """
    passed = []
    options: list[JSON] = command.get("options") or []
    for name in path:
        found = [each for each in options if each["name"] == name]
        if not found or found[0]["type"] not in {SUBCOMMAND, GROUP}:
            raise RefusedError(f"/{command['name']} has no subcommand {name}.")
        passed.append(found[0])
        options = found[0].get("options") or []
    if any(each["type"] in {SUBCOMMAND, GROUP} for each in options):
        raise RefusedError(f"/{command['name']} needs a subcommand.")
    return passed, options


def wrap(passed: list[JSON], values: list[JSON]) -> list[JSON]:
    """Return typed values inside the subcommands they belong to."""
    for each in reversed(passed):
        values = [{"name": each["name"], "type": each["type"], "options": values}]
    return values


def typed(options: list[JSON], given: JSON, resolved: Resolved) -> list[JSON]:
    """Return the values of a command's options.

    Raises:
        RefusedError: If one is missing, unknown, of a wrong type or out of range.
    """
    unknown = set(given) - {each["name"] for each in options}
    if unknown:
        raise RefusedError(f"The command has no option {', '.join(sorted(unknown))}.")
    values = []
    for option in options:
        value = given.get(option["name"])
        if value is None:
            if option.get("required"):
                raise RefusedError(f"The option {option['name']} is required.")
            continue
        checked = _check(option, value, resolved)
        values.append({"name": option["name"], "type": option["type"], "value": checked})
    return values


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


def _check(option: JSON, value: object, resolved: Resolved) -> object:
    name, kind = option["name"], option["type"]
    if kind in OPTION_KINDS:
        return resolved.add(OPTION_KINDS[kind], str(value))
    if not isinstance(value, _TYPES.get(kind, ())) or isinstance(value, bool) != (kind == BOOLEAN):
        raise RefusedError(f"The option {name} does not take {type(value).__name__}.")
    choices = option.get("choices") or []
    if choices and value not in {each["value"] for each in choices}:
        offered = ", ".join(str(each["name"]) for each in choices)
        raise RefusedError(f"The option {name} is one of {offered}.")
    if isinstance(value, str):
        least, most = option.get("min_length") or 0, option.get("max_length") or LONGEST_STRING
        if not least <= len(value) <= most:
            raise RefusedError(f"The option {name} takes {least} to {most} characters.")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        low, high = option.get("min_value"), option.get("max_value")
        if (low is not None and value < low) or (high is not None and value > high):
            raise RefusedError(f"The option {name} takes {low} to {high}.")
    return value
