"""Takes what readers wrote from a bot's file into an index in memory, to look back on it there."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlite_utils import Database

TABLES = ("guilds", "readers", "threads", "publications", "prompts", "responses")
"""With the columns that both files have: an older file has fewer."""

Change = Callable[[dict[str, Any]], dict[str, Any] | None]


def borrow(source: Database, target: Database) -> None:
    """Copy the responses of a file, and what leads from them to their essays.

    Essays are known by their paths, or by language and slug, since their ids differ.

    Args:
        target: In memory, with the essays of a blog. What its essays are not about is left out.
    """
    posts = _posts(source, target)
    changes: dict[str, Change] = {"publications": lambda row: _moved(row, posts)}
    with target.conn:
        for name in TABLES:
            _copy(source, target, name, changes.get(name, lambda row: row))
        _copy_asked(source, target)


def _posts(source: Database, target: Database) -> dict[int, tuple[int, int]]:
    """Return the post and essay of the target for each post of the source that it has, too."""
    by_path: dict[str, tuple[int, int]] = {}
    by_name: dict[tuple[str, str], tuple[int, int]] = {}
    for number, essay, path, lang, slug in target.execute(
        "select id, essay_id, path, lang, slug from posts"
    ):
        by_path[path] = by_name[lang, slug] = number, essay
    found = {}
    for number, path, lang, slug in source.execute("select id, path, lang, slug from posts"):
        post = by_path.get(path) or by_name.get((lang, slug))
        if post is not None:
            found[number] = post
    return found


def _moved(row: dict[str, Any], posts: Mapping[int, tuple[int, int]]) -> dict[str, Any] | None:
    if row["post_id"] not in posts:
        return None
    row["post_id"], row["essay_id"] = posts[row["post_id"]]
    return row


def _copy(source: Database, target: Database, name: str, change: Change) -> None:
    known = {column.name for column in source.table(name).columns}
    columns = [one.name for one in target.table(name).columns if one.name in known]
    listed = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    rows = source.execute(f"select {listed} from {name}")  # noqa: S608  # names of our own columns
    changed = (change(dict(zip(columns, row, strict=True))) for row in rows)
    target.conn.executemany(
        f"insert or ignore into {name} ({listed}) values ({marks})",  # noqa: S608  # the same
        (list(row.values()) for row in changed if row is not None),
    )


def _copy_asked(source: Database, target: Database) -> None:
    """Copy which questions a prompt asks, by their texts."""
    rows = source.execute(
        "select prompt_id, questions.text from prompt_questions "
        "join questions on questions.id = question_id"
    )
    target.conn.executemany(
        "insert or ignore into prompt_questions (prompt_id, question_id) "
        "select prompts.id, questions.id from prompts "
        "join publications on publications.id = prompts.publication_id "
        "join questions on questions.post_id = publications.post_id and questions.text = ?2 "
        "where prompts.id = ?1",
        rows,
    )
