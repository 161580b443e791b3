"""Dates as Hugo reads them, which is less than people write.

The forms are those of Hugo 0.111 (``spf13/cast`` 1.5), held by a test that compares with
``hugo list all``.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo

from bot.core.reading.frontmatter.dates import read_date

_READ = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"(?:T\d\d?:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?"
    r"| \d\d?:\d\d:\d\d(?:[.,]\d+)?(?:Z| ?[+-]\d\d:?\d\d| [+-]\d{4} [A-Z]{3,5})?)?",
    re.ASCII,
)
_ZONE = re.compile(r" ([+-]\d{4})\b")
_ZONE_NAME = re.compile(r" [A-Z]{3,4}\b(?!,)")
_ONE_DIGIT = re.compile(r"\b\d [A-Z]")
_SPELT = ("%a, %d %b %Y %H:%M:%S", "%d %b %y %H:%M", "%A, %d-%b-%y %H:%M:%S",
          "%a %b %d %H:%M:%S %Y", "%d %b %Y")  # fmt: skip
_DATED_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(.*)", re.DOTALL)


def hugo_date(value: object, zone: tzinfo) -> datetime | None:
    """Return the moment that Hugo takes `value` for, in its own time zone; None if for none.

    A date without an offset is in `zone`, and so is one with the name of a time zone. A number is
    Unix seconds, whatever was meant. In the year 1 it is Go's way to say that there is none.
    """
    if isinstance(value, date):  # TOML's own dates
        return read_date(value, zone)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    text = str(value)
    with suppress(ValueError, OverflowError, OSError):  # there is no such day, or year
        if _READ.fullmatch(text):
            return read_date(text, zone) or datetime.min.replace(tzinfo=UTC)
        if text.isdecimal():
            return datetime.fromtimestamp(int(text), UTC)
    return _spelt(text, zone)


def _spelt(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment in one of the forms of mail and of the C library."""
    if _ONE_DIGIT.search(text):
        return None
    offset = _ZONE.search(text)
    text = _ZONE_NAME.sub("", _ZONE.sub("", text))
    for form in _SPELT:
        with suppress(ValueError):
            moment = datetime.strptime(text, form).replace(tzinfo=zone)
            if offset is None:
                return moment
            return moment.replace(tzinfo=datetime.strptime(offset[1], "%z").tzinfo)
    return None


def name_date(name: str, zone: tzinfo) -> tuple[datetime, str] | None:
    """Return the date that a file's or a bundle's name begins with, and the slug that is left."""
    found = _DATED_NAME.fullmatch(name.rpartition(".")[0] or name)
    moment = hugo_date(found[1], zone) if found else None
    return (moment, found[2].strip(" -_")) if found and moment else None
