"""Reading along in a large blog: the index, `/ask`, related essays, and a night's dream."""

from pathlib import Path
from statistics import median

from tests.bench.prose import questions, write_essays
from tests.bench.scale import Scale, percentile, say
from tests.bench.table import Row
from tests.bench.worker import JSON, Worker

ASK_MS = 100
DREAM_SECONDS = 120
LAG_MS = 50
"""As while messages are collected."""


def along(scale: Scale, folder: Path) -> list[Row]:
    """Measure all of it in a process of its own, on data that is built once."""
    titles = write_essays(folder / "prose", scale.essays)
    asked = questions(scale.asked, scale.essays)
    with Worker("reading_along") as reader:
        reader.ask("open", content=str(folder / "prose"), database=str(folder / "along.db"))
        say(f"  indexing {scale.essays:,} essays")
        rows = _indexing(scale, reader.ask("index"))
        reader.ask("respond", titles=titles, count=10 * scale.essays)
        busy = {"/ask": False, "/ask while messages arrive": True}
        for what, is_busy in busy.items():
            say(f"  {what}")
            rows += _waits(scale, what, reader.ask("questions", asked=asked, busy=is_busy), ASK_MS)
        say("  related")
        rows += _waits(scale, "related", reader.ask("relate", count=scale.asked), None)
        say("  dreaming")
        return [*rows, *_dream(scale, reader.ask("dream"))]


def _indexing(scale: Scale, found: JSON) -> list[Row]:
    size = f"{scale.essays:,} essays"
    return [
        Row("index: an essay", size, [1000 * found["seconds"] / scale.essays], unit="ms"),
        Row("index: a transaction, p99", size, [1000 * percentile(found["writes"], 0.99)],
            unit="ms"),
        Row("index: space of an essay", size, [found["bytes"] / 1000 / scale.essays], unit="KB"),
    ]  # fmt: skip


def _waits(scale: Scale, what: str, found: JSON, bound: float | None) -> list[Row]:
    size = f"{scale.essays:,} essays"
    milliseconds = [1000 * seconds for seconds in found["waited"]]
    return [
        Row(f"{what}, median", size, [median(milliseconds)], unit="ms"),
        Row(f"{what}, p99", size, [percentile(milliseconds, 0.99)], bound, unit="ms"),
    ]


def _dream(scale: Scale, found: JSON) -> list[Row]:
    size = f"{10 * scale.essays:,} responses"
    late = [1000 * seconds for seconds in found["late"]]
    say(f"  {found['found']} connections, the loop was late by {max(late):.0f} ms at most")
    return [
        Row("a night's dream", size, [found["seconds"]], DREAM_SECONDS, unit="s"),
        Row("its process, at most", size, [found["kilobytes"] / 1000], unit="MB"),
        Row("loop lag meanwhile, p99", size, [percentile(late, 0.99)], LAG_MS, unit="ms"),
    ]
