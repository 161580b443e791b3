"""`afterword encrypt`: the database and the copies beside it, encrypted."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.output import progress, say_line
from bot.cli.terminal.owned_database import ownership
from bot.core.database_key import KEY_BYTES, DatabaseKey
from bot.core.errors import AfterwordError
from bot.settings import read_key_file
from bot.store.file.conversion import Converted, convert, settle
from bot.store.file.database import key_of, sqlcipher

NO_KEY = (
    "There is no key: `afterword encrypt --make-key FILE` writes a new one to a file; or name the "
    "file of yours with --key-file FILE or AFTERWORD_DATABASE_KEY_FILE."
)


@click.command()
@click.option(
    "--make-key",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a new random key to FILE, which must not exist yet, and encrypt with that.",
)
@click.option(
    "--key-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Encrypt with the key in FILE. [default: the key in the settings]",
)
@database_option("The file to encrypt.")
def encrypt(make_key: Path | None, key_file: Path | None, database: Path) -> None:
    """Encrypt the database and the copies beside it. Stop the bot first.

    With another key than the one in the settings, an encrypted database gets that one. The plain
    files are overwritten and removed when the encrypted ones have been checked.
    """
    if make_key is not None and key_file is not None:
        raise click.UsageError("Either --make-key or --key-file.")
    now = key_of(database)
    sqlcipher()
    with owned(database):
        if make_key is not None:
            wanted = write_key(make_key)
        elif key_file is not None:
            wanted = read_key_file(key_file, "--key-file")
        elif now is not None:
            wanted = now
        else:
            raise AfterwordError(NO_KEY)
        with progress("Encrypting (MiB)") as tell:
            done = convert(Path(database), [None, now], wanted, tell)
    _tell(database, done)
    if make_key is not None:
        say_line(
            f"The key is in {make_key}. Keep a second copy of it, and neither beside the database: "
            "whoever has both reads it, and whoever has lost the key does not."
        )
    file = make_key or key_file
    if file is not None and wanted != now:
        say_line(f"Before you start the bot, set AFTERWORD_DATABASE_KEY_FILE={file.absolute()}")


def _tell(database: Path, done: Converted) -> None:
    if not done.is_new:
        say_line(f"{database} was encrypted with this key already.")
    elif done.was_plain:
        say_line(
            f"{database} is encrypted. The plain file was overwritten and removed; an SSD, a "
            "snapshot or a backup may still hold what it held."
        )
    else:
        say_line(f"{database} is encrypted with the new key.")
    tell_of_copies(done, "encrypted")


def tell_of_copies(done: Converted, how: str) -> None:
    """Say what became of the copies beside the database."""
    if done.copies:
        are = "The copy beside it is" if done.copies == 1 else f"{done.copies} copies beside it are"
        say_line(f"{are} {how}, too.")
    for copy in done.left:
        say_line(
            f"No key that is set opens {copy}: it is as it was. Remove it if you no longer need it."
        )


@contextmanager
def owned(database: Path) -> Iterator[None]:
    """Own a database that there is, so that no bot starts on it meanwhile.

    Raises:
        AfterwordError: There is none, or a bot uses it.
    """
    if not database.is_file():
        raise AfterwordError(
            f"There is no database at {database}: name yours with --database. To begin with an "
            "encrypted one, set AFTERWORD_DATABASE_KEY_FILE and run the bot."
        )
    with ownership(database, "try again"):
        yield


def write_key(file: Path) -> DatabaseKey:
    """Write a new key to a new file that only its owner can read, and return it.

    Raises:
        AfterwordError: There is such a file, or it cannot be written.
    """
    key = DatabaseKey(secrets.token_bytes(KEY_BYTES))
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(f"{key.raw.hex()}\n")
            opened.flush()
            os.fsync(descriptor)
        settle(file.absolute().parent)  # before anything is encrypted with it
    except FileExistsError as error:
        raise AfterwordError(
            f"{file} exists already: to encrypt with the key in it, use --key-file {file}."
        ) from error
    except OSError as error:
        raise AfterwordError(
            f"{file} cannot be written ({error.strerror}): name a file in a folder that you may "
            "write to."
        ) from error
    return key
