"""The author's report on many responses: how long it takes, and how large its page is."""

import time
from pathlib import Path

from bot.cli.report import write_report
from tests.bench.scale import say
from tests.bench.table import Row

SECONDS, MEGABYTES = 10.0, 2.0


def report_page(path: Path, responses: int, runs: int) -> list[Row]:
    """Measure `afterword report` on a database, from opening it to the page on disk."""
    page = path.with_suffix(".html")
    taken: list[float] = []
    for _ in range(runs):
        began = time.monotonic()
        write_report(path, page)
        taken.append(time.monotonic() - began)
    size = page.stat().st_size / 1_000_000
    say(f"  the report took {min(taken):.2f} s at best, {size:.2f} MB")
    what = f"report on {responses:,} responses"
    return [
        Row(what, "", taken, SECONDS, unit="s"),
        Row(f"{what}, its page", "", [size], MEGABYTES, unit="MB"),
    ]
