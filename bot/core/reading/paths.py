"""What a post's path says about it: language, section, name, date."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from bot.core.site import Language, Site
from bot.core.text.languages import is_language

_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_ ](.+)", re.DOTALL)
_SUFFIXED = re.compile(r"(.+)\.([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)", re.DOTALL)

INDEXES = frozenset({"index", "_index", "readme"})
"""Names of files that speak for their folder."""

_NAMING_LANGUAGES = frozenset({"", "zola", "gatsby", "next", "obsidian", "quartz"})
"""Generators of which a site need not say in which languages it is, as in ``index.tr.md``."""

HUGO_INDEXES = frozenset({"index", "_index"})
"""The same, where Hugo builds the site."""


_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


class Place(NamedTuple):
    """Where a post stands.

    Attributes:
        language: The one its folder or its file's name is of.
        folders: Below the language's folder, without the folder of a page bundle.
        name: The file's or the bundle's, without ending, language and date.
        date: ``YYYY-MM-DD`` from the file's or the bundle's name.
        is_index: Whether the file speaks for its folder (``index.md``, ``_index.md``).
        is_section: Whether it is the page of a section, not a post.
        is_draft: Whether it stands in a folder of drafts.
        below: The file's path below the language's folder.
    """

    language: Language
    folders: tuple[str, ...]
    name: str
    date: str | None = None
    is_index: bool = False
    is_section: bool = False
    is_draft: bool = False
    below: str = ""

    @property
    def section(self) -> str:
        """The first folder; "" at the top."""
        return self.folders[0] if self.folders else ""

    @property
    def route(self) -> str:
        """What a translation of it has too: its path below the language's folder."""
        return "/".join((*self.folders, self.name))


def read_path(path: str, site: Site) -> Place:
    """Return what `path`, relative to the folder that was read, says about its post."""
    language, below = _below(path, site)
    *folders, file = below.split("/")
    name = file.rpartition(".")[0] or file
    name, language = _name_language(name, language, site)
    is_index = name in HUGO_INDEXES if site.generator == "hugo" else name.lower() in INDEXES
    is_section = name == "_index" or (is_index and not folders)
    if is_index and folders and not is_section:
        name = folders.pop()
    elif name == "_index" and folders:
        name = folders[-1]
    is_draft = "_drafts" in folders
    dated = _DATED.fullmatch(name) if site.file_dates and not is_section else None
    day = None
    if dated:
        day, name = f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}", dated[4]
    elif site.file_dates and site.generator != "hugo":
        day = _day_of(folders, name)
    return Place(language, tuple(folders), name, day, is_index, is_section, is_draft, below)


def is_readme(place: Place) -> bool:
    """Return whether a file tells about the folder it is in: front matter alone makes it a post."""
    return place.below.rpartition("/")[2].partition(".")[0].lower() == "readme"


def _day_of(folders: Sequence[str], name: str) -> str | None:
    """Return the day that the last folders or the name are called after, or all of them together.

    As in ``2024-03-01.md``, ``2024-03-01/a.md``, ``2024/03/01/a.md`` and ``2024/03/01.md``.
    """
    last = folders[-1] if folders else ""
    candidates = (name, last, "-".join((*folders[-2:], name)), "-".join(folders[-3:]))
    for found in filter(None, map(_DAY.fullmatch, candidates)):
        with suppress(ValueError):
            return date.fromisoformat("-".join(found.groups())).isoformat()
    return None


def split_suffix(name: str) -> tuple[str, str]:
    """Return what may be a language at the end of a file's name on a Hugo site, and what is before.

    Capitals, as in ``index.pt-BR``, count in a bundle's page alone: what else has them is a page of
    the default language to Hugo 0.111, which finds no page in such a bundle.
    """
    stem, _, suffix = name.rpartition(".")
    return stem, suffix.lower() if stem in HUGO_INDEXES else suffix


def is_built(path: str, site: Site) -> bool:
    """Return whether Hugo builds what is at `path` in one of the site's languages."""
    if not any(_is_in(path, one.folder) for one in site.languages) and not any(
        _is_in(path, source) for source, _ in site.mounts
    ):
        return False
    return not site.off or path.rsplit(".", 2)[-2] not in site.off


def _is_in(path: str, folder: str) -> bool:
    return not folder or path.startswith(folder + "/")


def _below(path: str, site: Site) -> tuple[Language, str]:
    """Return the language that the folder is of, and the path below it."""
    for source, target in site.mounts:
        if _is_in(path, source):
            return site.languages[0], (target + path[len(source) :]).lstrip("/")
    language = site.languages[0]
    is_found = _is_in(path, language.folder)
    for other in site.languages[1:]:
        is_nearer = len(other.folder) > len(language.folder) or not is_found
        if is_nearer and _is_in(path, other.folder):
            language, is_found = other, True
    is_above = not language.folder or not is_found
    return language, path if is_above else path[len(language.folder) + 1 :]


def _name_language(name: str, language: Language, site: Site) -> tuple[str, Language]:
    """Take a language such as ``.de`` off the end of a file's name."""
    if "." not in name:
        return name, language
    if site.generator == "hugo":
        return _hugo_name_language(name, language, site)
    suffixed = _SUFFIXED.fullmatch(name)
    if not suffixed:
        return name, language
    code = suffixed[2].lower().replace("_", "-")
    for known in site.languages:
        if known.code == code:
            return suffixed[1], known
    if len(site.languages) == 1 and site.generator in _NAMING_LANGUAGES and is_language(code):
        return suffixed[1], Language(code, language.folder, f"/{code}")
    return name, language


def _hugo_name_language(name: str, language: Language, site: Site) -> tuple[str, Language]:
    """Take one of the site's languages off; a name that begins with ``index.`` is an index."""
    stem, suffix = split_suffix(name)
    known = next((one for one in site.languages if (one.suffix or one.code) == suffix), None)
    stem, language = (stem, known) if known else (name, language)
    first = stem.partition(".")[0]
    return (first if first in HUGO_INDEXES else stem), language
