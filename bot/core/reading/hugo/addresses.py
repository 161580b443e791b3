"""The address that Hugo gives a page.

The rules are those of Hugo 0.111 (``resources/page/page_paths.go``, ``permalinks.go``), held by a
test that compares with ``hugo list all``.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_plus

from bot.core.reading.paths import Place
from bot.core.site import Site


class Named(NamedTuple):
    """What an address is made from, besides the path.

    Attributes:
        title: As in the front matter.
        slug: As in the front matter; "" if it has none.
        url: The whole address, or its path, that the front matter asks for; "" if it does not.
        date: In the time zone it was written in: its day is part of many addresses.
        categories: As Jekyll puts them into addresses.
    """

    title: str
    slug: str = ""
    url: str = ""
    date: datetime | None = None
    categories: tuple[str, ...] = ()


_KEPT = "./\\_#+~-@"
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)  # Go's zero time, which Hugo puts into addresses
_CLEAN = re.compile(r"[a-z0-9/._-]*")
_PLAIN_LINK = re.compile(r"[A-Za-z0-9/._~-]*")
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_TOKEN = re.compile(r":(\w+)(\[.+?\])?")
_GO_NAMES = {"month": "01", "monthname": "January", "day": "02", "weekdayname": "Monday"}
_GO_FORMS: Mapping[str, Callable[[datetime], str]] = {
    "2006": lambda date: f"{date.year:04}",
    "01": lambda date: f"{date.month:02}",
    "02": lambda date: f"{date.day:02}",
    "15": lambda date: f"{date.hour:02}",
    "03": lambda date: f"{date.hour % 12 or 12:02}",
    "04": lambda date: f"{date.minute:02}",
    "05": lambda date: f"{date.second:02}",
    "06": lambda date: f"{date.year % 100:02}",
    "January": lambda date: f"{date:%B}",
    "Jan": lambda date: f"{date:%b}",
    "Monday": lambda date: f"{date:%A}",
    "Mon": lambda date: f"{date:%a}",
    "PM": lambda date: f"{date:%p}",
    "1": lambda date: str(date.month),
    "2": lambda date: str(date.day),
    "3": lambda date: str(date.hour % 12 or 12),
    "4": lambda date: str(date.minute),
    "5": lambda date: str(date.second),
}
_GO_LAYOUT = re.compile("|".join(_GO_FORMS))  # the longer before those that they begin with


def sanitize(text: str, site: Site) -> str:
    """Return `text` as Hugo puts it into a path: letters, digits, hyphens for spaces."""
    if _CLEAN.fullmatch(text):
        return text
    text = text.replace("\u0130", "i") if site.lower else text  # as Go lowers it
    text = text.lower() if site.lower else text
    if site.plain:
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    kept: list[str] = []
    is_spaced = was_hyphen = False
    for index, char in enumerate(text):
        is_kept = char.isalpha() or char.isdecimal() or char in _KEPT
        is_kept = is_kept or unicodedata.category(char)[0] == "M"
        if is_kept or (char == "%" and _HEX.match(text, index)):
            was_hyphen = char == "-"
            if is_spaced and not was_hyphen:
                kept.append("-")
            is_spaced = False
            kept.append(char)
        elif kept and not was_hyphen and char.isspace():
            is_spaced = True
    return "".join(kept)


def hugo_link(site: Site, place: Place, named: Named) -> str:
    """Return the address below the site's own, with a slash before it."""
    prefix = place.language.prefix
    if named.url and (place.folders or not place.is_section):
        link = _asked(named.url)
        if not named.url.startswith("/"):
            link = prefix + link
    else:
        link = sanitize(prefix + _made(site, place, named), site)
    return link if _PLAIN_LINK.fullmatch(link) else _escaped(link)


def _asked(url: str) -> str:
    """Return the path that a page's own `url` asks for: one with a dot in it is left as it is."""
    path = _joined(url)
    if url.endswith("/") or "." not in url or path.endswith("/index.html"):
        return path.rstrip("/") + "/"
    return path


