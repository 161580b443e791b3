"""Channels, threads and what belongs to them as Discord's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.serialisation.scalars import snowflake, stamp
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import ChannelFlag, ChannelType, Overwrite, Thread
from bot.sandbox.state.permissions import Permission

if TYPE_CHECKING:
    from bot.sandbox.state.models import Channel, Tag

HIDDEN_NAME = "___hidden___"


def overwrite(item: Overwrite) -> JSON:
    """Return a permission overwrite object."""
    return {
        "id": str(item.id),
        "type": item.kind,
        "allow": str(item.allow),
        "deny": str(item.deny),
    }


def tag(item: Tag) -> JSON:
    """Return a forum tag object."""
    return {
        "id": str(item.id),
        "name": item.name,
        "moderated": item.moderated,
        "emoji_id": None,
        "emoji_name": item.emoji_name,
    }


def channel(item: Channel, viewer: int | None = None) -> JSON:
    """Return a channel or thread object; a thread says whether the viewer joined it."""
    if isinstance(item, Thread):
        return _thread(item, viewer)
    body: JSON = {
        "id": str(item.id),
        "type": int(item.type),
        "guild_id": str(item.guild.id),
        "name": item.name,
        "topic": item.topic,
        "position": item.position,
        "parent_id": snowflake(item.parent_id),
        "flags": item.flags,
        "nsfw": False,
        "permission_overwrites": [overwrite(each) for each in item.overwrites.values()],
    }
    if item.type is not ChannelType.CATEGORY:
        body |= {
            "last_message_id": snowflake(item.last_message_id),
            "rate_limit_per_user": item.slowmode,
            "default_auto_archive_duration": item.auto_archive,
        }
    if item.type is ChannelType.TEXT:
        body["last_pin_timestamp"] = stamp(item.last_pin_at)
    if item.type is ChannelType.FORUM:
        body |= {
            "available_tags": [tag(each) for each in item.tags.values()],
            "default_reaction_emoji": None,
            "default_thread_rate_limit_per_user": item.thread_slowmode,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return body


def hidden_channel(item: Channel) -> JSON:
    """Return a channel as a bot gets it that cannot view it, once Discord hides channels."""
    shown = channel(item)
    kept = ("id", "type", "guild_id", "position", "parent_id")
    overwrites = [overwrite(Overwrite(item.guild.id, 0, deny=int(Permission.VIEW_CHANNEL)))]
    bare: JSON = dict.fromkeys(shown) | {name: shown[name] for name in kept}
    bare |= {"name": HIDDEN_NAME, "flags": int(ChannelFlag.HIDDEN), "nsfw": False}
    if item.type is ChannelType.FORUM:
        bare |= {"available_tags": [], "default_forum_layout": 0}
    return bare | {"permission_overwrites": overwrites}


def _thread(item: Thread, viewer: int | None) -> JSON:
    body: JSON = {
        "id": str(item.id),
        "type": int(item.type),
        "guild_id": str(item.guild.id),
        "parent_id": str(item.parent.id),
        "owner_id": str(item.owner_id),
        "name": item.name,
        "last_message_id": snowflake(item.last_message_id),
        "last_pin_timestamp": stamp(item.last_pin_at),
        "rate_limit_per_user": item.slowmode,
        "bitrate": 64000,
        "user_limit": 0,
        "rtc_region": None,
        "flags": item.flags,
        "message_count": item.message_count,
        "total_message_sent": item.total_sent,
        "member_count": min(len(item.members), 50),
        "thread_metadata": {
            "archived": item.archived,
            "archive_timestamp": stamp(item.archived_at),
            "auto_archive_duration": item.auto_archive,
            "locked": item.locked,
            "create_timestamp": stamp(item.created_at),
        },
    }
    if item.parent.type is ChannelType.FORUM:
        body["applied_tags"] = [str(each) for each in item.applied_tags]
    if viewer is not None and viewer in item.members:
        body["member"] = thread_member(item, viewer)
    return body


def thread_member(item: Thread, user_id: int) -> JSON:
    """Return a thread member object."""
    return {
        "id": str(item.id),
        "user_id": str(user_id),
        "join_timestamp": stamp(item.members[user_id]),
        "flags": 1,
        "muted": False,
        "mute_config": None,
    }
