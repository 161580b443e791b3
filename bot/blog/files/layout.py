"""What a folder was taken for: what of it is read, what is left out, and why."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bot.blog.files.discovery import (
    DOCUMENTATION,
    ENDINGS,
    candidates,
    folders_to_read,
    without_duplicates,
)
from bot.blog.site.generators import generator_name, left_out_reasons
from bot.core.reading.paths import is_readme, read_path
from bot.core.site import Site, generator_facts

_MOST_LOOKED_AT = 2_000
"""Files and folders of a folder that is left out, in which posts are looked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a folder was understood.

    Attributes:
        name: Of the generator; "" for a folder that none builds.
        read: Folders that are read, relative to the one that was given; "" for all of it.
        left_out: Pairs of a folder with Markdown in it that is not read, and why.
        variants: Files that are another state of the post beside them, and no posts.
        readmes: Files that tell about the folder they are in, and are no posts.
    """

    name: str = ""
    read: tuple[str, ...] = ("",)
    left_out: tuple[tuple[str, str], ...] = ()
    variants: tuple[str, ...] = ()
    readmes: tuple[str, ...] = ()


def layout(root: Path, site: Site, posts: Collection[str]) -> Layout:
    """Return how a folder was understood, of which all `posts` were read, given by their paths."""
    read = tuple(folders_to_read(root, site))
    found = set(candidates(root, site, []))
    kept = set(without_duplicates(sorted(found), site))
    stems = {path.rpartition(".")[0] for path in kept}
    variants = sorted(path for path in found - kept if path.rpartition(".")[0] not in stems)
    left_out = sorted(_left_out(root, site, read, found))
    readmes = sorted(path for path in kept.difference(posts) if is_readme(read_path(path, site)))
    return Layout(
        generator_name(site.generator), read, tuple(left_out), tuple(variants), tuple(readmes)
    )


def looked_for(site: Site) -> str:
    """Return where posts of a site would be and how their files end, for a site without any."""
    facts = generator_facts().get(site.generator, {})
    folders = [folder for folder, _ in facts.get("posts", ())]
    folders = folders or [language.folder for language in site.languages if language.folder]
    files = ".md, .markdown" if site.is_hugo else ", ".join(ENDINGS)
    name = generator_name(site.generator)
    who = f" of a {name} site" if name else ""
    where = f" in {', '.join(f'{folder}/' for folder in dict.fromkeys(folders))}" if folders else ""
    return f"Looked for posts{who} ({files}){where}."


def _left_out(
    root: Path, site: Site, read: Collection[str], found: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the folders at the top, or at the top of what is read, that hold Markdown unread."""
    for parent in {"", *read}:
        try:
            with os.scandir(root / parent) as listing:
                names = sorted(entry.name for entry in listing if entry.is_dir())
        except OSError:
            continue
        for name in names:
            path = f"{parent}/{name}" if parent else name
            is_read = any(one.startswith(f"{path}/") for one in found)
            is_above = any(_is_within(one, path) for one in read)
            if not (name.startswith(".") or is_read or is_above) and _holds_markdown(root / path):
                yield path, _why(name.lower(), site)


def _why(name: str, site: Site) -> str:
    if name in DOCUMENTATION:
        return "documentation"
    generator = generator_name(site.generator)
    elsewhere = f"not where {generator} has posts" if generator else "no posts in it"
    return left_out_reasons().get(name) or elsewhere


def _is_within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _holds_markdown(folder: Path) -> bool:
    files = (name for _, _, names in os.walk(folder) for name in names)
    return any(name.lower().endswith(ENDINGS) for name in islice(files, _MOST_LOOKED_AT))
