"""A night's connections."""

from collections.abc import Sequence
from datetime import date, tzinfo

from sqlite_utils import Database

from bot.core.connection import Connection
from bot.core.post import Post


def dream(
    _db: Database, _posts: Sequence[Post], _guild_id: int, _night: date, _zone: tzinfo
) -> list[Connection]:
    """Return the connections of a guild's night, the best first."""
    return []
