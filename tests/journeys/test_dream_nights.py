"""When a night is looked back on, and the prompts of silent threads that are asked again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.core.connection import Connection
from bot.core.phrases import phrases
from bot.discussion.dreaming.look_back import LookBack
from bot.discussion.dreaming.process import WorkError
from tests.journeys.dream_room import (
    AUDIT,
    DISMISS,
    NIGHT,
    Room,
    silent_room,
    talking_room,
)
from tests.journeys.stage import KEEPS, Stage, message_of, said

if TYPE_CHECKING:
    from bot.sandbox import Message


@pytest.fixture
async def room(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Room:
    return await talking_room(stage, monkeypatch)


@pytest.fixture
async def silent(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Room:
    return await silent_room(stage, monkeypatch)


async def second(room: Room) -> Message:
    """Let both threads be silent for long, *Roads* to be left alone; return the draft."""
    stage = room.stage
    await stage.stop()
    with stage.writing() as db:
        db.execute("update publications set started_at = '2026-01-01T00:00:00.000+00:00'")
    await stage.start()
    [(left,)] = stage.rows("select id from publications where title = 'Roads'")
    name = "bot.store.dreams.second_questions.is_left_alone"
    room.patch.setattr(name, lambda publication: publication == left)
    await room.record([])
    return await room.draft()


async def test_a_prompt_of_a_silent_thread_is_offered_once_and_one_is_left_alone(
    silent: Room,
) -> None:
    draft = await second(silent)
    assert "### A question that nobody answered" in draft.content
    assert "**Maps**" in draft.content
    assert draft.buttons == ["Ask it again", DISMISS]
    rows = "select decision from second_questions order by decision"
    assert silent.stage.rows(rows) == [(None,), ("left_alone",)]
    await silent.record([], NIGHT + timedelta(days=1))
    assert len(await silent.drafts()) == 1


async def test_an_approved_prompt_is_asked_again_and_replies_to_it_answer_it(silent: Room) -> None:
    stage = silent.stage
    await second(silent)
    told = await silent.press("Ask it again")
    (again,) = await silent.asked(silent.maps)
    url = f"https://discord.com/channels/{stage.guild.id}/{silent.maps.id}/{again.id}"
    assert told == f"Asked: {url}"
    assert KEEPS in again.content
    assert again.buttons == ["Answer", "Why this?"]
    assert (await silent.draft()).content.endswith(f"-# <@{stage.mo.id}>: asked again")
    assert stage.rows(AUDIT)[-1] == ("asked a question again", stage.mo.id)
    why = message_of(await stage.ada.click(again, label="Why this?"))
    assert why.content == phrases("en").second_why
    await stage.ada.say(silent.maps, "A stone.", reply_to=again)
    await stage.until_kept("A stone.")
    assert stage.kept() == {"A stone.": KEEPS}
    await stage.answer(stage.bora, again, "A key.")
    await stage.shown(silent.maps, "A key.")


async def test_a_prompt_that_was_answered_meanwhile_is_not_asked_again(silent: Room) -> None:
    await second(silent)
    prompt = await silent.stage.prompt(silent.maps)
    await silent.stage.ada.say(silent.maps, "Now.", reply_to=prompt)
    await silent.stage.until_kept("Now.")
    assert await silent.press("Ask it again") == phrases("en").second_answered
    assert await silent.asked(silent.maps) == []


async def test_a_prompt_that_is_dismissed_stays_unasked(silent: Room) -> None:
    draft = await second(silent)
    refused = said(await silent.stage.ada.click(draft, label="Ask it again"))
    assert refused == phrases("en").only_moderators
    assert await silent.press(DISMISS) == "Noted."
    assert await silent.asked(silent.maps) == []
    assert (await silent.draft()).content.endswith(f"-# <@{silent.stage.mo.id}>: not asked again")


async def test_a_night_is_begun_once_a_guild_when_the_threads_are_quiet(stage: Stage) -> None:
    await stage.start()  # without a thread
    await stage.until_rows("select 1 from dream_nights where ended_at is not null")
    rows = stage.rows("select begun, fault, begun_at from dream_nights")
    assert [row[:2] for row in rows] == [(1, None)]
    await stage.restart()
    await stage.rounds.run()
    await stage.bot.discussion.dreams.nights.finish()
    assert stage.rows("select begun, fault, begun_at from dream_nights") == rows


async def new_since_the_last_night(room: Room) -> None:
    """Let there be something new, and the threads be quiet, before the bot is started again."""
    await room.stage.stop()
    with room.stage.writing() as db:
        db.execute("delete from dream_nights")
        db.execute("update posts set first_seen_at = '2026-01-01T00:00:00.000+00:00'")
    room.patch.setattr("bot.discussion.dreaming.nights.QUIET", timedelta(0))


async def test_what_a_night_finds_is_drafted_and_the_night_is_over(room: Room) -> None:
    a, b = await room.ends()
    nights_seen: list[date] = []

    async def look_back(_self: LookBack, _guild: int, night: date) -> list[Connection]:
        nights_seen.append(night)
        return [Connection("pair", a, b, ("ferry",), None, 1.0)]

    await new_since_the_last_night(room)
    room.patch.setattr(LookBack, "__call__", look_back)
    await room.stage.start()
    await room.stage.until_rows("select 1 from dream_messages where message_id is not null")
    assert "What ties them: *ferry*." in (await room.draft()).content
    await room.stage.restart()
    await room.stage.rounds.run()
    await room.stage.bot.discussion.dreams.nights.finish()
    assert len(nights_seen) == 1
    assert room.stage.rows("select night, begun from dream_nights") == [
        (nights_seen[0].isoformat(), 1)
    ]


async def test_a_fault_ends_the_night_and_never_repeats(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    async def look_back(_self: LookBack, _guild: int, _night: date) -> list[Connection]:
        raise WorkError("ValueError")

    await new_since_the_last_night(room)
    room.patch.setattr(LookBack, "__call__", look_back)
    await room.stage.start()
    await room.stage.until_rows("select 1 from dream_nights where fault = 'ValueError'")
    for _ in range(3):
        await room.stage.rounds.run()
        await room.stage.bot.discussion.dreams.nights.finish()
    assert caplog.text.count("A fault in the dream of guild") == 1
    assert await room.drafts() == []


async def test_a_night_is_looked_back_on_in_a_process_of_its_own(room: Room) -> None:
    await new_since_the_last_night(room)
    await room.stage.start()
    await room.stage.until_rows("select 1 from dream_nights where ended_at is not null")
    assert room.stage.rows("select begun, fault from dream_nights") == [(1, None)]


async def test_a_night_waits_while_somebody_writes(room: Room) -> None:
    await room.stage.rounds.run()
    await room.stage.bot.discussion.dreams.nights.finish()
    assert room.stage.rows("select 1 from dream_nights") == []


async def test_a_server_that_turned_dreams_off_has_none(stage: Stage) -> None:
    await stage.start()
    await stage.until_rows("select 1 from dream_nights where ended_at is not null")
    await stage.stop()
    with stage.writing() as db:
        db.execute("update guilds set dreams = 0")
        db.execute("delete from dream_nights")
    await stage.start()
    await stage.rounds.run()
    await stage.bot.discussion.dreams.nights.finish()
    assert stage.rows("select 1 from dream_nights") == []
