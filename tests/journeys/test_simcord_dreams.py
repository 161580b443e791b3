"""A dream's draft, and what is asked after it, in a Discord that others wrote (SimCord)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bot.core.connection import Connection, End
from bot.store.dreams import nights
from tests.journeys.simcord_room import Room, message_of, set_up

NIGHT = date(2026, 3, 2)
ENDS = """
select post_id, responses.id from responses join publications
  on publications.id = publication_id order by responses.id
"""


async def dream(room: Room) -> None:
    """Have a night find that two responses belong together, and tell moderators."""
    bot: Any = room.env.bot
    now = datetime.now(UTC)
    rows = await bot.store.read(lambda db: db.execute(ENDS).fetchall())
    a, b = (End(post, response, None) for post, response in rows)
    found = [Connection("pair", a, b, ("ferry",), None, 1.0)]
    await bot.store.write(nights.begin, room.guild.id, NIGHT, now)
    await bot.store.write(nights.record, room.guild.id, NIGHT, found, 3, now)
    await bot.discussion.dreams.delivery.run()
    await room.env.settle()


async def test_a_moderator_has_a_connection_asked_in_both_threads(room: Room) -> None:
    maps = await set_up(room, room.text)
    await room.mo.slash(room.text, "discuss", slug="clocks")
    await room.env.settle()
    clocks = room.thread()
    desk = room.guild.create_text_channel("desk")
    await room.mo.slash(room.text, "setup", channel=room.text, notices=desk)
    await room.ada.send(maps, "The ferry tickets.", reply_to=room.prompt(maps))
    await room.bora.send(clocks, "The ferry was late.", reply_to=room.prompt(clocks))
    await room.env.settle()
    await dream(room)
    [draft] = desk.history()
    assert "> The ferry tickets." in draft.content
    refused = await room.ada.click(draft, label="Ask in both threads")
    assert message_of(refused).content.startswith("Only who may manage threads")
    done = await room.mo.click(draft, label="Ask in both threads")
    await room.env.settle()
    assert message_of(done).content.startswith("Asked: ")
    for thread, words in ((maps, "The ferry was late."), (clocks, "The ferry tickets.")):
        asked = room.said_by_bot(thread)[-1]
        assert "Does that meet what was said here" in asked.content
        assert words not in asked.content
    [draft] = desk.history()
    assert draft.content.endswith(f"-# <@{room.mo.id}>: asked in the threads")
    assert draft.components == []
