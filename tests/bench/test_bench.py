import asyncio
import io
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.bench.__main__ import PARTS, measure
from tests.bench.scale import Scale, percentile
from tests.bench.table import Row, table
from tests.bench.worker import JSON, ROOT, Worker, WorkerError, serve

TINY = Scale(
    runs=1, events=60, posts=6, keystrokes=3, seconds=0.1, responses=400, essays=30, asked=3
)


@pytest.fixture(autouse=True)
def discord_stays_where_it_is() -> Iterator[None]:
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.mark.timeout(180)  # up to eight interpreters start, one after another
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_bench_measures_something(part: str) -> None:
    rows = measure(TINY, [part], ROOT / "content")
    assert rows
    assert all(row.why_not or (row.measured is not None and row.measured > 0) for row in rows)
    if part in {"calls", "messages"}:  # these are counted, so that they hold on a busy machine
        assert all(row.meets(row.bound) for row in rows), table(rows)


def test_the_median_of_the_runs_is_judged() -> None:
    row = Row("work", "floor", [9.0, 1.0, 1.1], bound=2, want=1)
    assert row.cells() == ("work", "floor", "1.1", "2", "1", "kept")


def test_a_bound_that_is_not_kept_is_missed() -> None:
    assert Row("work", "floor", [2.1], bound=2, want=1).verdict == "MISSED"


def test_a_rate_has_to_be_above_its_bound() -> None:
    assert Row("work", "floor", [0.5], bound=0.6, is_rate=True).verdict == "MISSED"
    assert Row("work", "floor", [0.9], bound=0.6, want=0.85, is_rate=True).verdict == "as wanted"


def test_what_was_not_measured_says_why() -> None:
    row = Row("work", "floor", bound=1, why_not="no floor")
    assert row.verdict == "no floor"
    assert row.meets(row.bound)


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([5.0, 1.0, 3.0], 0.99) == 5.0
    assert percentile(list(range(1, 101)), 0.99) == 99


def test_a_worker_that_ends_is_not_waited_for() -> None:
    with Worker("nowhere") as worker, pytest.raises((WorkerError, BrokenPipeError)):
        worker.ask("start")


def test_a_worker_takes_a_line_of_ten_thousand_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    line = json.dumps({"verb": "count_titles", "how": {"titles": ["A title of an essay"] * 10_000}})
    said = io.StringIO()

    async def count_titles(titles: list[str]) -> JSON:
        return {"count": len(titles)}

    async def close() -> None:
        said.write("closed")

    def write() -> None:
        with os.fdopen(writing, "w") as end:
            end.write(f"{line}\n")

    with os.fdopen(reading) as source, ThreadPoolExecutor() as beside:
        monkeypatch.setattr("sys.stdin", source)
        monkeypatch.setattr("sys.stdout", said)
        beside.submit(write)
        asyncio.run(serve(count_titles, close=close))
    assert said.getvalue() == '{"count": 10000}\nclosed'
