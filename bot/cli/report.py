"""`afterword report`: what readers said, as one page to read, to print and to keep."""

from contextlib import closing
from pathlib import Path

import click

from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.files import STANDARD, replacing
from bot.cli.terminal.output import progress, say_line
from bot.core.errors import AfterwordError
from bot.desk.finding import Asked, as_filter, require_known
from bot.desk.report.page import report as set_page
from bot.store.desk.report import Material, material
from bot.store.file.database import open_for_reading, refused_in_words
from bot.store.responses.readers import sound


@click.command()
@click.argument("post", required=False)
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help="The page to write, for instance report.html; - is standard output.",
)
@database_option()
def report(post: str | None, output: Path, database: Path) -> None:
    """Write a page of what was asked and answered, to read in a browser and to print.

    POST is an essay's slug, for all its translations, or lang:slug for one. Without POST, the page
    is about all essays. It works while the bot runs.

    The page is one file that needs nothing else. It holds readers' words and names: only you can
    read the file (mode 0600) until you give it away.
    """
    found = write_report(database, output, None if post is None else sound(post))
    if not found.said:
        say_line("Nobody has responded yet.", err=True)
    if output != STANDARD:
        say_line(f"The report is in {output}.")


def write_report(database: Path, output: Path, post: str | None = None) -> Material:
    """Write the page, and return what it is made of.

    Raises:
        AfterwordError: The database cannot be read or knows no such essay, or the page cannot be
            written.
    """
    with (
        closing(open_for_reading(database)) as db,
        refused_in_words(database),
        db.atomic(),
        progress("Reading the responses") as tell,
    ):
        if output.exists() and output.samefile(database):
            raise AfterwordError(f"{output} is the database itself: name another file.")
        asked = Asked(post)
        require_known(db, asked, as_filter(db, asked))
        found = material(db, post, tell)
    with progress("Setting the page") as tell:
        page = set_page(found, tell)
    with replacing(output) as file:
        file.write(page.encode(errors="replace"))
    return found
