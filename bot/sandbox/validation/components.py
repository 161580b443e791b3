"""Checks of components in messages and modals.

Their numbers are those of docs/discord-facts.md#component-limits and
docs/discord-facts.md#form-limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.state.json_types import JSON
from bot.sandbox.validation.body import (
    Check,
    Form,
    Path,
    anything,
    link,
    listed,
    maybe,
    number,
    one_of,
    record,
    snowflake,
    text,
    truth,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW, BUTTON, SELECT, TEXT_INPUT = 1, 2, 3, 4
ROLE_SELECT, CHANNEL_SELECT = 6, 8
TEXT_DISPLAY, LABEL, CHECKBOX = 10, 18, 23
LINK_STYLE, PREMIUM_STYLE = 5, 6

ROWS = 5
MODAL_COMPONENTS = 5
SELECTS = frozenset({SELECT, ROLE_SELECT, CHANNEL_SELECT})
NOT_SERVED = frozenset({5, 7, 9, 11, 12, 13, 14, 17, 19, 21, 22})
"""Kinds that Discord has and the sandbox has not."""

_ID = {"type": anything, "id": number(0, 2**31 - 1)}
_CUSTOM_ID = {"custom_id": text(100, 1)}
_EMOJI = record({"id": maybe(snowflake), "name": maybe(text(32)), "animated": truth})
_OPTION = record(
    {
        "label": text(100, 1),
        "value": text(100, 1),
        "description": maybe(text(100)),
        "emoji": maybe(_EMOJI),
        "default": truth,
    },
    ("label", "value"),
)


def check_component(value: object, path: Path, form: Form) -> None:
    """Check one component and everything inside it."""
    kind = value.get("type") if isinstance(value, dict) else None
    check = _KINDS.get(kind) if isinstance(kind, int) else None
    if check is None:
        if isinstance(kind, int) and kind in NOT_SERVED:
            form.unknown.append(f"component type {kind}")
        names = ", ".join(str(each) for each in _KINDS)
        form.fail((*path, "type"), "BASE_TYPE_CHOICES", f"Value must be one of {{{names}}}.")
        return
    check(value, path, form)


def _button(value: object, path: Path, form: Form) -> None:
    _BUTTON(value, path, form)
    if not isinstance(value, dict):
        return
    style = value.get("style")
    if style == LINK_STYLE and ("custom_id" in value or "url" not in value):
        form.fail(path, "BUTTON_COMPONENT_LINK", "A link button has a url and no custom id")
    elif style not in {LINK_STYLE, PREMIUM_STYLE} and ("url" in value or "custom_id" not in value):
        message = "A custom id and url cannot both be specified, and one is required"
        form.fail((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", message)


def _row(value: object, path: Path, form: Form) -> None:
    _ROW(value, path, form)
    inside = value.get("components") if isinstance(value, dict) else None
    if isinstance(inside, list) and len(inside) > 1 and any(_kind(c) != BUTTON for c in inside):
        message = "A row holds up to five buttons or one select"
        form.fail((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


_BUTTON = record(
    {
        **_ID,
        **_CUSTOM_ID,
        "style": one_of(1, 2, 3, 4, 5, 6),
        "label": maybe(text(80)),
        "emoji": maybe(_EMOJI),
        "url": link,
        "sku_id": snowflake,
        "disabled": truth,
    },
    ("style",),
)
_CHOICE: dict[str, Check] = {
    **_ID,
    **_CUSTOM_ID,
    "placeholder": maybe(text(150)),
    "min_values": maybe(number(0, 25)),
    "max_values": maybe(number(1, 25)),
    "disabled": truth,
    "required": truth,
}
_ROW = record({**_ID, "components": listed(check_component, 5, 1)}, ("components",))


def _of_the_guild(kind: str, **fields: Check) -> Check:
    """Return the check of a select that offers what the guild has."""
    chosen = record({"id": snowflake, "type": one_of(kind)}, ("id", "type"))
    check = record({**_CHOICE, **fields, "default_values": listed(chosen, 25)}, ("custom_id",))

    def checked(value: object, path: Path, form: Form) -> None:
        check(value, path, form)
        given = value.get("default_values") if isinstance(value, dict) else None
        if given and isinstance(value, dict) and len(given) > (value.get("max_values") or 1):
            message = "There are more default values than may be chosen"
            form.fail((*path, "default_values"), "COMPONENT_DEFAULT_VALUES_INVALID", message)

    return checked


_KINDS: dict[int, Check] = {
    ROW: _row,
    BUTTON: _button,
    SELECT: record(
        {**_CHOICE, "options": listed(_OPTION, 25, 1)},
        ("custom_id", "options"),
    ),
    ROLE_SELECT: _of_the_guild("role"),
    CHANNEL_SELECT: _of_the_guild("channel", channel_types=listed(number(0, 16), 17)),
    TEXT_INPUT: record(
        {
            **_ID,
            **_CUSTOM_ID,
            "style": one_of(1, 2),
            "label": maybe(text(45)),
            "min_length": maybe(number(0, 4000)),
            "max_length": maybe(number(1, 4000)),
            "required": truth,
            "value": maybe(text(4000)),
            "placeholder": maybe(text(100)),
        },
        ("custom_id", "style"),
    ),
    TEXT_DISPLAY: record({**_ID, "content": text(4000, 1)}, ("content",)),
    LABEL: record(
        {
            **_ID,
            "label": text(45, 1),
            "description": maybe(text(100)),
            "component": check_component,
        },
        ("label", "component"),
    ),
    CHECKBOX: record({**_ID, **_CUSTOM_ID, "default": truth}, ("custom_id",)),
}

_IN_MESSAGE = frozenset({ROW})
_IN_MODAL = frozenset({LABEL, TEXT_DISPLAY})
_IN_ROW = SELECTS | {BUTTON}
_IN_LABEL = SELECTS | {TEXT_INPUT, CHECKBOX}


def check_message_components(value: object, path: Path, form: Form) -> None:
    """Check a message's components: rows of buttons, or of one select."""
    listed(check_component, ROWS)(value, path, form)
    if form.errors or not isinstance(value, list):
        return
    _check_places(value, path, form, _IN_MESSAGE)
    for index, item in enumerate(value):
        if item["type"] == ROW:
            _check_places(item["components"], (*path, index, "components"), form, _IN_ROW)
    _check_unique(value, path, form)


