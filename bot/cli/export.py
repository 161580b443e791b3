"""`afterword export`: what the database holds, for another one."""

from contextlib import closing
from pathlib import Path

import click

from bot.cli.terminal.files import replacing
from bot.cli.terminal.output import progress, say_line
from bot.core.errors import AfterwordError
from bot.desk.everything import lines_of
from bot.settings import read_settings
from bot.store.file.database import open_for_reading, refused_in_words


@click.command()
@click.option(
    "--all",
    "everything",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all that is kept to a file, which `afterword import` takes in; - is standard "
    "output.",
)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to read. [default: AFTERWORD_DATABASE, or afterword.db]",
)
def export(everything: Path | None, database: Path | None) -> None:
    """Write what readers said and all that belongs to it. It works while the bot runs."""
    if everything is None:
        raise click.UsageError("Say what to export: --all FILE.")
    export_all(database or read_settings().database, everything)


def export_all(database: Path, file: Path) -> None:
    """Write all that a database holds to a file, as it is at one moment.

    Raises:
        AfterwordError: The one cannot be read, or the other not be written.
    """
    with closing(open_for_reading(database)) as db, refused_in_words(database):
        if file.exists() and file.samefile(database):
            raise AfterwordError(f"{file} is the database itself: name another file.")
        with (
            db.atomic(),
            replacing(file) as target,
            progress("Exporting") as tell,
        ):
            for line in lines_of(db, tell):
                target.write(line)
    if file != Path("-"):
        say_line(f"Wrote {file}. It holds what readers wrote, and their names: keep it safe.")
