"""What a control request says, looked up in the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.state import permissions
from bot.sandbox.state.errors import DiscordError, RefusedError
from bot.sandbox.state.json_types import JSON, Value
from bot.sandbox.state.models import ClientKind

if TYPE_CHECKING:
    from bot.sandbox.state.interactions import Interaction
    from bot.sandbox.state.models import Channel, Guild, Member, Message, Role, Thread
    from bot.sandbox.state.state import State


class Args:
    """The fields of one control request; ids may be strings or numbers."""

    def __init__(self, state: State, fields: JSON) -> None:
        self._state = state
        self.fields = fields

    def get(self, name: str, default: Value = None) -> Value:
        """Return a field as it came."""
        return self.fields.get(name, default)

    def text(self, name: str) -> str:
        """Return a field that must be a string."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise RefusedError(f"Say {name}, a string.")
        return value

    def ident(self, name: str) -> int:
        """Return a field that must be an id."""
        value = str(self.fields.get(name, ""))
        if not value.isdigit():
            raise RefusedError(f"Say {name}, an id.")
        return int(value)

    def number(self, name: str, default: float) -> float:
        """Return a field that is a number."""
        try:
            return float(self.fields.get(name, default))
        except (TypeError, ValueError):
            raise RefusedError(f"Say {name} as a number.") from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a field that is true or false; in a query "1" and "true" are true."""
        return self.fields.get(name, default) in {True, "1", "true"}

    def client(self) -> ClientKind | None:
        """Return what ``client`` says one uses Discord with; None if it is not there."""
        value = self.fields.get("client")
        try:
            return None if value is None else ClientKind(value)
        except ValueError:
            raise RefusedError(f"A client is one of {', '.join(ClientKind)}.") from None

    def names(self, name: str) -> frozenset[str]:
        """Return a field that is a list of names; none if it is not there."""
        value = self.fields.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise RefusedError(f"Say {name}, a list of names.")
        return frozenset(value)

    def has(self, name: str) -> bool:
        """Return whether a field is there."""
        return self.fields.get(name) is not None

    def guild(self) -> Guild:
        """Return the guild named by ``guild``."""
        return self._state.guild(self.ident("guild"))

    def channel(self) -> Channel:
        """Return the channel or thread named by ``channel``."""
        return self._state.channel(self.ident("channel"))

    def thread(self) -> Thread:
        """Return the thread named by ``channel``."""
        return self._state.thread(self.ident("channel"))

    def message(self) -> Message:
        """Return the message named by ``message``: in ``channel``, or an ephemeral one."""
        ephemeral = self._state.ephemeral.get(self.ident("message"))
        return ephemeral or self._state.message(self.channel(), self.ident("message"))

    def member(self, guild: Guild, name: str = "as") -> Member:
        """Return the member named by a field; ``as`` is who acts."""
        return self._state.member(guild, self.ident(name))

    def actor(self) -> Member:
        """Return who acts in ``channel``, which they must see."""
        channel = self.channel()
        member = self.member(channel.guild)
        if not permissions.in_channel(channel, member, self._state.now()):
            raise DiscordError(50001)
        return member

    def role(self, guild: Guild) -> Role:
        """Return the role named by ``role``."""
        try:
            return guild.roles[self.ident("role")]
        except KeyError:
            raise DiscordError(10011) from None

    def interaction(self) -> Interaction:
        """Return the interaction named by ``interaction``."""
        try:
            return self._state.interactions[self.ident("interaction")]
        except KeyError:
            raise DiscordError(10062) from None
