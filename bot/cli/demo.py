"""`afterword demo`: the bot and a small Discord on this machine, and a tour of both."""

import asyncio
import logging
import shlex
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.blog.files.reading import Contents, NoContentError, read_folder
from bot.cli.responses import show_table
from bot.cli.sandbox import told_if_taken
from bot.cli.terminal.logs import set_up_logging
from bot.cli.terminal.output import console, say_line
from bot.cli.terminal.program_name import program_name
from bot.cli.tour.actions import Scene
from bot.cli.tour.page import report_page, stored_tables
from bot.cli.tour.running_bot import RunningBot, demo_settings
from bot.cli.tour.selection import Selection, introduction, select
from bot.cli.tour.steps import Tour
from bot.core.errors import AfterwordError
from bot.sandbox.server import Sandbox
from bot.sandbox.world import default_world

log = logging.getLogger(__name__)

PATIENCE = (20.0, 3.0)
"""Seconds that the tour waits for the page to open: with a terminal, and without."""

TAGS, TAG_NAME = 20, 20
"""Tags of a forum, and characters of a tag's name (docs/discord-facts.md#channel-limits)."""

PACKED, CHECKED_OUT = (Path(__file__).parents[number] / "content" for number in (1, 2))
OURS = PACKED if PACKED.is_dir() else CHECKED_OUT
"""The essays that come with the project: in the package, or beside it in a checkout."""


@click.command()
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    default=OURS,
    help="A folder of posts, or a whole site. [default: the essays that come with Afterword]",
)
@click.option("--once", is_flag=True, help="End after the tour. Exit status 1: a step failed.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0 takes a free one.")
def demo(content: Path, port: int, *, once: bool) -> None:
    """Try Afterword without a Discord account: nothing leaves this machine.

    A small Discord starts with the bot in it, and its address is printed first. In the browser,
    three readers, a moderator and an author show what the bot does. Press a key or click to stop
    the tour and try the bot yourself.
    """
    folder = Path(tempfile.mkdtemp(prefix="afterword-"))
    details = folder / "faults.log"
    set_up_logging(level=logging.WARNING, details=details)
    try:
        contents = _read(content)
        selection = select(content, contents, datetime.now(UTC))
        with suppress(KeyboardInterrupt), told_if_taken(port):
            playing = _demo(content, contents, selection, folder / "demo.db", port, once=once)
            if not asyncio.run(playing):
                sys.exit(1)
    except AfterwordError:
        with suppress(OSError):
            folder.rmdir()  # if nothing is in it
        raise
    except Exception as error:
        log.exception("The demo failed unexpectedly")
        text = f"The demo cannot go on ({type(error).__name__}). What happened is in {details}."
        raise AfterwordError(text) from error
    finally:
        set_up_logging(level=logging.WARNING)  # lets go of the file


def _read(content: Path) -> Contents:
    """Return what a folder holds.

    Raises:
        NoContentError: It is no folder, or cannot be read.
    """
    if content.exists() and not content.is_dir():
        raise NoContentError(f"{content} is a file: name the folder that it is in with --content.")
    if not content.exists():
        raise NoContentError(
            f"There is no folder {content}: name a folder of posts or a whole site with --content."
        )
    try:
        return read_folder(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NoContentError(f"{content} cannot be read: {reason}.") from error


async def _demo(
    content: Path,
    contents: Contents,
    selection: Selection,
    database: Path,
    port: int,
    *,
    once: bool,
) -> bool:
    show = console()
    async with Sandbox(port) as sandbox:
        world = default_world(sandbox.state, _common_tags(contents))
        sandbox.tour.offer_stored(lambda: stored_tables(database))
        sandbox.tour.offer_report(lambda: report_page(database, sandbox.url))
        click.echo(f"Open {sandbox.url} in a browser: a small Discord, with the bot in it.")
        for line in introduction(content, selection):
            say_line(line)
        click.echo(f"The bot's memory is {database}")
        bot = RunningBot(demo_settings(content, database, sandbox), sandbox.token)
        await bot.start()
        try:
            tour = Tour(Scene(sandbox, world, bot, selection), show)
            if not once:
                await _wait_for_a_viewer(sandbox)
            went_well = await tour.run(paced=not once)
            _show_kept(bot, database)
            if not once:
                show.print(
                    "\nThe bot goes on. Another terminal can read what it keeps:\n"
                    f"  {program_name()} responses --database {shlex.quote(str(database))}\n"
                    "Stop it with Ctrl-C."
                )
                await asyncio.Event().wait()
        finally:
            await bot.stop()
    return went_well


def _show_kept(bot: RunningBot, database: Path) -> None:
    kept = bot.kept()
    if not kept:
        click.echo(f"\nThe bot has kept nothing in {database.name}.")
        return
    click.echo(f"\nWhat the bot has kept, read back from {database.name}:")
    show_table(kept)


def _common_tags(contents: Contents) -> list[str]:
    """Return the most frequent tags whose names a forum allows."""
    counts = Counter(tag for post in contents.posts for tag in post.tags)
    return [tag for tag, _ in counts.most_common() if len(tag) <= TAG_NAME][:TAGS]


async def _wait_for_a_viewer(sandbox: Sandbox) -> None:
    is_terminal = sys.stdout.isatty()
    if is_terminal:
        click.echo(f"The tour begins when it is open, or in {PATIENCE[0]:.0f} seconds.")
    await sandbox.tour.until_watched(PATIENCE[0] if is_terminal else PATIENCE[1])
