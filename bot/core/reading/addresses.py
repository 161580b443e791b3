"""The address that each generator gives a post.

Hugo's rules are those of its 0.111 (``helpers/path.go``, ``resources/page/permalinks.go``), held by
a test that compares with ``hugo list all``.
"""

import re
import unicodedata
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote, unquote_plus, urljoin

from bot.core.reading.paths import Place
from bot.core.site import Site

_KEPT = "./\\_#+~-@"
_SAFE = "/~@:+,;=&$!*'()#-_.%"
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)  # Go's zero time, which Hugo puts into addresses
_CLEAN = re.compile(r"[a-z0-9/._-]*")
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_TOKEN = re.compile(r":([a-z_]+)(\[[\d:]*(?:last)?\])?|\{(\w+)\}")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


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
        is_kept = char.isalnum() or char in _KEPT or unicodedata.category(char)[0] == "M"
        if is_kept or (char == "%" and _HEX.match(text, index)):
            was_hyphen = char == "-"
            if is_spaced and not was_hyphen:
                kept.append("-")
            is_spaced = False
            kept.append(char)
        elif kept and not was_hyphen and char.isspace():
            is_spaced = True
    return "".join(kept)


def address(site: Site, place: Place, named: Named) -> str | None:
    """Return where the post stands on the blog; None if the site's address is unknown."""
    if named.url.startswith(("http://", "https://")):
        return named.url
    base = place.language.address or site.address
    if base is None:
        return None
    if site.generator in {"jekyll", "hexo"}:
        path = _jekyll_path(site, place, named)
    else:
        path = _hugo_path(site, place, named)
    return base.rstrip("/") + quote("/" + path.lstrip("/"), safe=_SAFE)


def _hugo_path(site: Site, place: Place, named: Named) -> str:
    prefix = place.language.prefix.strip("/")
    if named.url:
        path = named.url if named.url.startswith("/") else f"{prefix}/{named.url}"
        return path if _ENDING.search(path) or path.endswith("/") else path + "/"
    patterns = dict(site.permalinks)
    pattern = patterns.get(f"{place.language.code}:{place.section}", patterns.get(place.section))
    if pattern is None or place.is_section:
        last = () if place.is_section else (named.slug or place.name,)
        path = "/".join((*place.folders, *last))
    else:
        path = unquote_plus(_expand(pattern, site, place, named))
    path = sanitize(path.strip("/") + "/", site).strip("/")
    if not path:
        return f"{prefix}/" if prefix else ""
    ending = "" if _ENDING.search(pattern or "") else ".html" if site.ugly else "/"
    return (f"{prefix}/" if prefix else "") + path + ending


def _expand(pattern: str, site: Site, place: Place, named: Named) -> str:
    """Fill in a permalink pattern of Hugo's."""
    sections = tuple(
        folder
        for depth, folder in enumerate(place.folders)
        if not depth or "/".join(place.folders[: depth + 1]) in site.indexed
    )

    def value(found: re.Match[str]) -> str:
        name = found[1] or ""
        if found[2] and name == "sections":
            return "/".join(_sliced(sections, found[2]))
        values = {
            "section": place.section,
            "sections": "/".join(sections),
            "title": named.title,
            "slug": named.slug or named.title,
            "slugorfilename": named.slug or place.name,
            "filename": place.name,
            "contentbasename": place.name,
            "slugorcontentbasename": named.slug or place.name,
        }
        if name in values:
            return sanitize(values[name], site)
        date = named.date or _NO_DATE
        return str(date.year) if name == "year" else _of_date(name, date, found[0])

    return re.sub(r"/{2,}", "/", _TOKEN.sub(value, pattern))


def _sliced(folders: tuple[str, ...], brackets: str) -> tuple[str, ...]:
    inner = brackets[1:-1]
    first, colon, last = inner.partition(":")
    start = len(folders) - 1 if first == "last" else int(first or 0)
    if not colon:
        return folders[start : start + 1]
    return folders[start : None if last in {"", "last"} else int(last)]


def _of_date(part: str, date: datetime | None, otherwise: str) -> str:
    if date is None:
        return otherwise
    week = date.isocalendar()
    values = {
        "year": f"{date.year:04}",
        "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}",
        "i_month": str(date.month),
        "monthname": _MONTHS[date.month - 1],
        "short_month": _MONTHS[date.month - 1][:3].title(),
        "long_month": _MONTHS[date.month - 1].title(),
        "day": f"{date.day:02}",
        "i_day": str(date.day),
        "weekday": str(date.isoweekday() % 7),
        "weekdayname": _DAYS[date.weekday()],
        "yearday": str(date.timetuple().tm_yday),
        "y_day": f"{date.timetuple().tm_yday:03}",
        "week": f"{week.week:02}",
        "w_year": str(week.year),
        "w_day": str(week.weekday),
        "short_day": _DAYS[date.weekday()][:3].title(),
        "long_day": _DAYS[date.weekday()].title(),
        "hour": f"{date.hour:02}",
        "minute": f"{date.minute:02}",
        "second": f"{date.second:02}",
    }
    return values.get(part, otherwise)


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


def _jekyll_path(site: Site, place: Place, named: Named) -> str:
    is_post = bool({"_posts", "_drafts"} & set(place.folders)) and not place.is_section
    pattern = named.url or dict(site.permalinks).get("", "")
    if not named.url and not is_post:
        ending = "/" if pattern == "pretty" or pattern.endswith("/") else ".html"
        folders = [folder.removeprefix("_") for folder in place.folders]
        return "/".join((*folders, place.name)) + ending
    pattern = _JEKYLL_STYLES.get(pattern or "date", pattern)
    folders = [one for one in place.folders if one not in {"_posts", "_drafts"}]
    above = place.folders[: next((n for n, one in enumerate(place.folders) if one == "_posts"), 0)]
    is_hexo = site.generator == "hexo"
    # Hexo's :title is the file's path below its posts; Jekyll's is the slug or the file's name.
    inner = "/".join((*folders, place.name))
    title = named.slug or place.name
    names = {
        "categories": "/".join(_jekyll_slug(one) for one in (*above, *named.categories)),
        "category": "/".join(_jekyll_slug(one) for one in named.categories),
        "title": inner if is_hexo else title,
        "post_title": named.title,
        "name": place.name,
        "filename": place.name,
        "slug": _jekyll_slug(title),
        "collection": place.section.removeprefix("_"),
        "path": inner,
        "output_ext": ".html",
    }

    def value(found: re.Match[str]) -> str:
        return names[found[1]] if found[1] in names else _of_date(found[1], named.date, found[0])

    path = re.sub(r":([a-z_]+)", value, pattern)
    return re.sub(r"/{2,}", "/", path)


def _jekyll_slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def picture_address(picture: str | None, post_url: str | None, site: Site) -> str | None:
    """Return the whole address of a post's picture; None if it cannot be known."""
    if picture is None or picture.startswith(("http://", "https://")):
        return picture
    if picture.startswith("//"):
        return "https:" + picture
    if picture.startswith("/"):
        return site.address + picture if site.address else None
    if post_url is None:
        return None
    base = post_url if "/" not in picture or picture.startswith(".") else f"{site.address or ''}/"
    return urljoin(base, picture) if base.startswith("http") else None