def check_modal_components(value: object, path: Path, form: Form) -> None:
    """Check a modal's components."""
    listed(check_component, MODAL_COMPONENTS, 1)(value, path, form)
    if form.errors or not isinstance(value, list):
        return
    _check_places(value, path, form, _IN_MODAL)
    _check_unique(value, path, form)
    for index, item in enumerate(value):
        if item["type"] == ROW:
            form.unknown.append("a row in a form")
        if item["type"] != LABEL:
            continue
        inner = item["component"]
        place = (*path, index, "component")
        if inner["type"] not in _IN_LABEL:
            _misplaced(form, place)
        if inner["type"] == TEXT_INPUT and inner.get("label"):
            message = "A text input inside a Label has no label of its own"
            form.fail((*place, "label"), "COMPONENT_LABEL_NOT_ALLOWED", message)
        if inner.get("disabled"):
            message = "A select in a modal cannot be disabled"
            form.fail((*place, "disabled"), "COMPONENT_DISABLED_NOT_ALLOWED", message)


def walk(components: list[JSON]) -> Iterator[JSON]:
    """Yield every component, the nested ones after the one that holds them."""
    for item in components:
        yield item
        inside = [item["component"]] if "component" in item else []
        yield from walk([*item.get("components", []), *inside])


def _check_places(components: list[JSON], path: Path, form: Form, allowed: frozenset[int]) -> None:
    for index, item in enumerate(components):
        if item["type"] not in allowed:
            _misplaced(form, (*path, index))


def _misplaced(form: Form, path: Path) -> None:
    message = "This component cannot stand here"
    form.fail((*path, "type"), "COMPONENT_TYPE_INVALID", message)


def _check_unique(components: list[JSON], path: Path, form: Form) -> None:
    seen: set[str] = set()
    for item in walk(components):
        custom_id = item.get("custom_id")
        if custom_id in seen:
            message = f"Component custom id cannot be duplicated: {custom_id}"
            form.fail(path, "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        if custom_id is not None:
            seen.add(custom_id)


def _kind(value: object) -> object:
    return value.get("type") if isinstance(value, dict) else None
