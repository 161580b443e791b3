"""Messages as Discord's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.serialisation.channels import channel
from bot.sandbox.serialisation.scalars import stamp
from bot.sandbox.serialisation.users import member, user
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import MessageFlag, MessageType, Thread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.state.models import Message, User


def message(
    item: Message, *, nonce: bool = False, nested: bool = False, viewer: User | None = None
) -> JSON:
    """Return a message object.

    Args:
        item: The message.
        nonce: Whether to echo the nonce: only its sender gets it, and history never has it.
        nested: Whether it stands inside another message, where it has no reference of its own.
        viewer: Whose own reactions are marked; the bot's if None.
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
    if nonce and item.nonce is not None:
        body["nonce"] = item.nonce
    if item.reactions:
        body["reactions"] = [_reaction(*each, viewer) for each in item.reactions.items()]
    return body | _extras(item, nested=nested)


def _reaction(emoji: str, users: list[User], viewer: User | None) -> JSON:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me_burst": False,
        "burst_me": False,
        "burst_count": 0,
        "me": any(each is viewer or (viewer is None and each.bot) for each in users),
    }


def _extras(item: Message, *, nested: bool) -> JSON:
    body: JSON = {}
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
        body |= _reference(item)
    return body


def snapshot(item: Message) -> JSON:
    """Return the part of a message that a forward shows."""
    names = ("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags",
             "components", "mentions", "mention_roles")  # fmt: skip
    whole = message(item)
    return {name: whole[name] for name in names}


def _reference(item: Message) -> JSON:
    reference = item.reference or {}
    body: JSON = {"message_reference": reference}
    if item.type in {MessageType.REPLY, MessageType.THREAD_STARTER}:
        holder = item.channel
        if item.type is MessageType.THREAD_STARTER and isinstance(holder, Thread):
            holder = holder.parent
        target = holder.messages.get(int(reference["message_id"]))
        body["referenced_message"] = None if target is None else message(target, nested=True)
    return body


def message_event(item: Message, *, nonce: bool = False, viewer: User | None = None) -> JSON:
    """Return a message as the gateway tells it: with its guild and its author as a member."""
    body = message(item, nonce=nonce, viewer=viewer)
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


def without_missing(body: JSON, missing: Mapping[int, frozenset[str]]) -> JSON:
    """Return a message without the keys that a test took from it, or from what it replies to."""
    if not missing:
        return body
    gone = missing.get(int(body["id"]), frozenset())
    left = {name: value for name, value in body.items() if name not in gone}
    if left.get("referenced_message"):
        left["referenced_message"] = without_missing(left["referenced_message"], missing)
    return left


def censored(body: JSON) -> JSON:
    """Return a message without what the intent guards (docs/discord-facts.md#message-content)."""
    bare = body | {"content": "", "embeds": [], "attachments": [], "components": []}
    if bare.get("referenced_message"):
        bare["referenced_message"] = censored(bare["referenced_message"])
    return bare
