"""`afterword export`: what may be quoted, for a site, or all that is kept, for another database."""

import shlex
import subprocess
from contextlib import closing
from pathlib import Path

import click

from bot.cli.terminal.files import replacing
from bot.cli.terminal.output import progress, say_line
from bot.cli.terminal.site_folder import (
    apply,
    changes,
    data_folder,
    forget_build_due,
    is_build_due,
    mark_build_due,
    public_folder,
)
from bot.core.errors import AfterwordError
from bot.desk.everything import lines_of
from bot.desk.site.files import data_files, feed_files, posts_data
from bot.settings import read_settings
from bot.store.file.database import open_for_reading, refused_in_words


@click.command()
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Give the site in this folder what may be quoted: one data file for each post.",
)
@click.option("--yaml", is_flag=True, help="With --site: YAML instead of JSON.")
@click.option("--feed", is_flag=True, help="With --site: feeds too, as Atom and JSON Feed.")
@click.option(
    "--then",
    "command",
    metavar="COMMAND",
    help="With --site: run this in DIR if anything changed, to build the site.",
)
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
def export(
    site: Path | None,
    command: str | None,
    everything: Path | None,
    database: Path | None,
    *,
    yaml: bool,
    feed: bool,
) -> None:
    """Give a site what readers may be quoted with, or write all that is kept.

    It works while the bot runs.
    """
    if (everything is None) == (site is None):
        raise click.UsageError("Say what to export: either --site DIR or --all FILE.")
    if site is None and (yaml or feed or command is not None):
        raise click.UsageError("--yaml, --feed and --then belong to --site DIR.")
    path = database or read_settings().database
    if site is not None:
        export_site(path, site, command, yaml=yaml, feed=feed)
    elif everything is not None:
        export_all(path, everything)


def export_site(database: Path, site: Path, command: str | None, *, yaml: bool, feed: bool) -> None:
    """Bring a site's data files up to date, and have the site built if any changed.

    Raises:
        AfterwordError: The database cannot be read, the folder not be written, or the command not
            be run.
    """
    with (
        closing(open_for_reading(database)) as db,
        refused_in_words(database),
        db.atomic(),
        progress("Reading what may be quoted") as tell,
    ):
        posts = posts_data(db, tell)
    folder = data_folder(site)
    wanted = {folder / path: content for path, content in data_files(posts, yaml=yaml)}
    if feed:
        wanted |= {public_folder(site) / name: text for name, text in feed_files(posts).items()}
    found = changes(site, wanted)
    if command is not None and found:
        mark_build_due(site)
    with progress("Writing") as tell:
        for number in apply(site, found):
            tell(number, len(found.written) + len(found.removed))
    say_line(
        f"{len(found.written)} files written, {len(found.removed)} removed, {found.unchanged} as "
        f"they were, in {folder}."
    )
    if command is not None and (found or is_build_due(site)):
        _build(site, command)


def _build(site: Path, command: str) -> None:
    """Run the site's build; if it fails, the next export runs it again.

    Raises:
        AfterwordError: There is no such command.
    """
    try:
        ran = subprocess.run(shlex.split(command), cwd=site, check=False)  # noqa: S603  # as asked
    except (OSError, ValueError, IndexError) as error:
        raise AfterwordError(
            f"“{command}” cannot be run ({error}): give --then a program with its options, as you "
            "would type it in the site's folder."
        ) from error
    if ran.returncode:
        raise AfterwordError(
            f"“{command}” ended with status {ran.returncode}. The next export runs it again."
        )
    forget_build_due(site)


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
