"""File names that are safe on every system, whatever a slug holds."""

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote

LONGEST = 120
"""Characters of a name without its ending; file systems take 255 bytes."""

_SAFE = re.compile(r"[^\W_]|[-_.]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_BYTES = 200


def file_names(slugs: Iterable[str]) -> dict[str, str]:
    """Return a file name without its ending for each slug.

    Letters and digits of any script, "-", "_" and "." stay; every other character is
    percent-encoded, and so is a dot at either end and the first letter of a name that Windows
    reserves. A name that would be too long, or that differs from an earlier one only in case, ends
    with a digest of its slug.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for slug in sorted(set(slugs)):
        name = _encoded(slug)
        if len(name) > LONGEST or len(name.encode()) > _BYTES or name.casefold() in taken:
            name = f"{_cut(name)}-{hashlib.blake2b(slug.encode(), digest_size=6).hexdigest()}"
        taken.add(name.casefold())
        names[slug] = name
    return names


def _encoded(slug: str) -> str:
    name = "".join(char if _SAFE.fullmatch(char) else quote(char, safe="") for char in slug)
    if name.startswith(".") or _RESERVED.fullmatch(name):
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if name.endswith("."):
        name = f"{name[:-1]}%2E"
    return name or "%00"


def _cut(name: str) -> str:
    while len(name) > LONGEST - 20 or len(name.encode()) > _BYTES - 20:
        name = name[:-1]
    return re.sub(r"%.?$", "", name).rstrip(".")
