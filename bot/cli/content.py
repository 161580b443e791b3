"""`afterword check`, `posts` and `preview`: a blog's content, without Discord."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.blog.catalog import Catalog
from bot.blog.folder import Contents, read_body, read_folder
from bot.cli.output import console, format_options, write_csv, write_json, write_table
from bot.core.post import Fault, Post
from bot.discussion.compose import preview_messages
from bot.discussion.outgoing import Outgoing
from bot.settings import read_settings

DIRECTORY = click.Path(path_type=Path)

POST_KEYS = (
    "path",
    "kind",
    "lang",
    "slug",
    "title",
    "date",
    "draft",
    "tags",
    "description",
    "url",
    "translations",
    "questions",
)
"""The keys of a post, in the order of the design's table."""


def folder_argument(command: Any) -> Any:  # noqa: ANN401  # a decorator of click's
    """Add the folder that a command reads."""
    return click.argument("folder", metavar="[DIR]", type=DIRECTORY, required=False)(command)


@click.command()
@folder_argument
@format_options("table", "json")
def check(folder: Path | None, how: str) -> None:
    """List every fault in the content, with file, line and what to do; then a summary.

    DIR is a folder of posts or a whole site. The exit status is 1 if there is a fault, so that it
    serves as a pre-commit hook.
    """
    contents = _read(folder)
    if how == "json":
        write_json(_fault(one) for one in contents.faults)
    else:
        for one in contents.faults:
            click.echo(str(one))
    show = console(stderr=True)
    show.print(_summary(contents))
    if contents.faults:
        sys.exit(1)


@click.command()
@folder_argument
@format_options("table", "json", "csv")
def posts(folder: Path | None, how: str) -> None:
    """List the posts: essays and pages, every language, drafts too.

    DIR is a folder of posts or a whole site.
    """
    contents = _read(folder)
    catalog = Catalog(contents.posts, contents.site)
    records = [post_record(post, catalog) for post in contents.posts]
    if how == "json":
        write_json(records)
    elif how == "csv":
        write_csv(records, POST_KEYS)
    else:
        columns = {
            "slug": "Slug",
            "lang": "Language",
            "title": "Title",
            "date": "Date",
            "questions": "Ends on",
        }
        write_table(records, columns)
    _report(contents.faults)


@click.command()
@folder_argument
@click.argument("post", required=False)
@format_options("table", "json")
def preview(folder: Path | None, post: str | None, how: str) -> None:
    """Show what would be sent for one POST, or for all, always with the full body.

    DIR is a folder of posts or a whole site; POST is a slug or lang:slug. Nothing is sent.
    """
    contents = _read(folder)
    catalog = Catalog(contents.posts, contents.site)
    now = datetime.now(UTC)
    chosen = (
        [catalog.find(post, now=now)]
        if post
        else [one for one in contents.posts if one.kind == "essay"]
    )
    root = _root(folder)
    for one in chosen:
        markdown = read_body(root, one, contents.site)
        record = asyncio.run(_preview(one, markdown))
        if how == "json":
            write_json([record])
        else:
            _show_preview(record)
    _report(contents.faults)


def post_record(post: Post, catalog: Catalog) -> dict[str, Any]:
    """Return a post as JSON has it: missing values null, times ISO 8601 with offset."""
    return {
        "path": post.path,
        "kind": post.kind,
        "lang": post.lang,
        "slug": post.slug,
        "title": post.title,
        "date": post.date.isoformat() if post.date else None,
        "draft": post.draft,
        "tags": list(post.tags),
        "description": post.description or None,
        "url": post.url,
        "translations": [other.path for other in catalog.translations(post)],
        "questions": [question.text for question in post.questions],
    }


async def _preview(post: Post, markdown: str) -> dict[str, Any]:
    """Return a post's messages as JSON; within a loop, which Discord's views want."""
    return {
        "path": post.path,
        "lang": post.lang,
        "slug": post.slug,
        "messages": list(_messages(preview_messages(post, markdown))),
    }


def _messages(messages: Sequence[Outgoing]) -> Iterator[dict[str, Any]]:
    for message in messages:
        yield {
            "kind": message.shown_as,
            "content": message.content,
            "embeds": [dict(message.embed.to_dict())] if message.embed else [],
            "components": message.components(),
        }


def _show_preview(record: dict[str, Any]) -> None:
    show = console()
    show.rule(f"{record['lang']}:{record['slug']}")
    for message in record["messages"]:
        show.print(f"[dim]{message['kind']}, {len(message['content'])} characters[/dim]")
        for embed in message["embeds"]:
            show.print(f"▌ {embed.get('title', '')}", markup=False)
            show.print(f"▌ {embed.get('footer', {}).get('text', '')}", markup=False)
        show.print(message["content"], markup=False)
        labels = [
            child.get("label") or child.get("placeholder", "")
            for row in message["components"]
            for child in row["components"]
        ]
        if labels:
            show.print("  ".join(f"[ {label} ]" for label in labels), markup=False)
        show.print()


def _root(folder: Path | None) -> Path:
    return folder or Path(read_settings().content)


def _read(folder: Path | None) -> Contents:
    """Read a folder with progress on standard error, if somebody watches."""
    root = _root(folder)
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("")

        def advance(done: int, of: int) -> None:
            progress.update(task, completed=done, total=of)

        return read_folder(root, progress=advance if sys.stderr.isatty() else None)


def _report(faults: Sequence[Fault]) -> None:
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        sys.exit(1)


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "path": fault.path,
        "line": fault.line,
        "message": fault.message,
        "advice": fault.advice,
    }


def _summary(contents: Contents) -> str:
    essays = [post for post in contents.posts if post.kind == "essay"]
    langs = sorted({post.lang for post in essays})
    asking = sum(1 for post in essays if post.questions)
    keys = {post.essay for post in essays}
    whole = sum(
        1 for key in keys if len({post.lang for post in essays if post.essay == key}) == len(langs)
    )
    return (
        f"{len(keys)} essays in {', '.join(langs) or 'no language'}; {asking} of {len(essays)} "
        f"posts end on a question; {len(keys) - whole} essays are not in every language; "
        f"{len(contents.posts) - len(essays)} other pages; {len(contents.faults)} faults."
    )
