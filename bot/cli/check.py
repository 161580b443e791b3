"""`afterword check`: every fault in the content."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.blog.summary import Summary, summarise
from bot.blog.trial import unshowable
from bot.cli.folder import folder_argument, read_content, told
from bot.cli.output import format_options, progress, say_line, write_json

MOST_NAMED = 5
"""Of a kind, in the summary."""


@click.command()
@folder_argument
@format_options("table", "json")
def check(folder: Path | None, how: str) -> None:
    """List every fault in the content, with file, line and what to do; then a summary.

    DIR is a folder of posts or a whole site. [default: AFTERWORD_CONTENT, or content]

    The exit status is 1 if there is a fault, so that it serves as a pre-commit hook.
    """
    content = read_content(folder)
    contents = content.contents
    is_json = how == "json"
    with progress("Showing every essay") as show:
        faults = [*contents.faults, *unshowable(content.root, contents, show)]
    if is_json:
        write_json(asdict(fault) for fault in faults)
    else:
        for fault in faults:
            say_line(told(fault))
    summary = summarise(content.root, contents)
    for line in summary_lines(summary, len(faults)):
        say_line(line, err=is_json)
    if faults:
        sys.exit(1)


def summary_lines(summary: Summary, faults: int) -> Iterator[str]:
    """Yield what is worth knowing of a blog, and last what it holds in one line."""
    if summary.guessed not in {"", "en"}:
        yield f"The site names no language. Most posts are in “{summary.guessed}”: it is taken."
    if summary.in_other_language:
        found = [f"{path} ({lang})" for path, lang in summary.in_other_language]
        yield f"Seem to be in another language than the site says: {_some(found)}."
    if summary.alike_tags:
        found = [" / ".join(group) for group in summary.alike_tags]
        yield f"Tags that differ only in case or accents: {_some(found)}."
    if summary.unread:
        found = [f"{count} {ending}" for ending, count in summary.unread]
        yield f"Pages of the site that are not read, as only Markdown is: {_some(found)}."
    if summary.is_without_address:
        yield "The site's configuration has no address to link to: set it there, or AFTERWORD_SITE."
    if summary.left_out:
        yield summary.left_out
    if 0 < len(summary.untranslated) <= summary.essays / 2:  # else it is how the blog is meant
        yield f"Untranslated: {_some(summary.untranslated)}."
    languages = ", ".join(f"{count} {lang}" for lang, count in summary.languages)
    parts = [
        _count(summary.essays, "essay") + (f" ({languages})" if languages else ""),
        f"{summary.with_questions} with questions",
        f"{len(summary.untranslated)} untranslated",
        _count(summary.drafts, "draft"),
        f"{summary.undated} undated",
        _count(summary.pages, "other page"),
        _count(faults, "fault"),
    ]
    yield f"{', '.join(parts)}."


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
