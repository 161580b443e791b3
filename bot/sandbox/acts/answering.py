"""What the bot does with an interaction: the first answer, then edits and followups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import payloads
from bot.sandbox.acts import deleting, messages
from bot.sandbox.acts.drafts import Draft, completed, mention
from bot.sandbox.errors import DiscordError
from bot.sandbox.interaction import CallbackType, Interaction, InteractionType
from bot.sandbox.models import Message, MessageFlag, MessageType, Thread
from bot.sandbox.state import Event
from bot.sandbox.wire import JSON

if TYPE_CHECKING:
    from bot.sandbox.state import State

MENU_COMMANDS = frozenset({2, 3})
ALLOWED: dict[InteractionType, frozenset[CallbackType]] = {
    InteractionType.COMMAND: frozenset(
        {CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE, CallbackType.MODAL}
    ),
    InteractionType.COMPONENT: frozenset(
        {
            CallbackType.MESSAGE,
            CallbackType.DEFERRED_MESSAGE,
            CallbackType.DEFERRED_UPDATE,
            CallbackType.UPDATE,
            CallbackType.MODAL,
        }
    ),
    InteractionType.AUTOCOMPLETE: frozenset({CallbackType.CHOICES}),
    InteractionType.MODAL: frozenset(
        {
            CallbackType.MESSAGE,
            CallbackType.DEFERRED_MESSAGE,
            CallbackType.DEFERRED_UPDATE,
            CallbackType.UPDATE,
        }
    ),
}
"""Which first answers each kind of interaction takes."""


def waiting(state: State, interaction_id: int, token: str) -> Interaction:
    """Return an interaction that still waits for its first answer.

    Raises:
        DiscordError: 10062 if there is none or its three seconds are over, 40060 if answered.
    """
    interaction = state.interactions.get(interaction_id)
    if interaction is None or interaction.token != token or interaction.stage == "failed":
        raise DiscordError(10062)
    if interaction.stage != "waiting":
        raise DiscordError(40060)
    if _age(state, interaction) > state.limits.first_response:
        fail(state, interaction)
        raise DiscordError(10062)
    return interaction


def living(state: State, application_id: int, token: str) -> Interaction:
    """Return an answered interaction whose token still lives.

    Raises:
        DiscordError: 10015 for another application, 50027 for a bad token or an old one.
    """
    if application_id != state.application.id:
        raise DiscordError(10015)
    interaction = state.interactions_by_token.get(token)
    if interaction is None or _age(state, interaction) > state.limits.token_life:
        raise DiscordError(50027)
    if interaction.stage in {"waiting", "failed"}:
        raise DiscordError(10015)
    return interaction


def answer(
    state: State, interaction: Interaction, kind: CallbackType, data: JSON, files: list[JSON]
) -> None:
    """Take the first answer to an interaction; the data is checked already."""
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
    _tell(state, interaction)


def follow_up(state: State, interaction: Interaction, draft: Draft) -> Message:
    """Send one more message; the first after a deferral takes the place of "thinking"."""
    original = interaction.original
    if original is not None and original.has(MessageFlag.LOADING):
        original.content, original.embeds = draft.content, draft.embeds
        original.components, original.attachments = draft.components, draft.attachments
        original.flags |= draft.flags & ~MessageFlag.EPHEMERAL
        fill(state, interaction, original)
        return original
    message = _write(state, interaction, draft)
    interaction.followups.append(message)
    _tell(state, interaction)
    return message


def edit(
    state: State, interaction: Interaction, message: Message, body: JSON, files: list[JSON]
) -> None:
    """Edit one of an interaction's messages."""
    if isinstance(message.channel, Thread) and message.channel.archived:
        raise DiscordError(50083)
    messages.revise(state, message, body, files)
    fill(state, interaction, message)


