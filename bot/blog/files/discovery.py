"""Finding the files that hold posts, where a site's generator would."""

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from bot.blog.location import is_folder
from bot.blog.site.generators import left_out_reasons
from bot.core.post import Fault
from bot.core.reading.kinds import is_named_like_posts
from bot.core.reading.paths import is_built, split_suffix
from bot.core.site import Site
from bot.core.text.languages import is_language

ENDINGS = (".md", ".markdown", ".mdx", ".rmd", ".qmd")
"""Of the files that hold posts; of two that differ in nothing else the first wins."""

HUGO_ENDINGS = (".md", ".markdown")
"""The same where Hugo builds the site, in lower case alone."""

DOCUMENTATION = frozenset({"doc", "docs", "documentation"})
"""Folders that tell how a site is made, if there is one for its posts beside them."""

MAX_DEPTH = 24
"""Folders within folders that are followed."""

_ABOUT_THE_REPOSITORY = frozenset(
    {"readme", "license", "contributing", "changelog", "code_of_conduct", "security", "agents"}
)

_UNREAD = frozenset(
    {"mdown", "html", "htm", "org", "adoc", "ad", "asciidoc", "rst", "rest", "pandoc", "pdc"}
)
"""Endings of files that Hugo builds pages of, and that are not read here."""

_CONFIGURED_BY = ("hugo.", ".eleventy.")
"""What names of a site's configuration begin with that do not hold the word itself."""

_Wanted = Callable[[str, str, Site, Collection[str]], bool]
"""Says by path, name and the names beside it whether a file is looked for."""


def without_duplicates(found: list[str], site: Site) -> list[str]:
    """Return the paths that are read, of several for one page among the candidates."""
    if site.is_hugo:
        return _one_for_each_page(found, site)
    kept: dict[str, str] = {}
    for path in sorted(found, key=lambda one: ENDINGS.index(_ending(one))):
        kept.setdefault(path[: -len(_ending(path))], path)
    return sorted(path for stem, path in kept.items() if not _is_variant(stem, kept, site))


def _is_variant(stem: str, stems: Collection[str], site: Site) -> bool:
    """Return whether a file is another state of the post beside it, as ``a.draft.md`` of ``a.md``.

    What stands there may be a language instead.
    """
    first, dot, suffix = stem.rpartition(".")
    is_language_too = is_language(suffix) or suffix in {one.code for one in site.languages}
    return bool(dot) and "/" not in suffix and first in stems and not is_language_too


def candidates(root: Path, site: Site, faults: list[Fault]) -> Iterator[str]:
    """Yield the paths of all files that may hold posts, several for one page among them."""
    real = Path(os.path.realpath(root))
    for start in folders_to_read(root, site):
        yield from _walk(root, start, site, faults, real, _is_post)


def is_named_like_content(path: str) -> bool:
    """Return whether a file of this name holds a post or a site's configuration."""
    name = path.rpartition("/")[2]
    return path.lower().endswith(ENDINGS) or "config" in path or name.startswith(_CONFIGURED_BY)


def may_be_content(root: Path, path: str) -> bool:
    """Return whether posts may be other ones since something changed at `path`, below `root`.

    A new or moved folder or link may bring posts that no other event names. A path that is gone
    may have been one.
    """
    changed = root / path
    return is_named_like_content(path) or changed.is_symlink() or not changed.is_file()


def _one_for_each_page(found: list[str], site: Site) -> list[str]:
    """Return the paths that Hugo builds: of those of one page, the one that names its language.

    Else it is the one called ``index``, or the last of those that differ only in case.
    """
    default = site.languages[0]
    suffixes = {one.suffix or one.code for one in site.languages}
    kept: dict[tuple[str, str], tuple[bool, bool, str]] = {}
    for path in found:
        if is_built(path, site):
            stem = path.rpartition(".")[0]
            folder, slash, name = stem.rpartition("/")
            first, suffix = split_suffix(name)
            is_named = bool(first) and suffix in suffixes
            first = first if is_named else name
            if first.startswith(("index.", "_index.")):
                first = first.partition(".")[0]
            place = folder if first == "index" and folder else f"{folder}{slash}{first}"
            page = (suffix if is_named else default.suffix, place.lower())
            better = (is_named, first == name, path)
            kept[page] = max(kept.get(page, better), better)
    return sorted(path for *_, path in kept.values())


def unread_kinds(root: Path, site: Site) -> Counter[str]:
    """Return how many files of which endings Hugo builds pages of that are not read here."""
    if not site.is_hugo:
        return Counter()
    real = Path(os.path.realpath(root))
    paths = (
        path
        for start in folders_to_read(root, site)
        for path in _walk(root, start, site, [], real, _is_built_and_unread)
    )
    return Counter(_ending(path) for path in paths if _is_page(root / path))


def _is_built_and_unread(_path: str, name: str, _site: Site, others: Collection[str]) -> bool:
    stem, _, ending = name.rpartition(".")
    return ending in _UNREAD and not name.startswith((".", "#")) and f"{stem}.Rmd" not in others


def _is_page(file: Path) -> bool:
    """Return whether a file is a page, which of HTML only what has front matter is."""
    if file.suffix not in {".html", ".htm"}:
        return True
    try:
        with file.open("rb") as opened:
            return opened.read(10).lstrip().startswith((b"---", b"+++", b"{", b"<!--"))
    except OSError:
        return False


def _ending(path: str) -> str:
    return "." + path.rpartition(".")[2].lower()


