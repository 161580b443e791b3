"""What a select offers to a member, and the objects that the chosen ids name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.state import permissions
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.models import Thread
from bot.sandbox.validation import components as kinds

if TYPE_CHECKING:
    from bot.sandbox.state.json_types import JSON
    from bot.sandbox.state.models import Member
    from bot.sandbox.state.state import State


def offered(state: State, member: Member, guild_id: int, item: JSON) -> set[str]:
    """Return the values that a member may choose: a client lists the channels that they see."""
    guild = state.guilds[guild_id]
    if item["type"] == kinds.SELECT:
        return {str(each["value"]) for each in item["options"]}
    if item["type"] == kinds.ROLE_SELECT:
        return {str(each) for each in guild.roles}
    types = item.get("channel_types") or []
    return {
        str(each.id)
        for each in guild.channels.values()
        if state.sees(member, each)
        and (int(each.type) in types or not (types or isinstance(each, Thread)))
    }


def resolved(state: State, member: Member, guild_id: int, item: JSON, values: list[str]) -> JSON:
    """Return the objects that chosen ids name, by kind; nothing for a select of texts."""
    guild = state.guilds[guild_id]
    if item["type"] == kinds.ROLE_SELECT and values:
        return {"roles": {each: serialisation.role(guild.roles[int(each)]) for each in values}}
    if item["type"] != kinds.CHANNEL_SELECT or not values:
        return {}
    found = {}
    for each in values:
        channel = guild.channels[int(each)]
        granted = permissions.in_channel(channel, member, state.now())
        found[each] = serialisation.channel(channel) | {"permissions": str(granted)}
    return {"channels": found}


def resolved_in_form(state: State, member: Member, guild_id: int, modal: JSON, data: JSON) -> JSON:
    """Return the objects that the ids in a submitted form name, by kind.

    Raises:
        RefusedError: If the client would not have offered one.
    """
    items = {each["custom_id"]: each for each in kinds.walk(modal["components"]) if _selects(each)}
    found: JSON = {}
    for each in kinds.walk(data["components"]):
        item = items.get(str(each.get("custom_id")))
        if item is None:
            continue
        missing = set(each["values"]) - offered(state, member, guild_id, item)
        if missing:
            raise RefusedError(f"Not offered: {', '.join(sorted(missing))}.")
        for kind, objects in resolved(state, member, guild_id, item, each["values"]).items():
            found.setdefault(kind, {}).update(objects)
    return found


def _selects(item: JSON) -> bool:
    return item["type"] in kinds.SELECTS


def chosen_before(item: JSON) -> list[str]:
    """Return what is chosen in a select before anybody touches it."""
    if item["type"] == kinds.SELECT:
        return [each["value"] for each in item["options"] if each.get("default")]
    return [str(each["id"]) for each in item.get("default_values") or []]
