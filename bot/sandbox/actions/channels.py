"""Making, changing and deleting channels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions.thread_sync import syncing_threads
from bot.sandbox.actions.threads import forget, viewers
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import Channel, ChannelType, Overwrite, Tag, Thread
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Guild
    from bot.sandbox.state.state import State

TAGS = 20
CHANNELS = 500
"""In a guild, categories too (docs/discord-facts.md#channel-limits)."""
_NUMBERS = {
    "position": "position",
    "rate_limit_per_user": "slowmode",
    "default_thread_rate_limit_per_user": "thread_slowmode",
    "default_auto_archive_duration": "auto_archive",
    "flags": "flags",
}
"""Which attribute holds which field of PATCH /channels/{id}."""


def create(
    state: State,
    guild: Guild,
    name: str,
    kind: ChannelType = ChannelType.TEXT,
    *,
    tags: tuple[str, ...] = (),
    topic: str | None = None,
    parent_id: int | None = None,
) -> Channel:
    """Make a channel; a forum may start with tags, and one in a category with its overwrites.

    Raises:
        DiscordError: 50035 for a parent that is no category, 30013 for too many channels.
    """
    if len([each for each in guild.channels.values() if not isinstance(each, Thread)]) >= CHANNELS:
        raise DiscordError(30013)
    category = None if parent_id is None else _category(guild, parent_id)
    channel = Channel(
        state.clock.snowflake(),
        guild,
        kind,
        name,
        topic,
        position=len(guild.channels),
        parent_id=parent_id,
        overwrites={} if category is None else _copied(category.overwrites),
    )
    for each in tags:
        tag = Tag(state.clock.snowflake(), each)
        channel.tags[tag.id] = tag
    state.channels[channel.id] = channel
    guild.channels[channel.id] = channel
    tell(state, "CHANNEL_CREATE", channel)
    return channel


def update(state: State, channel: Channel, body: JSON) -> None:
    """Change a channel as the world itself does.

    A category's new overwrites go to its channels that were synced with it: those whose own were
    the same. Each has its CHANNEL_UPDATE (docs/discord-facts.md#categories).

    Raises:
        DiscordError: 30048 for too many tags, 50035 for a bad parent.
    """
    new = _overwrites_of(body.get("permission_overwrites") or [])
    if body.get("available_tags") is not None:
        _set_tags(state, channel, body["available_tags"])
    if "parent_id" in body:
        parent = body["parent_id"]
        channel.parent_id = None if parent is None else _category(channel.guild, int(parent)).id
    _set_fields(channel, body)
    with syncing_threads(state, channel.guild) as told:
        followers = []
        if body.get("permission_overwrites") is not None:
            followers = _synced(channel)
            for each in (channel, *followers):
                each.overwrites = _copied(new)
        told += [channel, *followers]
        for each in told:
            tell(state, "CHANNEL_UPDATE", each)


def _overwrites_of(listed: list[JSON]) -> dict[int, Overwrite]:
    """Return the overwrites that a body lists, by the id of their role or member."""
    return {
        int(each["id"]): Overwrite(
            int(each["id"]),
            int(each["type"]),
            int(each.get("allow") or 0),
            int(each.get("deny") or 0),
        )
        for each in listed
    }


def delete(state: State, channel: Channel) -> None:
    """Delete a channel with its threads: one event, none for what was in it.

    The channels of a category stay, and lose their parent.
    """
    gone = viewers(state, channel)
    for thread in tuple(channel.threads.values()):
        forget(state, thread)
    orphans = channel.guild.inside(channel)
    del state.channels[channel.id]
    del channel.guild.channels[channel.id]
    body = serialisation.channel(channel)
    state.emit(Event("CHANNEL_DELETE", body, channel.guild, channel, gone=gone))
    for each in orphans:
        each.parent_id = None
        tell(state, "CHANNEL_UPDATE", each)


def tell(state: State, name: str, channel: Channel) -> None:
    """Emit a channel's creation or update."""
    state.emit(Event(name, serialisation.channel(channel), channel.guild, channel))


def _category(guild: Guild, parent_id: int) -> Channel:
    found = guild.channels.get(parent_id)
    if found is None or found.type is not ChannelType.CATEGORY:
        fault = {"code": "CHANNEL_PARENT_INVALID_TYPE", "message": "Not a category"}
        raise DiscordError(50035, errors={"parent_id": {"_errors": [fault]}})
    return found


def _copied(overwrites: dict[int, Overwrite]) -> dict[int, Overwrite]:
    return {ident: replace(each) for ident, each in overwrites.items()}


def _synced(category: Channel) -> list[Channel]:
    own = _spoken(category)
    return [each for each in category.guild.inside(category) if _spoken(each) == own]


def _spoken(channel: Channel) -> dict[int, tuple[int, int]]:
    said = {ident: (each.allow, each.deny) for ident, each in channel.overwrites.items()}
    return {ident: bits for ident, bits in said.items() if any(bits)}


def _set_fields(channel: Channel, body: JSON) -> None:
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    for field, attribute in _NUMBERS.items():
        if body.get(field) is not None:
            setattr(channel, attribute, int(body[field]))


def _set_tags(state: State, channel: Channel, wanted: list[JSON]) -> None:
    if channel.type is not ChannelType.FORUM:
        raise DiscordError(50024)
    if len(wanted) > TAGS:
        raise DiscordError(30048)
    tags = {}
    for each in wanted:
        known = channel.tags.get(int(each.get("id") or 0))
        tag_id = known.id if known else state.clock.snowflake()
        moderated = bool(each.get("moderated"))
        tags[tag_id] = Tag(tag_id, each["name"], moderated, each.get("emoji_name"))
    channel.tags = tags
    for thread in channel.threads.values():
        thread.applied_tags = [each for each in thread.applied_tags if each in tags]
