"""From when on somebody wants to read: a day, or so many days or weeks ago."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

_AGO = re.compile(r"(\d{1,4})([dw])", re.IGNORECASE | re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_since(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the moment that a text names, aware; None if it names none.

    Args:
        text: Such as ``2026-03-01``, the beginning of that day, or ``7d`` or ``2w``.
        now: Aware.
        zone: Where the day begins.
    """
    text = text.strip()
    if ago := _AGO.fullmatch(text):
        days = int(ago[1]) * (7 if ago[2].lower() == "w" else 1)
        return now - timedelta(days=min(days, (now - datetime.min.replace(tzinfo=UTC)).days))
    if not _DAY.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or the first or last of all
        return None
