"""Checks of application commands (docs/discord-facts.md#command-limits)."""

from __future__ import annotations

import re

from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.validation.body import (
    Check,
    Form,
    Path,
    any_record,
    anything,
    listed,
    maybe,
    number,
    one_of,
    record,
    text,
    truth,
)

SLASH = 1
STRING, INTEGER, NUMBER = 3, 4, 10
WITH_CHOICES = frozenset({STRING, INTEGER, NUMBER})
"""The types of options that offer choices, or complete what is typed."""

MOST = {1: 100, 2: 15, 3: 15}
"""How many commands of each type an application has in one scope."""
SIZE = 8000
_NAME = re.compile(r"^[-_'\w\u0900-\u097F\u0E00-\u0E7F]{1,32}$")
_STRING_VALUE = 100


def _name(value: object, path: Path, form: Form) -> None:
    if not isinstance(value, str) or not _NAME.match(value) or value != value.lower():
        message = "Command name is invalid"
        form.fail(path, "APPLICATION_COMMAND_INVALID_NAME", message)


def _bits(value: object, path: Path, form: Form) -> None:
    # the docs say a string, discord.py sends an integer (docs/discord-facts.md#additional-fields)
    number(0)(int(value) if isinstance(value, str) and value.isdecimal() else value, path, form)


def _localised(inner: Check) -> Check:
    def check(value: object, path: Path, form: Form) -> None:
        any_record(value, path, form)
        if not isinstance(value, dict):
            return
        for locale, each in value.items():
            inner(each, (*path, locale), form)

    return check


def _choice_value(value: object, path: Path, form: Form) -> None:
    if isinstance(value, str):
        text(_STRING_VALUE)(value, path, form)


CHOICE = record(
    {
        "name": text(100, 1),
        "name_localizations": maybe(_localised(text(100, 1))),
        "value": _choice_value,
    },
    ("name", "value"),
)


def _option(value: object, path: Path, form: Form) -> None:
    _OPTION(value, path, form)
    if isinstance(value, dict) and value.get("autocomplete") and value.get("choices"):
        message = "An option that autocompletes has no choices"
        form.fail((*path, "choices"), "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", message)
    if not isinstance(value, dict) or value.get("type") in WITH_CHOICES:
        return
    for key in ("choices", "autocomplete"):
        if value.get(key):
            message = "An option of this type offers nothing to choose from"
            form.fail((*path, key), "APPLICATION_COMMAND_OPTION_TYPE_INVALID", message)


def _options(value: object, path: Path, form: Form) -> None:
    listed(_option, 25)(value, path, form)
    optional_seen = False
    for index, option in enumerate(value if isinstance(value, list) else []):
        required = isinstance(option, dict) and bool(option.get("required"))
        if required and optional_seen:
            message = "Required options must be placed before non-required options"
            form.fail((*path, index), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen = optional_seen or not required


_OPTION = record(
    {
        "type": one_of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        "name": _name,
        "name_localizations": maybe(_localised(_name)),
        "description": text(100, 1),
        "description_localizations": maybe(_localised(text(100, 1))),
        "required": truth,
        "choices": listed(CHOICE, 25),
        "options": _options,
        "channel_types": listed(number(0), 20),
        "min_value": anything,
        "max_value": anything,
        "min_length": number(0, 6000),
        "max_length": number(1, 6000),
        "autocomplete": truth,
    },
    ("type", "name", "description"),
)
_COMMON: dict[str, Check] = {
    "id": anything,
    "type": maybe(one_of(1, 2, 3)),
    "default_member_permissions": maybe(_bits),
    "dm_permission": maybe(truth),
    "default_permission": maybe(truth),
    "nsfw": truth,
    "contexts": maybe(listed(one_of(0, 1, 2), 3)),
    "integration_types": maybe(listed(one_of(0, 1), 2)),
}
_SLASH = record(
    _COMMON
    | {
        "name": _name,
        "name_localizations": maybe(_localised(_name)),
        "description": text(100, 1),
        "description_localizations": maybe(_localised(text(100, 1))),
        "options": _options,
    },
    ("name", "description"),
)
_MENU = record(
    _COMMON
    | {
        "name": text(32, 1),
        "name_localizations": maybe(_localised(text(32, 1))),
        "description": text(0),
        "description_localizations": maybe(anything),
        "options": listed(anything, 0),
    },
    ("name",),
)


def check_command(value: object, path: Path, form: Form) -> None:
    """Check one command."""
    kind = value.get("type") or SLASH if isinstance(value, dict) else SLASH
    (_SLASH if kind == SLASH else _MENU)(value, path, form)
    if not form.errors and isinstance(value, dict) and size(value) > SIZE:
        message = f"Command exceeds maximum size ({SIZE})"
        form.fail(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def check_commands(body: object) -> None:
    """Check a bulk overwrite.

    Raises:
        DiscordError: 50035 with every fault, 30032 for too many of a type.
    """
    form = Form()
    listed(check_command, 130)(body, (), form)
    form.finish()
    if not isinstance(body, list):
        return
    for kind, most in MOST.items():
        of_kind = [each["name"] for each in body if (each.get("type") or SLASH) == kind]
        if len(of_kind) > most:
            raise DiscordError(30032)
        if len(set(of_kind)) < len(of_kind):
            fault = {
                "code": "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "message": "Application command names must be unique",
            }
            raise DiscordError(50035, errors={"_errors": [fault]})


def size(command: JSON) -> int:
    """Return how many characters of names, descriptions and values a command takes.

    Of each text its longest localisation counts.
    """
    own = _longest(command, "name") + _longest(command, "description")
    choices = command.get("choices") or []
    values = sum(_longest(each, "name") + len(str(each["value"])) for each in choices)
    return own + values + sum(size(each) for each in command.get("options") or [])


def _longest(thing: JSON, what: str) -> int:
    localised = (thing.get(f"{what}_localizations") or {}).values()
    return max(len(text) for text in (thing.get(what, ""), *localised))
