"""Checks of the bodies that make and change channels and threads."""

from __future__ import annotations

from bot.sandbox.validation.body import (
    Check,
    any_record,
    anything,
    listed,
    maybe,
    number,
    one_of,
    record,
    snowflake,
    text,
    truth,
)

AUTO_ARCHIVE = one_of(60, 1440, 4320, 10080)
_TAG = record(
    {
        "id": maybe(snowflake),
        "name": text(20),
        "moderated": maybe(truth),
        "emoji_id": maybe(snowflake),
        "emoji_name": maybe(text(100)),
    },
    ("name",),
)
_OVERWRITE = record(
    {"id": snowflake, "type": one_of(0, 1), "allow": maybe(snowflake), "deny": maybe(snowflake)},
    ("id", "type"),
)

THREAD_FROM_MESSAGE: dict[str, Check] = {
    "name": text(100, 1),
    "auto_archive_duration": maybe(AUTO_ARCHIVE),
    "rate_limit_per_user": maybe(number(0, 21600)),
}
THREAD: dict[str, Check] = THREAD_FROM_MESSAGE | {
    "type": maybe(one_of(10, 11, 12)),
    "invitable": maybe(truth),
}
FORUM_POST: dict[str, Check] = THREAD_FROM_MESSAGE | {
    "applied_tags": maybe(listed(snowflake, 5)),
    "message": any_record,  # checked as a message
    "type": anything,  # discord.py always sends 11 (docs/discord-facts.md#additional-fields)
}
THREAD_PATCH: dict[str, Check] = {
    "name": maybe(text(100, 1)),
    "archived": maybe(truth),
    "locked": maybe(truth),
    "invitable": maybe(truth),
    "auto_archive_duration": maybe(AUTO_ARCHIVE),
    "rate_limit_per_user": maybe(number(0, 21600)),
    "flags": maybe(number(0)),
    "applied_tags": maybe(listed(snowflake, 5)),
}
CHANNEL_PATCH: dict[str, Check] = {
    "name": maybe(text(100, 1)),
    "topic": maybe(text(4096)),
    "position": maybe(number(0)),
    "nsfw": maybe(truth),
    "rate_limit_per_user": maybe(number(0, 21600)),
    "parent_id": maybe(snowflake),
    "permission_overwrites": maybe(listed(_OVERWRITE, 100)),
    "default_auto_archive_duration": maybe(AUTO_ARCHIVE),
    "flags": maybe(number(0)),
    "available_tags": maybe(listed(_TAG, 20)),
    "default_reaction_emoji": anything,
    "default_thread_rate_limit_per_user": maybe(number(0, 21600)),
    "default_sort_order": maybe(one_of(0, 1)),
    "default_forum_layout": maybe(one_of(0, 1, 2)),
}
