"""Datasette as the desk starts it: its settings, and who may talk to it."""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from datasette import handle_exception
from datasette.app import Datasette
from datasette.plugins import pm

from bot.desk.datasette import search
from bot.desk.datasette.database import DeskDatabase
from bot.desk.datasette.metadata import metadata
from bot.store.desk.held_back import Source

NAME = "afterword"
"""The database's name in addresses."""

STATIC = Path(__file__).with_name("static")

SETTINGS = {
    "allow_download": False,
    "default_cache_ttl": 0,
    "facet_time_limit_ms": 2000,
    "sql_time_limit_ms": 5000,
    "suggest_facets": False,  # it tries every column, each time that a page is shown
    "truncate_cells_html": 4000,
}

HEADERS = [
    (b"cache-control", b"no-store"),  # what a reader deletes stays in no browser
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def desk(source: Source, *, identities: bool) -> Datasette:
    """Return Datasette on a database.

    Args:
        source: The file, which is opened when it is first needed, or a copy of it.
        identities: Whether nothing is held back.
    """
    application = Datasette(
        [],
        settings=SETTINGS,
        metadata=metadata(NAME, identities=identities),
        static_mounts=[("desk", str(STATIC))],
    )
    application.remove_database("_memory")
    application.add_database(DeskDatabase(application, source, identities=identities), name=NAME)
    handle_exception.rich = None  # it writes what was asked into the terminal, names and all
    if not pm.is_registered(search):
        pm.register(search)
    return application


def loopback_only(application: Application, port: int) -> Application:
    """Return the application for requests that name this machine, and this port, as their host.

    A page elsewhere can have its own name resolve to this machine (DNS rebinding), and would then
    read what the desk shows: its requests name another host.
    """
    hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        async def send_private(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in HEADERS}
                others = [one for one in message["headers"] if one[0].lower() not in ours]
                message = {**message, "headers": [*others, *HEADERS]}
            await send(message)

        if scope["type"] == "http" and dict(scope["headers"]).get(b"host") not in hosts:
            await _refuse(send)
        else:
            await application(scope, receive, send_private)

    return guarded


async def _refuse(send: Send) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": 403, "headers": head})
    await send(
        {"type": "http.response.body", "body": b"Open the address that afterword printed.\n"}
    )
