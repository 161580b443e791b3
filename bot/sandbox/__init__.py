"""A small Discord on loopback: state, REST, gateway, control.

Real discord.py runs on it unmodified once ``discord.http.Route.BASE`` and the gateway's default
address point here. ``Sandbox`` is the server in this process, ``Remote`` one in another.
"""

from bot.sandbox.people import Person
from bot.sandbox.remote import ControlError, Remote
from bot.sandbox.seen import Answer, Channel, Form, Guild, Message
from bot.sandbox.server import Sandbox, serve
from bot.sandbox.world import World, default_world

__all__ = [
    "Answer",
    "Channel",
    "ControlError",
    "Form",
    "Guild",
    "Message",
    "Person",
    "Remote",
    "Sandbox",
    "World",
    "default_world",
    "serve",
]
