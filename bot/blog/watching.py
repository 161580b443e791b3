"""Watching a folder of posts, in a thread of its own."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event

from watchfiles import watch

from bot.blog.finding import ENDINGS

logger = logging.getLogger(__name__)

AWAKE_MILLISECONDS = 500
"""How long after it began to watch at the latest the folder is read once more."""

Report = Callable[[frozenset[str] | None], object]
"""Takes the paths of files that changed, or None if any may have."""


def watch_folder(
    folder: Path,
    stop: Event,
    loop: asyncio.AbstractEventLoop,
    callback: Report,
) -> None:
    """Wait for changes until `stop` is set; runs in a thread of its own.

    The first time, it calls back without any: what changed after the folder was read and before
    it was watched is found by reading it again.
    """
    is_new = True
    try:
        for changes in watch(
            folder,
            stop_event=stop,
            raise_interrupt=False,
            yield_on_timeout=True,
            rust_timeout=AWAKE_MILLISECONDS,
        ):
            paths = [path for _, path in changes if _may_be_content(path)]
            if is_new:
                is_new = False
                loop.call_soon_threadsafe(callback, None)
            elif paths:
                loop.call_soon_threadsafe(callback, _below(folder, paths))
    except OSError as error:  # the folder is gone
        logger.warning("Stopped watching %s: %s", folder, error)
    except RuntimeError:  # the loop is closed: nobody listens any more
        logger.debug("Stopped watching %s", folder)


def _may_be_content(path: str) -> bool:
    is_configuration = "config" in path or Path(path).name.startswith("hugo.")
    return path.lower().endswith(ENDINGS) or is_configuration


def _below(folder: Path, paths: Iterable[str]) -> frozenset[str] | None:
    """Return paths as posts have them; None if the folder goes by another name there."""
    try:
        return frozenset(Path(path).relative_to(folder.absolute()).as_posix() for path in paths)
    except ValueError:
        return None
