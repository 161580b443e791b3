"""A message before it is sent, and whom it will ping."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.state.json_types import JSON
from bot.sandbox.validation.components import SELECTS, walk

if TYPE_CHECKING:
    from bot.sandbox.state.models import Guild, Message

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_ALL = re.compile(r"@(everyone|here)\b")
_EVERYTHING: JSON = {"parse": ["users", "roles", "everyone"], "replied_user": True}


_CHOICE_DEFAULTS: JSON = {"min_values": 1, "max_values": 1}
"""What a select's optional fields are when the bot leaves them out."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A message that is not sent yet.

    Attributes:
        allowed_mentions: Discord's object; None means that everything in the text pings.
        reference: Discord's ``message_reference``.
        missing: Keys that the bot will get it without, when a test asks for it.
    """

    content: str = ""
    embeds: list[JSON] = field(default_factory=list)
    components: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    enforce_nonce: bool = False
    allowed_mentions: JSON | None = None
    reference: JSON | None = None
    missing: frozenset[str] = frozenset()

    @classmethod
    def of(cls, body: JSON, attachments: list[JSON] | None = None) -> Draft:
        """Return the draft that a checked body describes."""
        return cls(
            content=(body.get("content") or "").strip(),
            embeds=[{"type": "rich", **each} for each in body.get("embeds") or []],
            components=completed(body.get("components") or []),
            attachments=attachments or [],
            flags=body.get("flags") or 0,
            nonce=body.get("nonce"),
            enforce_nonce=bool(body.get("enforce_nonce")),
            allowed_mentions=body.get("allowed_mentions"),
            reference=body.get("message_reference"),
        )


def completed(components: list[JSON]) -> list[JSON]:
    """Give components what Discord adds: an ``id`` each, in order, and the defaults."""
    used = {item["id"] for item in walk(components) if item.get("id")}
    free = (number for number in range(1, 1000) if number not in used)
    for item in walk(components):
        item["id"] = item.get("id") or next(free)
        if item["type"] in SELECTS:
            item.update(_CHOICE_DEFAULTS | item)
        for chosen in item.get("default_values") or []:
            chosen["id"] = str(chosen["id"])
    return components


def mention(message: Message, draft: Draft, target: Message | None, *, may_ping_all: bool) -> None:
    """Find out whom a message pings, within what its draft allows."""
    allowed = _EVERYTHING if draft.allowed_mentions is None else draft.allowed_mentions
    guild = message.channel.guild
    found = {int(each) for each in _USER.findall(message.content)}
    wanted = _wanted(found, "users", allowed)
    users = {each: guild.members[each].user for each in wanted if each in guild.members}
    if target is not None and allowed.get("replied_user"):
        users[target.author.id] = target.author
    message.mentions = list(users.values())
    named = _roles(guild, message.content, allowed)
    before = set(message.mention_roles)  # an edit takes mentions away, and adds none that pings
    message.mention_roles = [
        each for each in named if guild.roles[each].mentionable or may_ping_all or each in before
    ]
    everyone = "everyone" in (allowed.get("parse") or [])
    message.mention_everyone = may_ping_all and everyone and bool(_ALL.search(message.content))


def _roles(guild: Guild, content: str, allowed: JSON) -> list[int]:
    found = {int(each) for each in _ROLE.findall(content)}
    return [each for each in _wanted(found, "roles", allowed) if each in guild.roles]


def _wanted(found: set[int], kind: str, allowed: JSON) -> list[int]:
    if kind in (allowed.get("parse") or []):
        return sorted(found)
    return sorted(found & {int(each) for each in allowed.get(kind) or []})
