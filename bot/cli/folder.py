"""The folder of posts that a command reads, as the bot would read it."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.blog.blog import Blog
from bot.blog.folder import Contents
from bot.cli.output import console
from bot.core.post import Fault
from bot.settings import Settings, read_settings

F = TypeVar("F", bound=Callable[..., Any])


def folder_argument(function: F) -> F:
    """Add the folder that a command reads; without one, AFTERWORD_CONTENT names it."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.argument("folder", metavar="[DIR]", type=kind, required=False)(function)


def read_contents(folder: Path | None, settings: Settings | None = None) -> Contents:
    """Read a folder, with a sign of life on standard error if somebody watches.

    Args:
        folder: None is the one that the settings name.
        settings: What the operator knows better than the site's configuration; read if None.

    Raises:
        NoContentError: There is no such folder.
        SettingsError: A setting cannot be used.
    """
    settings = settings or read_settings()
    blog = Blog(
        folder or Path(settings.content),
        address=settings.site,
        timezone=settings.timezone,
        language=settings.language,
    )
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    is_watched = sys.stderr.isatty()
    show = console(stderr=True)
    with Progress(*columns, console=show, transient=True, disable=not is_watched) as progress:
        progress.add_task(f"Reading {blog.folder}", total=None)
        asyncio.run(_refresh(blog))
    by_path = sorted(blog.catalog.posts, key=lambda post: post.path)
    return Contents(blog.site, tuple(by_path), blog.faults)


async def _refresh(blog: Blog) -> None:
    try:
        await blog.refresh(datetime.now(UTC))
    finally:
        blog.close()


def told(fault: Fault) -> str:
    """Return a fault as one line; one without a file is the whole folder's."""
    return str(fault) if fault.path else f"{fault.message} {fault.advice}"


def report(faults: Iterable[Fault]) -> None:
    """Write faults to standard error; the exit status is 1 if there are any."""
    found = list(faults)
    for fault in found:
        click.echo(told(fault), err=True)
    if found:
        sys.exit(1)
