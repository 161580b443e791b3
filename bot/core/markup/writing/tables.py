"""Draws a narrow table in a monospaced block."""

import unicodedata
from collections.abc import Collection, Sequence

from bot.core.markup.runs import Run
from bot.core.markup.tree import Node

WIDEST_TABLE = 40
"""Columns of a monospaced block that a phone shows without scrolling."""


def monospaced(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str | None:
    """Return a table drawn with spaces, its first row underlined, or None if it is too wide.

    Args:
        right: The columns whose texts stand at their right end.
    """
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return None
    widths = [max(width(row[n]) for row in rows if n < len(row)) for n in range(columns)]
    if sum(widths) + 2 * (columns - 1) > WIDEST_TABLE:
        return None
    lines = [
        "  ".join(_pad(cell, widths[n], is_right=n in right) for n, cell in enumerate(row)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * max(each, 1) for each in widths))
    return "\n".join(lines)


def width(text: str) -> int:
    """Return how many columns a text takes in a monospaced block."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def _pad(text: str, columns: int, *, is_right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if is_right else text + space


def is_grid(table: Node) -> bool:
    """Return whether a table holds rows of cells of text; one in HTML may hold a whole page."""
    rows = [child for child in table.children if _says_something(child)]
    cells = [child for row in rows for child in _children(row) if _says_something(child)]
    return bool(cells) and (
        all(isinstance(row, Node) and row.kind == "row" for row in rows)
        and all(isinstance(cell, Node) and cell.kind == "cell" for cell in cells)
        and not any(isinstance(part, Node) for cell in cells for part in _children(cell))
    )


def _children(of: Node | Run) -> list[Node | Run]:
    return of.children if isinstance(of, Node) else []


def _says_something(child: Node | Run) -> bool:
    return isinstance(child, Node) or bool(child.text.strip())
