"""Times as people type them: a date, an ISO time, or how long ago."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

_AGO = re.compile(r"(\d{1,5})\s*([hdw])", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d).*", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def moment(text: str, now: datetime, zone: tzinfo = UTC) -> datetime | None:
    """Return the time that a text means, in UTC; None if it means none.

    Args:
        text: ``2026-03-01``, ``2026-03-01T12:00``, ``2026-03-01T12:00+03:00``, ``12h``, ``7d`` or
            ``2w``.
        now: Aware; what lies so long ago is counted from it.
        zone: In which a time without an offset is told.
    """
    wanted = text.strip()
    try:
        if ago := _AGO.fullmatch(wanted):
            return now - int(ago[1]) * _UNITS[ago[2].lower()]
        if not _DATE.fullmatch(wanted):
            return None
        found = datetime.fromisoformat(wanted)
        return found.replace(tzinfo=found.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or beyond the first or last of all
        return None
