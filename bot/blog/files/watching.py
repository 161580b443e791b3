"""Watching a folder of posts, in a thread of its own."""

import asyncio
import logging
from collections.abc import Callable, Collection
from pathlib import Path
from threading import Event

from watchfiles import Change, DefaultFilter, watch

from bot.blog.files.discovery import may_be_content
from bot.blog.location import Location, locate

logger = logging.getLogger(__name__)

AWAKE_MILLISECONDS = 500
"""How often it is compared where the folder's path leads."""

RETRY_SECONDS = 60.0
"""Between two attempts, where the operating system refuses to tell of changes."""

Report = Callable[[frozenset[str] | None], object]
"""Takes the paths of files that changed, or None if any may have."""

_is_of_interest = DefaultFilter()


def watch_folder(
    folder: Path,
    stop: Event,
    loop: asyncio.AbstractEventLoop,
    callback: Report,
) -> None:
    """Wait for changes until `stop` is set; runs in a thread of its own.

    Events belong to a folder on the disk, not to a path. So the path is compared too: when a link
    in it is swapped, or another folder takes its place, that one is watched from then on.
    """
    complaint = ""
    while not stop.is_set():
        location = locate(folder)
        try:
            if location is not None:
                _watch_location(folder, location, stop, loop, callback)
                complaint = ""
                continue
        except FileNotFoundError:  # it went since then
            pass
        except (OSError, RuntimeError) as error:
            if loop.is_closed():  # the bot has stopped
                return
            if str(error) != complaint:
                logger.warning("%s is looked at only once a minute: %s", folder, error)
            complaint = str(error)
            stop.wait(RETRY_SECONDS)
        stop.wait(AWAKE_MILLISECONDS / 1000)


def _watch_location(
    folder: Path,
    location: Location,
    stop: Event,
    loop: asyncio.AbstractEventLoop,
    callback: Report,
) -> None:
    """Report changes in one folder on the disk, until `folder` leads to another.

    The first report names no files: what changed after the folder was read and before it was
    watched is found by reading it again.
    """
    is_new = True
    for changes in watch(
        location.path,
        watch_filter=None,
        stop_event=stop,
        raise_interrupt=False,
        yield_on_timeout=True,
        rust_timeout=AWAKE_MILLISECONDS,
    ):
        is_gone = (Change.deleted, str(location.path)) in changes  # a new one may have its inode
        if is_gone or locate(folder) != location:
            return
        paths = _changed_paths(location.path, changes)
        if is_new or paths is None or paths:
            loop.call_soon_threadsafe(callback, None if is_new else paths)
        is_new = False


def _changed_paths(root: Path, changes: Collection[tuple[Change, str]]) -> frozenset[str] | None:
    """Return the paths of what may be content, as posts have them; None if they are elsewhere."""
    paths: set[str] = set()
    for change, path in changes:
        try:
            relative = Path(path).relative_to(root).as_posix()
        except ValueError:
            return None
        if _is_of_interest(change, relative) and may_be_content(root, relative):
            paths.add(relative)
    return frozenset(paths)
