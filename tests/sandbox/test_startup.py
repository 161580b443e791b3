from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from bot.sandbox import Sandbox
    from tests.sandbox.probe_bot import Place, Start


async def test_discord_py_boots_and_finds_its_guild(place: Place, start: Start) -> None:
    probe = await start()
    guild = probe.get_guild(place.guild.id)
    assert guild is not None
    assert guild.me.guild_permissions.manage_threads
    assert isinstance(guild.get_channel(place.channel.id), discord.TextChannel)
    forum = guild.get_channel(place.forum.id)
    assert isinstance(forum, discord.ForumChannel)
    assert [tag.name for tag in forum.available_tags] == ["writing", "life"]


async def test_a_message_a_thread_and_a_reply(sandbox: Sandbox, place: Place, start: Start) -> None:
    probe = await start()
    channel = probe.text(place.channel)
    message = await channel.send("An essay", embed=discord.Embed(title="t", url="https://e.org"))
    thread = await message.create_thread(name="An essay")
    assert thread.id == message.id
    hello = await place.ada.say(thread, "I think so too")
    reply = await place.ada.say(thread, "And you?", reply_to=hello)
    got = await sandbox.until(
        lambda: [each for each in probe.events("message") if each.id == reply.id]
    )
    assert got[0].reference.message_id == hello.id
    assert got[0].author.display_name == "Ada"
    history = [each.content async for each in thread.history(oldest_first=True)]
    assert history == ["", "I think so too", "And you?"]
