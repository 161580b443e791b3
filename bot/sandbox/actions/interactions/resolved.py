"""The ``resolved`` object: what the ids in an interaction stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.state.errors import RefusedError
from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from bot.sandbox.state.models import Guild, Member

USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
USER_OPTION, CHANNEL_OPTION, ROLE_OPTION, MENTIONABLE_OPTION = 6, 7, 8, 9
OPTION_KINDS = {
    USER_OPTION: USER_SELECT,
    CHANNEL_OPTION: CHANNEL_SELECT,
    ROLE_OPTION: ROLE_SELECT,
    MENTIONABLE_OPTION: MENTIONABLE_SELECT,
}
"""Which select offers the same things as a command's option."""


class Resolved:
    """Collects the objects that an interaction's ids name."""

    def __init__(self, guild: Guild) -> None:
        self._guild = guild
        self.body: JSON = {}

    def add(self, kind: int, value: str | int) -> str:
        """Note what an id stands for in a select of that type, and return the id.

        Raises:
            RefusedError: If the guild has no such thing.
        """
        ident = int(value)
        guild = self._guild
        if kind in {USER_SELECT, MENTIONABLE_SELECT} and ident in guild.members:
            self.add_member(guild.members[ident])
        elif kind in {ROLE_SELECT, MENTIONABLE_SELECT} and ident in guild.roles:
            self._put("roles", ident, serialisation.role(guild.roles[ident]))
        elif kind == CHANNEL_SELECT and ident in guild.channels:
            body = serialisation.channel(guild.channels[ident]) | {"permissions": "0"}
            self._put("channels", ident, body)
        else:
            raise RefusedError(f"There is nothing with the id {value} to choose.")
        return str(ident)

    def add_member(self, member: Member) -> None:
        """Note a member and their user."""
        self._put("users", member.user.id, serialisation.user(member.user))
        self._put("members", member.user.id, serialisation.member(member, with_user=False))

    def add_message(self, ident: int, body: JSON) -> None:
        """Note a message, whole."""
        self._put("messages", ident, body)

    def _put(self, kind: str, ident: int, body: JSON) -> None:
        self.body.setdefault(kind, {})[str(ident)] = body
