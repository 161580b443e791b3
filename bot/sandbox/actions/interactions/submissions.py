"""Filling in a modal as a member does, checked as Discord's client checks it."""

from __future__ import annotations

from bot.sandbox.actions.interactions.selections import chosen_before
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.validation import components as kinds


def submission(modal: JSON, values: JSON) -> JSON:
    """Return the data of a modal's submission.

    Args:
        modal: As the bot sent it.
        values: What to enter, by label or custom_id: a string, a list of values, or a bool.
            What is left out keeps its default.

    Raises:
        RefusedError: If the client would keep the modal open: a missing or bad value.
    """
    known = set()
    filled = []
    for item in modal["components"]:
        names = _names(item) & set(values)
        known |= names
        given = values[names.pop()] if names else _default(_inner(item))
        filled.append(_fill(item, given))
    unknown = set(values) - known
    if unknown:
        raise RefusedError(f"The form has no field {', '.join(sorted(unknown))}.")
    return {"custom_id": modal["custom_id"], "components": filled}


def _names(item: JSON) -> set[str]:
    return {name for name in (item.get("label"), _inner(item).get("custom_id")) if name}


def _inner(item: JSON) -> JSON:
    inner: JSON = item.get("component", item)
    return inner


def _fill(item: JSON, given: object) -> JSON:
    if item["type"] == kinds.TEXT_DISPLAY:
        return {"type": kinds.TEXT_DISPLAY, "id": item["id"]}
    inner = _inner(item)
    value = _value(inner, item["label"], given)
    filled = {"type": inner["type"], "id": inner["id"], "custom_id": inner["custom_id"], **value}
    return {"type": kinds.LABEL, "id": item["id"], "component": filled}


def _default(item: JSON) -> object:
    if item["type"] == kinds.TEXT_INPUT:
        return item.get("value") or ""
    if item["type"] == kinds.CHECKBOX:
        return item.get("default", False)
    return chosen_before(item) if item["type"] in kinds.SELECTS else []


def _value(item: JSON, name: str, given: object) -> JSON:
    kind = item["type"]
    required = item.get("required", True)
    if kind == kinds.CHECKBOX:
        return {"value": bool(given)}
    if kind == kinds.TEXT_INPUT:
        return {"value": _text(item, name, str(given or ""), required=required)}
    several = given if isinstance(given, list) else [given] if given else []
    chosen = [str(each) for each in several]
    _count(item, name, chosen, required=required)
    offered = {one["value"] for one in item["options"]} if kind == kinds.SELECT else set(chosen)
    if unknown := [each for each in chosen if each not in offered]:
        raise RefusedError(f"{name}: {unknown[0]} is not offered.")
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


def _count(item: JSON, name: str, chosen: list[str], *, required: bool) -> None:
    if not chosen and not required:
        return
    most = item.get("max_values") or 1
    least = 1 if item.get("min_values") is None else item["min_values"]
    if not max(least, int(required)) <= len(chosen) <= most:
        raise RefusedError(f"{name}: choose {least} to {most}, not {len(chosen)}.")
