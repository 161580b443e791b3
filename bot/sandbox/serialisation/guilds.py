"""Guilds and the application as Discord's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.serialisation.channels import channel, hidden_channel
from bot.sandbox.serialisation.scalars import stamp
from bot.sandbox.serialisation.users import member, role, user
from bot.sandbox.state import permissions
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import Thread

if TYPE_CHECKING:
    from bot.sandbox.state.models import Guild, Member
    from bot.sandbox.state.state import State


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


def unavailable_guild(item: Guild) -> JSON:
    """Return a guild as READY lists it, and as GUILD_DELETE does in an outage."""
    return {"id": str(item.id), "unavailable": True}


def guild_create(item: Guild, viewer: Member, state: State) -> JSON:
    """Return GUILD_CREATE's payload: every channel, and the active threads one member can see."""
    channels = [each for each in item.channels.values() if not isinstance(each, Thread)]
    seen = {each.id for each in channels if state.sees(viewer, each)}
    return guild(item) | {
        "joined_at": stamp(viewer.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(item.members),
        "members": [member(viewer)],
        "channels": [
            channel(each) if each.id in seen or not state.hides_channels else hidden_channel(each)
            for each in channels
        ],
        "threads": [
            channel(each, viewer.user.id)
            for each in item.active_threads.values()
            if each.parent.id in seen
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
