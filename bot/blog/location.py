"""Resolves the links that lead to a folder."""

import os
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple


class Location(NamedTuple):
    """A folder on a disk; another folder that takes its place has another location.

    Attributes:
        path: Absolute and without links.
        device: The number of the file system.
        inode: The number of the folder in it.
    """

    path: Path
    device: int
    inode: int


def locate(folder: Path) -> Location | None:
    """Return where `folder` leads now, through all links in its path; None if to no folder."""
    try:
        path = os.path.realpath(folder, strict=True)
        status = os.stat(path)  # noqa: PTH116  # twice a second, and pathlib only wraps it
    except OSError:
        return None
    return Location(Path(path), status.st_dev, status.st_ino) if S_ISDIR(status.st_mode) else None


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry of a folder is one, or a link that leads to one."""
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False
