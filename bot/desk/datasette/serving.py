"""Serves Datasette on loopback until it is interrupted."""

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import uvicorn

from bot.core.database_key import KeyedPath
from bot.desk.datasette.application import NAME, desk, loopback_only
from bot.store.desk.held_back import Source
from bot.store.desk.memory_copy import copied_into_memory
from bot.store.file.database import open_for_reading

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 3
"""How long a page that is being made may take after the interrupt."""


def serve(path: Path, port: int, *, identities: bool, ready: Callable[[str], None]) -> None:
    """Serve the desk, and return when it is interrupted or told to end.

    Args:
        path: The file; of an encrypted one, a copy in memory is served.
        port: Where to listen; 0 takes any free port.
        identities: Whether nothing is held back.
        ready: Called with the address once it can be opened.

    Raises:
        DatabaseError: The file cannot be read, or is encrypted and too large.
        OSError: The port is taken.
    """
    with (
        open_for_reading(path),  # closed last, it takes away the files that SQLite made beside it
        _readable(path) as source,
        socket.create_server((LOOPBACK, port)) as listening,
    ):
        taken = listening.getsockname()[1]
        application = desk(source, identities=identities)
        server = uvicorn.Server(
            uvicorn.Config(
                loopback_only(application.app(), taken),
                access_log=False,  # addresses have names and words of readers in them
                log_config=None,
                timeout_graceful_shutdown=PATIENCE_SECONDS,
            )
        )
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn passes both on
        ready(f"http://{LOOPBACK}:{taken}/{NAME}")
        try:
            asyncio.run(server.serve(sockets=[listening]))
        finally:
            application.executor.shutdown()
            application.get_database(NAME).close()


def _readable(path: Path) -> AbstractContextManager[Source]:
    return copied_into_memory(path) if isinstance(path, KeyedPath) else nullcontext(path)
