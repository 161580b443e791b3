"""What a post's path says about it: language, section, name, date."""

import re
from typing import NamedTuple

from bot.core.languages import is_language
from bot.core.site import Language, Site

_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_ ](.+)", re.DOTALL)
_SUFFIXED = re.compile(r"(.+)\.([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)", re.DOTALL)

INDEXES = frozenset({"index", "_index", "readme"})
"""Names of files that speak for their folder."""


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
    """

    language: Language
    folders: tuple[str, ...]
    name: str
    date: str | None = None
    is_index: bool = False
    is_section: bool = False
    is_draft: bool = False

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
    language = _folder_language(path, site)
    below = path[len(language.folder) :].lstrip("/") if language.folder else path
    *folders, file = below.split("/")
    name = file.rpartition(".")[0] or file
    name, language = _name_language(name, language, site)
    is_index = name.lower() in INDEXES
    is_section = name == "_index" or (is_index and not folders)
    if is_index and folders and not is_section:
        name = folders.pop()
    elif name == "_index" and folders:
        name = folders[-1]
    is_draft = "_drafts" in folders
    dated = _DATED.fullmatch(name) if site.file_dates and not is_section else None
    date = None
    if dated:
        date, name = f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}", dated[4]
    return Place(language, tuple(folders), name, date, is_index, is_section, is_draft)


def _folder_language(path: str, site: Site) -> Language:
    found = [one for one in site.languages if not one.folder or path.startswith(one.folder + "/")]
    return max(found, key=lambda one: len(one.folder), default=site.languages[0])


def _name_language(name: str, language: Language, site: Site) -> tuple[str, Language]:
    """Take a language such as ``.de`` off the end of a file's name."""
    suffixed = _SUFFIXED.fullmatch(name)
    if not suffixed:
        return name, language
    code = suffixed[2].lower().replace("_", "-")
    for known in site.languages:
        if known.code == code:
            return suffixed[1], known
    if len(site.languages) == 1 and site.generator in {"", "zola"} and is_language(code):
        return suffixed[1], Language(code, language.folder, f"/{code}")
    if site.generator == "hugo" and suffixed[1] in INDEXES and is_language(code):
        return suffixed[1], language  # a language the site does not have: Hugo drops it here alone
    return name, language
