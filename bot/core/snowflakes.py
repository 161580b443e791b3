"""Discord's ids, which contain their time (docs/discord-facts.md#snowflakes)."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""From here on the upper bits of an id count milliseconds."""

TIME_BITS = 22
"""So many lower bits tell ids of one millisecond apart."""


def first_id_at(moment: datetime) -> int:
    """Return the smallest id of a moment, which is aware; 0 for one before Discord's epoch."""
    return max(0, (moment - EPOCH) // timedelta(milliseconds=1)) << TIME_BITS


def time_of(snowflake: int) -> datetime:
    """Return when an id was made, aware."""
    return EPOCH + timedelta(milliseconds=snowflake >> TIME_BITS)
