"""Finding the files that hold posts, where a site's generator would."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.core.languages import is_language
from bot.core.post import Fault
from bot.core.site import Site

ENDINGS = (".md", ".markdown", ".mdx", ".rmd")
"""Of the files that hold posts; of two that differ in nothing else the first wins."""

MAX_DEPTH = 24
"""Folders within folders that are followed."""

_SKIPPED = frozenset(
    {"node_modules", "vendor", "themes", "public", "resources", "_site", "dist", "build", "static",
     "assets", "archetypes", "layouts", "_layouts", "_includes", "_data", "_sass", "_drafts_old",
     "__pycache__", "venv", "i18n", "templates"}
)  # fmt: skip
"""Folders of a site that hold no posts, whoever builds it."""

_ABOUT_THE_REPOSITORY = frozenset(
    {"readme", "license", "contributing", "changelog", "code_of_conduct", "security", "agents"}
)


def post_paths(root: Path, site: Site, faults: list[Fault]) -> list[str]:
    """Return the paths of all posts below `root`, where the site's generator would find them."""
    real = Path(os.path.realpath(root))
    found: list[str] = []
    for start in _starts(root, site):
        found.extend(_walk(root, start, site, faults, real))
    kept: dict[str, str] = {}
    for path in sorted(found, key=lambda one: ENDINGS.index(_ending(one))):
        kept.setdefault(path[: -len(_ending(path))], path)
    return sorted(kept.values())


def _ending(path: str) -> str:
    return "." + path.rpartition(".")[2].lower()


def _starts(root: Path, site: Site) -> list[str]:
    """Return the folders to read, relative to `root`, none of them inside another."""
    if not site.generator:
        return [""]
    folders = {language.folder for language in site.languages}
    folders |= {site.root} if site.root else set()
    there = sorted(folder for folder in folders if (root / folder).is_dir())
    return [
        one
        for one in there
        if not any(other != one and (not other or one.startswith(other + "/")) for other in there)
    ]


def _walk(root: Path, start: str, site: Site, faults: list[Fault], real: Path) -> Iterator[str]:
    """Yield the posts below the folder `start`; links that leave `root` are faults."""
    stack: list[tuple[str, int, bool]] = [(start, 0, False)]
    seen: set[tuple[int, int]] = set()
    while stack:
        folder, depth, in_bundle = stack.pop()
        try:
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            faults.append(
                Fault(
                    folder, None, f"The folder cannot be read: {reason}.", "Check its permissions."
                )
            )
            continue
        is_leaf = in_bundle or (
            site.generator in {"hugo", "zola"}
            and any(_is_leaf_index(entry.name) for entry in entries)
        )
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_symlink() and not _is_inside(entry, real, seen, path, faults):
                continue
            if entry.is_dir():
                if depth < MAX_DEPTH and not _is_skipped(entry.name, site):
                    stack.append((path, depth + 1, is_leaf))
            elif _is_post(path, entry.name, site) and not (
                is_leaf and (in_bundle or not _is_leaf_index(entry.name))
            ):
                yield path


def _is_leaf_index(name: str) -> bool:
    """Return whether a file makes its folder one page: ``index.md``, ``index.tr.md``."""
    stem, _, ending = name.rpartition(".")
    if "." + ending.lower() not in ENDINGS:
        return False
    name, _, code = stem.partition(".")
    return name == "index" and (not code or is_language(code))


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
    if site.generator in {"hugo", "zola"}:
        return False
    if site.generator in {"jekyll", "hexo"} and name.startswith("_"):
        collections = {section for section, _ in site.permalinks if section}
        return name not in {"_posts", "_drafts"} and name.removeprefix("_") not in collections
    return name.lower() in _SKIPPED


def _is_post(path: str, name: str, site: Site) -> bool:
    stem, dot, ending = name.rpartition(".")
    if not dot or "." + ending.lower() not in ENDINGS or name.startswith("."):
        return False
    if site.generator in {"hugo", "zola"}:
        return ending.lower() != "rmd" or site.generator == "hugo"
    if "/" not in path and stem.lower() in _ABOUT_THE_REPOSITORY:
        return False
    return not (site.generator in {"jekyll", "astro"} and name.startswith("_"))
