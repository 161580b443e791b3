"""Writes what the database has into docs/database.md: `python -m tests.meta.database --write`.

The texts are those that Datasette shows (`bot/desk/datasette/columns.toml`).
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.desk.datasette.columns import Described, described_tables, described_views
from bot.store.desk.canned import QUERIES

PAGE = Path(__file__).parents[2] / "docs" / "database.md"
COMMAND = "python -m tests.meta.database --write"


def section(name: str, one: Described) -> str:
    """Return a heading, what it is, and a table of the columns."""
    lines = [f"### {name}", "", one.description, "", "| column | means |", "|---|---|"]
    for column, text in one.columns.items():
        mark = " (held back)" if column in one.identifies else ""
        lines.append(f"| `{column}` | {text}{mark} |")
    return "\n".join(lines)


def sections(described: Mapping[str, Described]) -> str:
    """Return the sections of all views, or of all tables."""
    return "\n\n".join(section(name, one) for name, one in described.items())


def queries() -> str:
    """Return a table of the queries."""
    rows = [f"| `{name}` | {one.description} |" for name, one in QUERIES.items()]
    return "\n".join(["| query | shows |", "|---|---|", *rows])


def blocks() -> dict[str, str]:
    """Return what is written, by the name of its place in the page."""
    return {
        "queries": queries(),
        "views": sections(described_views()),
        "tables": sections(described_tables()),
    }


def with_blocks(page: str) -> str:
    """Return the page with the blocks of today, each between its two marks."""
    for name, block in blocks().items():
        begin, end = f"<!-- begin {name}: written by `{COMMAND}` -->", f"<!-- end {name} -->"
        if page.count(begin) != 1 or page.count(end) != 1:
            raise SystemExit(f"{PAGE.name} has no place for the {name}: {begin} ... {end}")
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n{block}\n{end}{rest.partition(end)[2]}"
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the tables of docs/database.md.")
    parser.add_argument("--write", action="store_true", help=f"put them into {PAGE.name}")
    if parser.parse_args().write:
        PAGE.write_text(with_blocks(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        sys.stdout.write("\n\n".join(blocks().values()) + "\n")


if __name__ == "__main__":
    main()
