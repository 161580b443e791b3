"""What an encrypted database costs against a plain one: writing, reading, opening."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.core.response import Captured
from bot.store.file.database import connect
from bot.store.responses.collected import collect
from bot.store.responses.queries import Filter, listing
from tests.bench.many_responses import write
from tests.bench.scale import Scale, say
from tests.bench.table import Row
from tests.store.encryption import encrypted

PLAIN = "a plain database"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
BATCH = 50
OPENED = 100


def encryption(scale: Scale, folder: Path) -> list[Row]:
    """Do the same work in both, in turns, and return how many times as long it takes."""
    works: dict[str, Callable[[Path], object]] = {
        f"{scale.responses:,} rows in one transaction": lambda path: _fill(scale, path),
        f"{scale.events // 10:,} messages, {BATCH} a transaction": lambda path: _batches(
            scale, path
        ),
        "all responses listed": lambda path: _list(path, Filter()),
        "a word searched": lambda path: _list(path, Filter(words="quartz")),
        f"{OPENED} connections opened": _open,
    }
    ratios: dict[str, list[float]] = {work: [] for work in works}
    for number in range(scale.runs):
        paths = (folder / f"plain-{number}.db", encrypted(folder / f"encrypted-{number}.db"))
        for path in paths:
            write(path, scale.responses // 5, scale.responses // 100, scale.responses // 166)
        for work, act in works.items():
            first, second = paths if number % 2 else paths[::-1]
            seconds = {path: _seconds(act, path) for path in (first, second)}
            plain, hidden = (seconds[path] for path in paths)
            ratios[work].append(hidden / plain)
            say(f"  {work}: {plain * 1000:.1f} ms plain, {hidden * 1000:.1f} ms encrypted")
    return [Row(f"encrypted: {work}", PLAIN, values) for work, values in ratios.items()]


def _seconds(act: Callable[[Path], object], path: Path) -> float:
    began = time.perf_counter()
    act(path)
    return time.perf_counter() - began


def _fill(scale: Scale, path: Path) -> None:
    rows = ((f"key {number}", f"value {number} " * 15) for number in range(scale.responses))
    with closing(connect(path)) as db, db.atomic():
        db.conn.executemany("insert into notes (key, value) values (?, ?)", rows)


def _batches(scale: Scale, path: Path) -> None:
    """Keep messages as the bot does: a batch is on the disk before the next one."""
    with closing(connect(path)) as db:
        (thread, guild) = db.execute("select id, guild_id from threads limit 1").fetchone()
        for start in range(0, scale.events // 10, BATCH):
            batch = [_message(number, thread, guild) for number in range(start, start + BATCH)]
            with db.atomic():
                collect(db, batch, {}, NOW)


def _message(number: int, thread: int, guild: int) -> Captured:
    return Captured(
        source_id=5_000_000_000 + number,
        guild_id=guild,
        thread_id=thread,
        reader_id=6_000 + number % 40,
        reader_name=f"reader {number % 40}",
        text=f"What I keep is number {number}, and nobody asked for it.",
        created_at=NOW,
    )


def _list(path: Path, wanted: Filter) -> None:
    with closing(connect(path, read_only=True)) as db:
        listing(db, wanted)


def _open(path: Path) -> None:
    for _ in range(OPENED):
        with closing(connect(path, read_only=True)) as db:
            db.execute("select 1 from notes").fetchone()
