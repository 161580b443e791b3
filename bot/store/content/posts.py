"""The blog as the database remembers it: which file is which essay, whatever it is called now."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from bot.core.post import Post, Question
from bot.core.publishing.align import align
from bot.store.content.matching import Row, match_posts
from bot.store.ids import new_id
from bot.store.times import to_text

MOST_TO_VANISH = 0.1
"""If more than this share of the posts is gone at once, the folder is suspected, not the author."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of comparing the files with the database.

    Attributes:
        posts: The same posts in the same order, each with its ids.
        removed: Names of posts whose files are gone now.
        is_suspicious: So many are gone that they are only missing: nothing is done about them.
    """

    posts: tuple[Post, ...]
    removed: tuple[str, ...] = ()
    is_suspicious: bool = False


def record_posts(
    db: Database, posts: Sequence[Post], now: datetime, pending: Collection[str] = ()
) -> Recorded:
    """Store what the files say now, moving each row along with its essay.

    A row follows its essay (see `content.matching`): no rename starts a second thread.
    If too many files are gone at once, their posts count as missing, not as removed: their threads
    stay as they are, and later losses are judged without them.

    Args:
        db: In a transaction.
        posts: All that the files hold.
        pending: Paths of posts whose closing questions have yet to be looked for: what is known of
            their questions stays. Once they are found, a thread that began without is gone on with.
    """
    order = "removed_at is not null, missing_since is not null, id"
    rows = list(db.table("posts").rows_where(order_by=order))
    read = [_columns(post, is_pending=post.path in pending) for post in posts]
    matched = match_posts(rows, read)
    taken = set(matched.values())
    left = [row for row in rows if row["id"] not in taken]
    gone = [row for row in left if _is_living(row)]
    most = max(1, sum(map(_is_living, rows)) * MOST_TO_VANISH)
    is_suspicious = len(gone) > most or (bool(gone) and not posts)
    for row in gone:
        _let_go(db, row["id"], now, is_suspicious=is_suspicious)
    by_id = {row["id"]: row for row in rows}
    essays = {row["key"]: row["essay_id"] for row in reversed(left)}
    essays |= {posts[place].essay: by_id[row_id]["essay_id"] for place, row_id in matched.items()}
    asked = _questions(db)
    stored: list[Post] = []
    for place, (post, columns) in enumerate(zip(posts, read, strict=True)):
        known = by_id.get(matched.get(place, -1))
        if known is None:
            stored.append(_insert_post(db, post, columns, essays, now))
        else:
            texts = asked.get(known["id"], [])
            stored.append(_update_post(db, post, columns, known, texts, now))
    removed = tuple(f"{row['lang']}:{row['slug']}" for row in gone)
    return Recorded(tuple(stored), removed, is_suspicious)


def record_changed(db: Database, posts: Sequence[Post], now: datetime) -> None:
    """Store posts that are what they were but for their texts, and what they end on now.

    Args:
        db: In a transaction.
        posts: Recorded before, and called and placed as they were then.
    """
    for post in posts:
        [row] = db.query("select * from posts where id = ?", [post.id])
        asked = db.execute(
            "select text, generic from questions where post_id = ? and retired_at is null "
            "order by position",
            [post.id],
        )
        known = [(text, bool(generic)) for text, generic in asked]
        _update_post(db, post, _columns(post, is_pending=False), row, known, now)


def _is_living(row: Row) -> bool:
    return row["removed_at"] is None and row["missing_since"] is None


def _let_go(db: Database, post_id: int, now: datetime, *, is_suspicious: bool) -> None:
    """Remember that a file is gone; unless that is suspicious, its threads are to be withdrawn."""
    if is_suspicious:
        db.execute("update posts set missing_since = ? where id = ?", [to_text(now), post_id])
        return
    db.execute("update posts set removed_at = ? where id = ?", [to_text(now), post_id])
    _go_on_with_threads(db, post_id)


def _go_on_with_threads(db: Database, post_id: int) -> None:
    db.execute("update publications set settled = 'again' where post_id = ?", [post_id])


def _update_post(
    db: Database, post: Post, columns: Row, row: Row, asked: list[tuple[str, bool]], now: datetime
) -> Post:
    if any(row[name] != value for name, value in columns.items()):
        db.execute(UPDATE_POST, columns | {"id": row["id"]})
    if row["removed_at"] is not None:
        _go_on_with_threads(db, row["id"])
    if not columns["pending"] and asked != [(one.text, one.generic) for one in post.questions]:
        _record_questions(db, row["id"], post, now)
        if row["pending"]:
            _go_on_with_threads(db, row["id"])
    return replace(post, id=row["id"], essay_id=row["essay_id"])


def _insert_post(
    db: Database, post: Post, columns: Row, essays: dict[str, int], now: datetime
) -> Post:
    essay_id = essays.get(post.essay)
    if essay_id is None:
        essay_id = essays[post.essay] = new_id(now)
        db.execute(
            "insert into essays (id, key, first_seen_at) values (?, ?, ?)",
            [essay_id, post.essay, to_text(now)],
        )
    post_id = new_id(now)
    identity = {"id": post_id, "essay_id": essay_id, "first_seen_at": to_text(now)}
    db.execute(INSERT_POST, identity | columns)
    for position, question in enumerate(post.questions):
        db.execute(SAVE_QUESTION, _question(new_id(now), post_id, position, question, now))
    return replace(post, id=post_id, essay_id=essay_id)


INSERT_POST = """
insert into posts (id, essay_id, path, lang, slug, key, aliases, title, date, url, digest,
  body_digest, pending, first_seen_at)
