"""`afterword sandbox`: only the small Discord, for tests, benches and other bots."""

import asyncio
import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from bot.cli.logs import set_up_logging
from bot.core.errors import AfterwordError
from bot.sandbox.server import Sandbox, serve


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8899,
    show_default=True,
    help="Port to listen on; 0 takes any free port.",
)
@click.option("--verbose", is_flag=True, help="Log every request.")
def sandbox(port: int, *, verbose: bool) -> None:
    """Run a small Discord on this machine, with one server in it.

    It prints the settings that connect a bot to it. Nothing leaves this machine. When it stops,
    all data is gone.
    """
    set_up_logging(verbose=verbose)
    with suppress(KeyboardInterrupt), told_if_taken(port):
        asyncio.run(serve(port, ready=_announce))


@contextmanager
def told_if_taken(port: int) -> Iterator[None]:
    """Say so in a sentence if another program listens on the port.

    Raises:
        AfterwordError: It does.
    """
    try:
        yield
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise AfterwordError(f"Port {port} is taken: choose another with --port.") from error


def _announce(server: Sandbox) -> None:
    click.echo(f"AFTERWORD_API={server.api}")
    click.echo(f"AFTERWORD_GATEWAY={server.gateway}")
    click.echo(f"DISCORD_TOKEN={server.token}")
    click.echo(f"In a browser: {server.url}", err=True)
    click.echo("Stop it with Ctrl-C.", err=True)
