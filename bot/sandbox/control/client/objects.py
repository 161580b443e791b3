"""What the control API's client hands out: guilds, channels, messages, answers, forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.sandbox.state.json_types import JSON, Value
from bot.sandbox.state.models import ChannelType, MessageFlag
from bot.sandbox.validation.components import BUTTON, LABEL, SELECT, TEXT_DISPLAY, walk

if TYPE_CHECKING:
    from collections.abc import Callable


class HasId(Protocol):
    """Anything with an id: an object of this module, or of discord.py."""

    @property
    def id(self) -> int:
        """Its snowflake."""


Ident = int | HasId
"""An id, or what has one."""


def ident(thing: Ident) -> str:
    """Return the id of something as the control API takes it."""
    return str(thing if isinstance(thing, int) else thing.id)


class ApiObject:
    """Something as the sandbox described it last.

    Attributes:
        raw: Discord's object.
    """

    def __init__(self, raw: JSON) -> None:
        self.raw = raw

    @property
    def id(self) -> int:
        """Its snowflake."""
        return int(self.raw["id"])

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Guild(ApiObject):
    """A guild."""

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.raw["name"])


class Channel(ApiObject):
    """A channel or forum, or a thread with the last three properties."""

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.raw["name"])

    @property
    def guild_id(self) -> int:
        """Its guild."""
        return int(self.raw["guild_id"])

    @property
    def is_forum(self) -> bool:
        """Whether it is a forum."""
        return bool(self.raw["type"] == ChannelType.FORUM)

    @property
    def tags(self) -> dict[str, int]:
        """A forum's tags, by name."""
        return {each["name"]: int(each["id"]) for each in self.raw.get("available_tags", [])}

    @property
    def applied_tags(self) -> list[int]:
        """A forum post's tags."""
        return [int(each) for each in self.raw.get("applied_tags", [])]

    @property
    def archived(self) -> bool:
        """Whether the thread is archived."""
        return bool(self.raw["thread_metadata"]["archived"])

    @property
    def locked(self) -> bool:
        """Whether the thread is locked."""
        return bool(self.raw["thread_metadata"]["locked"])


class Role(ApiObject):
    """A role."""

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.raw["name"])

    @property
    def permissions(self) -> int:
        """What it permits, as bits."""
        return int(self.raw["permissions"])


class Message(ApiObject):
    """A message; it changes in place while its client watches.

    Attributes:
        deleted: Whether it was seen to go.
    """

    def __init__(self, raw: JSON) -> None:
        super().__init__(raw)
        self.deleted = False

    @property
    def channel_id(self) -> int:
        """Where it stands."""
        return int(self.raw["channel_id"])

    @property
    def author_id(self) -> int:
        """Who wrote it."""
        return int(self.raw["author"]["id"])

    @property
    def by_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.raw["author"]["bot"])

    @property
    def content(self) -> str:
        """Its text."""
        return str(self.raw["content"])

    @property
    def embeds(self) -> list[JSON]:
        """Its embeds."""
        return list(self.raw["embeds"])

    @property
    def reactions(self) -> dict[str, int]:
        """How many reacted, by emoji, when it was described last."""
        return {each["emoji"]["name"]: each["count"] for each in self.raw.get("reactions", [])}

    @property
    def type(self) -> int:
        """Discord's message type; 0 and 19 are what people write."""
        return int(self.raw["type"])

    @property
    def flags(self) -> int:
        """Its flags, as bits."""
        return int(self.raw["flags"])

    @property
    def ephemeral(self) -> bool:
        """Whether only its reader sees it."""
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def components(self) -> list[JSON]:
        """All its components, the nested ones too."""
        return list(walk(self.raw["components"]))

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order."""
        return [each.get("label") or "" for each in self.components if each["type"] == BUTTON]

    @property
    def options(self) -> list[str]:
        """The labels in its selects, in order."""
        selects = [each for each in self.components if each["type"] == SELECT]
        return [option["label"] for each in selects for option in each["options"]]

    @property
    def texts(self) -> str:
        """Everything there is to read in it: content and embeds."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [embed.get("title", ""), embed.get("description", "")]
            parts += [f"{each['name']}\n{each['value']}" for each in embed.get("fields", [])]
            parts.append(embed.get("footer", {}).get("text", ""))
        return "\n".join(part for part in parts if part)


class Form:
    """A modal that is open in front of a member."""

    def __init__(self, raw: JSON, interaction_id: int) -> None:
        self.raw = raw
        self.interaction_id = interaction_id

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.raw["title"])

    @property
    def custom_id(self) -> str:
        """What the bot called it."""
        return str(self.raw["custom_id"])

    @property
    def components(self) -> list[JSON]:
        """Its components, top level."""
        return list(self.raw["components"])

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, in order."""
        return [str(each["label"]) for each in self.components if each["type"] == LABEL]

    @property
    def text(self) -> str:
        """What it says besides its fields."""
        shown = [each["content"] for each in self.components if each["type"] == TEXT_DISPLAY]
        return "\n".join(shown)


class Answer:
    """What came of a member's interaction; it changes in place while its client watches.

    Attributes:
        message: The answer, public or ephemeral, or the message that was updated; None if none.
        followups: Messages that came after it.
        modal: The form that opened, None if none did.
        choices: What autocompletion offered: names and values.
    """

    def __init__(self, raw: JSON, keep: Callable[[JSON], Message]) -> None:
        self._keep = keep
        self.message: Message | None = None
        self.followups: list[Message] = []
        self.modal: Form | None = None
        self.choices: list[tuple[str, Value]] = []
        self.update(raw)

    def update(self, raw: JSON) -> None:
        """Take over what the sandbox says now."""
        self.raw = raw
        self.message = self._keep(raw["message"]) if raw["message"] else None
        self.followups = [self._keep(each) for each in raw["followups"]]
        self.modal = Form(raw["modal"], self.id) if raw["modal"] else None
        self.choices = [(each["name"], each["value"]) for each in raw["choices"] or []]

    @property
    def id(self) -> int:
        """The interaction's id."""
        return int(self.raw["id"])

    @property
    def failed(self) -> bool:
        """Whether nobody answered within three seconds."""
        return bool(self.raw["stage"] == "failed")

    def __repr__(self) -> str:
        return f"<Answer {self.id} {self.raw['stage']}>"
