"""Serving the page's files."""

from __future__ import annotations

from pathlib import Path

from aiohttp import hdrs, web

STATIC = Path(__file__).parent / "static"

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""Said by us: what the system's own table says of .js differs from machine to machine."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Only our own files run, and no string ever becomes markup or script."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    hdrs.CACHE_CONTROL: "no-cache",  # an edit of a file is seen on the next load
}

ATTACHMENT_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    hdrs.CONTENT_DISPOSITION: "attachment",
}
"""An attachment is a stranger's file at our own address: it is saved, never shown as a page."""

REPORT_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    hdrs.CACHE_CONTROL: "no-store",
    hdrs.CONTENT_TYPE: KINDS[".html"],
}
"""A report is a page of somebody else's making, with readers' words in it: nothing runs there."""


def add_routes(router: web.UrlDispatcher) -> None:
    """Add the routes of the page's files; the page itself is :func:`send_index`."""
    router.add_get(r"/page/{name:[a-z]+\.(?:css|js|svg)}", _send_file)


def send_index() -> web.FileResponse:
    """Return the page."""
    return _file("index.html")


async def _send_file(request: web.Request) -> web.FileResponse:
    return _file(request.match_info["name"])


def _file(name: str) -> web.FileResponse:
    path = STATIC / name
    return web.FileResponse(path, headers=HEADERS | {hdrs.CONTENT_TYPE: KINDS[path.suffix]})