def fill(state: State, interaction: Interaction, message: Message) -> None:
    """Tell of an edited answer, which is no longer "thinking"."""
    if message.has(MessageFlag.LOADING):
        message.flags &= ~MessageFlag.LOADING
        interaction.stage = "answered"
    messages.tell(state, "MESSAGE_UPDATE", message)
    _tell(state, interaction)


def delete(state: State, interaction: Interaction, message: Message) -> None:
    """Delete one of an interaction's messages."""
    if interaction.stage == "deferred" and message is interaction.original:
        interaction.stage = "answered"
    if message.reader is not None:
        dismiss(state, message)
    else:
        deleting.remove(state, message)  # its token is enough: no permission is asked for
    _tell(state, interaction)


def dismiss(state: State, message: Message) -> None:
    """Take an ephemeral message from its reader's eyes."""
    if state.ephemeral.pop(message.id, None) is None:
        raise DiscordError(10008)
    channel = message.channel
    body = {"id": str(message.id), "channel_id": str(channel.id), "guild_id": str(channel.guild.id)}
    state.emit(
        Event("MESSAGE_DELETE", body, channel.guild, channel, reader=message.reader, to_bot=False)
    )


def message_of(state: State, interaction: Interaction, name: str) -> Message:
    """Return the message that a webhook route names: ``@original`` or an id.

    Raises:
        DiscordError: 10008 if there is none, or it was deleted.
    """
    original = interaction.original
    mine = [*interaction.followups, *([original] if original else [])]
    for message in mine:
        named = name == "@original" and message is original
        alive = message.id in state.ephemeral or message.channel.messages.get(message.id)
        if alive and (named or str(message.id) == name):
            return message
    raise DiscordError(10008)


def fail(state: State, interaction: Interaction) -> None:
    """Give up on an interaction that nobody answered in time."""
    if interaction.stage == "waiting":
        interaction.stage = "failed"
        _tell(state, interaction)


def view(interaction: Interaction) -> JSON:
    """Return what its member sees of an interaction."""
    reader = interaction.member.user.id
    original = interaction.original
    return {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "stage": interaction.stage,
        "callback": interaction.callback,
        "message": None if original is None else payloads.message_event(original, reader),
        "followups": [payloads.message_event(each, reader) for each in interaction.followups],
        "modal": interaction.modal,
        "choices": interaction.choices,
    }


def _age(state: State, interaction: Interaction) -> float:
    return (state.now() - interaction.created_at).total_seconds()


def _tell(state: State, interaction: Interaction) -> None:
    interaction.first.set()
    if interaction.opened_by is not None and interaction.stage != "failed":
        interaction.opened_by.modal = None  # a form closes once the bot has answered it
    if interaction.stage != "deferred":
        interaction.filled.set()
    state.emit(
        Event(
            "INTERACTION_UPDATE",
            view(interaction),
            interaction.channel.guild,
            interaction.channel,
            reader=interaction.member.user.id,
            to_bot=False,
        )
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
        messages.post(state, message)
    return message


def _type(interaction: Interaction) -> MessageType:
    if interaction.type is InteractionType.COMMAND:
        menu = interaction.data.get("type") in MENU_COMMANDS
        return MessageType.MENU_REPLY if menu else MessageType.COMMAND_REPLY
    return MessageType.DEFAULT if interaction.source is None else MessageType.REPLY


def _metadata(interaction: Interaction) -> JSON:
    body: JSON = {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": payloads.user(interaction.member.user),
        "authorizing_integration_owners": {"0": str(interaction.channel.guild.id)},
    }
    if interaction.type is InteractionType.COMMAND:
        body |= {"name": interaction.data["name"], "command_type": interaction.data["type"]}
    elif interaction.type is InteractionType.COMPONENT and interaction.source is not None:
        body["interacted_message_id"] = str(interaction.source.id)
    elif interaction.opened_by is not None:
        body["triggering_interaction_metadata"] = _metadata(interaction.opened_by)
    return body
