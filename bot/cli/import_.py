"""`afterword import`: what was exported, taken into a database that no bot uses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.files import STANDARD
from bot.cli.terminal.output import progress, say_line
from bot.cli.terminal.owned_database import owned_database
from bot.core.errors import AfterwordError
from bot.desk.chat_export import find_post, read_chat
from bot.desk.everything import DamagedError, ExportFile
from bot.store.desk.importing import ConflictError, Importer, Taken
from bot.store.desk.old_threads import TakenIn, discussed_in, known_posts, take_in
from bot.store.desk.tables import TABLES, columns_of
from bot.store.responses.readers import sound

AGAIN = "import again"
"""What to do once no bot uses the database any more."""


@click.command(name="import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@database_option("The file to take it into; it is made if it is missing.")
@click.option(
    "--discord",
    is_flag=True,
    help="FILE is a thread from before the bot, as DiscordChatExporter writes it as JSON.",
)
@click.option(
    "--post",
    metavar="POST",
    help="With --discord: the essay that the thread is about, as slug or lang:slug. "
    "[default: the one that its name or an address in it names]",
)
def import_(file: Path, database: Path, post: str | None, *, discord: bool) -> None:
    """Take in FILE, which `afterword export --all` wrote; - is standard input.

    What is known here stays as it is, and what was deleted stays deleted. Stop the bot first.
    """
    if post is not None and not discord:
        raise click.UsageError("--post belongs to --discord.")
    with _opened(file) as source:
        if discord:
            _tell_of_chat(import_chat(source, database, None if post is None else sound(post)))
        else:
            _tell(import_all(source, database), database)


def _tell(taken: Taken, path: Path) -> None:
    say_line(f"{taken.new} rows are new in {path}; {taken.known} were known, and stay as they are.")
    if taken.left_out or taken.buried:
        say_line(
            f"{taken.left_out} responses were deleted here, and stay away; {taken.buried} were "
            "deleted there, and are deleted here, too."
        )
    _tell_of_refused(taken.refused)


def _tell_of_refused(count: int) -> None:
    if count:
        say_line(f"{count} stay away: their readers said no to keeping, or no yes before them.")


def _tell_of_chat(taken: TakenIn) -> None:
    say_line(
        f"{taken.new} messages are new, under the essay {taken.post.name}; {taken.known} were "
        "known or deleted, and stay so."
    )
    _tell_of_refused(taken.refused)


def import_chat(source: BinaryIO, path: Path, post: str | None) -> TakenIn:
    """Take an exported thread into a database, or leave that as it was.

    Args:
        post: What the essay is called that it is about; None to find it.

    Raises:
        AfterwordError: The file is damaged, a bot uses the database, or no essay is found.
    """
    chat = read_chat(source)
    if not path.is_file():
        raise AfterwordError(
            f"There is no database at {path}: run the bot once, so that it knows the essays."
        )
    with owned_database(path, AGAIN) as db:
        posts = known_posts(db)
        discussed = discussed_in(db, chat.thread.id)
        found = next((one for one in posts if one.id == discussed), None)
        if found is None or post is not None:
            named = find_post(chat, posts, post)
            if found is not None and named.essay_id != found.essay_id:
                raise AfterwordError(
                    f"The bot knows that thread as the one about {found.name}: leave out --post."
                )
            found = found or named
        return take_in(db, chat.thread, found, datetime.now(UTC))


def import_all(source: BinaryIO, path: Path) -> Taken:
    """Take a file into a database, or leave that as it was.

    Raises:
        AfterwordError: The file is damaged or of another version, a bot uses the database, or what
            it holds does not fit the file.
    """
    exported = ExportFile(source)
    with owned_database(path, AGAIN) as db, progress("Importing") as tell:
        importer = Importer(db, {name: columns_of(db, name) for name in TABLES}, datetime.now(UTC))
        number = 1
        try:
            for number, table, row in exported.rows(importer.columns):
                importer.take(table, row)
                if number % 1000 == 0:
                    tell(number, exported.count)
            return importer.finish()
        except ConflictError as error:
            raise DamagedError(number, str(error), error.advice) from error


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    if file == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        with file.open("rb") as source:
            yield source
    except OSError as error:
        raise AfterwordError(f"{file} cannot be read ({error.strerror}): name another.") from error
