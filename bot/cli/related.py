"""`afterword related`: which essays read well together, and the words that tie them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.blog.catalog import Catalog
from bot.cli.terminal.content_argument import folder_argument, read_content
from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.opened_index import opened_index
from bot.cli.terminal.output import (
    format_options,
    progress,
    say,
    say_line,
    write_csv,
    write_json,
    write_table,
)
from bot.core.post import Post
from bot.desk.export import as_csv, escaped
from bot.desk.passages.opening import OpenIndex
from bot.desk.passages.related import Named, Relating, named

KEYS = ("path", "slug", "lang", "related_path", "related_slug", "score", "because")
"""The keys of a CSV, which has a row for each pair."""

COLUMNS = {"name": "Post", "related": "Reads well with"}

Rows = Sequence[tuple[Post, Sequence[Named]]]


@click.command()
@folder_argument
@click.argument("post", required=False)
@database_option("A bot's file, whose index is taken if it is this blog's.")
@format_options("table", "json", "csv", "md")
def related(folder: Path | None, post: str | None, database: Path, how: str) -> None:
    """Name up to five essays that read well with one POST, or with each, and the words they share.

    DIR is a folder of posts or a whole site [default: AFTERWORD_CONTENT, or content]; POST is a
    slug or lang:slug.

    Essays that link to each other come first; then those that share rare words. Only what readers
    can see is named, in the essay's language. Without a database that has the index, one is made
    in memory.
    """
    now = datetime.now(UTC)
    content = read_content(folder)
    with opened_index(content, database, now) as index:
        rows = list(_rows(index, post, now))
    if how == "json":
        write_json(_record(one, found) for one, found in rows)
    elif how == "csv":
        write_csv(as_csv(_pairs(rows), KEYS))
    elif how == "md":
        say("\n".join(_markdown(rows)))
    else:
        write_table([_shown(one, found) for one, found in rows], COLUMNS, whole=("name",))
        if not any(found for _, found in rows):
            it = "it" if len(rows) == 1 else "another"
            say_line(f"No essay here reads well with {it}: they share too little.", err=True)


def _rows(
    index: OpenIndex, name: str | None, now: datetime
) -> Iterator[tuple[Post, Sequence[Named]]]:
    """Yield the essays that are asked for, by path, each with those that read well with it.

    Raises:
        UnknownPostError: There is none of that name.
    """
    relating = Relating(index.catalog)
    posts = _chosen(index.catalog, name, now)
    with progress("Comparing") as tell:
        for done, post in enumerate(posts, 1):
            found = relating.related(index.db, post, now)
            texts = [one.text for one in index.passages(post)] if found else []
            yield post, named(post, found, texts)
            tell(done, len(posts))


def _chosen(catalog: Catalog, name: str | None, now: datetime) -> Sequence[Post]:
    if name is None:
        essays = (post for post in catalog.posts if post.kind == "essay")
        return sorted(essays, key=lambda post: post.path)
    site = replace(catalog.site, drafts=True, future=True, expired=True)
    return [Catalog(catalog.posts, site).find(name, now=now)]


def _record(post: Post, found: Iterable[Named]) -> dict[str, Any]:
    return {
        "path": post.path,
        "slug": post.slug,
        "lang": post.lang,
        "related": [
            {
                "path": one.post.path,
                "slug": one.post.slug,
                "score": one.score,
                "because": list(one.because),
            }
            for one in found
        ],
    }


def _pairs(rows: Rows) -> Iterator[dict[str, Any]]:
    for post, found in rows:
        for one in found:
            yield {
                "path": post.path,
                "slug": post.slug,
                "lang": post.lang,
                "related_path": one.post.path,
                "related_slug": one.post.slug,
                "score": one.score,
                "because": one.because,
            }


def _markdown(rows: Rows) -> Iterator[str]:
    for post, found in rows:
        yield f"## {escaped(_flat(post.title))}\n"
        for one in found:
            words = ", ".join(f"*{escaped(word)}*" for word in one.because)
            title = escaped(_flat(one.post.title))
            shown = f"[{title}](<{one.post.url}>)" if one.post.url else title
            yield f"- {shown}{': ' if words else ''}{words}"
        yield ""


def _shown(post: Post, found: Iterable[Named]) -> dict[str, Any]:
    lines = [
        f"{one.post.title} ({', '.join(one.because)})" if one.because else one.post.title
        for one in found
    ]
    return {"name": post.name, "related": lines or None}


def _flat(text: str) -> str:
    return " ".join(text.split())
