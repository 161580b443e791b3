"""Checks what must hold in the database at every moment; called whenever a bot has died."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.crash.lifecycle import Lifecycle

SNAPSHOT = (
    "select id, seen_id from threads where deleted_at is null",
    "select source_id from responses",
    "select source_id from tombstones",
    "select source_id from tombstones where because = 'concluded'",
)


def read(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Read the database as another program would; nothing while there is none."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            return db.execute(query, values).fetchall()
    except sqlite3.Error:
        return []


def numbers_in(folder: Path) -> set[int]:
    """Return the numbers of the texts that stand anywhere in the files of the database."""
    files = [path.read_bytes() for path in sorted(folder.glob("afterword.db*"))]
    return numbers_of(each.decode(errors="replace") for each in files)


def numbers_of(texts: Iterable[str]) -> set[int]:
    """Return the numbers of texts."""
    return {int(number) for each in texts for number in re.findall(r"Text (\d+):", each)}


def look_into(lives: Lifecycle) -> None:
    """Add to `history.wrong` what does not hold.

    - Up to a thread's high-water mark everything is kept: a mark does not move past a gap. Events
      that come late or mixed, and pages that are not so, are found by the sweep alone, so that
      schedules with those are left out.
    - No message that stands in Discord counts as deleted by a conclusion.
    """
    history, schedule = lives.history, lives.schedule
    try:
        with closing(sqlite3.connect(f"file:{lives.database}?mode=ro", uri=True)) as db:
            db.execute("begin")
            marks, kept, buried, concluded = (db.execute(each).fetchall() for each in SNAPSHOT)
    except sqlite3.Error:
        return
    known = {row[0] for row in (*kept, *buried)}
    mark = max((row[1] for row in marks), default=0)
    if schedule.is_orderly:
        passed = {each for each in history.texts if each <= mark} - known - history.ever_spoilt
        history.wrong += [
            f"the mark {mark} is past {each}" for each in passed if history.texts[each]
        ]
    if not schedule.is_doubted:
        gone = {row[0] for row in concluded} & history.texts.keys()
        history.wrong += [f"message {each} is concluded to be gone" for each in gone]