def folders_to_read(root: Path, site: Site) -> list[str]:
    """Return the folders to read, relative to `root`, none of them inside another."""
    if not site.generator:
        return [""]
    if site.mounts and not site.is_hugo:
        return [source for source, _ in site.mounts]
    folders = {language.folder for language in site.languages}
    folders |= {site.root} if site.root and not site.is_hugo else set()
    folders |= {source for source, _ in site.mounts}
    there = sorted(
        folder
        for folder in folders
        if folder.partition("/")[0] != ".." and (root / folder).is_dir()
    )
    return [
        one
        for one in there
        if not any(other != one and (not other or one.startswith(other + "/")) for other in there)
    ]


def _walk(
    root: Path, start: str, site: Site, faults: list[Fault], real: Path, is_wanted: _Wanted
) -> Iterator[str]:
    """Yield the wanted files below the folder `start`; links that leave `root` are faults."""
    stack: list[tuple[str, int, bool]] = [(start, 0, False)]
    seen: set[tuple[int, int]] = set()
    ignored = [re.compile(pattern) for pattern in site.ignored]
    while stack:
        folder, depth, in_bundle = stack.pop()
        entries = [
            entry
            for entry in _listed(root, folder, faults)
            if not any(each.search(f"{real}/{folder}/{entry.name}") for each in ignored)
        ]
        names = {entry.name for entry in entries}
        is_leaf = in_bundle or (
            site.follows("bundles") and any(_is_leaf_index(name, site) for name in names)
        )
        has_posts_folder = not folder and any(map(is_named_like_posts, names))
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            leads_to_folder = is_folder(entry)
            if leads_to_folder and (
                _is_skipped(entry.name, site)
                or (has_posts_folder and _is_documentation(entry.name, site))
            ):
                continue
            if entry.is_symlink() and not _is_inside(entry, real, seen, path, faults):
                continue
            if leads_to_folder:
                if depth < MAX_DEPTH:
                    stack.append((path, depth + 1, is_leaf))
            elif is_wanted(path, entry.name, site, names) and not (
                is_leaf and (in_bundle or not _is_leaf_index(entry.name, site))
            ):
                yield path


def _listed(root: Path, folder: str, faults: list[Fault]) -> list[os.DirEntry[str]]:
    """Return what a folder holds, by name; a folder that cannot be read is a fault."""
    try:
        with os.scandir(root / folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        message = f"The folder cannot be read: {error.strerror or type(error).__name__}."
        faults.append(Fault(folder, None, message, "Check its permissions."))
        return []


def _is_leaf_index(name: str, site: Site) -> bool:
    """Return whether a file makes its folder one page: ``index.md``, ``index.tr.md``."""
    if not name.startswith("index."):
        return False
    stem, _, ending = name.rpartition(".")
    if site.is_hugo:
        return ending in _UNREAD or "." + ending in HUGO_ENDINGS
    _, _, code = stem.partition(".")
    return "." + ending.lower() in ENDINGS and (not code or is_language(code))


def _is_inside(
    entry: os.DirEntry[str],
    real: Path,
    seen: set[tuple[int, int]],
    path: str,
    faults: list[Fault],
) -> bool:
    """Return whether a link leads to something below the folder that was not yet read."""
    target = Path(os.path.realpath(entry.path))
    if not target.is_relative_to(real) or not target.exists():
        message = "The link leaves the folder or leads nowhere."
        faults.append(Fault(path, None, message, "Copy what it leads to, or remove it."))
        return False
    if entry.is_dir():
        if real.is_relative_to(target) or Path(entry.path).parent.resolve().is_relative_to(target):
            faults.append(Fault(path, None, "The link leads to a folder it is in.", "Remove it."))
            return False
        status = entry.stat()
        key = (status.st_dev, status.st_ino)
        if key in seen:
            return False
        seen.add(key)
    return True


def _is_skipped(name: str, site: Site) -> bool:
    if name.startswith("."):
        return True
    if site.follows("content_only"):
        return False
    if site.follows("collections") and name.startswith("_"):
        collections = {section for section, _ in site.permalinks if section}
        return name not in {"_posts", "_drafts"} and name.removeprefix("_") not in collections
    is_underscored = site.follows("no_underscored_folders") and name.startswith("_")
    return is_underscored or name.lower() in left_out_reasons()


def _is_documentation(name: str, site: Site) -> bool:
    """Return whether a folder tells how the site is made; beside its posts, it holds none."""
    return not site.follows("content_only") and name.lower() in DOCUMENTATION


def _is_post(path: str, name: str, site: Site, others: Collection[str]) -> bool:
    stem, dot, ending = name.rpartition(".")
    if not dot or "." + ending.lower() not in ENDINGS or name.startswith("."):
        return False
    if site.is_hugo:  # it builds the HTML that R Markdown was converted to
        is_source = ending == "Rmd" and f"{stem}.html" in others
        return ("." + ending in HUGO_ENDINGS and name[0] != "#") or is_source
    if site.generator == "zola":
        return ending.lower() not in {"rmd", "qmd"}
    if site.generator == "next" and path.startswith(("app/", "src/app/", "public/")):
        return stem == ("index" if path.startswith("public/") else "page")
    is_about = "/" not in path and stem.lower() in _ABOUT_THE_REPOSITORY
    if is_about or stem.lower().endswith(".excalidraw"):  # which is a drawing of Obsidian's
        return False
    return not (site.follows("no_underscored_files") and name.startswith("_"))
