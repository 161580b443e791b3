"""`afterword check`: every fault in the content."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.blog.doubts import Doubt, doubts
from bot.blog.files.layout import Layout
from bot.blog.summary import Summary, summarise
from bot.cli.terminal.content_argument import (
    Content,
    fault_line,
    folder_argument,
    read_content,
)
from bot.cli.terminal.output import format_options, progress, say_line, write_json
from bot.core.post import Fault

MOST_NAMED = 5
"""How many of each kind the summary names."""

MOST_ALONE = 3
"""Files with the same fault that each have a line of their own."""


@click.command()
@folder_argument
@click.option("--questions", is_flag=True, help="List essays whose closing questions are unsure.")
@format_options("table", "json")
def check(folder: Path | None, how: str, *, questions: bool) -> None:
    """List every fault in the content, with file, line and what to do; then a summary.

    DIR is a folder of posts or a whole site. [default: AFTERWORD_CONTENT, or content]

    A fault keeps an essay out of Discord. A warning names a probable mistake, a note an assumption.
    The exit status is 1 if there is a fault, so that this works as a pre-commit hook.
    """
    content = read_content(folder)
    contents = content.contents
    is_json = how == "json"
    if questions:
        show_doubts(content, is_json=is_json)
        return
    with progress("Showing every essay") as show:
        summary = summarise(content.root, contents, show)
    faults = [*contents.faults, *summary.unshowable]
    for line in layout_lines(summary.layout):
        say_line(line, err=is_json)
    if is_json:
        write_json(asdict(fault) for fault in faults)
    else:
        for line in fault_lines(faults):
            say_line(line)
    for line in (*warning_lines(summary), *note_lines(summary), total_line(summary, len(faults))):
        say_line(line, err=is_json)
    if faults:
        sys.exit(1)


def show_doubts(content: Content, *, is_json: bool) -> None:
    """List the essays whose closing questions are unsure, and what to write to settle each."""
    with progress("Reading every ending") as show:
        found = doubts(content.root, content.contents, show)
    if is_json:
        write_json(
            {
                "path": one.path,
                "asked": one.asked,
                "unsure": [
                    {"text": each.text, "probability": round(each.probability, 2)}
                    for each in one.said
                    if each.is_unsure
                ],
                "settled_by": one.settled_by,
            }
            for one in found
        )
    else:
        for one in found:
            for line in doubt_lines(one):
                say_line(line)
    say_line(f"Unsure of the questions of {_count(len(found), 'essay')}.", err=is_json)


def doubt_lines(one: Doubt) -> Iterator[str]:
    """Yield what may be an essay's closing questions, and the line that settles it."""
    yield one.path
    for each in one.said:
        choice = "asked" if each.is_asked else "not asked"
        yield f"  {choice:9} {each.probability:4.0%}  {each.text}"
    yield "  To settle it, write into its front matter what of this it asks its readers:"
    yield from (f"  {line}" for line in one.settled_by.splitlines())


def layout_lines(found: Layout) -> Iterator[str]:
    """Yield the generator of a folder, what is read of it, and what is left out and why."""
    what = f"Taken for: {found.name or 'a folder of posts'}"
    folders = ", ".join(f"{folder}/" if folder else "all of it" for folder in found.read)
    yield f"{what}. Read: {folders or 'nothing'}."
    if found.left_out:
        yield f"Left out: {_some([f'{folder}/ ({why})' for folder, why in found.left_out])}."


def fault_lines(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield faults as lines; a fault of many files is one line with all their places."""
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.message, fault.advice), []).append(fault)
    for (message, advice), group in sorted(groups.items(), key=lambda one: -len(one[1])):
        if len(group) <= MOST_ALONE:
            yield from map(fault_line, group)
        else:
            yield f"{len(group)} times: {message} {advice}"
            yield from (f"  {fault.place}" for fault in group)


def warning_lines(summary: Summary) -> Iterator[str]:
    """Yield what an author probably did not mean."""
    if summary.in_other_language:
        found = [f"{path} ({lang})" for path, lang in summary.in_other_language]
        yield f"Warning: Seem to be in another language than the site says: {_some(found)}."
    if summary.alike_tags:
        found = [" / ".join(group) for group in summary.alike_tags]
        yield f"Warning: Tags that differ only in case or accents: {_some(found)}."
    if summary.layout.variants:
        variants = summary.layout.variants
        yield f"Warning: Not read, as the post beside each is the one: {_some(variants)}."
    if summary.is_without_address:
        yield (
            "Warning: The site's configuration has no address to link to: set it there, or "
            "AFTERWORD_SITE."
        )
    if summary.left_out:
        yield f"Warning: {summary.left_out}"


def note_lines(summary: Summary) -> Iterator[str]:
    """Yield what was assumed, and what may be intended."""
    if summary.guessed not in {"", "en"}:
        yield f"Note: The site names no language. Most posts are in “{summary.guessed}”."
    if summary.untitled:
        yield (
            f"Note: {_count(len(summary.untitled), 'essay')} without a title in front matter: the "
            f"first heading or the file's name is taken: {_some(summary.untitled)}."
        )
    if summary.layout.readmes:
        yield f"Note: Not read, as they tell about their folder: {_some(summary.layout.readmes)}."
    if summary.dated_by_git:
        yield (
            f"Note: {_count(len(summary.dated_by_git), 'essay')} without a date: that of the first "
            f"commit is taken: {_some(summary.dated_by_git)}."
        )
    if summary.undated:
        yield (
            f"Note: {_count(summary.undated, 'essay')} without a date anywhere: a thread starts "
            "when a moderator types `/discuss`."
        )
    if summary.unread:
        found = [f"{count} {ending}" for ending, count in summary.unread]
        yield f"Note: Pages of the site that are not read, as only Markdown is: {_some(found)}."
    if 0 < len(summary.untranslated) <= summary.essays / 2:  # else it is how the blog is meant
        yield f"Note: Untranslated: {_some(summary.untranslated)}."


def total_line(summary: Summary, faults: int) -> str:
    """Return what a blog holds in one line."""
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
    return f"{', '.join(parts)}."


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
