"""Dates as people type them in a terminal."""

from datetime import UTC, datetime

from bot.core.errors import AfterwordError
from bot.core.text.moments import moment


def typed_moment(text: str) -> datetime:
    """Return the time that was typed.

    Raises:
        AfterwordError: It is none.
    """
    found = moment(text, datetime.now(UTC))
    if found is None:
        raise AfterwordError(
            f"“{text[:40]}” is no date: write 2026-03-01, 2026-03-01T12:00+03:00, or how long ago "
            "that is, as 12h, 7d or 2w."
        )
    return found
