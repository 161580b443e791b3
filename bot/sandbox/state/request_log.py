"""What was asked of the sandbox: a bounded log, counts, and everything it did not know."""

from __future__ import annotations

import logging
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.state.json_types import JSON, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger(__name__)
KEPT = 2000


@dataclass(frozen=True, slots=True)
class Request:
    """One REST request, answered or not.

    Attributes:
        route: The route's template, "" if there is none.
        status: 0 if a fault kept the answer back.
        ms: How long it took.
        body: What came, for tests; it is kept in memory only and never logged.
        answer: What went back, kept likewise.
    """

    method: str
    path: str
    route: str
    status: int
    ms: float
    body: Value = None
    answer: Value = None

    def summary(self) -> JSON:
        """Return it without the bodies."""
        names = ("method", "path", "route", "status", "ms")
        return {name: getattr(self, name) for name in names}


class RequestLog:
    """The last requests, oldest first, and how many of each route there were.

    Attributes:
        counts: By "METHOD /route/{template}".
        unknown: What no route, field or query parameter is known for; a test expects none.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.unknown: list[str] = []
        self.listeners: list[Callable[[Request], None]] = []
        self._kept: deque[Request] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[Request]:
        return iter(tuple(self._kept))

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, request: Request) -> None:
        """Keep a request."""
        self._kept.append(request)
        self.counts[f"{request.method} {request.route or request.path}"] += 1
        for listener in tuple(self.listeners):
            listener(request)

    def miss(self, what: str) -> None:
        """Note, loudly, something that the sandbox does not know."""
        self.unknown.append(what)
        _log.warning("The sandbox does not know %s", what)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.counts.clear()
        self.unknown.clear()

    def of(self, method: str, route: str) -> list[Request]:
        """Return the kept requests of a route, oldest first."""
        return [each for each in self._kept if (each.method, each.route) == (method, route)]
