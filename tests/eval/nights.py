"""Fills a database with a blog and with responses to it, as the evaluation of dreams needs it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.blog.files.reading import Contents
from bot.core.post import Post
from bot.desk.passages.opening import OpenIndex, open_index
from bot.store.ids import new_id
from bot.store.times import to_text

GUILD = 1
FIRST_CHANNEL = 2


def filled(contents: Contents, root: Path, responses: Iterable[Mapping[str, Any]]) -> OpenIndex:
    """Return the index of a blog in memory, with responses: `post`, `reader`, `text`, `created_at`.

    Each response has the id under which it stands in the list, from 1.
    """
    now = datetime.now(UTC)
    index = open_index(contents.posts, contents.site, root, now)
    db = index.db
    db.execute("insert into guilds (id, name, joined_at) values (1, 'A server', '')")
    languages = sorted({post.lang for post in contents.posts})
    for number, lang in enumerate(languages, FIRST_CHANNEL):
        db.execute(
            "insert into channels (id, guild_id, kind, lang, pace, body) "
            "values (?, 1, 'forum', ?, 'each', 'auto')",
            [number, lang],
        )
    threads: dict[str, tuple[int, int]] = {}
    readers: dict[str, int] = {}
    for number, one in enumerate(responses, 1):
        post = index.catalog.at(one["post"])
        if post is None:
            raise SystemExit(f"There is no post {one['post']}.")
        if one["post"] not in threads:
            threads[one["post"]] = _thread(
                db, post, FIRST_CHANNEL + languages.index(post.lang), now
            )
        reader = readers.setdefault(one["reader"], 10_000 + len(readers))
        db.execute(
            "insert or ignore into readers (id, name) values (?, ?)", [reader, one["reader"]]
        )
        publication, thread = threads[one["post"]]
        created_at = datetime.fromisoformat(one["created_at"])
        db.execute(
            "insert into responses (id, source_id, source, guild_id, thread_id, publication_id, "
            "reader_id, text, created_at) values (?, ?, 'message', 1, ?, ?, ?, ?, ?)",
            [number, number, thread, publication, reader, one["text"], to_text(created_at)],
        )
    return index


def _thread(db: Database, post: Post, channel: int, now: datetime) -> tuple[int, int]:
    publication, thread = new_id(now), new_id(now)
    db.execute(
        "insert into publications (id, channel_id, essay_id, post_id, thread_id, title, "
        "intended_at) values (?, ?, ?, ?, ?, ?, ?)",
        [publication, channel, post.essay_id, post.id, thread, post.title, to_text(now)],
    )
    db.execute(
        "insert into threads (id, guild_id, publication_id, seen_id) values (?, 1, ?, 0)",
        [thread, publication],
    )
    return publication, thread
