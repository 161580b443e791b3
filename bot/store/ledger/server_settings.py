"""What is set for a server and the channel in which it discusses essays: read, changed, saved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlite_utils import Database

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.server_settings.keys import ALL, KEYS
from bot.store.audit import record_act
from bot.store.ledger import channels, digests
from bot.store.ledger.channels import Channel, Guild

DETAIL = 300
"""Characters of a value in the audit."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's settings, and those of its channel; the channel's id is 0 while none is chosen."""

    guild: Guild
    channel: Channel

    def texts(self) -> dict[str, str]:
        """Return every value by its key, as it can be typed."""
        return {
            key.name: key.kind.write(
                getattr(self.channel if key.scope == "channel" else self.guild, key.field)
            )
            for key in ALL
        }

    def changed(
        self, changes: Mapping[str, str], say: Phrases, *, is_forum: bool | None = None
    ) -> "ServerSettings":
        """Return the settings with other values; another channel takes over all but the tags.

        Args:
            changes: Values by their keys.
            is_forum: Whether the channel is a forum; None if it is known or stays as it is.

        Raises:
            AfterwordError: A value is wrong, or two do not go together.
        """
        values = {name: KEYS[name].read(text, say) for name, text in changes.items()}
        of_channel = {KEYS[one].field: values[one] for one in values if _is_of_channel(one)}
        of_guild = {KEYS[one].field: values[one] for one in values if not _is_of_channel(one)}
        if of_guild.get("author_role_id") == self.guild.id:
            raise AfterwordError(say.setting_for_all)
        channel = self.channel
        if "id" in of_channel:
            if of_channel["id"] is None:
                raise AfterwordError(say.setting_no_channel_yet)
            if of_channel["id"] != channel.id:
                channel = replace(channel, forum_tags={}, default_forum_tag_id=None, is_open=False)
        if is_forum is not None:
            channel = replace(channel, is_forum=is_forum)
        channel = replace(channel, **of_channel)
        if both := set(channel.tags_in) & set(channel.tags_out):
            raise AfterwordError(say.setting_both.format(tag=min(both)))
        return ServerSettings(replace(self.guild, **of_guild), channel)


def _is_of_channel(name: str) -> bool:
    return KEYS[name].scope == "channel"


def settings_of(db: Database, default: Channel) -> ServerSettings:
    """Return what is set for a server.

    Args:
        default: What a channel of the server is when nobody chose anything.
    """
    found = channels.channels(db, default.guild_id)
    guild = channels.get_guild(db, default.guild_id)
    return ServerSettings(guild, found[0] if found else replace(default, id=0))


def save(
    db: Database,
    before: ServerSettings,
    after: ServerSettings,
    guild_name: str,
    actor_id: int,
    now: datetime,
) -> dict[str, str]:
    """Save settings, and write down who changed what; return what was changed.

    Args:
        before: As they are in the file.
        actor_id: Who changed them; see `bot.store.audit`.
    """
    old, new = before.texts(), after.texts()
    changed = {name: text for name, text in new.items() if text != old[name]}
    guild, channel = after.guild, after.channel
    channels.join_guild(db, guild.id, guild_name, now)
    _save_guild(db, guild)
    if channel.id:
        channels.use_channel(db, channel, now)
        _save_channel(db, channel)
    digests.switch(db, guild.id, before.guild.digest, now)
    for name, text in changed.items():
        record_act(db, guild.id, actor_id, "set up", now, detail=f"{name}: {text[:DETAIL]}")
    return changed


def _save_guild(db: Database, guild: Guild) -> None:
    db.execute(
        "update guilds set author_role_id = ?, notices_channel_id = ?, digest = ?, "
        "digest_channel_id = ?, keeping = ?, retention_days = ?, approval = ?, requests = ?, "
        "log_channel_id = ?, dreams = ? where id = ?",
        [
            guild.author_role_id,
            guild.notices_channel_id,
            guild.digest,
            guild.digest_channel_id,
            guild.keeping,
            guild.retention_days,
            int(guild.approval),
            int(guild.requests),
            guild.log_channel_id,
            int(guild.dreams),
            guild.id,
        ],
    )


def _save_channel(db: Database, channel: Channel) -> None:
    start, end = channel.quiet or (None, None)
    db.execute(
        "update channels set quiet_from = ?, quiet_until = ?, tags_in = ?, tags_out = ?, "
        "from_date = ?, forum_tags = ?, default_forum_tag_id = ?, sealed_days = ? where id = ?",
        [
            start,
            end,
            _json(channel.tags_in),
            _json(channel.tags_out),
            channel.from_date.isoformat() if channel.from_date else None,
            _json(dict(channel.forum_tags)),
            channel.default_forum_tag_id,
            channel.sealed_days,
            channel.id,
        ],
    )


def _json(value: Any) -> str:  # noqa: ANN401  # whatever JSON takes
    return orjson.dumps(value).decode()
