"""Ids that are never used again."""

import secrets
import threading
from datetime import UTC, datetime

from bot.core.custom_ids import RANDOM_BITS, mint


class _Minter:
    """Mints ids that only grow: a millisecond has room for few that are drawn at random.

    Of ten thousand ids of one millisecond, a dozen would be equal.
    """

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def mint(self, now: datetime, count: int) -> range:
        fresh = mint(now, secrets.randbits(RANDOM_BITS))
        with self._lock:
            first = max(fresh, self._last + 1)
            self._last = first + count - 1
        return range(first, first + count)


_minter = _Minter()


def new_id(now: datetime | None = None) -> int:
    """Return a new id for a row whose id may stand in a button (see `bot.core.custom_ids.mint`).

    Ids grow within a process, so that no two are the same, however many are wanted at once.
    """
    return new_ids(1, now)[0]


def new_ids(count: int, now: datetime | None = None) -> range:
    """Return as many new ids as are wanted, each one more than the one before."""
    return _minter.mint(now or datetime.now(UTC), count)
