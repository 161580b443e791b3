"""What settings and their values are called, for who reads them in Discord."""

from collections.abc import Mapping
from datetime import date

import discord

from bot.core.markup import escape, shorten
from bot.core.phrases import Phrases
from bot.core.text.languages import language_name
from bot.store.ledger.server_settings import ServerSettings

TAGS_SHOWN = 200
"""Characters of a list of tags."""


def names(say: Phrases) -> dict[str, str]:
    """Return what every setting is called, by its key."""
    return {
        "channel": say.name_channel,
        "language": say.name_language,
        "pace": say.name_pace,
        "quiet": say.name_quiet,
        "tags_in": say.name_tags_in,
        "tags_out": say.name_tags_out,
        "from": say.name_from,
        "body": say.name_body,
        "sealed": say.name_sealed,
        "forum_tags": say.name_forum_tags,
        "default_tag": say.name_default_tag,
        "keeping": say.name_keeping,
        "approval": say.name_approval,
        "requests": say.name_requests,
        "retention": say.name_retention,
        "author": say.name_author,
        "notices": say.name_notices,
        "log": say.name_log,
        "digest": say.name_digest,
        "digest_channel": say.name_digest_channel,
        "dreams": say.name_dreams,
    }


def words(say: Phrases) -> dict[str, dict[str, str]]:
    """Return what the words of settings mean, by key and word."""
    return {
        "pace": {
            "each": say.value_pace_each,
            "daily": say.value_pace_daily,
            "weekly": say.value_pace_weekly,
        },
        "body": {
            "auto": say.value_body_auto,
            "full": say.value_body_full,
            "excerpt": say.value_body_excerpt,
            "card": say.value_body_card,
        },
        "keeping": {
            "opt_out": say.value_keeping_opt_out,
            "opt_in": say.value_keeping_opt_in,
        },
        "digest": {
            "off": say.value_digest_off,
            "daily": say.value_digest_daily,
            "weekly": say.value_digest_weekly,
        },
    }


def about(say: Phrases) -> dict[str, dict[str, str]]:
    """Return what stands below the words of settings in their menus."""
    return {
        "pace": {
            "each": say.about_pace_each,
            "daily": say.about_pace_daily,
            "weekly": say.about_pace_weekly,
        },
        "body": {
            "auto": say.about_body_auto,
            "full": say.about_body_full,
            "excerpt": say.about_body_excerpt,
            "card": say.about_body_card,
        },
        "keeping": {
            "opt_out": say.about_keeping_opt_out,
            "opt_in": say.about_keeping_opt_in,
        },
    }


def shown(settings: ServerSettings, guild: discord.Guild, say: Phrases) -> dict[str, str]:
    """Return every value as people read it, by its key."""
    channel, server = settings.channel, settings.guild
    called = words(say)
    hours = channel.quiet
    return {
        "channel": _place(guild, channel.id or None, say, say.value_no_channel),
        "language": f"{language_name(channel.lang)} (`{channel.lang}`)",
        "pace": called["pace"][channel.pace],
        "quiet": say.value_hours.format(start=f"{hours[0]:02}", end=f"{hours[1]:02}")
        if hours
        else say.value_none,
        "tags_in": tag_list(channel.tags_in) or say.value_all_tags,
        "tags_out": tag_list(channel.tags_out) or say.value_none,
        "from": _day(channel.from_date) or say.value_any_day,
        "body": called["body"][channel.body],
        "sealed": _days(channel.sealed_days, say) or say.value_not_sealed,
        "forum_tags": _mapped(channel.forum_tags, say),
        "default_tag": _tag(guild, channel.id, channel.default_forum_tag_id, say),
        "keeping": called["keeping"][server.keeping],
        "approval": say.value_approval_on if server.approval else say.value_approval_off,
        "requests": say.value_requests_on if server.requests else say.value_requests_off,
        "retention": _days(server.retention_days, say) or say.value_for_ever,
        "author": _role(guild, server.author_role_id, say),
        "notices": _place(guild, server.notices_channel_id, say, say.value_servers_own),
        "log": _place(guild, server.log_channel_id, say, say.value_none),
        "digest": called["digest"][server.digest],
        "digest_channel": _place(guild, server.digest_channel_id, say, say.value_as_notices),
        "dreams": say.value_dreams_on if server.dreams else say.value_dreams_off,
    }


def tag_list(tags: tuple[str, ...]) -> str:
    """Return tags as a list in a sentence."""
    return shorten(", ".join(escape(tag) for tag in tags), TAGS_SHOWN)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _days(count: int | None, say: Phrases) -> str:
    return say.value_days.format(count=count) if count else ""


def _mapped(ids: Mapping[str, int], say: Phrases) -> str:
    return say.value_mapped.format(count=len(ids)) if ids else say.value_same_names


def _tag(guild: discord.Guild, channel_id: int, tag_id: int | None, say: Phrases) -> str:
    if tag_id is None:
        return say.value_none
    forum = guild.get_channel(channel_id)
    found = forum.get_tag(tag_id) if isinstance(forum, discord.ForumChannel) else None
    return escape(found.name) if found else say.value_gone


def _role(guild: discord.Guild, role_id: int | None, say: Phrases) -> str:
    if role_id is None:
        return say.value_no_role
    return f"<@&{role_id}>" if guild.get_role(role_id) else say.value_gone


def _place(guild: discord.Guild, channel_id: int | None, say: Phrases, nothing: str) -> str:
    if channel_id is None:
        return nothing
    return f"<#{channel_id}>" if guild.get_channel(channel_id) else say.value_gone
