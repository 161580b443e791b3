"""Times and ids as Discord writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def stamp(moment: datetime | None) -> str | None:
    """Return a time as Discord writes it."""
    return None if moment is None else moment.isoformat(timespec="microseconds")


def snowflake(value: int | None) -> str | None:
    """Return an id as Discord writes it."""
    return None if value is None else str(value)
