"""One piece of work in a process of its own, so that nothing here waits for it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

NICE = 10
"""How much it stands back behind everything else on the machine, where the system knows that."""


class WorkError(Exception):
    """What went wrong in the process, as the kind of its fault says."""


class Apart(Generic[T]):
    """Runs one function at a time in a process of its own, which ends with it.

    It is spawned, so that it has no connection, lock or thread of this one.
    """

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a function returns, which has to be importable, as has all it is given.

        Raises:
            WorkError: It raised something, or its process was ended.
        """
        context = get_context("spawn")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(
            target=_work, args=(sender, work, args, kwargs), name="dream", daemon=True
        )
        loop = asyncio.get_running_loop()
        self._process = process
        try:
            await loop.run_in_executor(None, process.start)
            sender.close()
            answer: T = await loop.run_in_executor(None, _receive, receiver, process)
            return answer
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is not None and process.is_alive():
            process.kill()


def _receive(receiver: Pipe[Any, Any], process: SpawnProcess) -> Any:  # noqa: ANN401  # whatever was sent
    """Wait for the answer, and for the end of the process, in a thread."""
    try:
        with receiver:
            is_done, value = receiver.recv()
    except (EOFError, OSError) as error:
        raise WorkError("ended") from error
    finally:
        process.join()
    if not is_done:
        raise WorkError(value)
    return value


def _work(
    sender: Pipe[Any, Any],
    work: Callable[..., object],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    """Do the work, in the process; whoever interrupts the bot from a terminal ends this, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the bot ends it
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICE)
    try:
        answer = True, work(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  # the kind is what the log may say; no text of it
        answer = False, type(error).__name__
    with suppress(OSError):
        sender.send(answer)
