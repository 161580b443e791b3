"""`make bench`: every figure of the design's table that can be measured here, in one table."""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.bench.along import along
from tests.bench.autocompletion import looking_up
from tests.bench.canned_queries import canned_queries
from tests.bench.collecting import collecting
from tests.bench.encryption import encryption
from tests.bench.finding import finding
from tests.bench.indexing import indexing
from tests.bench.many_responses import write
from tests.bench.message_counts import splitting
from tests.bench.report_page import report_page
from tests.bench.request_counts import calls
from tests.bench.scale import QUICK, Scale, say
from tests.bench.site_export import site_export
from tests.bench.table import Row, table
from tests.bench.worker import ROOT

PARTS = ("collect", "lookup", "index", "calls", "messages", "desk", "encryption", "along")
DEFAULT_RATE = 2000.0
"""Events a second during autocompletion, when the floor's own rate was not measured."""


def measure(scale: Scale, parts: list[str], content: Path) -> list[Row]:
    """Measure these parts, one after another."""
    rows: list[Row] = []
    rate = DEFAULT_RATE
    with tempfile.TemporaryDirectory(prefix="afterword-bench-") as name:
        folder = Path(name)
        for part in parts:
            say(f"{part} ...")
            if part == "collect":
                found, floor = collecting(scale, folder)
                rows += found
                rate = floor / 2
            elif part == "lookup":
                rows += looking_up(scale, folder, rate)
            elif part == "index":
                rows += indexing(scale, folder)
            elif part == "calls":
                rows += calls(folder)
            elif part == "messages":
                rows += splitting(content)
            elif part == "along":
                rows += along(scale, folder)
            elif part == "encryption":
                rows += encryption(scale, folder)
            else:
                rows += at_desk(scale, folder)
    return rows


def at_desk(scale: Scale, folder: Path) -> list[Row]:
    """Measure what authors and readers do with many responses."""
    path = folder / "many.db"
    write(path, scale.responses, max(1, scale.responses // 20), max(2, scale.responses // 166))
    return [
        *report_page(path, scale.responses, scale.runs),
        *site_export(path, scale.responses, scale.runs),
        *canned_queries(path, scale.runs),
        *finding(path, scale.posts, scale.runs),
    ]


def main() -> int:
    """Measure, print the table, and return the exit status: 1 if a bound is missed."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run; its numbers say nothing")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part (repeatable)")
    parser.add_argument("--runs", type=int, help="alternating runs of each pair (7)")
    parser.add_argument(
        "--content", type=Path, default=ROOT / "content", help="essays to count the messages of"
    )
    chosen = parser.parse_args()
    scale = QUICK if chosen.quick else Scale()
    if chosen.runs:
        scale = replace(scale, runs=chosen.runs)
    parts = [part for part in PARTS if part in (chosen.only or PARTS)]
    rows = measure(scale, parts, chosen.content)
    sys.stdout.write(table(rows) + "\n")
    is_missed = any(not row.meets(row.bound) for row in rows)
    return 1 if is_missed and not chosen.quick else 0


if __name__ == "__main__":
    sys.exit(main())
