"""Datasette as the desk starts it: its settings, its search, and who may talk to it."""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.filters import FilterArguments
from datasette.plugins import pm
from datasette.utils.asgi import Request

from bot.desk.datasette.columns import described_views
from bot.desk.datasette.database import DeskDatabase
from bot.desk.datasette.metadata import metadata
from bot.store.desk.canned import WITH_WORDS

NAME = "afterword"
"""The database's name in addresses."""

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


def desk(path: Path, *, identities: bool) -> Datasette:
    """Return Datasette on a database file.

    Args:
        path: The file; it is opened when it is first needed.
        identities: Whether nothing is held back.
    """
    application = Datasette([], settings=SETTINGS, metadata=metadata(NAME, identities=identities))
    application.remove_database("_memory")
    application.add_database(DeskDatabase(application, path, identities=identities), name=NAME)
    if not pm.has_plugin(NAME):
        pm.register(_Search(), name=NAME)
    return application


class _Search:
    """Full-text search over the views that show what readers wrote."""

    @hookimpl(trylast=True)  # Datasette's own finds no index, and takes the box away
    def filters_from_request(
        self, request: Request, database: str, table: str, datasette: Datasette
    ) -> FilterArguments | None:
        """Return the condition for words that were typed into the box above a view."""
        one = described_views().get(table)
        is_ours = isinstance(datasette.get_database(database), DeskDatabase)
        if one is None or "text" not in one.columns or not is_ours:
            return None
        words = request.args.get("_search") or ""
        shown = {"supports_search": True, "search": words}
        if not words.strip():
            return FilterArguments([], extra_context=shown)
        condition = WITH_WORDS.format(name="search")
        return FilterArguments([condition], {"search": words}, [f"with “{words}”"], shown)


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
