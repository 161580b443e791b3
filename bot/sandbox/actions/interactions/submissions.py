"""Filling in a modal as a member does, checked as Discord's client checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.actions.interactions.resolved import Resolved
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.validation import components as kinds

if TYPE_CHECKING:
    from bot.sandbox.state.models import Guild

Values = JSON


def submission(modal: JSON, values: Values, guild: Guild) -> JSON:
    """Return the data of a modal's submission.

    Args:
        modal: As the bot sent it.
        values: What to enter, by label or custom_id: a string, a list of values, or a bool.
            What is left out keeps its default.
        guild: Where users, roles and channels are found by id.

    Raises:
        RefusedError: If the client would keep the modal open: a missing or bad value.
    """
    known = set()
    resolved = Resolved(guild)
    filled = []
    for item in modal["components"]:
        names = _names(item) & set(values)
        known |= names
        given = values[names.pop()] if names else _default(_inner(item))
        filled.append(_fill(item, given, resolved))
    unknown = set(values) - known
    if unknown:
        raise RefusedError(f"The form has no field {', '.join(sorted(unknown))}.")
    body: JSON = {"custom_id": modal["custom_id"], "components": filled}
    if resolved.body:
        body["resolved"] = resolved.body
    return body


def _names(item: JSON) -> set[str]:
    inner = _inner(item)
    return {
        name for name in (item.get("label"), inner.get("label"), inner.get("custom_id")) if name
    }


def _inner(item: JSON) -> JSON:
    if item["type"] == kinds.LABEL:
        label: JSON = item["component"]
        return label
    if item["type"] == kinds.ROW:
        row: JSON = item["components"][0]
        return row
    return item


def _fill(item: JSON, given: object, resolved: Resolved) -> JSON:
    if item["type"] == kinds.TEXT_DISPLAY:
        return {"type": kinds.TEXT_DISPLAY, "id": item["id"]}
    inner = _inner(item)
    name = item.get("label") or inner.get("label") or inner["custom_id"]
    value = _value(inner, name, given, resolved)
    filled = {"type": inner["type"], "id": inner["id"], "custom_id": inner["custom_id"], **value}
    if item["type"] == kinds.ROW:
        return {"type": kinds.ROW, "id": item["id"], "components": [filled]}
    return {"type": kinds.LABEL, "id": item["id"], "component": filled}


def _default(item: JSON) -> object:
    if item["type"] == kinds.TEXT_INPUT:
        return item.get("value") or ""
    if item["type"] == kinds.CHECKBOX:
        return item.get("default", False)
    chosen = [each["value"] for each in item.get("options", []) if each.get("default")]
    if item["type"] == kinds.RADIO:
        return chosen[0] if chosen else None
    return chosen or [each["id"] for each in item.get("default_values", [])]


def _value(item: JSON, name: str, given: object, resolved: Resolved) -> JSON:
    kind = item["type"]
    required = item.get("required", True)
    if kind == kinds.CHECKBOX:
        return {"value": bool(given)}
    if kind == kinds.TEXT_INPUT:
        return {"value": _text(item, name, str(given or ""), required=required)}
    if kind == kinds.RADIO:
        return {"value": _radio(item, name, given, required=required)}
    several = given if isinstance(given, list) else [given] if given else []
    chosen = [str(each) for each in several]
    _count(item, name, chosen, required=required)
    if kind in kinds.OTHER_SELECTS:
        return {"values": [resolved.add(kind, each) for each in chosen]}
    _known(item, name, chosen)
    return {"values": chosen}


def _text(item: JSON, name: str, value: str, *, required: bool) -> str:
    if not value and not required:
        return value
    least, most = item.get("min_length") or 0, item.get("max_length") or 4000
    if required and not value.strip():
        raise RefusedError(f"{name}: this field is required.")
    if not least <= len(value) <= most:
        raise RefusedError(f"{name}: must be {least} to {most} characters, not {len(value)}.")
    return value


def _radio(item: JSON, name: str, given: object, *, required: bool) -> str | None:
    if given is None:
        if required:
            raise RefusedError(f"{name}: choose one.")
        return None
    _known(item, name, [str(given)])
    return str(given)


def _count(item: JSON, name: str, chosen: list[str], *, required: bool) -> None:
    if not chosen and not required:
        return
    boxes = item["type"] == kinds.CHECKBOXES
    most = item.get("max_values") or (len(item["options"]) if boxes else 1)
    least = 1 if item.get("min_values") is None else item["min_values"]
    if not max(least, int(required)) <= len(chosen) <= most:
        raise RefusedError(f"{name}: choose {least} to {most}, not {len(chosen)}.")


def _known(item: JSON, name: str, chosen: list[str]) -> None:
    offered = {each["value"] for each in item.get("options", [])}
    for value in chosen:
        if value not in offered:
            raise RefusedError(f"{name}: {value} is not offered.")
