"""When a night's dream is due, how much of it moderators are shown, and which threads are left."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

HOUR = 3
"""From then on, by the clock of the site's time zone, the night before is looked back on."""

QUIET = timedelta(minutes=10)
"""So long no thread has had a message when it begins."""

MOST_DRAFTS = 3
"""So many connections and questions of a night are shown to moderators."""

MOST_KEPT = 50
"""So many connections of a night are kept in the journal, the best first."""

SILENCE = timedelta(days=7)
"""So long a thread is silent before one of its questions may be asked again."""

LEFT_ALONE = 4
"""One in so many silent threads is left alone, to compare."""


def night_due(now: datetime, zone: tzinfo) -> date:
    """Return the night that is to be looked back on by now: the day after which it came."""
    local = now.astimezone(zone).replace(tzinfo=None)
    return (local - timedelta(hours=HOUR)).date() - timedelta(days=1)


def end_of(night: date, zone: tzinfo) -> datetime:
    """Return when a night begins, in UTC: what is written later belongs to the next."""
    return datetime.combine(night + timedelta(days=1), time(), zone).astimezone(UTC)


def is_left_alone(publication_id: int) -> bool:
    """Return whether a silent thread is left alone: its id says so, and nobody chose it."""
    return publication_id % LEFT_ALONE == 0  # the last bits of an id that was minted are random
