"""Detects changes in a folder where the file system sends no events."""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bot.blog.files.discovery import ENDINGS, candidates, is_named_like_content
from bot.blog.location import locate
from bot.core.post import Fault
from bot.core.site import Site


def fingerprint(folder: Path, site: Site) -> int:
    """Return a number that is another one when names, times or sizes in `folder` are.

    No file is opened, and nothing but the number is kept, which counts in this process alone.

    Args:
        folder: A folder of posts, or a whole site; it may be gone.
        site: As it was known when the folder was read.
    """
    location = locate(folder)
    if location is None:
        return 0
    faults: list[Fault] = []
    try:
        paths = chain(candidates(location.path, site, faults), _configuration(location.path))
        states = sum(_state(location.path, path) for path in paths)
    except OSError:  # it went meanwhile
        return 0
    return hash(location) + states + hash(tuple(faults))


def _state(root: Path, path: str) -> int:
    try:
        status = os.stat(f"{root}/{path}")  # noqa: PTH116  # of every file, every minute
    except OSError:
        return hash(path)
    return hash((path, status.st_mtime_ns, status.st_size, status.st_ino))


def _configuration(root: Path) -> Iterator[str]:
    """Yield the paths of what may configure a site: files beside the content, and in ``config``."""
    with os.scandir(root) as listing:
        for entry in listing:
            if is_named_like_content(entry.name) and not entry.name.lower().endswith(ENDINGS):
                yield entry.name
    for folder, _, names in os.walk(root / "config"):
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), root)  # noqa: PTH118  # as os.walk has it
