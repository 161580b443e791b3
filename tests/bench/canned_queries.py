"""How long Datasette takes for each canned query, from the request to the page."""

import asyncio
import time
from pathlib import Path

from datasette.app import Datasette

from bot.desk.datasette.application import NAME, desk
from bot.store.desk.canned import QUERIES
from bot.store.file.database import open_for_reading
from tests.bench.table import Row
from tests.bench.vocabulary import SENTENCES

SECONDS = 1.0
"""What each query may take."""


def canned_queries(path: Path, runs: int) -> list[Row]:
    """Ask each query so often, with what is held back, and return the seconds.

    Args:
        path: A database.
        runs: Of each query; the first one of all is not counted.
    """
    with open_for_reading(path) as db:
        size = f"{db.table('responses').count:,} responses"
        slug = db.execute(
            "select post from essay_discussions order by responses desc limit 1"
        ).fetchone()[0]
    values = {"slug": slug, "words": SENTENCES["en"][0].split()[-1]}
    seconds = asyncio.run(_ask(path, values, runs))
    return [
        Row(f"desk: {name}", size, found, bound=SECONDS, unit="s")
        for name, found in seconds.items()
    ]


async def _ask(path: Path, values: dict[str, str], runs: int) -> dict[str, list[float]]:
    application = desk(path, identities=False)
    await application.invoke_startup()
    await _seconds(application, f"/{NAME}", {})
    try:
        return {
            name: [await _seconds(application, f"/{NAME}/{name}", values) for _ in range(runs)]
            for name in QUERIES
        }
    finally:
        application.executor.shutdown()
        application.get_database(NAME).close()
        application.get_database("_internal").close()


async def _seconds(application: Datasette, address: str, values: dict[str, str]) -> float:
    began = time.perf_counter()
    answer = await application.client.get(address, params=values)
    if answer.status_code != 200 or "Query took too long" in answer.text:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return time.perf_counter() - began
