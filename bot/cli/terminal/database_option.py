"""The database that a command reads or writes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.settings import read_settings

F = TypeVar("F", bound=Callable[..., Any])


def database_option(does: str = "The file to read.") -> Callable[[F], F]:
    """Return a decorator that adds ``--database``; without it, AFTERWORD_DATABASE names the file.

    The path has the key that is set, for whichever file.

    Args:
        does: What is done with the file, for the help.
    """
    return click.option(
        "--database",
        type=click.Path(dir_okay=False, path_type=Path),
        default=lambda: read_settings().database,
        callback=lambda _context, _option, path: read_settings().with_key(path),
        help=f"{does} [default: AFTERWORD_DATABASE, or afterword.db]",
    )
