"""The blog as the database remembers it: which file is which essay, whatever it is called now."""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.core.align import align
from bot.core.post import Post, Question
from bot.store.ids import new_id
from bot.store.times import to_text

MOST_TO_VANISH = 0.1
"""If more than this share of the posts is gone at once, the folder is suspected, not the author."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of comparing the files with the database.

    Attributes:
        posts: The same posts in the same order, each with its ids.
        removed: Names of posts whose files are gone.
        is_suspicious: So many are gone that nothing was removed.
    """

    posts: tuple[Post, ...]
    removed: tuple[str, ...] = ()
    is_suspicious: bool = False


def record_posts(db: Database, posts: Sequence[Post], now: datetime) -> Recorded:
    """Store what the files say now, moving each row along with its essay.

    A row follows its essay through a changed slug, a renamed file, an alias or a translation key,
    so that no rename ever starts a second thread. Where files or slugs trade places, the same
    bytes decide, then the title. Questions may come later than their post, with the same bytes.
    """
    rows = list(db.query("select * from posts order by removed_at is not null, id"))
    matched = _match(rows, posts)
    taken = set(matched.values())
    left = [row for row in rows if row["id"] not in taken]
    gone = [row for row in left if not row["removed_at"]]
    living = sum(1 for row in rows if not row["removed_at"])
    is_suspicious = len(gone) > max(1, living * MOST_TO_VANISH) or (bool(gone) and not posts)
    if not is_suspicious:
        for row in gone:
            db.execute("update posts set removed_at = ? where id = ?", [to_text(now), row["id"]])
            db.execute("update publications set settled = 'again' where post_id = ?", [row["id"]])
    by_id = {row["id"]: row for row in rows}
    essays = {row["key"]: row["essay_id"] for row in reversed(left)}
    essays |= {posts[place].essay: by_id[row_id]["essay_id"] for place, row_id in matched.items()}
    asked = _questions(db)
    stored = tuple(
        _store_post(db, post, by_id.get(matched.get(place, -1)), essays, asked, now)
        for place, post in enumerate(posts)
    )
    names = tuple(f"{row['lang']}:{row['slug']}" for row in gone)
    return Recorded(stored, names, is_suspicious)


def _match(rows: Sequence[Row], posts: Sequence[Post]) -> dict[int, int]:
    """Return the id of the row that each post continues, by the post's place."""
    passes: tuple[tuple[Callable[[Row], Hashable], Callable[[Post], Iterable[Hashable]]], ...] = (
        (
            lambda row: (row["path"], row["lang"], row["slug"], row["digest"]),
            lambda post: [(post.path, post.lang, post.slug, post.digest)],
        ),
        (
            lambda row: (row["lang"], row["slug"], row["digest"]),
            lambda post: [(post.lang, post.slug, post.digest)],
        ),
        (
            lambda row: (row["lang"], row["digest"]) if row["digest"] else None,
            lambda post: [(post.lang, post.digest)],
        ),
        (
            lambda row: (row["lang"], row["slug"], row["title"]),
            lambda post: [(post.lang, post.slug, post.title)],
        ),
        (
            lambda row: (row["path"], row["lang"], row["title"]),
            lambda post: [(post.path, post.lang, post.title)],
        ),
        (lambda row: (row["path"], row["lang"], row["slug"]), lambda p: [(p.path, p.lang, p.slug)]),
        (lambda row: (row["lang"], row["slug"]), lambda post: [(post.lang, post.slug)]),
        (lambda row: (row["path"], row["lang"]), lambda post: [(post.path, post.lang)]),
        (
            lambda row: (row["lang"], row["slug"]),
            lambda post: [(post.lang, _last_part(alias)) for alias in post.aliases],
        ),
        (
            lambda row: (row["lang"], row["key"]) if row["key"] != row["slug"] else None,
            lambda post: [(post.lang, post.essay)],
        ),
    )
    matched: dict[int, int] = {}
    free = {row["id"]: row for row in rows}
    for key_of_row, keys_of_post in passes:
        index: dict[Hashable, int] = {}
        for row in free.values():
            index.setdefault(key_of_row(row), row["id"])
        for place, post in enumerate(posts):
            if place in matched:
                continue
            found = next((index[key] for key in keys_of_post(post) if index.get(key) in free), None)
            if found is not None:
                matched[place] = found
                del free[found]
    return matched


def _last_part(address: str) -> str:
    return address.strip("/").rsplit("/", 1)[-1].removesuffix(".html")


def _store_post(
    db: Database,
    post: Post,
    row: Row | None,
    essays: dict[str, int],
    asked: dict[int, list[tuple[str, bool]]],
    now: datetime,
) -> Post:
    if row is None:
        return _insert_post(db, post, essays, now)
    values = _columns(post) | {"removed_at": None}
    if any(row[name] != value for name, value in values.items()):
        db.execute(UPDATE_POST, values | {"id": row["id"]})
    if asked.get(row["id"], []) != [(one.text, one.generic) for one in post.questions]:
        _record_questions(db, row["id"], post, now)
    return replace(post, id=row["id"], essay_id=row["essay_id"])


