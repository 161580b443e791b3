"""The best of what a night finds: few of very many, so that only these are told in words."""

from collections.abc import Callable
from heapq import heappush, heappushpop
from typing import NamedTuple

from bot.core.connection import End, Kind


class Found(NamedTuple):
    """A connection as it was found.

    Attributes:
        words: Returns what ties its ends, as they write it.
    """

    kind: Kind
    a: End
    b: End
    words: Callable[[], tuple[str, ...]]
    through: End | None
    score: float


class _Reversed(NamedTuple):
    """What a connection is put in order by, so that the greatest is the best."""

    score: float
    a: tuple[int, int, int]
    b: tuple[int, int, int]
    number: int


class Best:
    """Keeps so many connections as they come.

    Attributes:
        least: The score below which a connection is not kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[_Reversed, Found]] = []
        self._count = 0
        self.least = 0.0

    def take(self, one: Found) -> None:
        """Keep a connection, if it is among the best so far."""
        if one.score < self.least:
            return
        self._count += 1
        key = _Reversed(one.score, _backwards(one.a), _backwards(one.b), -self._count)
        if len(self._heap) < self._most:
            heappush(self._heap, (key, one))
        else:
            heappushpop(self._heap, (key, one))
        if len(self._heap) == self._most:
            self.least = self._heap[0][0].score

    def found(self) -> list[Found]:
        """Return what was kept, the best first; of equal worth, in the order of their texts."""
        return [one for _, one in sorted(self._heap, reverse=True)]


def _backwards(end: End) -> tuple[int, int, int]:
    """Return what the first of several texts is greatest by; passages come before responses."""
    return -end.post_id, -(end.response_id or 0), -(end.position or 0)
