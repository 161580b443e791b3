"""Sealed prompts: answers are kept, and shown together on their day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.responses import sealing
from tests.journeys.stage import KEEPS, Stage, custom_id, press

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message

PAST = "2026-03-02"


def in_days(days: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


def stamp(day: str) -> str:
    """Return a day as Discord shows it in everybody's own language."""
    return f"<t:{int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())}:D>"


async def shown(stage: Stage, thread: Channel) -> list[str]:
    """Return what stands in a thread as shown answers, in its order."""
    found = await stage.bot_says(thread)
    return [each.content.splitlines()[-1] for each in found if custom_id(each, "edit")]


async def until_prompt_says(stage: Stage, prompt: Message, words: str) -> None:
    await stage.sandbox.until(lambda: words in prompt.content)


async def day_comes(stage: Stage) -> None:
    """Let the day of a channel's setting come, and the next round."""
    await stage.sandbox.until(lambda: not stage.rows("select 1 from pending_answers"))
    with stage.writing() as db:
        db.execute("update prompts set sealed_until = '2026-03-02T00:00:00.000+00:00'")
    await stage.rounds.run()


async def test_answers_are_kept_and_shown_together_on_the_day_of_the_file(stage: Stage) -> None:
    day = in_days(7)
    thread = await stage.publish(sealed=day)
    prompt = await stage.prompt(thread)
    assert prompt.content == (
        f"**{KEEPS}**\n-# Answers are shown together on {stamp(day)}. Please use the button: a "
        "reply in the thread is seen at once."
    )
    form = (await press(stage.ada, prompt, "answer")).modal
    assert form is not None
    assert form.text == f"{KEEPS}\n-# Answers are shown together on {stamp(day)}."
    for who, text in ((stage.ada, "The tickets."), (stage.bora, "The stamps.")):
        told = (await stage.answer(who, prompt, text))[1]
        assert stamp(day) in told
    assert await shown(stage, thread) == []
    again = await press(stage.ada, prompt, "answer")
    assert again.modal is not None
    assert "The tickets." in str(again.modal.components)  # to its reader alone
    stage.write(sealed=PAST)
    await stage.sandbox.until(lambda: prompt.content == f"**{KEEPS}**")
    await stage.shown(thread, "The stamps.")
    assert await shown(stage, thread) == ["The tickets.", "The stamps."]


async def test_a_day_that_moves_is_said_and_hides_nothing_that_was_shown(stage: Stage) -> None:
    near, far = in_days(2), in_days(9)
    thread = await stage.publish()
    prompt = await stage.prompt(thread)
    await stage.show_answer(stage.ada, thread, "The tickets.")
    stage.write(sealed=near)
    await until_prompt_says(stage, prompt, stamp(near))
    await stage.answer(stage.bora, prompt, "The stamps.")
    stage.write(sealed=far)
    await until_prompt_says(stage, prompt, stamp(far))
    assert await shown(stage, thread) == ["The tickets."]
    stage.write()
    await stage.shown(thread, "The stamps.")
    assert await shown(stage, thread) == ["The tickets.", "The stamps."]


async def test_the_days_of_a_channel_count_from_the_asking(stage: Stage) -> None:
    await stage.start()
    await stage.until_rows("select 1 from channels")
    with stage.writing() as db:
        db.execute("update channels set sealed_days = 5")
    stage.write()
    thread = await stage.thread()
    prompt = await stage.prompt(thread)
    await until_prompt_says(stage, prompt, "Answers are shown together on <t:")
    await stage.answer(stage.ada, prompt, "The tickets.")
    await stage.rounds.run()
    assert await shown(stage, thread) == []
    await day_comes(stage)
    await stage.shown(thread, "The tickets.")
    assert await shown(stage, thread) == ["The tickets."]


async def test_what_was_not_shown_before_a_restart_is_shown_once_after_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    thread = await stage.publish(sealed=in_days(7))
    prompt = await stage.prompt(thread)
    people = [await stage.sandbox.member(stage.guild, f"Reader {each}") for each in range(5)]
    texts = [f"By {who.name}." for who in people]
    for who, text in zip(people, texts, strict=True):
        await stage.answer(who, prompt, text)
    await stage.stop()
    stage.write(sealed=PAST)
    path = f"/channels/{thread.id}/messages$"
    await stage.sandbox.fault("drop_after_commit", method="POST", path=path, times=1)
    await stage.start()

    async def all_shown() -> bool:
        await stage.rounds.run()
        return len(await shown(stage, thread)) >= len(texts)

    await stage.sandbox.until(all_shown)
    await stage.rounds.run()
    assert await shown(stage, thread) == texts


async def test_answers_are_shown_in_a_thread_that_was_archived_meanwhile(stage: Stage) -> None:
    await stage.start()
    await stage.until_rows("select 1 from channels")
    with stage.writing() as db:
        db.execute("update channels set sealed_days = 5")
    stage.write()
    thread = await stage.thread()
    await stage.answer(stage.ada, await stage.prompt(thread), "The tickets.")
    await stage.put_to_sleep(thread)
    await day_comes(stage)
    await stage.shown(thread, "The tickets.")


async def test_sealed_answers_stay_out_of_an_essay_that_was_taken_back(stage: Stage) -> None:
    thread = await stage.publish(sealed=in_days(7))
    await stage.answer(stage.ada, await stage.prompt(thread), "The tickets.")
    starter = await stage.starter(thread)
    stage.write(sealed=PAST, draft="true")
    await stage.sandbox.until(lambda: "taken this essay back" in starter.content)
    await stage.rounds.run()
    assert await shown(stage, thread) == []
