"""Making, changing and deleting channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import payloads
from bot.sandbox.acts.guilds import access
from bot.sandbox.acts.threads import forget, viewers
from bot.sandbox.errors import DiscordError
from bot.sandbox.models import Channel, ChannelType, Overwrite, Tag
from bot.sandbox.permissions import Permission, require
from bot.sandbox.state import Event
from bot.sandbox.wire import JSON

if TYPE_CHECKING:
    from bot.sandbox.models import Guild, Member
    from bot.sandbox.state import State

TAGS = 20


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
    """Make a channel; a forum may start with tags."""
    channel = Channel(
        state.clock.snowflake(),
        guild,
        kind,
        name,
        topic,
        position=len(guild.channels),
        parent_id=parent_id,
    )
    for each in tags:
        tag = Tag(state.clock.snowflake(), each)
        channel.tags[tag.id] = tag
    state.channels[channel.id] = channel
    guild.channels[channel.id] = channel
    tell(state, "CHANNEL_CREATE", channel)
    return channel


def update(state: State, channel: Channel, body: JSON, actor: Member | None = None) -> None:
    """Change a channel; without an actor the world itself does it.

    Raises:
        DiscordError: 50013 if the actor lacks MANAGE_CHANNELS, 30048 for too many tags.
    """
    if actor is not None:
        require(channel, actor, state.now(), Permission.MANAGE_CHANNELS)
    if body.get("available_tags") is not None:
        _set_tags(state, channel, body["available_tags"])
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    if body.get("rate_limit_per_user") is not None:
        channel.slowmode = int(body["rate_limit_per_user"])
    if body.get("default_auto_archive_duration") is not None:
        channel.auto_archive = int(body["default_auto_archive_duration"])
    if body.get("flags") is not None:
        channel.flags = int(body["flags"])
    with access(state, channel.guild):
        if body.get("permission_overwrites") is not None:
            channel.overwrites = {
                int(each["id"]): Overwrite(
                    int(each["id"]),
                    int(each["type"]),
                    int(each.get("allow") or 0),
                    int(each.get("deny") or 0),
                )
                for each in body["permission_overwrites"]
            }
        tell(state, "CHANNEL_UPDATE", channel)


def delete(state: State, channel: Channel, actor: Member | None = None) -> None:
    """Delete a channel with its threads: one event, none for what was in it."""
    if actor is not None:
        require(channel, actor, state.now(), Permission.MANAGE_CHANNELS)
    gone = viewers(state, channel)
    for thread in tuple(channel.threads.values()):
        forget(state, thread)
    del state.channels[channel.id]
    del channel.guild.channels[channel.id]
    body = payloads.channel(channel)
    state.emit(Event("CHANNEL_DELETE", body, channel.guild, channel, gone=gone))


def tell(state: State, name: str, channel: Channel) -> None:
    """Emit a channel's creation or update."""
    state.emit(Event(name, payloads.channel(channel), channel.guild, channel))


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
