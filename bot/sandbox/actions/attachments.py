"""Files that messages carry: their bytes are kept, and Discord's object describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from bot.sandbox.state.state import State


def attach(
    state: State, name: str, kind: str, raw: bytes, *, description: str | None = None
) -> JSON:
    """Keep a file and return its attachment object."""
    ident = state.clock.snowflake()
    state.files[ident] = (kind, raw)
    url = f"{state.address}/attachments/{ident}/{name}"
    return {
        "id": str(ident),
        "filename": name,
        "size": len(raw),
        "url": url,
        "proxy_url": url,
        "content_type": kind,
        "description": description,
    }
