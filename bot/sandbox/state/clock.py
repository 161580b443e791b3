"""One source of time and of ids."""

from datetime import UTC, datetime, timedelta

EPOCH = 1420070400000
"""Milliseconds between the Unix epoch and Discord's (docs/discord-facts.md#snowflakes)."""


class Clock:
    """Tells the sandbox's time, which may run ahead of the machine's, and hands out ids."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._last = 0

    def now(self) -> datetime:
        """Return the time, aware and in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the time forward; it never goes back, since ids must grow."""
        if seconds < 0:
            raise ValueError("The clock only moves forward: ids must keep growing.")
        self._ahead += timedelta(seconds=seconds)

    def snowflake(self) -> int:
        """Return a new id, greater than every one before it."""
        stamp = (int(self.now().timestamp() * 1000) - EPOCH) << 22
        self._last = max(self._last + 1, stamp)
        return self._last


def created_at(snowflake: int) -> datetime:
    """Return when an id was made."""
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH) / 1000, UTC)
