"""The bot itself, and where the gateway is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import serialisation
from bot.sandbox.rest.routes import route
from bot.sandbox.state import permissions
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


@route("GET", "/users/{user_id}")
def get_user(call: Call) -> Answer:
    """Return a user."""
    return serialisation.user(call.state.user(call.id("user_id")))


@route("GET", "/users/@me/guilds", query=("limit", "before", "after", "with_counts"))
def get_my_guilds(call: Call) -> Answer:
    """Return the guilds that the bot is in, oldest first."""
    after = call.query_id("after") or 0
    bot, now = call.state.application.user, call.state.now()
    return [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(permissions.in_guild(guild, guild.members[bot.id], now)),
            "features": [],
        }
        for guild in call.state.guilds.values()
        if bot.id in guild.members and guild.id > after
    ][: call.limit(200, 200)]


@route("GET", "/oauth2/applications/@me")
def get_application(call: Call) -> Answer:
    """Return the bot's application."""
    return serialisation.application(call.state)


@route("GET", "/applications/@me")
def get_current_application(call: Call) -> Answer:
    """Return the bot's application."""
    return serialisation.application(call.state)


@route("GET", "/gateway")
def get_gateway(call: Call) -> Answer:
    """Return where the gateway is."""
    return {"url": _gateway(call)}


@route("GET", "/gateway/bot")
def get_gateway_bot(call: Call) -> Answer:
    """Return where the gateway is and how often one may identify."""
    limit: JSON = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": _gateway(call), "shards": 1, "session_start_limit": limit}


def _gateway(call: Call) -> str:
    return call.state.address.replace("http", "ws", 1) + "/"
