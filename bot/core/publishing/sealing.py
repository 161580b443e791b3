"""Until when the answers to an essay's questions wait, to be shown together."""

from datetime import datetime, timedelta
from typing import NamedTuple

Sealed = datetime | int
"""What front matter says of it: a day, or for how many days; 0 for not at all."""


class Seal(NamedTuple):
    """Until when answers to a prompt wait.

    Attributes:
        until: None if they do not, or no longer.
        by_file: Whether the essay's file says so, and not the channel's setting.
    """

    until: datetime | None = None
    by_file: bool = False


OPEN = Seal()
"""Nothing waits."""


def seal_of(
    stated: Sealed | None,
    channel_days: int | None,
    asked_at: datetime,
    now: datetime,
    before: Seal | None,
) -> Seal:
    """Return how a prompt is sealed now.

    What the file says counts, and moves with it. A channel's setting is for prompts that are asked
    from then on. What is taken back opens at once, and what lies in the past seals nothing.

    Args:
        stated: What the file says; None for nothing.
        channel_days: What the channel's setting is.
        asked_at: When the prompt was first asked.
        before: How it was; None if it is new.
    """
    if stated is None and before is not None:
        is_taken_back = before.by_file and before.until is not None and before.until > now
        return Seal(now if is_taken_back else before.until)
    days = channel_days if stated is None else stated
    until = days if isinstance(days, datetime) else _after(asked_at, days)
    if before is not None and before.until is not None:  # sealed answers may be there to open
        until = before.until if until is None and before.until <= now else until or now
    elif until is not None and until <= now:
        until = None
    return Seal(until, by_file=stated is not None)


def _after(asked_at: datetime, days: int | None) -> datetime | None:
    return asked_at + timedelta(days=days) if days else None
