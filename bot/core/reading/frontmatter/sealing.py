"""What front matter says of when answers are shown: a day, or after how many days."""

import re
from datetime import tzinfo

from bot.core.publishing.sealing import Sealed
from bot.core.reading.frontmatter.dates import read_date

MOST_DAYS = 366

WRITE_SEALED = "Write a day such as 2026-03-01, a number of days such as 7, or leave the line out."
"""What to do about one that cannot be read."""

_DAYS = re.compile(r"(\d{1,3})\s*(?:d|days?)?", re.IGNORECASE | re.ASCII)
_NO = frozenset({"no", "false", "off", "never"})


def read_sealed(value: object, zone: tzinfo) -> Sealed | None:
    """Return what a value says; None if it says nothing, 0 if it says that nothing is sealed.

    Raises:
        ValueError: It is neither a day nor a number of days.
    """
    if value is None or value == "":
        return None
    if value is False or str(value).strip().lower() in _NO:
        return 0
    if value is True or isinstance(value, float):
        raise ValueError(f"{value!r} is no day")
    if days := _DAYS.fullmatch(str(value).strip()):
        if int(days[1]) > MOST_DAYS:
            raise ValueError(f"{days[1]} days are more than {MOST_DAYS}")
        return int(days[1])
    moment = read_date(value, zone)
    return moment and moment.replace(microsecond=0)
