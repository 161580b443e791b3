"""`afterword demo`: the bot and a small Discord on this machine, and a tour of both."""

import asyncio
import logging
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from bot.blog.folder import read_folder
from bot.cli.logs import set_up_logging
from bot.cli.output import console
from bot.cli.responses import show_table
from bot.cli.running import Running, demo_settings
from bot.cli.sandbox import told_if_taken
from bot.cli.tour import Tour
from bot.sandbox.server import Sandbox
from bot.sandbox.world import default_world

OURS = Path(__file__).parents[2] / "content"
"""The essays that come with the project."""


@click.command()
@click.option(
    "--content",
    type=click.Path(file_okay=False, path_type=Path),
    default=OURS,
    help="A folder of posts, or a whole site. [default: the essays that come with Afterword]",
)
@click.option("--once", is_flag=True, help="End after the tour; 1 if a step did not show it.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen; 0 is any.")
def demo(content: Path, port: int, *, once: bool) -> None:
    """Try Afterword without a Discord account: nothing leaves this machine.

    A small Discord starts here with the bot in it. Three readers, a moderator and an author take
    a tour of everything, and what they wrote is read back from SQLite at the end.
    """
    set_up_logging(level=logging.WARNING)
    read_folder(content)
    folder = Path(tempfile.mkdtemp(prefix="afterword-"))
    with suppress(KeyboardInterrupt), told_if_taken(port):
        if not asyncio.run(_demo(content, folder / "demo.db", port, once=once)):
            sys.exit(1)


async def _demo(content: Path, database: Path, port: int, *, once: bool) -> bool:
    show = console()
    async with Sandbox(port) as sandbox:
        world = default_world(sandbox.state)
        show.print(f"A small Discord listens on {sandbox.url}; the bot's memory is {database}")
        bot = Running(demo_settings(content, database, sandbox), sandbox.token)
        await bot.start()
        try:
            tour = Tour(sandbox, world, bot, show)
            went_well = await tour.run()
            click.echo(f"\nWhat the bot has kept, read back from {database.name}:")
            show_table(bot.kept())
            if not once:
                show.print(
                    "\nThe bot goes on. Another terminal can read what it keeps:\n"
                    f"  afterword responses --database {database}\n"
                    "Stop it with Ctrl-C."
                )
                await asyncio.Event().wait()
        finally:
            await bot.stop()
    return went_well
