"""Times as people type them: a date, an ISO time, or how long ago."""

import re
from datetime import UTC, datetime, timedelta

from bot.core.errors import AfterwordError

_AGO = re.compile(r"(\d{1,5})\s*([hdw])", re.IGNORECASE)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def moment(text: str, now: datetime) -> datetime:
    """Return the aware time that a text means; without an offset it is UTC.

    Args:
        text: ``2026-03-01``, ``2026-03-01T12:00``, ``2026-03-01T12:00+03:00``, ``12h``, ``7d`` or
            ``2w``.
        now: Aware; what lies so long ago is counted from it.

    Raises:
        AfterwordError: It is no time.
    """
    wanted = text.strip()
    try:
        if ago := _AGO.fullmatch(wanted):
            return now - int(ago[1]) * _UNITS[ago[2].lower()]
        found = datetime.fromisoformat(wanted)
        found = found.replace(tzinfo=found.tzinfo or UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise AfterwordError(
            f"“{text[:40]}” is no date: write 2026-03-01, 2026-03-01T12:00+03:00, or how long ago "
            "that is, as 12h, 7d or 2w."
        ) from error
