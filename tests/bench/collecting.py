"""From a message to a durable row, as fast as Discord could send them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from statistics import median

from tests.bench.scale import Scale, in_turn, percentile, say
from tests.bench.table import Row
from tests.bench.worker import JSON, ROOT, Worker

COUNTS = """
select
  (select count(*) from responses) as responses,
  (select count(*) from responses where prompt_id is not null) as linked,
  (select count(*) from responses where edited_at is not null) as edited,
  (select count(*) from tombstones) as tombstones
"""
LAG_BOUND_MS = 50


class LostError(Exception):
    """What the database holds is not what was sent."""


def collecting(scale: Scale, folder: Path) -> tuple[list[Row], float]:
    """Measure capture, and return the floor's events a second with the rows."""
    seed = folder / "seed.db"
    with Worker("server") as server:
        given = server.ask("open")
        _publish(server, given, seed)
        plan = server.ask("prepare", events=scale.events)
        ratios: list[float] = []
        floors: list[float] = []
        late: list[float] = []
        for number in range(scale.runs):
            rates: dict[str, float] = {}
            lags: dict[str, float] = {}
            for module in in_turn(number):
                copy = folder / f"run-{number}.db"
                shutil.copy(seed, copy)
                rates[module], lags[module] = _run(server, module, given, copy, plan)
                if module == "bot_client":
                    _compare(copy, plan["counts"])
                copy.unlink()
            floors.append(rates["baseline_client"])
            late.append(lags["bot_client"])
            ratios.append(rates["bot_client"] / rates["baseline_client"])
            say(
                f"  {rates['bot_client']:,.0f} of {rates['baseline_client']:,.0f} events a second; "
                f"lag {lags['bot_client']:.0f} ms, alone {lags['baseline_client']:.0f} ms"
            )
    rows = [
        Row(
            f"message to durable row, {scale.events:,} events",
            "discord.py alone",
            ratios,
            0.6,
            0.85,
            is_rate=True,
        ),
        Row("loop lag meanwhile, p99", "", late, LAG_BOUND_MS, unit="ms"),
    ]
    return rows, median(floors)


def _publish(server: Worker, given: JSON, database: Path) -> None:
    """Leave a database in which one essay of ours is discussed."""
    with Worker("bot_client") as bot:
        bot.ask("start", **_settings(given, database))
        server.ask("await_thread")
        bot.ask("stop")


def _run(
    server: Worker, module: str, given: JSON, database: Path, plan: JSON
) -> tuple[float, float]:
    """Return the events a second, and the loop's 99th percentile lag in milliseconds."""
    with Worker(module) as client:
        client.ask("start", **_settings(given, database))
        client.begin("take", last=plan["last"])
        began = server.ask("flood")["began"]
        taken = client.result()
        client.ask("stop")
    return plan["events"] / (taken["ended"] - began), percentile(taken["late"], 0.99) * 1000


def _settings(given: JSON, database: Path) -> JSON:
    return given | {"database": str(database), "content": str(ROOT / "content")}


def _compare(database: Path, expected: JSON) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        found = dict(db.execute(COUNTS).fetchone())
    if found != expected:
        raise LostError(f"Expected {expected}, found {found}.")
