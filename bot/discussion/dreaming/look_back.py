"""Looks back on a night beside the bot: opens the database for reading, and finds connections."""

from collections.abc import Sequence
from datetime import date, tzinfo
from pathlib import Path

from bot.blog.blog import Blog
from bot.core.connection import Connection
from bot.core.database_key import DatabaseKey, KeyedPath
from bot.core.post import Post
from bot.desk.dreams.night import dream
from bot.discussion.dreaming.process import Apart
from bot.store.dreams.nights import new_since
from bot.store.file.database import open_for_reading


class LookBack:
    """Finds a night's connections in a process of its own.

    Args:
        database: If it is encrypted, its key goes through a pipe to that process alone.
    """

    def __init__(self, database: Path, blog: Blog) -> None:
        self._database = database
        self._blog = blog
        self._apart: Apart[list[Connection]] = Apart()

    async def __call__(self, guild_id: int, night: date) -> list[Connection]:
        """Return the connections of a guild's night, the best first.

        Raises:
            WorkError: It failed.
        """
        path, posts = self._database, self._blog.catalog.posts
        key = path.key() if isinstance(path, KeyedPath) else None
        zone = self._blog.zone
        return await self._apart.run(_look_back, str(path), key, posts, guild_id, night, zone)

    def stop(self) -> None:
        """End the process, if one runs."""
        self._apart.stop()


def _look_back(
    database: str,
    key: DatabaseKey | None,
    posts: Sequence[Post],
    guild_id: int,
    night: date,
    zone: tzinfo,
) -> list[Connection]:
    """Do it, in that process."""
    path = Path(database)
    db = open_for_reading(path if key is None else KeyedPath.of(path, lambda: key))
    try:
        return dream(db, posts, guild_id, night, zone, new_since(db, guild_id, night, zone))
    finally:
        db.close()
