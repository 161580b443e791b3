"""Answers in the form that was asked for: a table, JSON Lines, CSV or Markdown.

All that a command writes goes through here, so that no text of readers or files commands the
terminal. JSON is exact; everywhere else control characters are shown as pictures or names
(`bot.core.text.control_characters`).
"""

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from bot.cli.terminal.program_name import pasteable
from bot.core.text.control_characters import escape_in_json, visible, visible_line

F = TypeVar("F", bound=Callable[..., Any])

Record = Mapping[str, Any]

PAGE = 120
"""The width of a table that is read from a pipe."""

LEAST_COLUMN = 16
"""The least width of a column of sentences."""

NOTHING = "—"


def format_options(*formats: str) -> Callable[[F], F]:
    """Return a decorator that adds ``--format`` and ``--json`` to a command."""

    def decorate(function: F) -> F:
        choice = click.option(
            "--format",
            "how",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="Format of the output.",
        )
        short = click.option(
            "--json", "how", flag_value="json", help="The same as --format json: JSON Lines."
        )
        return choice(short(function))

    return decorate


def write_json(records: Iterable[Record]) -> None:
    """Write JSON Lines: UTF-8, one object a line, never wrapped.

    It is exact: what would command a terminal is written as an escape of JSON's own.

    Half a surrogate pair, which a file's name or an escape in its front matter can hold, becomes
    a question mark: UTF-8 has no bytes for it.
    """
    for record in records:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        sys.stdout.buffer.write(escape_in_json(line).encode(errors="replace") + b"\n")
    sys.stdout.buffer.flush()


def write_csv(text: str, *, is_rest: bool = False) -> None:
    """Write a CSV: UTF-8 whatever the terminal speaks, and marked so, or Excel takes it for ANSI.

    Half a surrogate pair becomes a question mark, as in JSON.

    Args:
        is_rest: It goes on with one that was begun, without its head line.
    """
    mark = b"" if is_rest else codecs.BOM_UTF8
    lines = text.split("\r\n", 1)[1] if is_rest else text
    sys.stdout.buffer.write(mark + visible(lines).encode(errors="replace"))
    sys.stdout.buffer.flush()


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Write a text with its lines, to standard error if asked for."""
    click.echo(visible(text), err=err, nl=nl)


def say_line(text: str, *, err: bool = False) -> None:
    """Write one line of ours, whatever stands in it: nobody's words look like another.

    Hints in it call this program as it was called.
    """
    click.echo(visible_line(pasteable(text)), err=err)


def write_table(
    records: Sequence[Record], columns: Mapping[str, str], whole: Sequence[str] = ()
) -> None:
    """Write a table for a terminal; where that is too narrow for it, a block for each record.

    Args:
        records: Values are text, lists, or rich's text; None is a dash.
        columns: Keys of the records, and the heads to show for them.
        whole: Keys of columns that are never wrapped, since people copy what stands there. The
            first of them heads its block, on a line of its own.
    """
    rows = _rows(records, columns)
    show = console()
    if whole and show.width < _least_width(rows, columns, whole):
        _write_blocks(show, rows, columns, whole[0])
        return
    table = Table(header_style="bold")
    for key, head in columns.items():
        width = _width(rows, key, head) if key in whole else None
        table.add_column(head, overflow="fold", no_wrap=key in whole, min_width=width)
    for row in rows:
        table.add_row(*row.values())
    show.print(table)


def write_blocks(records: Iterable[Record], columns: Mapping[str, str], first: str) -> None:
    """Write a block for each record, as `write_table` does on a narrow terminal.

    Args:
        first: The key of what heads each block.
    """
    _write_blocks(console(), _rows(records, columns), columns, first)


def _rows(records: Iterable[Record], columns: Mapping[str, str]) -> list[dict[str, Text]]:
    return [{key: _cell(record.get(key)) for key in columns} for record in records]


def _least_width(
    rows: Sequence[Mapping[str, Text]], columns: Mapping[str, str], whole: Sequence[str]
) -> int:
    """Return the least width of a table: whole columns, and a few words of the others."""
    widths = {key: _width(rows, key, head) for key, head in columns.items()}
    lines = 3 * len(columns) + 1  # a space on either side of a cell, and what stands between them
    return lines + sum(
        width if key in whole else min(width, LEAST_COLUMN) for key, width in widths.items()
    )


def _width(rows: Sequence[Mapping[str, Text]], key: str, head: str) -> int:
    return max([cell_len(head), *(max(map(cell_len, row[key].plain.split("\n"))) for row in rows)])


def _write_blocks(
    show: Console, rows: Sequence[Mapping[str, Text]], columns: Mapping[str, str], first: str
) -> None:
    for number, row in enumerate(rows):
        if number:
            show.print()
        show.print(row[first], style="bold", soft_wrap=True)
        for key, head in columns.items():
            if key != first and row[key].plain not in {"", NOTHING}:
                line = Text.assemble((f"{head}: ", "dim"), row[key], overflow="fold")
                show.print(Padding(line, (0, 0, 0, 2), expand=False))


def console(*, stderr: bool = False) -> Console:
    """Return a console; in a pipe it has no colours and the width of a page."""
    stream = sys.stderr if stderr else sys.stdout
    return _VisibleConsole(stderr=stderr, width=None if stream.isatty() else PAGE, highlight=False)


@contextmanager
def progress(task: str, *, counted: bool = True) -> Iterator[Callable[[int, int], None]]:
    """Show the progress of long work on standard error, if it is a terminal.

    Args:
        task: What is being done.
        counted: Whether anybody tells how much of it is done.

    Yields:
        What is called with how many are done, and of how many.
    """
    count = [MofNCompleteColumn()] if counted else []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *count, TimeElapsedColumn())
    is_watched = sys.stderr.isatty()
    show = console(stderr=True)
    with Progress(*columns, console=show, transient=True, disable=not is_watched) as bar:
        shown = bar.add_task(task, total=None)
        yield lambda done, total: bar.update(shown, completed=done, total=total)


class _VisibleConsole(Console):
    """A console that makes control characters visible in everything that it prints."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        """Yield the segments of anything that is shown."""
        for segment in super().render(renderable, options):
            text, style, control = segment
            yield segment if control else Segment(visible(text), style)


def _cell(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if value is None:
        return Text(NOTHING, style="dim")
    if isinstance(value, (list, tuple)):
        return Text("\n".join(visible(str(one)) for one in value))
    return Text(visible(str(value)))
