"""The bot itself, and where the gateway is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.rest.routes import route
from bot.sandbox.state.json_types import JSON

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Answer, Call


@route("GET", "/users/@me")
def get_me(call: Call) -> Answer:
    """Return the bot's user."""
    app = call.state.application
    return serialisation.user(app.user) | {
        "mfa_enabled": False,
        "locale": "en-US",
        "premium_type": 0,
        "email": None,
        "verified": True,
        "bio": "",
    }


@route("GET", "/oauth2/applications/@me")
def get_application(call: Call) -> Answer:
    """Return the bot's application."""
    return serialisation.application(call.state)


@route("GET", "/gateway/bot")
def get_gateway_bot(call: Call) -> Answer:
    """Return where the gateway is and how often one may identify."""
    limit: JSON = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    url = call.state.address.replace("http", "ws", 1) + "/"
    return {"url": url, "shards": 1, "session_start_limit": limit}
