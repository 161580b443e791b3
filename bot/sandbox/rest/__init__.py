"""Discord's REST API, version 10: one module per resource."""

from bot.sandbox.rest import channels, commands, guilds, interactions, me, messages, threads
from bot.sandbox.rest.routes import ROUTES

__all__ = [
    "ROUTES",
    "channels",
    "commands",
    "guilds",
    "interactions",
    "me",
    "messages",
    "threads",
]
