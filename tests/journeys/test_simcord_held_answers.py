"""Answers that wait, in a Discord that others wrote (SimCord)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tests.journeys.simcord_room import Room, answer, message_of, set_up

if TYPE_CHECKING:
    from bot.client import AfterwordBot


def execute(bot: AfterwordBot, statement: str, *values: object) -> None:
    """Change the database as a setting would."""
    with closing(sqlite3.connect(bot.settings.database)) as db, db:
        db.execute(statement, values)


async def test_an_answer_is_shown_once_a_moderator_approved_it(room: Room) -> None:
    desk = room.guild.create_text_channel("desk")
    thread = await set_up(room, room.text)
    bot: Any = room.env.bot
    execute(bot, "update guilds set approval = 1, notices_channel_id = ?", desk.id)
    prompt = room.prompt(thread)
    told = await answer(room.ada, prompt, "The tickets.")
    assert told == "Kept. A moderator looks at it before it is shown."
    await room.env.settle()
    (notice,) = room.said_by_bot(desk)
    assert notice.content.startswith("**One answer waits for a moderator")
    assert not [one for one in room.said_by_bot(thread) if "tickets" in one.content]
    page = await room.mo.click(notice, label="Look")
    assert message_of(page).content.endswith("The tickets.")
    await room.mo.click(message_of(page), label="Approve")
    await room.env.settle()
    assert [one for one in room.said_by_bot(thread) if "The tickets." in one.content]


async def test_sealed_answers_are_shown_together_on_their_day(room: Room) -> None:
    thread = await set_up(room, room.text)
    bot: Any = room.env.bot
    prompt = room.prompt(thread)
    seal = "update prompts set sealed_by = 'channel', sealed_until = ?"
    execute(bot, seal, "2090-01-01T00:00:00.000+00:00")
    for who, text in ((room.ada, "The tickets."), (room.bora, "The stamps.")):
        await answer(who, prompt, text)
    await room.env.settle()
    assert not [one for one in room.said_by_bot(thread) if "answers" in one.content]
    execute(bot, seal, "2026-01-01T00:00:00.000+00:00")
    await bot.get_cog("Publishing").rounds.run()
    await room.env.settle()
    shown = [one.content.splitlines()[-1] for one in room.said_by_bot(thread)]
    assert [text for text in shown if text in {"The tickets.", "The stamps."}] == [
        "The tickets.",
        "The stamps.",
    ]
