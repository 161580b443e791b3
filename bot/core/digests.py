"""When an author's digest is due: in the morning, each day or on Mondays."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Literal

Digest = Literal["off", "daily", "weekly"]

HOUR = time(9)
"""The time of day, where the blog is."""


def is_due(digest: Digest, last: datetime | None, now: datetime, zone: tzinfo) -> bool:
    """Return whether a digest is to be sent, or to be skipped since nothing happened.

    Args:
        last: When the last one was, or when it was turned on; None if it never was.
        now: Aware.
        zone: The blog's; its clocks may be changed between two digests.
    """
    return digest != "off" and (last is None or last < latest_turn(digest, now, zone))


def latest_turn(digest: Digest, now: datetime, zone: tzinfo) -> datetime:
    """Return the last morning that is not in the future; on a Monday if it is weekly."""
    here = now.astimezone(zone)
    day = here.date() - timedelta(days=here.weekday() if digest == "weekly" else 0)
    turn = datetime.combine(day, HOUR, zone).astimezone(UTC)
    if turn <= now:
        return turn
    day -= timedelta(weeks=1) if digest == "weekly" else timedelta(days=1)
    return datetime.combine(day, HOUR, zone).astimezone(UTC)
