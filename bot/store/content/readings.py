"""What was read of every file, so that a new process reads only what changed.

A row is a cache and nothing else: one that is stale, damaged or of another reading is as good as
none. Bodies are not kept; they are read from their files.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from sqlite_utils import Database

from bot.core.post import Fault, Post, Question
from bot.core.reading.posts import Reading

_POST = tuple(field.name for field in fields(Post) if field.name not in {"id", "essay_id"})
_FAULT = tuple(field.name for field in fields(Fault))
_DATES = tuple(_POST.index(name) for name in ("date", "publish", "expires", "updated"))
_TUPLES = tuple(_POST.index(name) for name in ("tags", "authors", "aliases"))
_SEALED = _POST.index("sealed")
_QUESTIONS = _POST.index("questions")
_CLOSING = _POST.index("closing")
_post_values = attrgetter(*_POST)
_fault_values = attrgetter(*_FAULT)


class Kept(NamedTuple):
    """A reading without its body, and the state of the file that it is of.

    Attributes:
        changed_at: The file's time of change, in nanoseconds.
        size: In bytes.
        inode: The file's number: another file in its place may have the same time and size.
    """

    changed_at: int
    size: int
    inode: int
    reading: Reading


def load_readings(db: Database, made_by: str) -> dict[str, Kept]:
    """Return the readings that `made_by` names, by path; what is damaged is left out.

    Args:
        db: To read from.
        made_by: What the readings depend on besides their files: the code, the site, the folder.
    """
    rows = db.execute(
        "select path, changed_at, size, reading, checksum from readings where made_by = ?",
        [made_by],
    )
    return {
        path: Kept(changed_at, size, *_decode(reading))
        for path, changed_at, size, reading, checksum in rows
        if _checksum(path, changed_at, size, made_by, reading) == checksum
    }


def recorded_posts(db: Database) -> list[Post]:
    """Return the posts that the blog has, as they were read last, without looking at its files.

    Each has its ids, and is called what the database calls it. One whose reading is damaged is left
    out.
    """
    rows = db.execute(
        "select posts.id, essay_id, slug, url, posts.path, changed_at, size, made_by, reading, "
        "checksum from posts join readings using (path) "
        "where removed_at is null and missing_since is null order by posts.id"
    )
    found = []
    for post_id, essay_id, slug, url, *state, checksum in rows:
        if _checksum(*state) == checksum:
            post = _decode(state[-1])[1].post
            if post is not None:
                known = {"slug": slug, "url": url, "essay": str(essay_id)}
                found.append(replace(post, **known, id=post_id, essay_id=essay_id))
    return found


def save_readings(
    db: Database, made_by: str, kept: Mapping[str, Kept], gone: Collection[str]
) -> None:
    """Keep new readings in the place of older ones; forget those of files that are gone.

    Readings that were made by anything else are forgotten too.
    """
    db.execute("delete from readings where made_by <> ?", [made_by])
    db.conn.executemany("delete from readings where path = ?", [(path,) for path in gone])
    db.conn.executemany(
        "insert or replace into readings (path, changed_at, size, made_by, reading, checksum) "
        "values (?, ?, ?, ?, ?, ?)",
        _rows(made_by, kept),
    )


def _rows(made_by: str, kept: Mapping[str, Kept]) -> Iterator[tuple[Any, ...]]:
    for path, (changed_at, size, inode, reading) in kept.items():
        data = _encode(inode, reading)
        checksum = _checksum(path, changed_at, size, made_by, data)
        yield path, changed_at, size, made_by, data, checksum


def _checksum(path: str, changed_at: int, size: int, made_by: str, reading: bytes) -> bytes:
    """Return what tells a sound row: SQLite itself does not notice a changed byte in a page."""
    head = f"{path}\n{changed_at}\n{size}\n{made_by}\n".encode()
    return blake2b(head + reading, digest_size=8).digest()


def _encode(inode: int, reading: Reading) -> bytes:
    post = None if reading.post is None else _post_values(reading.post)
    faults = [_fault_values(fault) for fault in reading.faults]
    return orjson.dumps((inode, post, reading.line, faults, reading.pending))


def _decode(data: bytes) -> tuple[int, Reading]:
    inode, values, line, faults, is_pending = orjson.loads(data)
    post = None if values is None else _decode_post(values)
    faults = tuple(Fault(*fault) for fault in faults)
    return inode, Reading(post, "", line, faults, is_pending)


def _decode_post(values: list[Any]) -> Post:
    for place in _DATES:
        if values[place] is not None:
            values[place] = datetime.fromisoformat(values[place])
    if isinstance(values[_SEALED], str):
        values[_SEALED] = datetime.fromisoformat(values[_SEALED])
    for place in _TUPLES:
        values[place] = tuple(values[place])
    values[_QUESTIONS] = tuple(Question(**one) for one in values[_QUESTIONS])
    if values[_CLOSING] is not None:
        values[_CLOSING] = tuple(values[_CLOSING])
    return Post(*values)
