"""Telling essays from the other pages of a site."""

import re

from bot.core.post import Kind
from bot.core.reading.frontmatter.fields import Fields
from bot.core.reading.paths import Place
from bot.core.site import Site

_PAGE_LAYOUTS = re.compile(
    r"(?:archives?|search|about|contact|home(?:page)?|index|list|sections?|tags?|categor(?:y|ies)|"
    r"terms?|taxonomy|links|404|error|redirect|feed|rss|sitemap|landing|now|uses|blogroll)",
    re.IGNORECASE,
)
_PAGE_NAMES = re.compile(
    r"(?:about(?:[-_ ]?(?:me|us))?|archives?|search|contact|index|readme|license|changelog|404|50x|"
    r"contributing|code_of_conduct|security|privacy(?:[-_ ]?policy)?|terms|imprint|impressum|"
    r"datenschutz|hakkinda|hakkımda|iletisim|iletişim|gizlilik|sobre|acerca|contacto|contato|"
    r"a-propos|uber|über|chi-sono|links|blogroll|now|uses|colophon|subscribe|newsletter|tags|"
    r"categories|series|feed|sitemap|guestbook|thanks|home|resume|cv)",
    re.IGNORECASE,
)
_ESSAY_FOLDERS = re.compile(
    r"_?(?:posts?|blogs?|articles?|essays?|writings?|notes?|journal|stories|story|letters?|thoughts|"
    r"entries|news|weblog|diary|yazilar|yazılar|yazi|makaleler|deneme(?:ler)?|beitraege|artikel|"
    r"articulos|entradas|artigos|articoli|billets|_drafts|drafts)",
    re.IGNORECASE,
)


_ALL_ESSAYS = frozenset({"docusaurus", "gatsby", "mkdocs", "next", "pelican"})
"""Generators of which only the folder of posts is read."""


def kind_of(place: Place, fields: Fields, site: Site, *, is_dated: bool) -> Kind:
    """Return whether the post is an essay or another page of the site.

    What the site says of its main sections decides; where it says nothing, a date or the folder
    does. A folder that no generator builds holds essays, but for those with a page's name.
    """
    if place.is_section or fields.flag("hidden", "unlisted") is True:
        return "page"
    layout = fields.text("layout", "type", "template").rpartition("/")[2].partition(".")[0]
    if layout and _PAGE_LAYOUTS.fullmatch(layout):
        return "page"
    return "essay" if _is_among_essays(place, site, layout, is_dated=is_dated) else "page"


def is_named_like_posts(folder: str) -> bool:
    """Return whether a folder is called what essays are kept in."""
    return folder.lower() == "content" or _ESSAY_FOLDERS.fullmatch(folder) is not None


def _is_among_essays(place: Place, site: Site, layout: str, *, is_dated: bool) -> bool:
    if site.generator in {"jekyll", "hexo"}:
        is_post = bool({"_posts", "_drafts"} & set(place.folders))
        return is_post or (is_dated and place.section.startswith("_"))
    if site.generator in _ALL_ESSAYS:
        return "pages" not in place.folders and not _PAGE_NAMES.fullmatch(place.name)
    if site.sections:
        return place.section in site.sections
    if any(_ESSAY_FOLDERS.fullmatch(folder) for folder in place.folders):
        return True
    if site.generator in {"", "obsidian", "quartz"}:
        is_page = layout == "page" or _PAGE_NAMES.fullmatch(place.name)
        return is_dated or not is_page
    return is_dated and bool(place.folders)
