"""The address that a post has on the site of a generator with a form of its own for it.

Sources: each generator's documentation of its defaults: Docusaurus "Blog", Pelican "URL settings",
Material for MkDocs "Built-in blog plugin", Quarto "Websites", VitePress "Routing", Quartz
"Features", the starters of Gatsby and Next.js.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.core.reading.hugo.addresses import Named, sanitize
from bot.core.reading.paths import INDEXES, Place
from bot.core.site import Site

_QUARTZ = {" ": "-", "&": "-and-", "%": "-percent", "?": "", "#": ""}
"""What Quartz writes in addresses for signs in names (its ``util/path.ts``)."""


def path_by_form(site: Site, place: Place, named: Named) -> str:
    """Return the path of a post's address, with a slash before it, for a generator of `FORMS`."""
    path = f"/{named.url}" if named.url else f"/{_FORMS[site.generator](site, place, named)}"
    return re.sub(r"/{2,}", "/", path)


def _astro(site: Site, place: Place, named: Named) -> str:
    path = _path_below(place)
    path = "/".join((*place.folders, named.slug.strip("/"))) if named.slug else path
    return sanitize(path, site) + "/"


def _docusaurus(site: Site, place: Place, named: Named) -> str:
    base = _base(site)
    rest = place.folders[len(base) :]
    has_date = place.date is not None and "/".join(rest) != place.date.replace("-", "/")
    date = (place.date or "").split("-") if has_date else []
    parts = [named.slug.lstrip("/")] if named.slug else [*date, *rest, place.name]
    return "/".join((*base, *parts)) + "/" * site.slashed


def _gatsby(_site: Site, place: Place, named: Named) -> str:
    return (named.slug.strip("/") or _path_below(place)) + "/"


def _mkdocs(site: Site, place: Place, named: Named) -> str:
    if named.date is None:
        return _path_below(place) + "/"
    return "/".join((*_base(site), _filled(site.pattern, named))) + "/"


def _next(site: Site, place: Place, named: Named) -> str:
    path = _path_below(place).removesuffix("/page")
    path = "/".join((*place.folders, named.slug.strip("/"))) if named.slug else path
    return path + "/" * site.slashed


def _pelican(site: Site, place: Place, named: Named) -> str:
    if "pages" in place.folders:
        return _filled("pages/{slug}.html", named)
    return _filled(site.pattern or "{slug}.html", named)


def _quartz(_site: Site, place: Place, _named: Named) -> str:
    path = _path_below(place)
    for sign, name in _QUARTZ.items():
        path = path.replace(sign, name)
    return path


def _with_ending(site: Site, place: Place, _named: Named) -> str:
    """Quarto and VitePress: folders end in a slash, files in .html unless the site says not."""
    return _path_below(place) + ("/" if place.is_index else ".html" * site.ugly)


_FORMS: Mapping[str, Callable[[Site, Place, Named], str]] = {
    "astro": _astro,
    "docusaurus": _docusaurus,
    "gatsby": _gatsby,
    "mkdocs": _mkdocs,
    "next": _next,
    "obsidian": lambda _site, place, _named: _path_below(place),
    "pelican": _pelican,
    "quarto": _with_ending,
    "quartz": _quartz,
    "vitepress": _with_ending,
}
FORMS = frozenset(_FORMS)
"""Generators whose addresses are made here."""


def _path_below(place: Place) -> str:
    """Return the file's path as it is, date and all, without ending, language and ``index``."""
    path = place.below.rpartition(".")[0]
    folder, slash, name = path.rpartition("/")
    if name.partition(".")[0].lower() in INDEXES:
        return folder
    suffix = "." + name.rpartition(".")[2]
    is_language_too = suffix[1:].lower() == place.language.code and not place.name.endswith(suffix)
    return f"{folder}{slash}{name.removesuffix(suffix) if is_language_too else name}"


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
            return named.date.strftime(form) if named.date is not None else ""
        return ascii_slug(named.categories[0]) if name == "category" and named.categories else ""

    return re.sub(r"\{(\w+)(?::([^{}]*))?\}", value, pattern)


def ascii_slug(text: str) -> str:
    """Return a title as Python's generators put it into addresses."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain.lower()).strip())
