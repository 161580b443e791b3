"""A guild in SimCord, with what a journey does in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord
import simcord

from bot.client import AfterwordBot

KEEPS = "What do you keep that is of no use to anyone?"
MODERATES = discord.Permissions(
    view_channel=True, manage_guild=True, manage_threads=True, manage_messages=True
)


MakeBot = Callable[..., AfterwordBot]
"""Makes a bot with other settings."""


class Room:
    """A guild in SimCord, with people and channels."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.guild = env.create_guild("Essays")
        self.text = self.guild.create_text_channel("essays")
        self.forum = self.guild.create_forum_channel("forum")
        self.ada = self.guild.add_member(env.create_user("ada"))
        self.bora = self.guild.add_member(env.create_user("bora"))
        moderates = self.guild.create_role("Moderator", permissions=MODERATES)
        self.mo = self.guild.add_member(env.create_user("mo"), roles=[moderates])

    def thread(self, channel: simcord.ChannelHandle | None = None) -> simcord.ChannelHandle:
        """Return the newest thread of a channel."""
        return (channel or self.text).threads[-1]

    def said_by_bot(self, thread: simcord.ChannelHandle) -> list[discord.Message]:
        """Return the bot's own messages in a thread."""
        bot = self.env.bot.user
        assert bot is not None
        found = [one for one in thread.history() if one.author.id == bot.id]
        return [one for one in found if one.type is discord.MessageType.default]

    def prompt(self, thread: simcord.ChannelHandle) -> discord.Message:
        """Return the message of a thread that asks."""
        return next(one for one in self.said_by_bot(thread) if one.content == f"**{KEEPS}**")


async def set_up(room: Room, channel: simcord.ChannelHandle) -> simcord.ChannelHandle:
    """Let a moderator choose a channel; return the thread that starts."""
    await room.mo.slash(room.text, "setup", channel=channel)
    await room.env.settle()
    return room.thread(channel)


def message_of(done: Any) -> Any:
    """Return the message that the bot answered with."""
    assert done.response is not None
    return done.response


async def answer(who: simcord.MemberActor, message: Any, text: str, **values: Any) -> str:
    opened = await who.click(message, label="Answer")
    done = await who.submit_modal(opened, {"text": text, **values})
    assert done.ephemeral
    content: str = message_of(done).content
    return content


async def kept(room: Room) -> dict[str, str | None]:
    bot: Any = room.env.bot

    def read(db: Any) -> dict[str, str | None]:
        return dict(db.execute("select text, question from responses_by_question").fetchall())

    found: dict[str, str | None] = await bot.store.read(read)
    return found
