"""Discord's REST API, version 10: one module per resource.

In come requests; out go the answers that Discord would give, with its status, code and rate-limit
headers, after an action has changed the state. What no route knows is answered 404 and noted.
"""

from bot.sandbox.rest import (
    application,
    channels,
    commands,
    guilds,
    interactions,
    messages,
    reactions,
    threads,
)
from bot.sandbox.rest.routes import ROUTES

__all__ = [
    "ROUTES",
    "application",
    "channels",
    "commands",
    "guilds",
    "interactions",
    "messages",
    "reactions",
    "threads",
]
