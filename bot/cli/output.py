"""Answers in the form that was asked for: a table, JSON Lines, CSV or Markdown."""

import csv
import io
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

F = TypeVar("F", bound=Callable[..., Any])

Record = Mapping[str, Any]


def format_options(*formats: str) -> Callable[[F], F]:
    """Return a decorator that adds ``--format`` and ``--json`` to a command."""

    def decorate(function: F) -> F:
        choice = click.option(
            "--format",
            "how",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="How to write the answer.",
        )
        short = click.option(
            "--json", "how", flag_value="json", help="The same as --format json: JSON Lines."
        )
        return choice(short(function))

    return decorate


def write_json(records: Iterable[Record]) -> None:
    """Write JSON Lines: UTF-8, one object a line, never wrapped."""
    for record in records:
        sys.stdout.buffer.write(orjson.dumps(record) + b"\n")
    sys.stdout.buffer.flush()


def write_csv(records: Sequence[Record], keys: Sequence[str]) -> None:
    """Write a CSV table with a head line; lists are joined by semicolons."""
    file = io.StringIO()
    writer = csv.DictWriter(file, keys, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow(
            {k: "; ".join(map(str, v)) if isinstance(v, list) else v for k, v in record.items()}
        )
    click.echo(file.getvalue(), nl=False)


def write_table(records: Sequence[Record], columns: Mapping[str, str], *, title: str = "") -> None:
    """Write a table for a terminal.

    Args:
        columns: Keys of the records, and the heads to show for them.
        title: A line above the table.
    """
    table = Table(title=title or None, title_justify="left", header_style="bold")
    for head in columns.values():
        table.add_column(head, overflow="fold")
    for record in records:
        table.add_row(*(_cell(record.get(key)) for key in columns))
    console().print(table)


def console(*, stderr: bool = False) -> Console:
    """Return a console that is plain in a pipe and as wide as a page there."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else 120, highlight=False)


def _cell(value: object) -> Text:
    if value is None:
        return Text("—", style="dim")
    if isinstance(value, (list, tuple)):
        return Text("\n".join(map(str, value)))
    return Text(str(value))
