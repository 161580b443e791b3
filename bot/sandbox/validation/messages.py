"""Checks of a message's body (docs/discord-facts.md#message-limits)."""

from __future__ import annotations

from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import MessageFlag
from bot.sandbox.validation.body import (
    Check,
    Form,
    Path,
    anything,
    link,
    listed,
    maybe,
    number,
    one_of,
    record,
    snowflake,
    text,
    truth,
)
from bot.sandbox.validation.components import check_message_components

CONTENT = 2000
EMBEDS = 10
EMBED_TOTAL = 6000

_PICTURE = record(dict.fromkeys(("url", "proxy_url"), link) | {"height": anything,
    "width": anything, "flags": anything, "content_type": anything, "placeholder": anything,
    "placeholder_version": anything, "description": anything})  # fmt: skip
_FIELD = record({"name": text(256, 1), "value": text(1024, 1), "inline": truth}, ("name", "value"))
_EMBED = record(
    {
        "title": maybe(text(256)),
        "type": text(20),
        "description": maybe(text(4096)),
        "url": maybe(link),
        "timestamp": maybe(text(40)),
        "color": maybe(number(0, 0xFFFFFF)),
        "footer": record({"text": text(2048, 1), "icon_url": link, "proxy_icon_url": link}),
        "author": record(
            {"name": text(256, 1), "url": link, "icon_url": link, "proxy_icon_url": link}
        ),
        "image": _PICTURE,
        "thumbnail": _PICTURE,
        "video": _PICTURE,
        "provider": anything,
        "fields": listed(_FIELD, 25),
        "flags": number(0),
    }
)
_ALLOWED_MENTIONS = record(
    {
        "parse": listed(one_of("users", "roles", "everyone"), 3),
        "users": listed(snowflake, 100),
        "roles": listed(snowflake, 100),
        "replied_user": truth,
    }
)
_ATTACHMENT = record(
    {
        "id": snowflake,
        "filename": text(1024),
        "description": maybe(text(1024)),
        **dict.fromkeys(
            ("title", "size", "url", "proxy_url", "content_type", "ephemeral", "is_spoiler",
             "spoiler", "height", "width", "flags", "duration_secs", "waveform"), anything),
    }
)  # fmt: skip
_REFERENCE = record(
    {
        "type": one_of(0, 1),
        "message_id": snowflake,
        "channel_id": maybe(snowflake),
        "guild_id": maybe(snowflake),
        "fail_if_not_exists": truth,
    },
    ("message_id",),
)


def _nonce(value: object, path: Path, form: Form) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        number(-(2**63), 2**63 - 1)(value, path, form)
    else:
        text(25)(value, path, form)


_BODY: dict[str, Check] = {
    "content": maybe(text(CONTENT)),
    "embeds": maybe(listed(_EMBED, EMBEDS)),
    "allowed_mentions": maybe(_ALLOWED_MENTIONS),
    "components": anything,
    "attachments": maybe(listed(_ATTACHMENT, 10)),
    "flags": maybe(number(0)),
    # discord.py sends it everywhere, edits too (docs/discord-facts.md#additional-fields)
    "tts": truth,
}
_CREATED: dict[str, Check] = _BODY | {
    "nonce": maybe(_nonce),
    "enforce_nonce": maybe(truth),
    "message_reference": maybe(_REFERENCE),
    "sticker_ids": maybe(listed(snowflake, 3)),
    "poll": anything,
}
_WEBHOOK: dict[str, Check] = _BODY | {
    "username": maybe(text(80)),
    "avatar_url": maybe(text(2048)),
    "thread_name": maybe(text(100)),
    "applied_tags": maybe(listed(snowflake, 5)),
    "poll": anything,
}
_STARTER: dict[str, Check] = _BODY | {"sticker_ids": maybe(listed(snowflake, 3)), "type": anything}

FIELDS: dict[str, dict[str, Check]] = {
    "create": _CREATED,
    "edit": _BODY,
    "starter": _STARTER,
    "webhook": _WEBHOOK,
    "callback": _BODY | {"poll": anything},
}
"""Which fields a message's body has, by where it is sent."""

_POSTED = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS
_ANSWERED = _POSTED | MessageFlag.EPHEMERAL
_SETTABLE: dict[str, int] = {
    "create": _POSTED,
    "starter": _POSTED,
    "webhook": _ANSWERED,
    "callback": _ANSWERED,
}


def check_message(body: JSON, where: str, *, files: int = 0, path: Path = ()) -> None:
    """Check what a bot wants to send.

    Args:
        body: As it came.
        where: A key of :data:`FIELDS`.
        files: How many files came with it.
        path: Where the body stands in the request.

    Raises:
        DiscordError: 50035 with every fault, or 50006 if there is nothing to send.
    """
    form = Form()
    record(FIELDS[where])(body, path, form)
    if not isinstance(body, dict):
        form.finish()
    if not form.errors:
        _check_flags(body.get("flags") or 0, where, path, form)
        _check_total(body.get("embeds") or [], path, form)
        _check_mentions(body.get("allowed_mentions") or {}, path, form)
    if body.get("components") is not None:
        check_message_components(body["components"], (*path, "components"), form)
    form.finish()
    if where != "edit" and not files and is_empty(body):
        raise DiscordError(50006)


def is_empty(body: JSON) -> bool:
    """Return whether a body shows nothing."""
    text_there = (body.get("content") or "").strip()
    others = ("embeds", "components", "attachments", "sticker_ids", "poll")
    return not text_there and not any(body.get(name) for name in others)


def _check_flags(flags: int, where: str, path: Path, form: Form) -> None:
    if where != "edit" and flags & ~_SETTABLE[where]:
        message = "This flag cannot be set here"
        form.fail((*path, "flags"), "MESSAGE_FLAGS_INVALID", message)


def _check_total(embeds: list[JSON], path: Path, form: Form) -> None:
    total = sum(embed_length(embed) for embed in embeds)
    if total > EMBED_TOTAL:
        message = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        form.fail((*path, "embeds"), "MAX_EMBED_SIZE_EXCEEDED", message)


def embed_length(embed: JSON) -> int:
    """Return how many characters of the total an embed takes, ends trimmed."""
    parts = [embed.get("title"), embed.get("description")]
    parts.append(embed.get("footer", {}).get("text"))
    parts.append(embed.get("author", {}).get("name"))
    for item in embed.get("fields", []):
        parts += [item["name"], item["value"]]
    return sum(len(part.strip()) for part in parts if part)


def _check_mentions(allowed: JSON, path: Path, form: Form) -> None:
    for name in ("users", "roles"):
        if name in (allowed.get("parse") or []) and allowed.get(name):
            message = f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.'
            place = (*path, "allowed_mentions", name)
            form.fail(place, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
