"""Projections of the state: the objects that Discord's REST answers and events carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import permissions
from bot.sandbox.models import ChannelType, MessageFlag, MessageType, Thread

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.models import Channel, Guild, Member, Message, Overwrite, Role, Tag, User
    from bot.sandbox.state import State

JSON = dict[str, Any]


def stamp(moment: datetime | None) -> str | None:
    """Return a time as Discord writes it."""
    return None if moment is None else moment.isoformat(timespec="microseconds")


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
        "hoist": False,
        "managed": item.bot_id is not None,
        "mentionable": item.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if item.bot_id is not None:
        body["tags"] = {"bot_id": str(item.bot_id)}
    return body


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
        "parent_id": _id(item.parent_id),
        "flags": item.flags,
        "nsfw": False,
        "permission_overwrites": [overwrite(each) for each in item.overwrites.values()],
    }
    if item.type is not ChannelType.CATEGORY:
        body |= {
            "last_message_id": _id(item.last_message_id),
            "rate_limit_per_user": item.slowmode,
            "default_auto_archive_duration": item.auto_archive,
        }
    if item.type is ChannelType.TEXT:
        body["last_pin_timestamp"] = stamp(item.last_pin_at)
    if item.type is ChannelType.FORUM:
        body |= {
            "available_tags": [tag(each) for each in item.tags.values()],
            "default_reaction_emoji": None,
            "default_thread_rate_limit_per_user": 0,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return body


def _thread(item: Thread, viewer: int | None) -> JSON:
    body: JSON = {
        "id": str(item.id),
        "type": int(item.type),
        "guild_id": str(item.guild.id),
        "parent_id": str(item.parent.id),
        "owner_id": str(item.owner_id),
        "name": item.name,
        "last_message_id": _id(item.last_message_id),
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


def message(item: Message, viewer: int, *, nonce: bool = False, nested: bool = False) -> JSON:
    """Return a message object as one viewer gets it.

    Args:
        item: The message.
        viewer: Whose reactions count as "me".
        nonce: Whether to echo the nonce: only its sender gets it, and history never has it.
        nested: Whether it stands inside another message, where it has no reference of its own.
    """
    suppressed = item.has(MessageFlag.SUPPRESS_EMBEDS)
    body: JSON = {
        "id": str(item.id),
        "channel_id": str(item.channel.id),
        "type": int(item.type),
        "author": user(item.author),
        "content": item.content,
        "timestamp": stamp(item.created_at),
        "edited_timestamp": stamp(item.edited_at),
        "tts": False,
        "mention_everyone": item.mention_everyone,
        "mentions": [user(each) for each in item.mentions],
        "mention_roles": [str(each) for each in item.mention_roles],
        "attachments": item.attachments,
        "embeds": [] if suppressed else item.embeds,
        "components": item.components,
        "pinned": item.pinned_at is not None,
        "flags": item.flags,
    }
    if item.reactions:
        body["reactions"] = [_reaction(emoji, who, viewer) for emoji, who in item.reactions.items()]
    if nonce and item.nonce is not None:
        body["nonce"] = item.nonce
    if item.metadata is not None:
        body |= {
            "interaction_metadata": item.metadata,
            "webhook_id": str(item.author.id),
            "application_id": str(item.author.id),
        }
    if item.snapshot is not None:
        body["message_snapshots"] = [{"message": item.snapshot}]
    if item.thread is not None and not nested:
        body["thread"] = channel(item.thread)
    if item.reference is not None and not nested:
        body |= _reference(item, viewer)
    return body


def snapshot(item: Message) -> JSON:
    """Return the part of a message that a forward shows."""
    names = ("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags",
             "components", "mentions", "mention_roles")  # fmt: skip
    whole = message(item, item.author.id)
    return {name: whole[name] for name in names}


def _reference(item: Message, viewer: int) -> JSON:
    reference = item.reference or {}
    body: JSON = {"message_reference": reference}
    if item.type in {MessageType.REPLY, MessageType.THREAD_STARTER}:
        holder = item.channel
        if item.type is MessageType.THREAD_STARTER and isinstance(holder, Thread):
            holder = holder.parent
        target = holder.messages.get(int(reference["message_id"]))
        body["referenced_message"] = (
            None if target is None else message(target, viewer, nested=True)
        )
    return body


def _reaction(emoji: str, who: dict[int, User], viewer: int) -> JSON:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(who),
        "count_details": {"burst": 0, "normal": len(who)},
        "burst_colors": [],
        "me": viewer in who,
        "me_burst": False,
        "burst_me": False,
        "burst_count": 0,
    }


def message_event(item: Message, viewer: int, *, nonce: bool = False) -> JSON:
    """Return a message as the gateway tells it: with its guild and its author as a member."""
    body = message(item, viewer, nonce=nonce)
    guild = item.channel.guild
    body["guild_id"] = str(guild.id)
    body["channel_type"] = int(item.channel.type)
    author = guild.members.get(item.author.id)
    if author is not None:
        body["member"] = member(author, with_user=False)
    for mentioned, known in zip(body["mentions"], item.mentions, strict=True):
        if known.id in guild.members:
            mentioned["member"] = member(guild.members[known.id], with_user=False)
    return body


def censored(body: JSON) -> JSON:
    """Return a message without what the MESSAGE_CONTENT intent guards (discord-facts.md, 3)."""
    bare = body | {"content": "", "embeds": [], "attachments": [], "components": []}
    if bare.get("referenced_message"):
        bare["referenced_message"] = censored(bare["referenced_message"])
    return bare


def guild(item: Guild) -> JSON:
    """Return a guild object as GET /guilds/{id} does."""
    return {
        "id": str(item.id),
        "name": item.name,
        "owner_id": str(item.owner_id),
        "preferred_locale": item.locale,
        "roles": [role(each) for each in item.roles.values()],
        "features": [],
        "emojis": [],
        "stickers": [],
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "verification_level": 0,
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "widget_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "region": "deprecated",
        **dict.fromkeys(_ABSENT_IN_GUILD),
    }


_ABSENT_IN_GUILD = (
    "icon", "description", "home_header", "splash", "discovery_splash", "banner",
    "application_id", "afk_channel_id", "system_channel_id", "widget_channel_id",
    "vanity_url_code", "rules_channel_id", "safety_alerts_channel_id",
    "public_updates_channel_id", "incidents_data",
)  # fmt: skip


def guild_create(item: Guild, viewer: Member, state: State) -> JSON:
    """Return GUILD_CREATE's payload: what one member, the bot, can see."""
    visible = [each for each in item.channels.values() if state.sees(viewer, each)]
    return guild(item) | {
        "joined_at": stamp(viewer.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(item.members),
        "members": [member(viewer)],
        "channels": [channel(each) for each in visible if not isinstance(each, Thread)],
        "threads": [
            channel(each, viewer.user.id)
            for each in visible
            if isinstance(each, Thread) and not each.archived
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def application(state: State) -> JSON:
    """Return the application object that the bot may see of itself."""
    app = state.application
    return {
        "id": str(app.id),
        "name": app.name,
        "description": "",
        "icon": None,
        "type": None,
        "bot": user(app.user),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": intent_flags(state),
        "flags_new": str(intent_flags(state)),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(app.user) | {"bot": False},
        "team": None,
        "approximate_guild_count": len(state.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "install_params": {
            "scopes": ["bot", "applications.commands"],
            "permissions": str(permissions.INVITED),
        },
    }


def intent_flags(state: State) -> int:
    """Return the application flags that say which privileged intents it was granted."""
    granted = state.application.privileged
    pairs = ((1 << 8, 1 << 13), (1 << 1, 1 << 15), (1 << 15, 1 << 19))
    return sum(flag for intent, flag in pairs if granted & intent)


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)