def _insert_post(db: Database, post: Post, essays: dict[str, int], now: datetime) -> Post:
    essay_id = essays.get(post.essay)
    if essay_id is None:
        essay_id = essays[post.essay] = new_id(now)
        db.execute(
            "insert into essays (id, key, first_seen_at) values (?, ?, ?)",
            [essay_id, post.essay, to_text(now)],
        )
    post_id = new_id(now)
    identity = {"id": post_id, "essay_id": essay_id, "first_seen_at": to_text(now)}
    db.execute(INSERT_POST, identity | _columns(post))
    for position, question in enumerate(post.questions):
        db.execute(INSERT_QUESTION, _question(post_id, position, question, now))
    return replace(post, id=post_id, essay_id=essay_id)


INSERT_POST = """
insert into posts (id, essay_id, path, lang, slug, key, aliases, title, date, url, digest,
  first_seen_at)
values (:id, :essay_id, :path, :lang, :slug, :key, :aliases, :title, :date, :url, :digest,
  :first_seen_at)
"""

UPDATE_POST = """
update posts set path = :path, lang = :lang, slug = :slug, key = :key, aliases = :aliases,
  title = :title, date = :date, url = :url, digest = :digest, removed_at = null
where id = :id
"""

INSERT_QUESTION = """
insert into questions (id, post_id, position, text, generic, first_seen_at)
values (:id, :post_id, :position, :text, :generic, :first_seen_at)
"""

UPDATE_QUESTION = """
update questions set position = :position, text = :text, generic = :generic, retired_at = null
where id = :id
"""
"""Plain SQL: sqlite-utils looks at the table for every row it writes, ten thousand times."""


def _question(post_id: int, position: int, question: Question, now: datetime) -> Row:
    return {
        "id": new_id(now),
        "post_id": post_id,
        "position": position,
        "text": question.text,
        "generic": int(question.generic),
        "first_seen_at": to_text(now),
    }


def _columns(post: Post) -> Row:
    return {
        "path": post.path,
        "lang": post.lang,
        "slug": post.slug,
        "key": post.essay,
        "aliases": json.dumps(post.aliases, ensure_ascii=False),
        "title": post.title,
        "date": to_text(post.date) if post.date else None,
        "url": post.url,
        "digest": post.digest,
    }


def _questions(db: Database) -> dict[int, list[tuple[str, bool]]]:
    """Return what every post ends on as the database knows it, by the post's id."""
    found: dict[int, list[tuple[str, bool]]] = {}
    for post_id, text, generic in db.execute(
        "select post_id, text, generic from questions where retired_at is null order by position"
    ):
        found.setdefault(post_id, []).append((text, bool(generic)))
    return found


def _record_questions(db: Database, post_id: int, post: Post, now: datetime) -> None:
    """Store the questions a post ends on now.

    A reworded one keeps its row and its id, and one that comes back gets them again.
    """
    old = list(
        db.query(
            "select * from questions where post_id = ? and retired_at is null order by position",
            [post_id],
        )
    )
    retired = {
        row["text"]: row["id"]
        for row in db.query(
            "select * from questions where post_id = ? and retired_at is not null", [post_id]
        )
    }
    links = align([row["text"] for row in old], [question.text for question in post.questions])
    for position, (question, link) in enumerate(zip(post.questions, links, strict=True)):
        values = _question(post_id, position, question, now)
        known = retired.pop(question.text, None) if link is None else old[link]["id"]
        if known is None:
            db.execute(INSERT_QUESTION, values)
        else:
            db.execute(UPDATE_QUESTION, values | {"id": known})
    for index, row in enumerate(old):
        if index not in links:
            db.execute(
                "update questions set retired_at = ? where id = ?", [to_text(now), row["id"]]
            )


def question_ids(db: Database, post_id: int) -> dict[str, int]:
    """Return the ids of the questions that a post ends on now, by their texts."""
    rows = db.query(
        "select id, text from questions where post_id = ? and retired_at is null", [post_id]
    )
    return {row["text"]: row["id"] for row in rows}


def has_post(db: Database, name: str) -> bool:
    """Return whether a post is or was called that, by its slug or ``lang:slug``."""
    row = db.execute(
        "select 1 from posts where slug = :name or lang || ':' || slug = :name limit 1",
        {"name": name},
    ).fetchone()
    return row is not None


def removed_post(db: Database, post_id: int) -> Post | None:
    """Return what is known of a post whose file is gone; None if it was not removed."""
    rows = db.query("select * from posts where id = ? and removed_at is not null", [post_id])
    for row in rows:
        return Post(
            path=row["path"],
            lang=row["lang"],
            slug=row["slug"],
            title=row["title"],
            essay=row["key"],
            digest=row["digest"],
            id=row["id"],
            essay_id=row["essay_id"],
        )
    return None
