"""A fork server: it has imported everything, and forks sandboxes and bots in milliseconds.

It answers lines of JSON on its standard input; it starts no thread and no event loop of its own, so
that forking is safe.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

JSON = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
TOKEN = "sandbox.crash"
PATIENCE = 10.0
LOOK_AGAIN = 0.002


class ForkServer:
    """The player's end: starts processes, and knows when they have ended."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.fork_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        self._living: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pid in tuple(self._living):
            self.kill(pid)
        with self._process:
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.wait(PATIENCE)

    def start_sandbox(self, folder: Path) -> tuple[int, str]:
        """Start a sandbox; return its process and its address."""
        address = folder / "address"
        address.unlink(missing_ok=True)
        pid = self._start({"do": "sandbox", "address": str(address)})
        end = time.monotonic() + PATIENCE
        while not address.exists():
            if time.monotonic() > end:
                raise TimeoutError("The sandbox did not start.")
            time.sleep(LOOK_AGAIN)
        return pid, address.read_text(encoding="utf-8")

    def start_bot(self, **how: object) -> int:
        """Start the bot (see `tests.crash.bot_process.live`); return its process."""
        return self._start({"do": "bot", "how": how})

    def status(self, pid: int) -> int | None:
        """Return how a process ended, as `os.waitstatus_to_exitcode` says it; None if it lives."""
        if pid not in self._living:
            return -signal.SIGKILL
        status: int | None = self._ask({"do": "status", "pid": pid})["status"]
        if status is not None:
            self._living.discard(pid)
        return status

    def kill(self, pid: int, number: int = signal.SIGKILL, patience: float = PATIENCE) -> int:
        """Send a signal to a process of ours and wait for its end; return how it ended."""
        if pid in self._living:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        end = time.monotonic() + patience
        while (status := self.status(pid)) is None:
            if time.monotonic() > end:
                raise TimeoutError(f"The process did not end on signal {number}.")
            time.sleep(LOOK_AGAIN)
        return status

    def _start(self, what: JSON) -> int:
        pid = int(self._ask(what)["pid"])
        self._living.add(pid)
        return pid

    def _ask(self, what: JSON) -> JSON:
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The fork server has no pipes.")
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()
        answer: JSON = json.loads(process.stdout.readline())
        return answer


async def _serve_sandbox(address: Path) -> None:
    from bot.sandbox import Sandbox  # noqa: PLC0415  # imported already, by main

    async with Sandbox(token=TOKEN) as sandbox:
        _write_at_once(address, sandbox.url)
        await asyncio.Event().wait()


def _write_at_once(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.rename(path)


def _fork(what: JSON) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        if what["do"] == "sandbox":
            asyncio.run(_serve_sandbox(Path(what["address"])))
        else:
            from tests.crash import bot_process  # noqa: PLC0415  # imported already, by main

            status = bot_process.live(**what["how"])
    except BaseException:
        logging.getLogger(__name__).exception("A child failed")
        raise
    finally:
        os._exit(status)


def main() -> None:
    """Import everything, then fork on demand."""
    for name in (
        "bot.sandbox",
        "tests.crash.bot_process",
    ):  # here: the player need not have the bot
        importlib.import_module(name)
    logging.basicConfig(level=logging.ERROR)
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # bots that die in mid sentence
    gc.collect()
    gc.freeze()
    living: set[int] = set()
    for line in sys.stdin:
        what = json.loads(line)
        answer: JSON
        if what["do"] == "status":
            pid, status = os.waitpid(what["pid"], os.WNOHANG)
            living.discard(pid)
            answer = {"status": os.waitstatus_to_exitcode(status) if pid else None}
        else:
            pid = _fork(what)
            living.add(pid)
            answer = {"pid": pid}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for pid in living:  # the player is gone without a word
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
