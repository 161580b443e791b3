"""Dates as authors write them in front matter, as aware datetimes."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]m)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?::\d{2})?|[+-]\d{1,2})?(?:\s*[A-Z]{2,5})?)?\s*",
    re.IGNORECASE | re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPELT = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{3,9})\.?"
    r"|(?P<month2>[a-z]{3,9})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)[\s,-]+(?P<year>\d{4})"
    r"(?:[\sT,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s*[A-Z]{3,5})?\s*",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(maxsize=64)
def time_zone(name: str) -> tzinfo:
    """Return the zone called `name`, an IANA name or an offset such as ``+03:00``.

    Raises:
        ValueError: No zone is called that.
    """
    if re.fullmatch(r"[+-]\d{2}:?\d{2}", name):
        return _offset(name)
    if name.upper() in {"UTC", "GMT", "Z"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no time zone is called {name!r}") from None


def read_date(value: object, zone: tzinfo) -> datetime | None:
    """Return the moment that `value` names, in its own time zone; None if it names none at all.

    A date alone is the beginning of its day in `zone`; so is a time without an offset in it.
    Takes ISO 8601 in all its habits, ``March 1, 2026``, ``Sun, 01 Mar 2026 10:00:00 +0000``, Unix
    seconds and milliseconds, and the values that TOML gives.

    Raises:
        ValueError: It looks like a date, but no such day or hour exists, or it is ambiguous.
    """
    if value is None or value == "":
        return None
    try:
        if isinstance(value, datetime):
            return _checked(value if value.tzinfo else value.replace(tzinfo=zone))
        if isinstance(value, date):
            return _checked(datetime.combine(value, time(), zone))
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return _read_text(str(value).strip(), zone)
    except OverflowError:
        raise ValueError(f"{value} is out of range") from None
    raise ValueError(f"{str(value)[:40]!r} is no date")


def _read_text(text: str, zone: tzinfo) -> datetime | None:
    if text in {"", "0001-01-01", "0001-01-01T00:00:00Z"}:  # Hugo's way to say that there is none
        return None
    if len(text) == len("2026-03-01T01:27:00+03:00"):
        with suppress(ValueError):  # most dates are written like this, and this is the fastest way
            moment = datetime.fromisoformat(text)
            return _checked(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    if found := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, half, offset = found.groups()
        hours = int(hour or 0)
        if half:
            hours = hours % 12 + (12 if half.lower() == "pm" else 0)
        clock = (hours, int(minute or 0), int(second or 0))
        moment = _moment((int(year), int(month), int(day)), clock, zone)
        return _checked(moment.replace(tzinfo=_offset(offset)) if offset else moment)
    if found := _SPELT.fullmatch(text):
        return _spelt(found, zone)
    if re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        return datetime.fromtimestamp(int(text[:10] if len(text) > 10 else text), UTC)  # noqa: PLR2004  # milliseconds have more digits
    if re.fullmatch(r"(?:19|20)\d{6}", text):
        return _read_text(f"{text[:4]}-{text[4:6]}-{text[6:]}", zone)
    raise ValueError(f"{text[:40]!r} is no date")


def _spelt(found: re.Match[str], zone: tzinfo) -> datetime:
    name = (found["month"] or found["month2"])[:3].lower()
    if name not in _MONTHS:
        raise ValueError(f"no month is called {name!r}")
    day = (int(found["year"]), _MONTHS.index(name) + 1, int(found["day"] or found["day2"]))
    clock = (int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0))
    return _checked(_moment(day, clock, _offset(found["zone"]) if found["zone"] else zone))


def _moment(day: tuple[int, int, int], clock: tuple[int, int, int], zone: tzinfo) -> datetime:
    try:
        return datetime(*day, *clock, tzinfo=zone)
    except ValueError:
        said = "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*day, *clock)
        raise ValueError(f"no calendar and clock ever show {said}") from None


def _offset(text: str) -> tzinfo:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = re.sub(r"\D", "", text)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:2]), int(digits[2:4]))  # noqa: PLR2004  # "+3" against "+0300"
    if hours > 23 or minutes > 59:  # noqa: PLR2004  # a clock's own limits
        raise ValueError(f"no time zone is {text} away from UTC")
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if text.startswith("-") else away)


def _checked(moment: datetime) -> datetime:
    """Return `moment` if it exists in UTC too, as it does not within hours of the years' ends."""
    moment.astimezone(UTC)
    return moment
