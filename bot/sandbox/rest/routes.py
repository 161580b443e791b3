"""Which request goes to which function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON, Value

if TYPE_CHECKING:
    from bot.sandbox.state.models import Channel, Member, Message
    from bot.sandbox.state.state import State

Answer = JSON | list[Value] | None
MAJOR = frozenset({"channel_id", "guild_id", "webhook_id", "token"})
"""Path parameters that have limits of their own (docs/discord-facts.md#rate-limits)."""


@dataclass(slots=True)
class Call:
    """One request, taken apart.

    Attributes:
        body: The JSON, {} if there was none.
        files: Attachment objects of what was uploaded with it.
    """

    state: State
    params: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    body: Value = None
    files: list[JSON] = field(default_factory=list)

    def id(self, name: str) -> int:
        """Return a path parameter as an id, or raise Discord's 50035."""
        return _as_id(name, self.params[name])

    def query_id(self, name: str) -> int | None:
        """Return a query parameter as an id, None if it is not there."""
        return _as_id(name, self.query[name]) if name in self.query else None

    def limit(self, default: int, most: int, least: int = 1) -> int:
        """Return the ``limit`` of a list, or raise Discord's 50035."""
        value = self.query.get("limit", str(default))
        if not value.isdigit() or not least <= int(value) <= most:
            message = f"int value should be between {least} and {most}."
            fault = {"code": "NUMBER_TYPE_MAX", "message": message}
            raise DiscordError(50035, errors={"limit": {"_errors": [fault]}})
        return int(value)

    def json(self) -> JSON:
        """Return the body as an object, or raise Discord's 50109."""
        if not isinstance(self.body, dict):
            raise DiscordError(50109)
        return self.body

    def channel(self) -> Channel:
        """Return the channel in the path."""
        channel = self.state.channel(self.id("channel_id"))
        self.state.bot_in(channel.guild)
        return channel

    def actor(self) -> Member:
        """Return the bot as a member of the path's channel's or guild's guild."""
        if "guild_id" in self.params:
            return self.state.bot_in(self.state.guild(self.id("guild_id")))
        return self.state.bot_in(self.channel().guild)

    def message(self) -> Message:
        """Return the message in the path."""
        return self.state.message(self.channel(), self.id("message_id"))


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One route.

    Attributes:
        query: The query parameters it knows; another is a mistake in the client.
        authorised: Whether it takes the bot's token; an interaction's token is in its path.
    """

    method: str
    template: str
    handler: Handler
    status: int
    query: frozenset[str]
    authorised: bool

    def match(self, steps: list[str]) -> dict[str, str] | None:
        """Return the path's parameters, None if it is another route's."""
        params = {}
        for own, step in zip(self.template.strip("/").split("/"), steps, strict=True):
            if own.startswith("{"):
                params[own[1:-1]] = unquote(step)
            elif own != step:
                return None
        return params


class Routes:
    """All routes, found by method, number of steps and then literally before by parameter."""

    def __init__(self) -> None:
        self._by_shape: dict[tuple[str, int], list[Route]] = {}

    def __iter__(self) -> Iterator[Route]:
        return (route for routes in self._by_shape.values() for route in routes)

    def route(
        self,
        method: str,
        template: str,
        *,
        status: int = 200,
        query: tuple[str, ...] = (),
        authorised: bool = True,
    ) -> Callable[[Handler], Handler]:
        """Register a function for a route."""

        def register(handler: Handler) -> Handler:
            route = Route(method, template, handler, status, frozenset(query), authorised)
            same = self._by_shape.setdefault((method, template.strip("/").count("/")), [])
            same.append(route)
            same.sort(key=lambda each: each.template.count("{"))
            return handler

        return register

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Return the route of a request and its parameters."""
        steps = path.strip("/").split("/")
        for route in self._by_shape.get((method, len(steps) - 1), ()):
            params = route.match(steps)
            if params is not None:
                return route, params
        return None


ROUTES = Routes()
route = ROUTES.route


def _as_id(name: str, value: str) -> int:
    if value.isdigit():
        return int(value)
    fault = {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{value}" is not snowflake.'}
    raise DiscordError(50035, errors={name: {"_errors": [fault]}})
