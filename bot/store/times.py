"""Times as the database keeps them: ISO 8601 text in UTC, which sorts as it reads."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Return an aware time as text, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def from_text(text: str) -> datetime:
    """Return the aware time that a text says."""
    return datetime.fromisoformat(text)
