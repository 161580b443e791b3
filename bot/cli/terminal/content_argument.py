"""The posts that a command reads, as the bot would read them."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.blog.blog import Blog, open_source
from bot.blog.files.reading import Contents
from bot.blog.site.configuration import Overrides
from bot.cli.terminal.output import progress, say_line
from bot.core.post import Fault
from bot.settings import Settings, read_settings

F = TypeVar("F", bound=Callable[..., Any])


def folder_argument(function: F) -> F:
    """Add the folder that a command reads; without one, AFTERWORD_CONTENT names it."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.argument("folder", metavar="[DIR]", type=kind, required=False)(function)


def content_folder(settings: Settings) -> Path:
    """Return the folder of the essays that the settings name; of a repository, of its copy."""
    source = open_source(settings.content, settings.database)
    return source if isinstance(source, Path) else source.folder


@dataclass(frozen=True, slots=True)
class Content:
    """What a command has read.

    Attributes:
        name: Where that is, as it may be shown.
        root: The folder that posts' paths are taken from.
    """

    name: str
    root: Path
    contents: Contents


def read_content(folder: Path | None, settings: Settings | None = None) -> Content:
    """Read a folder, with a spinner on standard error if it is a terminal.

    A Git repository is first copied to where the bot keeps its copy, beside the database.

    Args:
        folder: None is what the settings name.
        settings: What the operator knows better than the site's configuration; read if None.

    Raises:
        NoContentError: There is no such folder.
        GitError: The repository cannot be copied.
        SettingsError: A setting cannot be used.
    """
    settings = settings or read_settings()
    source = folder or open_source(settings.content, settings.database)
    overrides = Overrides(settings.site, settings.timezone, settings.language)
    blog = Blog(source, overrides=overrides)
    with progress(f"Reading {blog.name}", counted=False):
        asyncio.run(_refresh(blog))
    by_path = sorted(blog.catalog.posts, key=lambda post: post.path)
    return Content(blog.name, blog.folder, Contents(blog.site, tuple(by_path), blog.faults))


async def _refresh(blog: Blog) -> None:
    try:
        await blog.pull()
        await blog.refresh(datetime.now(UTC))
    finally:
        blog.close()


def fault_line(fault: Fault) -> str:
    """Return a fault as one line; one without a file is the whole folder's."""
    return str(fault) if fault.path else f"{fault.message} {fault.advice}"


def report(faults: Iterable[Fault]) -> None:
    """Write faults to standard error; the exit status is 1 if there are any."""
    found = list(faults)
    for fault in found:
        say_line(fault_line(fault), err=True)
    if found:
        sys.exit(1)
