"""The address that each generator gives a post."""

import re
from datetime import datetime
from urllib.parse import quote, urljoin

from bot.core.links import encoded
from bot.core.reading.address_forms import FORMS, path_by_form
from bot.core.reading.hugo.addresses import Named, hugo_link
from bot.core.reading.paths import Place
from bot.core.site import Site

_UNFILLED = re.compile(r"/:(?:short_|i_)?(?:year|month|day)\b")
"""What Jekyll and Hexo would take from the clock, for a draft that has no date yet."""

_SAFE = "/~@:+,;=&$!*'()#-_.%"


def address(site: Site, place: Place, named: Named) -> str | None:
    """Return where the post stands on the blog; None if the site's address is unknown."""
    if named.url.startswith(("http://", "https://")):
        return named.url
    base = place.language.address or site.address
    if base is None:
        return None
    path = path_on_site(site, place, named)
    return None if named.date is None and _UNFILLED.search(path) else base.rstrip("/") + path


def path_on_site(site: Site, place: Place, named: Named) -> str:
    """Return the path of a post's address below the site's own, with a slash before it."""
    if site.generator in {"jekyll", "hexo"}:
        return quote("/" + _jekyll_path(site, place, named).lstrip("/"), safe=_SAFE)
    if site.generator in FORMS:
        return quote(place.language.prefix + path_by_form(site, place, named), safe=_SAFE)
    return hugo_link(site, place, named)


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
    """Return the whole address of a post's picture, encoded; None if it cannot be known."""
    found = _picture_address(picture, post_url, site)
    return encoded(found) if found else None


def _picture_address(picture: str | None, post_url: str | None, site: Site) -> str | None:
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
