"""Whether the file that is written to is still the one that stands at its path.

If it was removed, or another was put into its place, SQLite goes on writing into what nobody will
find again.
"""

import os
import sqlite3
from pathlib import Path

Identity = tuple[int, int]


class GoneError(sqlite3.OperationalError):
    """The database's file, or its write-ahead log, is not where it was; nothing was written."""


class Place:
    """The files of a database, as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        self._files = (path, path.with_name(f"{path.name}-wal"))
        self._known: list[Identity | None] = []

    def remember(self) -> None:
        """Take the files that are there now for those to be written to."""
        self._known = [identity(file) for file in self._files]

    def require(self) -> None:
        """Make sure that what is written is not lost; it takes some microseconds.

        Raises:
            GoneError: A file is gone, or another stands in its place.
        """
        for file, known in zip(self._files, self._known, strict=False):
            if identity(file) != known:
                raise GoneError(
                    f"{file} is gone, or another file is in its place: put it back, or start the "
                    "bot again"
                )


def identity(place: Path | int) -> Identity | None:
    """Return what tells a file from every other, by its path or descriptor; None without one."""
    try:
        status = os.fstat(place) if isinstance(place, int) else place.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
