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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash.draw import draw
from tests.crash.play import Player
from tests.crash.truth import Verdict, judge
from tests.crash.zygote import Zygote

if TYPE_CHECKING:
    from collections.abc import Iterable

BOUND = 90.0
"""Seconds after which a schedule has hung."""

EACH = 50
"""So many schedules between two lines of progress."""

Spent = dict[str, int]


def run(
    zygote: Zygote, seed: int, *, without: str | None = None, keep: bool = False
) -> tuple[Verdict, Spent]:
    """Play the schedule of a seed; return what became of it, and the requests it took.

    Args:
        without: A protection that is switched off.
        keep: Leave the database and the log where the verdict says, if it is a bad one.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"chaos-{seed}-"))
    player = Player(zygote, draw(seed), folder, without)

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


@dataclass(frozen=True, slots=True)
class Round:
    """What became of many schedules.

    Attributes:
        count: How many were played.
        spent: Requests, by what for.
        failed: Seeds.
    """

    count: int
    total: Verdict
    spent: Spent
    failed: list[int]

    def __str__(self) -> str:
        """The table that the README shows."""
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
            "requests: starting, publishing, answering": spent.get("publishing", 0),
            "requests: catching up": spent.get("catching_up", 0),
            "requests: sweeping": spent.get("sweeping", 0),
        }
        lines = [f"| {name} | {number:,} |" for name, number in rows.items()]
        return "\n".join(["| | |", "|---|---:|", *lines])


def run_all(seeds: Iterable[int], workers: int) -> Round:
    """Play many schedules; an interrupt ends it after those under way."""
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for seed in seeds:
        todo.put(seed)
    count, began, lock = todo.qsize(), time.monotonic(), threading.Lock()
    total, spent, failed, done = Verdict(), Spent(), list[int](), [0]

    def work() -> None:
        with Zygote() as zygote:
            while True:
                try:
                    seed = todo.get_nowait()
                except queue.Empty:
                    return
                verdict, requests = run(zygote, seed, keep=True)
                with lock:
                    done[0] += 1
                    _report(seed, verdict, failed)
                    total.add(verdict)
                    for name, number in requests.items():
                        spent[name] = spent.get(name, 0) + number
                    if done[0] % EACH == 0:
                        minutes = (time.monotonic() - began) / 60
                        _say(f"{done[0]} of {count} in {minutes:.1f} minutes, {len(failed)} failed")

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        with suppress(queue.Empty):
            while True:
                todo.get_nowait()
        for thread in threads:
            thread.join()
    return Round(done[0], total, spent, failed)


def _report(seed: int, verdict: Verdict, failed: list[int]) -> None:
    if verdict.is_good:
        return
    failed.append(seed)
    _say(f"seed {seed} ({draw(seed).family}) failed; again with: make chaos SEED={seed}")
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
        _say(f"{draw(chosen.seed)}")
    played = run_all(seeds, chosen.workers)
    _say(str(played))
    if played.failed:
        _say(f"{len(played.failed)} of {played.count} schedules failed: {played.failed}")
    return int(bool(played.failed) or played.count < len(seeds))


if __name__ == "__main__":
    sys.exit(main())
