"""`make chaos`: many schedules, two at a time, and one table at the end."""

from __future__ import annotations

import argparse
import asyncio
import os
import queue
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash.checker import Verdict, judge
from tests.crash.fork_server import ForkServer
from tests.crash.player import Player
from tests.crash.schedules import schedule_of

if TYPE_CHECKING:
    from collections.abc import Iterable

BOUND = 90.0
"""Seconds after which a schedule has hung."""

EACH = 50
"""So many schedules between two lines of progress."""

Spent = dict[str, int]


def run(
    fork_server: ForkServer, seed: int, *, without: str | None = None, keep: bool = False
) -> tuple[Verdict, Spent]:
    """Play the schedule of a seed; return what became of it, and the requests it took.

    Args:
        without: A protection that is switched off.
        keep: Leave the database and the log where the verdict says, if it is a bad one.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"chaos-{seed}-"))
    player = Player(fork_server, schedule_of(seed), folder, without)

    async def play() -> None:
        async with asyncio.timeout(BOUND):
            await player.play()

    try:
        asyncio.run(play())
        verdict = judge(player)
    except Exception as error:  # noqa: BLE001  # a schedule that cannot be played is a bad one
        verdict = Verdict()
        verdict.fault("misplaced", f"it could not be played: {error!r}")
    if verdict.is_good or not keep:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        verdict.why.append(f"its database and log are in {folder}")
    return verdict, player.spent


@dataclass
class Round:
    """What became of many schedules.

    Attributes:
        count: How many were played.
        spent: Requests, by what for.
        failed: Seeds.
    """

    count: int = 0
    total: Verdict = field(default_factory=Verdict)
    spent: Counter[str] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        """The table that docs/reliability.md shows."""
        total, spent = self.total, self.spent
        rows = {
            "schedules": self.count,
            "kills": total.kills,
            "starts of the bot": total.lives,
            "faults": total.faults,
            "threads expected": total.threads_expected,
            "threads found": total.threads_found,
            "duplicate threads": total.doubled_threads,
            "missing threads": total.missing_threads,
            "responses expected": total.responses_expected,
            "responses found": total.responses_found,
            "lost": total.lost,
            "duplicated": total.doubled,
            "risen": total.risen,
            "wrong links, messages, texts": total.misplaced,
            "requests: starting, publishing, answering": spent["publishing"],
            "requests: catching up": spent["catching_up"],
            "requests: sweeping": spent["sweeping"],
        }
        lines = [f"| {name} | {number:,} |" for name, number in rows.items()]
        return "\n".join(["| | |", "|---|---:|", *lines])

    def kinds(self) -> str:
        """What was played, and how often."""
        return ", ".join(f"{name} {count:,}" for name, count in sorted(self.total.kinds.items()))


class Players:
    """Threads that play schedules until none is left."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self._todo: queue.SimpleQueue[int] = queue.SimpleQueue()
        for seed in seeds:
            self._todo.put(seed)
        self._all, self._began, self._lock = self._todo.qsize(), time.monotonic(), threading.Lock()
        self._played = Round()

    def play(self, workers: int) -> Round:
        """Play with so many at a time; an interrupt ends it after those under way."""
        threads = [threading.Thread(target=self._work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                thread.join()
        except KeyboardInterrupt:
            self._todo = queue.SimpleQueue()
            for thread in threads:
                thread.join()
        return self._played

    def _work(self) -> None:
        with ForkServer() as fork_server, suppress(queue.Empty):
            while True:
                seed = self._todo.get_nowait()
                verdict, spent = run(fork_server, seed, keep=True)
                with self._lock:
                    self._add(seed, verdict, spent)

    def _add(self, seed: int, verdict: Verdict, spent: Spent) -> None:
        played = self._played
        played.count += 1
        played.total.add(verdict)
        played.spent.update(spent)
        _report(seed, verdict, played.failed)
        if played.count % EACH == 0:
            minutes = (time.monotonic() - self._began) / 60
            _say(
                f"{played.count} of {self._all} in {minutes:.1f} minutes, "
                f"{len(played.failed)} failed"
            )


def _report(seed: int, verdict: Verdict, failed: list[int]) -> None:
    if verdict.is_good:
        return
    failed.append(seed)
    schedule = schedule_of(seed)
    name = schedule.script or schedule.family
    _say(f"seed {seed} ({name}) failed; again with: make chaos SEED={seed}")
    for why in verdict.why:
        _say(f"  {why}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Play one schedule or many; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="play this schedule alone")
    parser.add_argument("--count", type=int, default=1000, help="how many schedules")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    chosen = parser.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.count)
    if chosen.seed is not None:
        seeds = range(chosen.seed, chosen.seed + 1)
        _say(f"{schedule_of(chosen.seed)}")
    played = Players(seeds).play(chosen.workers)
    _say(str(played))
    _say(f"Played: {played.kinds()}")
    if played.failed:
        _say(f"{len(played.failed)} of {played.count} schedules failed: {played.failed}")
    return int(bool(played.failed) or played.count < len(seeds))


if __name__ == "__main__":
    sys.exit(main())
