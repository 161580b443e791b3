"""Ids that are never used again."""

import secrets
from datetime import UTC, datetime

from bot.core.custom_ids import RANDOM_BITS, mint


def new_id(now: datetime | None = None) -> int:
    """Return a new id for a row whose id may stand in a button (see `bot.core.custom_ids.mint`)."""
    return mint(now or datetime.now(UTC), secrets.randbits(RANDOM_BITS))
