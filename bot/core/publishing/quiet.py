"""Quiet hours: when nothing starts by itself."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of each day in which nothing starts by itself.

    Attributes:
        start: The hour in which they begin.
        end: The hour in which they are over; one before `start` is on the next day.
        zone: The site's time zone, whose clock they follow.
    """

    start: int
    end: int
    zone: tzinfo

    def cover(self, moment: datetime) -> bool:
        """Return whether a moment lies in them."""
        hour = moment.astimezone(self.zone).hour
        if self.start < self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end

    def over_at(self, moment: datetime) -> datetime:
        """Return a moment that does not lie in them, or else when they are over.

        Where the clocks are put forward over that hour, they are over an hour later.
        """
        if not self.cover(moment):
            return moment
        here = moment.astimezone(self.zone)
        over = here.replace(hour=self.end, minute=0, second=0, microsecond=0, fold=0)
        if over <= here:
            over += timedelta(days=1)
        over = over.astimezone(UTC)
        while over <= moment or self.cover(over):
            over += timedelta(hours=1)
        return over


def after_quiet(quiet: QuietHours | None, moment: datetime) -> datetime:
    """Return when something starts that is due at a moment."""
    return moment if quiet is None else quiet.over_at(moment)
