"""Users, members and roles as Discord's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.serialisation.scalars import stamp
from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from bot.sandbox.state.models import Member, Role, User


def user(person: User) -> JSON:
    """Return a user object."""
    return {
        "id": str(person.id),
        "username": person.username,
        "global_name": person.global_name,
        "discriminator": "0000" if person.bot else "0",
        "avatar": None,
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "clan": None,
        "primary_guild": None,
        "bot": person.bot,
        "public_flags": 0,
        "flags": 0,
    }


def member(person: Member, *, with_user: bool = True) -> JSON:
    """Return a member object; a message carries it without its user."""
    body: JSON = {
        "nick": person.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role) for role in person.roles],
        "joined_at": stamp(person.joined_at),
        "premium_since": None,
        "communication_disabled_until": stamp(person.timed_out_until),
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if with_user:
        body["user"] = user(person.user)
    return body


def role(item: Role) -> JSON:
    """Return a role object."""
    colors = {"primary_color": item.color, "secondary_color": None, "tertiary_color": None}
    body: JSON = {
        "id": str(item.id),
        "name": item.name,
        "description": None,
        "permissions": str(item.permissions),
        "position": item.position,
        "color": item.color,
        "colors": colors,
        "hoist": item.hoist,
        "managed": item.bot_id is not None,
        "mentionable": item.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if item.bot_id is not None:
        body["tags"] = {"bot_id": str(item.bot_id)}
    return body