values (:id, :essay_id, :path, :lang, :slug, :key, :aliases, :title, :date, :url, :digest,
  :body_digest, :pending, :first_seen_at)
"""

UPDATE_POST = """
update posts set path = :path, lang = :lang, slug = :slug, key = :key, aliases = :aliases,
  title = :title, date = :date, url = :url, digest = :digest, body_digest = :body_digest,
  pending = :pending, removed_at = null, missing_since = null
where id = :id
"""

SAVE_QUESTION = """
insert into questions (id, post_id, position, text, generic, first_seen_at)
values (:id, :post_id, :position, :text, :generic, :first_seen_at)
on conflict (id) do update set position = excluded.position, text = excluded.text,
  generic = excluded.generic, retired_at = null
"""
"""Plain SQL: sqlite-utils looks at the table for every row it writes, ten thousand times."""


def _question(
    question_id: int, post_id: int, position: int, question: Question, now: datetime
) -> Row:
    return {
        "id": question_id,
        "post_id": post_id,
        "position": position,
        "text": question.text,
        "generic": int(question.generic),
        "first_seen_at": to_text(now),
    }


def _columns(post: Post, *, is_pending: bool) -> Row:
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
        "body_digest": post.body_digest,
        "pending": int(is_pending),
        "removed_at": None,
        "missing_since": None,
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
    rows = list(db.query("select * from questions where post_id = ? order by position", [post_id]))
    old = [row for row in rows if row["retired_at"] is None]
    retired = {row["text"]: row["id"] for row in rows if row["retired_at"] is not None}
    links = align([row["text"] for row in old], [question.text for question in post.questions])
    for position, (question, link) in enumerate(zip(post.questions, links, strict=True)):
        known = retired.pop(question.text, None) if link is None else old[link]["id"]
        values = _question(known or new_id(now), post_id, position, question, now)
        db.execute(SAVE_QUESTION, values)
    for row in (row for index, row in enumerate(old) if index not in links):
        db.execute("update questions set retired_at = ? where id = ?", [to_text(now), row["id"]])


def question_ids(db: Database, post_id: int) -> dict[str, int]:
    """Return the ids of the questions that a post ends on now, by their texts."""
    rows = db.query(
        "select id, text from questions where post_id = ? and retired_at is null", [post_id]
    )
    return {row["text"]: row["id"] for row in rows}


def has_post(db: Database, name: str) -> bool:
    """Return whether a post is or was called that, by its slug or ``lang:slug``."""
    query = "select 1 from posts where slug = :name or lang || ':' || slug = :name limit 1"
    return db.execute(query, {"name": name}).fetchone() is not None


def discussed_paths(db: Database) -> frozenset[str]:
    """Return the paths of the posts that have a thread, or are about to."""
    rows = db.execute(
        "select path from posts "
        "where id in (select post_id from publications where over_at is null)"
    )
    return frozenset(path for (path,) in rows)


def count_missing(db: Database) -> int:
    """Return how many posts went missing at once with so many others that nothing was done."""
    (count,) = db.execute(
        "select count(*) from posts where missing_since is not null and removed_at is null"
    ).fetchone()
    return int(count)


def removed_post(db: Database, post_id: int) -> Post | None:
    """Return what is known of a post whose file is gone; None if it was not removed."""
    rows = db.query("select * from posts where id = ? and removed_at is not null", [post_id])
    for row in rows:
        same = ("path", "lang", "slug", "title", "digest", "body_digest", "id", "essay_id")
        return Post(essay=row["key"], **{name: row[name] for name in same})
    return None