def _made(site: Site, place: Place, named: Named) -> str:
    """Return the path that is made by the site's permalinks, or of folders and name."""
    pattern = None if place.is_section else _pattern(site, place)
    name = "" if place.is_section else named.slug or place.name
    if pattern is None:
        path = _joined(*place.folders, name)
    else:
        path = _joined(unquote_plus(_expanded(pattern, site, place, named)))
    if name == "index" and path.endswith("/index"):
        return path.removesuffix("index")
    if path == "/" and pattern is None:
        return path
    return path + (".html" if _is_ugly(site, place) else "/" if path != "/" else "")


def _joined(*parts: str) -> str:
    """Return `parts` as one clean path with a slash before it and none at its end."""
    return posixpath.normpath("/" + "/".join(parts).lstrip("/"))


def _is_ugly(site: Site, place: Place) -> bool:
    own = place.language.ugly
    return (site.ugly if own is None else own) or place.section in site.ugly_sections


def _pattern(site: Site, place: Place) -> str | None:
    own = place.language.permalinks
    return dict(site.permalinks if own is None else own).get(place.section)


def _expanded(pattern: str, site: Site, place: Place, named: Named) -> str:
    """Fill in a permalink pattern."""
    date = named.date or _NO_DATE

    def value(found: re.Match[str]) -> str:
        name, brackets = found[1], found[2] or ""
        if name == "sections":
            return "/".join(_sliced(_sections(site, place), brackets))
        values = {
            "section": place.section,
            "title": named.title,
            "slug": named.slug or named.title,
            "slugorfilename": named.slug or place.name,
            "filename": place.name,
            "contentbasename": place.name,  # this and the next are newer than 0.111
            "slugorcontentbasename": named.slug or place.name,
        }
        if name in values:
            made = sanitize(values[name], site)
            return (made[:-1] if made.find("#") == len(made) - 1 else made) + brackets
        return (str(date.year) if name == "year" else _of_date(name, date)) + brackets

    return re.sub(r"/{2,}", "/", _TOKEN.sub(value, pattern))


def _sections(site: Site, place: Place) -> tuple[str, ...]:
    """Return the deepest section that the page is in: a folder at the top or with an ``_index``.

    A folder at the top without one has something empty below it, as it has in Hugo.
    """
    for depth in range(len(place.folders), 0, -1):
        if (place.language.code, "/".join(place.folders[:depth])) in site.indexed:
            return place.folders[:depth]
    return (place.folders[0], "") if place.folders else ()


def _sliced(folders: tuple[str, ...], brackets: str) -> tuple[str, ...]:
    if not brackets:
        return folders
    first, colon, last = brackets[1:-1].partition(":")
    try:
        start = len(folders) - 1 if first == "last" else int(first or 0)
        if not colon:
            return folders[start : start + 1]
        end = len(folders) if not last else len(folders) - 1 if last == "last" else int(last)
    except ValueError:
        return folders
    return folders[start:end]


def _of_date(part: str, date: datetime) -> str:
    """Return a part of a date by Hugo's name for it, or by a layout of Go's such as ``:2006``."""
    if part == "weekday":
        return str(date.isoweekday() % 7)
    if part == "yearday":
        return str(date.timetuple().tm_yday)
    made = _GO_LAYOUT.sub(lambda found: _GO_FORMS[found[0]](date), _GO_NAMES.get(part, part))
    return f":{part}" if made == part else made


def _escaped(link: str) -> str:
    """Return `link` as Go writes an address: the first ``#`` and ``?`` in it keep their meaning."""
    link, hash_sign, fragment = link.partition("#")
    path, question_mark, query = link.partition("?")
    if re.search(r"[^A-Za-z0-9/._~%$&+,:;=@!'()*\[\]-]", path):
        path = quote(unquote(path), safe="/$&+,:;=@")
    fragment = quote(unquote(fragment), safe="/$&+,:;=@!?()*")
    return path + question_mark + query + hash_sign + fragment
