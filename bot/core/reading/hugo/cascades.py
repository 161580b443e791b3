"""Front matter that Hugo's sections give to the pages below them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bot.core.reading.paths import Place
from bot.core.site import Cascade, Site

_IN_GLOB = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}


def cascades(stated: object, folder: str, lang: str) -> Iterator[Cascade]:
    """Yield what a section or a configuration states as its `cascade`, a table or a list of them.

    Args:
        stated: The value of the key.
        folder: The section's folder; "" for all pages.
        lang: The code of the only language it is for; "" for all.
    """
    for one in stated if isinstance(stated, list) else [stated]:
        if not isinstance(one, dict):
            continue
        values = {str(key).lower(): value for key, value in one.items()}
        target = values.pop("_target", None) or {}
        if not isinstance(target, dict):
            continue
        names = {str(key).lower(): str(value) for key, value in target.items()}
        if _matches(names.get("environment", ""), "production"):
            path, kind, langs = (names.get(key, "") for key in ("path", "kind", "lang"))
            yield Cascade(folder, lang, path, kind, langs, values)


def cascaded(site: Site, place: Place) -> dict[str, Any]:
    """Return the front matter that reaches the page at `place`; the nearest section's counts."""
    found: dict[str, Any] = {}
    kind = "page" if not place.is_section else "section" if place.folders else "home"
    for one in site.cascades:
        if (
            (not one.folder or place.below.startswith(one.folder + "/"))
            and one.lang in {"", place.language.code}
            and _matches(one.path, "/" + place.below.lower())
            and _matches(one.kind, kind)
            and _matches(one.langs, place.language.code)
        ):
            found = {**one.values, **found}
    return found


def _matches(glob: str, text: str) -> bool:
    return not glob or _expression(glob.lower()).fullmatch(text) is not None


@lru_cache(maxsize=256)
def _expression(glob: str) -> re.Pattern[str]:
    """Return Hugo's glob: ``*`` ends at a slash, ``**`` does not, ``{a,b}`` is a choice."""
    written = ""
    depth = 0
    for part in re.findall(r"\*\*|\[!?[^\]\\]+\]|.", glob, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(part, 0)
        if part == "," and depth:
            written += "|"
        elif len(part) > 1 and part[0] == "[":
            written += part.replace("!", "^", 1)
        else:
            written += _IN_GLOB.get(part) or re.escape(part)
    try:
        return re.compile(written, re.DOTALL)
    except re.error:  # braces or brackets that are not closed
        return re.compile(re.escape(glob))
