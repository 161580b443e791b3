"""`afterword responses`: what readers wrote, read back from the database."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlite_utils import Database

from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.dates import typed_moment
from bot.cli.terminal.output import (
    format_options,
    say,
    write_blocks,
    write_csv,
    write_json,
    write_table,
)
from bot.core.response import Response
from bot.desk.export import KEYS, as_csv, as_markdown, marks, record
from bot.desk.finding import Asked, as_filter, require_known
from bot.store.file.changes import Changes
from bot.store.file.database import open_for_reading, refused_in_words
from bot.store.responses import queries
from bot.store.responses.queries import Filter
from bot.store.responses.readers import sound

POLL_SECONDS = 1.0
"""Between two looks for new responses, each of which reads one page of the file."""

COLUMNS = {
    "post": "Essay",
    "question": "Question",
    "reader_name": "Reader",
    "text": "Response",
    "source": "Given as",
}


@click.command()
@click.argument("post", required=False)
@click.option("--question", metavar="TEXT", help="Only answers to questions that hold this text.")
@click.option("--reader", metavar="NAME", help="Only of the reader of this name or id.")
@click.option(
    "--since",
    metavar="DATE",
    help="Only what was written then or later: a date or time as 2026-03-01 or 2026-03-01T12:00, "
    "in UTC unless it ends with an offset such as +03:00, or how long ago as 12h, 7d, 2w.",
)
@click.option("--highlighted", is_flag=True, help="Only what an author or moderator highlighted.")
@click.option(
    "--search", metavar="WORDS", help="Only what holds all of these words; accents do not matter."
)
@click.option(
    "--follow",
    is_flag=True,
    help="Then wait, and show each new response, until Ctrl-C. An edit or a deletion of what was "
    "shown already is not shown.",
)
@database_option()
@format_options("table", "json", "csv", "md")
def responses(
    post: str | None,
    question: str | None,
    reader: str | None,
    since: str | None,
    search: str | None,
    database: Path,
    how: str,
    *,
    highlighted: bool,
    follow: bool,
) -> None:
    """Show what readers wrote, each under the question it answers.

    POST is an essay's slug, or lang:slug. Without POST, all responses are shown. It works while the
    bot runs.
    """
    asked = Asked(
        post=_typed(post),
        question=_typed(question),
        reader=_typed(reader),
        since=None if since is None else typed_moment(since),
        highlighted=highlighted,
        words=search,
    )
    try:
        _show(_batches(database, asked, follow=follow), how, asked)
    except KeyboardInterrupt:
        if not follow:
            raise


def _typed(text: str | None) -> str | None:
    """Return what was typed; a shell may pass bytes that are no text."""
    return None if text is None else sound(text)


def show_table(found: Sequence[Response]) -> None:
    """Write responses as a table: essay, question, reader, text, how it came and stands."""
    write_table([_row(one) for one in found], COLUMNS, whole=("post",))


def _row(response: Response) -> dict[str, object]:
    return record(response) | {"source": [response.source, *marks(response)]}


def _show(batches: Iterator[list[Response]], how: str, asked: Asked) -> None:
    """Write what there is, and then what comes."""
    for number, found in enumerate(batches):
        if how == "json":
            write_json(record(one) for one in found)
        elif how == "csv":
            write_csv(as_csv([record(one) for one in found], KEYS), is_rest=number > 0)
        elif how == "md":
            say(as_markdown(found), nl=False)
        elif number:
            write_blocks([_row(one) for one in found], COLUMNS, "post")
        elif found:
            show_table(found)
        if not found:
            is_bare = asked == Asked(asked.post)
            say("Nobody has responded yet." if is_bare else "No response is like that.", err=True)


def _batches(path: Path, asked: Asked, *, follow: bool) -> Iterator[list[Response]]:
    """Yield the responses that there are; then, if asked to follow, those that come, for ever.

    Raises:
        AfterwordError: The file cannot be read, or knows no such essay, question or reader.
    """
    with _reading(path, as_it_grows=follow) as db:
        changes = Changes(db, path)
        wanted = as_filter(db, asked)
        require_known(db, asked, wanted)
        found = queries.listing(db, wanted)
        yield found
        shown = {one.id for one in found}
        while follow:
            time.sleep(POLL_SECONDS)
            if not changes.are_there():
                continue
            wanted = as_filter(db, asked)
            if new := queries.matching(db, wanted) - shown:
                shown |= new
                yield queries.listing(db, Filter(ids=tuple(new)))


@contextmanager
def _reading(path: Path, *, as_it_grows: bool) -> Iterator[Database]:
    db = open_for_reading(path, as_it_grows=as_it_grows)
    try:
        with refused_in_words(path):
            yield db
    finally:
        db.close()
