"""Processes that are asked in lines of JSON, so that what is measured has a process of its own."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, Self

JSON = dict[str, Any]
Verb = Callable[..., Coroutine[Any, Any, JSON | None]]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0
LONGEST_LINE = 2**24
"""Bytes of a line: the titles of ten thousand essays are one."""

STATUS = Path("/proc/self/status")


class WorkerError(Exception):
    """A worker ended instead of answering; what it said stands on standard error."""


class Worker:
    """The asking end of a process that runs a module of this folder."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process = subprocess.Popen(  # noqa: S603  # a module of our own
            [sys.executable, "-m", f"tests.bench.{module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        process = self._process
        if process.stdin is not None:
            process.stdin.close()  # it ends by itself when nobody asks any more
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def ask(self, verb: str, **how: Any) -> JSON:
        """Have something done, and return what came of it."""
        self.begin(verb, **how)
        return self.result()

    def begin(self, verb: str, **how: Any) -> None:
        """Have something done without waiting for it."""
        if self._process.stdin is None:
            raise WorkerError(self._module)
        self._process.stdin.write(json.dumps({"verb": verb, "how": how}) + "\n")
        self._process.stdin.flush()

    def result(self) -> JSON:
        """Wait for what was begun.

        Raises:
            WorkerError: The process ended.
        """
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not line:
            raise WorkerError(f"The {self._module} ended before it answered.")
        answer: JSON = json.loads(line)
        return answer


async def serve(*verbs: Verb, close: Callable[[], Awaitable[None]]) -> None:
    """Answer one line after another with these methods until there are no more; then close."""
    by_name = {verb.__name__: verb for verb in verbs}
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(LONGEST_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    try:
        while line := await lines.readline():
            what = json.loads(line)
            answer = await by_name[what["verb"]](**what["how"])
            sys.stdout.write(json.dumps(answer or {}) + "\n")
            sys.stdout.flush()
    finally:
        await close()


def resident() -> int | None:
    """Return the kilobytes of memory that this process holds; None where the system hides it."""
    if not STATUS.exists():
        return None
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
