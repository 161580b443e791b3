"""`afterword purge`: what earlier exports must lose, and losing it."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlite_utils import Database

from bot.cli.site.exporting import export_again
from bot.cli.terminal.content_argument import content_folder
from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.dates import typed_moment
from bot.cli.terminal.files import replacing
from bot.cli.terminal.output import format_options, say_line, write_csv, write_json, write_table
from bot.cli.terminal.owned_database import in_use
from bot.core.errors import AfterwordError
from bot.desk.export import as_csv
from bot.desk.pruning import NotPrunedError, Pruned, prune
from bot.settings import read_settings
from bot.store.desk import erasures
from bot.store.desk.erasures import Erasure, Known
from bot.store.file.database import open_for_reading, refused_in_words
from bot.store.file.owner import OwnedError
from bot.store.responses.readers import sound
from bot.store.store import Store

COLUMNS = {
    "post": "Essay",
    "response": "Response",
    "erased_at": "Deleted",
    "because": "Why",
}

BY_HAND = (
    "What only you can prune: reports and Markdown (write them again), what a build of the blog "
    "has published (build and deploy again), copies of the database elsewhere, and files that you "
    "gave to others."
)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--essay",
    metavar="POST",
    help="First delete all responses to this essay, slug or lang:slug; and list only those.",
)
@click.option(
    "--before",
    metavar="DATE",
    help="First delete what was written before: a date or time as 2026-03-01, in UTC unless it "
    "ends with an offset such as +03:00, or how long ago as 30d or 52w.",
)
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Bring the data files and feeds up to date that `afterword export --site DIR` wrote.",
)
@click.option("--yes", is_flag=True, help="Do not ask before anything is deleted.")
@database_option()
@format_options("table", "json", "csv")
def purge(
    files: tuple[Path, ...],
    essay: str | None,
    before: str | None,
    site: Path | None,
    database: Path,
    how: str,
    *,
    yes: bool,
) -> None:
    """List the responses that were deleted, which earlier exports must lose, and prune FILES.

    FILES are what `export --all` wrote, and JSON or CSV that `responses` wrote; what was deleted
    from the database leaves them. --essay and --before delete from the database first: stop the bot
    for that.
    """
    post = None if essay is None else sound(essay)
    until = None if before is None else typed_moment(before)
    _require(database, post)
    if post is not None or until is not None:
        _delete(database, post, until, yes=yes)
    with closing(open_for_reading(database)) as db, refused_in_words(database):
        _show(erasures.erasures(db, post), how)
        refused = [file for file in files if not _is_pruned(file, db)]
    if site is not None:
        _export_again(database, site)
    say_line(BY_HAND, err=True)
    if refused:
        many = "One file is" if len(refused) == 1 else f"{len(refused)} files are"
        raise AfterwordError(f"{many} not pruned: see above.")


def _export_again(database: Path, site: Path) -> None:
    settings = read_settings()
    content = content_folder(settings)
    if not export_again(database, site, address=settings.site, content=content):
        say_line(f"Nothing in {site} was written by `afterword export --site`.", err=True)


def _require(database: Path, post: str | None) -> None:
    """Refuse an essay that nobody knows.

    Raises:
        AfterwordError: There is no such database or essay.
    """
    with closing(open_for_reading(database)) as db, refused_in_words(database):
        if post is not None and not erasures.is_known(db, post):
            raise AfterwordError(
                f"No essay is called “{post[:100]}”: write its slug, or lang:slug, as `afterword "
                "responses` shows it."
            )


def _delete(database: Path, post: str | None, until: datetime | None, *, yes: bool) -> None:
    """Delete from the database, from every corner of it, and from the copies beside it.

    Raises:
        AfterwordError: A bot uses the database.
    """
    with closing(open_for_reading(database)) as db, refused_in_words(database):
        count = erasures.count_kept(db, post, until)
    if not count:
        say_line("No response that is kept is like that.", err=True)
        return
    are = "One response is" if count == 1 else f"{count} responses are"
    if not yes:
        click.confirm(f"{are} deleted from {database} for good. Go on?", abort=True, err=True)
    with refused_in_words(database):
        deleted, left = asyncio.run(_delete_all(database, post, until))
    say_line(f"Deleted from {database}: {deleted}.", err=True)
    say_line(left, err=True)


async def _delete_all(path: Path, post: str | None, until: datetime | None) -> tuple[int, str]:
    """Return how many were deleted, and what is left to be done, as a sentence."""
    store, deleted = Store(path), 0
    try:
        await store.open()
    except OwnedError as error:
        raise in_use(path, error, "purge again") from error
    try:
        now = datetime.now(UTC)
        while done := await store.write(erasures.purge, post, until, now):
            deleted += done
        return deleted, await _scrub(store)
    finally:
        await store.close()


async def _scrub(store: Store) -> str:
    try:
        await store.scrub()
    except sqlite3.Error as error:
        return f"Their words are not overwritten yet ({error}): the bot does it when it runs next."
    match store.hindrance:
        case None:
            return (
                "They have left the file, its log, its index and the copies beside it. Answers "
                "that were shown in threads are taken out when the bot runs next."
            )
        case "copy":
            return "They have left the file; a copy beside it could not be changed (see above)."
        case _:
            return (
                "Another program reads the file, and keeps their words in its log: close it. The "
                "bot overwrites them when it runs next."
            )


def _show(found: list[Erasure], how: str) -> None:
    records = [
        {
            "post": one.post,
            "lang": one.lang,
            "response": str(one.response),
            "erased_at": one.erased_at,
            "because": one.because,
        }
        for one in found
    ]
    if how == "json":
        write_json(records)
    elif how == "csv":
        write_csv(as_csv(records, ("post", "lang", "response", "erased_at", "because")))
    elif records:
        write_table(
            [record | {"post": f"{record['lang']}:{record['post']}"} for record in records],
            COLUMNS,
            whole=("post", "response"),
        )
    else:
        say_line("Nothing was deleted.", err=True)


def _is_pruned(file: Path, db: Database) -> bool:
    """Write a file without what was deleted, in its place; say why not if it cannot be."""
    try:
        pruned = _prune(file, db)
    except AfterwordError as error:
        say_line(str(error), err=True)
        return False
    stays = f" {pruned.unknown} are no responses of this database, and stay."
    rows = f"{file}: {pruned.removed} rows removed, {pruned.changed} changed."
    say_line(rows + (stays if pruned.unknown else ""), err=True)
    return True


def _prune(file: Path, db: Database) -> Pruned:
    """Write a file without what was deleted, in its place.

    Raises:
        AfterwordError: It cannot be pruned, read or written.
    """
    try:
        with file.open("rb") as source, replacing(file) as target:
            return prune(source, target, Known(db))  # type: ignore[arg-type]  # both are binary
    except NotPrunedError as error:
        raise AfterwordError(f"{file} {error}.") from error
    except OSError as error:
        raise AfterwordError(f"{file} cannot be read ({error.strerror}): name another.") from error
