"""`afterword posts`: the posts, and the questions that they end on."""

from pathlib import Path
from typing import Any

import click

from bot.blog.catalog import Catalog
from bot.cli.terminal.content_argument import folder_argument, read_content, report
from bot.cli.terminal.output import format_options, write_csv, write_json, write_table
from bot.core.post import Post
from bot.desk.export import as_csv

KEYS = (
    "path", "kind", "lang", "slug", "title", "date", "draft", "tags", "description", "url",
    "translations", "questions",
)  # fmt: skip
"""The keys of a post, in the order of the design's table."""

COLUMNS = {"date": "Date", "name": "Post", "title": "Title", "questions": "Ends on"}


@click.command()
@folder_argument
@format_options("table", "json", "csv")
def posts(folder: Path | None, how: str) -> None:
    """List the posts: essays and other pages, every language, drafts too.

    DIR is a folder of posts or a whole site. [default: AFTERWORD_CONTENT, or content]

    Faults go to standard error. With faults, the exit status is 1 and the list has the posts that
    could be read. On a Hugo site, a post without a title in front matter has an empty title in
    JSON and CSV, as in `hugo list`.
    """
    contents = read_content(folder).contents
    catalog = Catalog(contents.posts, contents.site)
    records = [post_record(post, catalog) for post in contents.posts]
    if how == "json":
        write_json(records)
    elif how == "csv":
        write_csv(as_csv(records, KEYS))
    else:
        write_table([_row(post) for post in catalog.posts], COLUMNS, whole=("name", "date"))
    report(contents.faults)


def post_record(post: Post, catalog: Catalog) -> dict[str, Any]:
    """Return a post as JSON has it: missing values null, times ISO 8601 with offset.

    On a Hugo site a title that is made from the text or the path is "", and without the site's
    address `url` is the path alone: Hugo lists such a post so.
    """
    is_hugo = catalog.site.is_hugo
    return {
        "path": post.path,
        "kind": post.kind,
        "lang": post.lang,
        "slug": post.slug,
        "title": post.title if post.titled or not is_hugo else "",
        "date": post.date.isoformat() if post.date else None,
        "draft": post.draft,
        "tags": list(post.tags),
        "description": post.description or None,
        "url": post.url or (post.route if is_hugo else "") or None,
        "translations": [other.path for other in catalog.translations(post)],
        "questions": [question.text for question in post.questions],
    }


def _row(post: Post) -> dict[str, Any]:
    """Return a post as the table has it: what it is called, and what sets it apart."""
    apart: list[str] = [post.kind] if post.kind != "essay" else []
    apart += ["draft"] if post.draft else []
    return {
        "date": post.date.date().isoformat() if post.date else None,
        "name": post.name,
        "title": f"{post.title} ({', '.join(apart)})" if apart else post.title,
        "questions": [question.text for question in post.questions],
    }
