"""`afterword export`: what may be quoted, for the blog; all that is kept, to move house."""

from contextlib import closing
from pathlib import Path

import click

from bot.cli.site.exporting import export_site
from bot.cli.terminal.content_argument import content_folder
from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.files import replacing
from bot.cli.terminal.output import progress, say_line
from bot.core.errors import AfterwordError
from bot.desk.everything import lines_of
from bot.settings import read_settings
from bot.store.file.database import open_for_reading, refused_in_words


@click.command()
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write what readers agreed to see on the blog: a data file for each post, for the build "
    "of the site in DIR.",
)
@click.option("--yaml", is_flag=True, help="With --site: as YAML, not JSON.")
@click.option("--feed", is_flag=True, help="With --site: as an Atom and a JSON feed, too.")
@click.option(
    "--then",
    metavar="COMMAND",
    help="With --site: a command that builds the site, run in DIR if anything changed.",
)
@click.option(
    "--all",
    "everything",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all that is kept to a file, which `afterword import` takes in; - is standard "
    "output.",
)
@database_option()
@click.pass_context
def export(
    context: click.Context,
    site: Path | None,
    then: str | None,
    everything: Path | None,
    database: Path,
    *,
    yaml: bool,
    feed: bool,
) -> None:
    """Write what readers said, for the blog or for another database. It works while the bot runs.

    With --site, only what readers agreed to see there is written.
    """
    if (site is None) == (everything is None):
        raise click.UsageError("Say what to export: either --site DIR, or --all FILE.")
    if site is None and (yaml or feed or then is not None):
        raise click.UsageError("--yaml, --feed and --then belong to --site DIR.")
    if everything is not None:
        export_all(database, everything)
    elif site is not None:
        settings = read_settings()
        status = export_site(
            database,
            site,
            address=settings.site,
            content=content_folder(settings),
            yaml=yaml,
            feed=feed,
            then=then,
        )
        context.exit(status)


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
