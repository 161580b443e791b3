"""What an interaction still takes, what its member sees of it, and how it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.interactions import CallbackType, Interaction, InteractionType
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.models import Thread
from bot.sandbox.state.state import Event

if TYPE_CHECKING:
    from bot.sandbox.state.models import Message
    from bot.sandbox.state.state import State

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


def require_awake(interaction: Interaction, *, sleeping: bool = False) -> None:
    """Refuse what an archived thread does not take.

    It is said in docs/discord-facts.md#answers-in-archived-threads.

    Args:
        interaction: In whose channel it is.
        sleeping: Whether being archived is enough; else the thread is locked as well.

    Raises:
        DiscordError: 50083.
    """
    channel = interaction.channel
    if isinstance(channel, Thread) and channel.archived and (sleeping or channel.locked):
        raise DiscordError(50083, status=403)


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
        tell(state, interaction)


def view(interaction: Interaction) -> JSON:
    """Return what its member sees of an interaction."""
    original = interaction.original
    return {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "stage": interaction.stage,
        "callback": interaction.callback,
        "message": None if original is None else serialisation.message_event(original),
        "followups": [serialisation.message_event(each) for each in interaction.followups],
        "modal": interaction.modal,
        "choices": interaction.choices,
    }


def _age(state: State, interaction: Interaction) -> float:
    return (state.now() - interaction.created_at).total_seconds()


def tell(state: State, interaction: Interaction) -> None:
    """Tell its member what has become of an interaction; a form closes once it is answered."""
    interaction.first.set()
    if interaction.opened_by is not None and interaction.stage != "failed":
        interaction.opened_by.modal = None
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
