"""The address that a post has on the site of a generator with a form of its own for it.

Sources: each generator's documentation of its defaults: Docusaurus "Blog", Pelican "URL settings",
Material for MkDocs "Built-in blog plugin", Quarto "Websites", VitePress "Routing", Quartz
"Features", the starters of Gatsby and Next.js.
"""

import re
import unicodedata
from datetime import datetime

from bot.core.reading.hugo_addresses import Named
from bot.core.reading.paths import INDEXES, Place
from bot.core.site import Site

FORMS = frozenset(
    {"docusaurus", "gatsby", "mkdocs", "next", "obsidian", "pelican", "quarto", "quartz",
     "vitepress"}
)  # fmt: skip
"""Generators whose addresses are made here."""


def path_by_form(site: Site, place: Place, named: Named) -> str:
    """Return the path of a post's address, with a slash before it."""
    if named.url:
        return "/" + named.url.lstrip("/")
    is_home = place.is_index and place.name.lower() in INDEXES  # of a folder that is read
    path = "/".join((*place.folders, "" if is_home else place.name))
    match site.generator:
        case "docusaurus":
            path = _docusaurus(site, place, named)
        case "pelican":
            path = _filled(site.pattern or "{slug}.html", named)
        case "mkdocs" if named.date is not None:
            path = "/".join((*_base(site), _filled(site.pattern, named))) + "/"
        case "mkdocs":
            path += "/"
        case "quarto" | "vitepress":
            path += "/" if place.is_index else ".html" * site.ugly
        case "quartz":
            path = re.sub(r"\s", "-", path)
        case "gatsby":
            path = (named.slug.strip("/") or path) + "/"
        case "next":
            path = path.removesuffix("/page")
            path = path if not named.slug else "/".join((*place.folders, named.slug.strip("/")))
    return re.sub(r"/{2,}", "/", "/" + path)


def _docusaurus(site: Site, place: Place, named: Named) -> str:
    base = _base(site)
    rest = place.folders[len(base) :]
    if named.slug:
        return "/".join((*base, named.slug.lstrip("/")))
    has_date = place.date is not None and "/".join(rest) != place.date.replace("-", "/")
    date = (place.date or "").split("-") if has_date else []
    return "/".join((*base, *date, *rest, place.name))


def _base(site: Site) -> list[str]:
    """Return the folders that addresses of the site's posts begin with."""
    return [part for _, target in site.mounts[:1] for part in target.split("/") if part]


def _filled(pattern: str, named: Named) -> str:
    slug = named.slug or ascii_slug(named.title)

    def value(found: re.Match[str]) -> str:
        name, form = found[1], found[2] or "%Y/%m/%d"
        if name == "slug":
            return slug
        if name == "date":
            return _dated(named.date, form)
        return ascii_slug(named.categories[0]) if name == "category" and named.categories else ""

    return re.sub(r"\{(\w+)(?::([^{}]*))?\}", value, pattern)


def _dated(date: datetime | None, form: str) -> str:
    return date.strftime(form) if date is not None else ""


def ascii_slug(text: str) -> str:
    """Return a title as Python's generators put it into addresses."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain.lower()).strip())
