"""`afterword check`: every fault in the content."""

import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import click

from bot.blog.folder import Contents
from bot.cli.folder import folder_argument, read_contents, told
from bot.cli.output import format_options, write_json


@click.command()
@folder_argument
@format_options("table", "json")
def check(folder: Path | None, how: str) -> None:
    """List every fault in the content, with file, line and what to do; then a summary.

    DIR is a folder of posts or a whole site. [default: AFTERWORD_CONTENT, or content]

    The exit status is 1 if there is a fault, so that it serves as a pre-commit hook.
    """
    contents = read_contents(folder)
    is_json = how == "json"
    if is_json:
        write_json(asdict(fault) for fault in contents.faults)
    else:
        for fault in contents.faults:
            click.echo(told(fault))
    click.echo(summary(contents), err=is_json)
    if contents.faults:
        sys.exit(1)


def summary(contents: Contents) -> str:
    """Return what a folder holds, in one line."""
    posts = [post for post in contents.posts if post.kind == "essay"]
    languages: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        languages[post.essay].add(post.lang)
    every = sorted({post.lang for post in posts})
    asking = sum(1 for post in posts if post.questions)
    partly = sum(1 for some in languages.values() if len(some) < len(every))
    parts = [
        f"{_count(len(languages), 'essay')} in {_count(len(every), 'language')}"
        + (f" ({', '.join(every)})" if every else ""),
        f"{asking} of {_count(len(posts), 'post')} ending on a question",
        f"{_count(partly, 'essay')} untranslated in part" if len(every) > 1 else "",
        _count(len(contents.posts) - len(posts), "other page"),
        _count(len(contents.faults), "fault"),
    ]
    return f"{', '.join(part for part in parts if part)}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
