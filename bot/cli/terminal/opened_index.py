"""The index of passages that a command asks: the running bot's, or one made for the moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.cli.terminal.content_argument import Content
from bot.cli.terminal.output import progress
from bot.desk.passages.opening import OpenIndex, open_index
from bot.store.file.database import DatabaseError, open_for_reading


@contextmanager
def opened_index(content: Content, database: Path, now: datetime) -> Iterator[OpenIndex]:
    """Yield the index of what a command has read.

    A database without this blog's essays, or without any index, is passed over: the answer is the
    same, and takes longer.
    """
    contents = content.contents
    with ExitStack() as stack:
        kept: Database | None = None
        with suppress(DatabaseError, sqlite3.Error):
            db = stack.enter_context(closing(open_for_reading(database)))
            stack.enter_context(db.atomic())
            db.execute("select 1 from indexed_posts")
            kept = db
        with progress("Reading the essays") as tell:
            index = open_index(contents.posts, contents.site, content.root, now, kept, tell)
        yield index
