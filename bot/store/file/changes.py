"""Whether anything was written to a database since it was looked at last."""

from pathlib import Path

from sqlite_utils import Database

from bot.store.file.database import DatabaseError
from bot.store.file.presence import Place


class Changes:
    """Tells of changes that others made to the file of a connection.

    Between two looks no transaction is open: one would keep what readers deleted in the file's log
    (`bot.store.file.scrubbing`).

    Args:
        db: Only read through, outside of transactions.
    """

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._path = path
        self._place = Place((path,))
        self._version = self._read_version()

    def are_there(self) -> bool:
        """Return whether anything was written since this was asked the last time.

        Raises:
            DatabaseError: The file is gone, or another is in its place.
        """
        if self._place.moved():
            raise DatabaseError(
                f"{self._path} is gone, or another file is in its place. Type the command again "
                "once the database is back."
            )
        before, self._version = self._version, self._read_version()
        return before != self._version

    def _read_version(self) -> int:
        [(version,)] = self._db.execute("pragma data_version").fetchall()
        return int(version)
