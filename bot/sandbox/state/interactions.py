"""An interaction and its two lives: three seconds to answer, fifteen minutes to add."""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.state.models import Channel, Member, Message

Stage = Literal["waiting", "deferred", "answered", "failed"]


class InteractionType(IntEnum):
    """The kinds of interaction that members make."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class CallbackType(IntEnum):
    """The kinds of first answer."""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True, eq=False)
class Interaction:
    """Something that a member pressed, typed or submitted, and what came of it.

    Attributes:
        source: The message whose component was used.
        opened_by: What opened the form that was submitted.
        original: What ``@original`` names: the answer, or the source after an update.
        event: INTERACTION_CREATE's payload, as the bot got it.
        choices: What autocompletion offered.
        first: Set once there is a first answer, or none came in time.
        filled: Set once the answer can be seen.
    """

    id: int
    token: str
    type: InteractionType
    member: "Member"
    channel: "Channel"
    created_at: "datetime"
    data: JSON
    source: "Message | None" = None
    opened_by: "Interaction | None" = None
    stage: Stage = "waiting"
    callback: CallbackType | None = None
    original: "Message | None" = None
    modal: JSON | None = None
    event: JSON = field(default_factory=dict)
    choices: list[JSON] | None = None
    followups: list["Message"] = field(default_factory=list)
    first: asyncio.Event = field(default_factory=asyncio.Event)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
