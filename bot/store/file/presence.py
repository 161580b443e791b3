"""Whether the files that are written to are still the ones that stand at their paths.

If one was removed, or another was put into its place, SQLite goes on writing into what nobody will
find again.
"""

import os
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

Identity = tuple[int, int]

SETTLED_NS = 50_000_000
"""A folder that changed less than so long ago is looked at again: its time moves in steps."""


class GoneError(sqlite3.OperationalError):
    """A file of the database is not where it was; nothing was written."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is gone, or another file is in its place: put it back, or start the bot again"
        )


class Place:
    """Files as they were at a moment, and whether they are still that.

    As long as nothing was made, renamed or removed in their folders, one look at those is enough.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = {file: identity(file) for file in files}
        real = (Path(os.path.realpath(file)).parent for file in self._files)
        self._folders = sorted({*real, *(file.absolute().parent for file in self._files)})
        self._quiet: list[tuple[int, int, int]] | None = None

    def moved(self) -> Path | None:
        """Return a file that is gone, or in whose place another stands; None if all are there."""
        now = [_state(folder) for folder in self._folders]
        if now == self._quiet:
            return None
        for file, known in self._files.items():
            if identity(file) != known:
                self._quiet = None
                return file
        newest = max(changed for _, _, changed in now)
        self._quiet = now if abs(time.time_ns() - newest) > SETTLED_NS else None
        return None


def identity(place: Path | int) -> Identity | None:
    """Return what tells a file from every other, by its path or descriptor; None without one."""
    try:
        status = os.fstat(place) if isinstance(place, int) else place.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _state(folder: Path) -> tuple[int, int, int]:
    try:
        status = folder.stat()
    except OSError:
        return 0, 0, 0
    return status.st_dev, status.st_ino, status.st_mtime_ns
