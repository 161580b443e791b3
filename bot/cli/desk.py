"""`afterword desk`: Datasette on the database."""

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import click

from bot.cli.sandbox import told_if_taken
from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.output import say_line
from bot.core.database_key import KeyedPath
from bot.core.errors import AfterwordError

COPIED = (
    "The database is encrypted, so this is a copy of it in memory: what is written or deleted from "
    "now on is not seen. Start it again to see that."
)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="Port to listen on; 0 takes any free port.",
)
@click.option(
    "--identities", is_flag=True, help="Show who wrote what, and responses that are hidden."
)
@database_option()
def desk(port: int, database: Path, *, identities: bool) -> None:
    """Open the database in Datasette, to read, filter and search it in a browser.

    Only this machine can open it. It works while the bot runs, and changes nothing. Names and ids
    of readers, links to their messages, and hidden responses are held back. What readers wrote may
    hold names all the same.
    """
    if find_spec("datasette") is None:
        raise AfterwordError("Datasette is not installed: type pip install 'afterword[desk]'.")
    from bot.desk.datasette.serving import serve  # noqa: PLC0415  # it may be missing

    if isinstance(database, KeyedPath):
        say_line(COPIED, err=True)
    with suppress(KeyboardInterrupt), told_if_taken(port):
        serve(database, port, identities=identities, ready=_announce)


def _announce(address: str) -> None:
    say_line(f"In a browser: {address}")
    say_line("Stop it with Ctrl-C.", err=True)
