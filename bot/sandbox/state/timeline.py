"""A channel's messages in order, and pages of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Generic, Protocol, TypeVar


class HasId(Protocol):
    """A message, or anything else with an id."""

    id: int


Item = TypeVar("Item", bound=HasId)


class Timeline(Generic[Item]):
    """A channel's messages, oldest first, by id."""

    __slots__ = ("_by_id", "_order")

    def __init__(self) -> None:
        self._by_id: dict[int, Item] = {}
        self._order: list[int] = []

    def __len__(self) -> int:
        return len(self._order)

    def add(self, message: Item) -> None:
        """Add a message; ids come in growing order."""
        self._by_id[message.id] = message
        self._order.append(message.id)

    def get(self, message_id: int) -> Item | None:
        """Return a message, or None."""
        return self._by_id.get(message_id)

    def remove(self, message_id: int) -> None:
        """Take a message out."""
        del self._by_id[message_id]
        del self._order[bisect_left(self._order, message_id)]

    def before(self, message_id: int | None, limit: int) -> list[Item]:
        """Return the newest messages older than an id (or of all), newest first."""
        end = len(self._order) if message_id is None else bisect_left(self._order, message_id)
        return self._page(max(0, end - limit), end)

    def after(self, message_id: int, limit: int) -> list[Item]:
        """Return the oldest messages newer than an id, but newest first, as Discord does."""
        start = bisect_right(self._order, message_id)
        return self._page(start, start + limit)

    def around(self, message_id: int, limit: int) -> list[Item]:
        """Return the messages around an id, newest first."""
        middle = bisect_left(self._order, message_id)
        start = max(0, middle - limit // 2)
        return self._page(start, start + limit)

    def _page(self, start: int, end: int) -> list[Item]:
        return [self._by_id[key] for key in reversed(self._order[start:end])]
