"""`afterword decrypt`: an encrypted database, and the copies beside it, as plain files again."""

from pathlib import Path

import click

from bot.cli.encrypt import owned, tell_of_copies
from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.output import progress, say_line
from bot.core.errors import AfterwordError
from bot.settings import read_key_file
from bot.store.file.conversion import convert
from bot.store.file.database import key_of, sqlcipher


@click.command()
@click.option(
    "--key-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file with the key that opens it. [default: the key in the settings]",
)
@database_option("The file to decrypt.")
def decrypt(key_file: Path | None, database: Path) -> None:
    """Make an encrypted database and the copies beside it plain files again. Stop the bot first."""
    key = key_of(database) if key_file is None else read_key_file(key_file, "--key-file")
    if key is None:
        raise AfterwordError(
            "There is no key: set AFTERWORD_DATABASE_KEY_FILE to the file that holds it, or name "
            "that with --key-file FILE."
        )
    sqlcipher()
    with owned(database), progress("Decrypting (MiB)") as tell:
        done = convert(Path(database), [key], None, tell)
    if done.is_new:
        say_line(
            f"{database} is not encrypted any more. Before you start the bot, take "
            "AFTERWORD_DATABASE_KEY and AFTERWORD_DATABASE_KEY_FILE out of the settings."
        )
    else:
        say_line(f"{database} was not encrypted.")
    tell_of_copies(done, "decrypted")
