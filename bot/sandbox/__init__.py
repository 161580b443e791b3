"""A small Discord on loopback: state, REST, gateway, control.

Real discord.py runs on it unmodified once two addresses point here::

    async with Sandbox() as sandbox:
        discord.http.Route.BASE = sandbox.api
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sandbox.gateway)
        guild = await sandbox.guild()
        channel = await sandbox.channel(guild, "essays")
        ada = await sandbox.member(guild, "Ada", locale="en-GB")
        ...  # start a bot with sandbox.token
        answer = await ada.command(channel, "post", slug="night")
        opened = await ada.click(answer.message, label="Answer")
        await ada.submit(opened, {"Answer": "Letters"})

``Sandbox`` is the server in this process, ``Remote`` the client of one in another. ``README.md``
beside this file says what is served, how to test a bot with it, and where a new route goes.
"""

from bot.sandbox.control.client.objects import Answer, Channel, Form, Guild, Message, Role
from bot.sandbox.control.client.person import Person
from bot.sandbox.control.client.remote import ControlError, Remote
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
    "Role",
    "Sandbox",
    "World",
    "default_world",
    "serve",
]
