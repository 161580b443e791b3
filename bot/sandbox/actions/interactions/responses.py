"""What the bot does with an interaction: the first answer, then edits and followups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.actions import deletion, messages
from bot.sandbox.actions.archiving import wake
from bot.sandbox.actions.drafts import Draft, completed, mention
from bot.sandbox.actions.interactions import lifecycle
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.interactions import CallbackType, Interaction, InteractionType
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import Message, MessageFlag, MessageType, Thread
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.state import State

MENU_COMMANDS = frozenset({2, 3})


def answer(
    state: State, interaction: Interaction, kind: CallbackType, data: JSON, files: list[JSON]
) -> None:
    """Take the first answer to an interaction; the data is checked already.

    Raises:
        DiscordError: 50083 in a thread that is archived and locked, or for an update of a message
            in one that is archived.
    """
    if kind is not CallbackType.CHOICES:
        public = interaction.source is not None and interaction.source.reader is None
        lifecycle.require_awake(interaction, sleeping=kind is CallbackType.UPDATE and public)
    interaction.callback = kind
    interaction.stage = "answered"
    if kind is CallbackType.MESSAGE:
        draft = Draft.of(data, files)
        interaction.original = _write(state, interaction, draft)
    elif kind is CallbackType.DEFERRED_MESSAGE:
        flags = (data.get("flags") or 0) & MessageFlag.EPHEMERAL | MessageFlag.LOADING
        interaction.stage = "deferred"
        interaction.original = _write(state, interaction, Draft(flags=flags))
    elif kind is CallbackType.DEFERRED_UPDATE:
        interaction.original = interaction.source
    elif kind is CallbackType.UPDATE and interaction.source is not None:
        interaction.original = interaction.source
        messages.revise(state, interaction.source, data, files)
        messages.tell(state, "MESSAGE_UPDATE", interaction.source)
    elif kind is CallbackType.MODAL:
        completed(data["components"])
        interaction.modal = data
    elif kind is CallbackType.CHOICES:
        interaction.choices = data.get("choices") or []
    lifecycle.tell(state, interaction)


def follow_up(state: State, interaction: Interaction, draft: Draft) -> Message:
    """Send one more message; the first after a deferral takes the place of "thinking".

    Raises:
        DiscordError: 50083 in a thread that is archived and locked; for a public "thinking" also
            in one that is only archived, since it is an edit.
    """
    original = interaction.original
    if original is None or not original.has(MessageFlag.LOADING):
        lifecycle.require_awake(interaction)
    else:
        lifecycle.require_awake(interaction, sleeping=original.reader is None)
        original.content, original.embeds = draft.content, draft.embeds
        original.components, original.attachments = draft.components, draft.attachments
        original.flags |= draft.flags & ~MessageFlag.EPHEMERAL
        fill(state, interaction, original)
        return original
    message = _write(state, interaction, draft)
    interaction.followups.append(message)
    lifecycle.tell(state, interaction)
    return message


def edit(
    state: State, interaction: Interaction, message: Message, body: JSON, files: list[JSON]
) -> None:
    """Edit one of an interaction's messages.

    Raises:
        DiscordError: 50083 for a public one in an archived thread, for any if it is locked too.
    """
    lifecycle.require_awake(interaction, sleeping=message.reader is None)
    messages.revise(state, message, body, files)
    fill(state, interaction, message)


def fill(state: State, interaction: Interaction, message: Message) -> None:
    """Tell of an edited answer, which is no longer "thinking"."""
    if message.has(MessageFlag.LOADING):
        message.flags &= ~MessageFlag.LOADING
        interaction.stage = "answered"
    messages.tell(state, "MESSAGE_UPDATE", message)
    lifecycle.tell(state, interaction)


def delete(state: State, interaction: Interaction, message: Message) -> None:
    """Delete one of an interaction's messages; archived threads allow it unless locked."""
    lifecycle.require_awake(interaction)
    if interaction.stage == "deferred" and message is interaction.original:
        interaction.stage = "answered"
    if message.reader is not None:
        dismiss(state, message)
    else:
        deletion.remove(state, message)  # its token is enough: no permission is asked for
    lifecycle.tell(state, interaction)


def dismiss(state: State, message: Message) -> None:
    """Take an ephemeral message from its reader's eyes."""
    if state.ephemeral.pop(message.id, None) is None:
        raise DiscordError(10008)
    channel = message.channel
    body = {"id": str(message.id), "channel_id": str(channel.id), "guild_id": str(channel.guild.id)}
    state.emit(
        Event("MESSAGE_DELETE", body, channel.guild, channel, reader=message.reader, to_bot=False)
    )


def _write(state: State, interaction: Interaction, draft: Draft) -> Message:
    source = interaction.source
    ephemeral = bool(draft.flags & MessageFlag.EPHEMERAL)
    message = Message(
        state.clock.snowflake(),
        interaction.channel,
        state.application.user,
        state.now(),
        type=_type(interaction),
        flags=draft.flags,
        reader=interaction.member.user.id if ephemeral else None,
        metadata=_metadata(interaction),
        reference=None if source is None else messages.reference_to(source),
        attachments=draft.attachments,
        content=draft.content,
        embeds=draft.embeds,
        components=draft.components,
    )
    if draft.allowed_mentions is None:
        draft.allowed_mentions = {"parse": ["users"]}
    mention(message, draft, None, may_ping_all=False)
    if ephemeral:
        state.ephemeral[message.id] = message
        messages.tell(state, "MESSAGE_CREATE", message)
    else:
        _wake(state, interaction)
        messages.post(state, message)
    return message


def _wake(state: State, interaction: Interaction) -> None:
    """Un-archive a thread that the bot answers in publicly, as any message does."""
    channel = interaction.channel
    if isinstance(channel, Thread) and channel.archived:
        wake(state, channel)


def _type(interaction: Interaction) -> MessageType:
    if interaction.type is InteractionType.COMMAND:
        menu = interaction.data.get("type") in MENU_COMMANDS
        return MessageType.MENU_REPLY if menu else MessageType.COMMAND_REPLY
    return MessageType.DEFAULT if interaction.source is None else MessageType.REPLY


def _metadata(interaction: Interaction) -> JSON:
    body: JSON = {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": serialisation.user(interaction.member.user),
        "authorizing_integration_owners": {"0": str(interaction.channel.guild.id)},
    }
    if interaction.type is InteractionType.COMMAND:
        body |= {"name": interaction.data["name"], "command_type": interaction.data["type"]}
    elif interaction.type is InteractionType.COMPONENT and interaction.source is not None:
        body["interacted_message_id"] = str(interaction.source.id)
    elif interaction.opened_by is not None:
        body["triggering_interaction_metadata"] = _metadata(interaction.opened_by)
    return body
