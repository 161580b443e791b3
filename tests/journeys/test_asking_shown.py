"""An answer that its reader shows to everybody, and takes away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.core.phrases import phrases
from bot.sandbox.state.permissions import Permission
from tests.journeys.asking import (
    KEEPS_WATER,
    RIVERS,
    ask,
    described,
    rewrite,
    rivers,
    show,
    shown_by,
)
from tests.journeys.conftest import SILENT
from tests.journeys.stage import Stage, custom_id, message_of, said

if TYPE_CHECKING:
    from bot.sandbox import Message


async def test_an_answer_is_shown_once_silently_and_taken_away(stage: Stage) -> None:
    thread = await rivers(stage)
    question = "What does a **river** <@1> keep of its water? https://evil.example/x discord.gg/ab"
    shown = await show(stage, stage.ada, thread, question)
    assert shown.content == (
        r"**Ada** asked: What does a \*\*river\*\* \<\@1> keep of its water? … …"
        f"\n> {RIVERS}\n-# Rivers · Water"
    )
    assert shown.flags & SILENT
    assert shown.buttons == ["Read it there", "Read", "Take away"]
    refused = await stage.bora.click(shown, label="Take away")
    assert said(refused) == phrases("tr").ask_not_yours_to_take
    await stage.ada.click(shown, label="Take away")
    await stage.sandbox.until(lambda: shown.deleted)
    assert stage.rows("select act from audit where act = 'took down a passage'") == []


async def test_a_moderator_takes_an_answer_away_and_it_is_written_down(stage: Stage) -> None:
    thread = await rivers(stage)
    shown = await show(stage, stage.ada, thread)
    await stage.mo.click(shown, label="Take away")
    await stage.sandbox.until(lambda: shown.deleted)
    await stage.until_rows(
        "select 1 from audit where act = 'took down a passage' and actor_id = ?", stage.mo.id
    )
    page = message_of(await stage.mo.command(stage.text, "audit"))
    assert "took down a passage" in page.texts
    assert str(thread.id) in page.texts


async def test_an_answer_is_shown_after_a_restart_and_only_once(stage: Stage) -> None:
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, KEEPS_WATER)
    button = custom_id(page, "passage")
    await stage.restart()
    both = await asyncio.gather(*(stage.ada.click(page, custom_id=button) for _ in range(2)))
    await stage.sandbox.until(lambda: all(one.followups for one in both))
    assert "Show it here" not in page.buttons
    told = [one.followups[0].content for one in both if one.followups[0].ephemeral]
    assert told == ["It is shown here already."]
    assert len(await shown_by(stage, thread)) == 1


async def test_what_changed_meanwhile_is_not_shown(stage: Stage) -> None:
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, KEEPS_WATER)
    await rewrite(stage, title="Rivers", text="A river forgets its water.")
    refused = await stage.ada.click(page, label="Show it here")
    await stage.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content.startswith("The essay has changed since.")
    assert await shown_by(stage, thread) == []


@pytest.mark.parametrize("case", ["timed out", "may not write", "locked", "slow"])
async def test_who_may_not_write_shows_nothing(stage: Stage, case: str) -> None:
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, KEEPS_WATER)
    if case == "timed out":
        await stage.ada.time_out(600)
    elif case == "may not write":
        deny = int(Permission.SEND_MESSAGES_IN_THREADS)
        await stage.sandbox.allow(stage.text, stage.ada, deny=deny)
    elif case == "locked":
        await stage.mo.lock(thread)
    else:
        await stage.mo.change_thread(thread, rate_limit_per_user=3600)
        await stage.say_until_kept(stage.ada, thread, "A word before.")
    refused = await stage.ada.click(page, label="Show it here")
    await stage.sandbox.until(lambda: refused.followups)
    told = refused.followups[0]
    assert told.ephemeral
    assert told.content.startswith("This thread is in slow" if case == "slow" else "Not shown: ")
    assert await shown_by(stage, thread) == []


async def test_where_answers_are_approved_first_a_question_is_not_shown(stage: Stage) -> None:
    thread = await rivers(stage)
    with stage.writing() as db:
        db.execute("update guilds set approval = 1")
    shown = await show(stage, stage.ada, thread, KEEPS_WATER)
    assert shown.content.startswith("**Ada** asked, and the essay says:\n> A river")


async def test_a_thread_is_shown_a_passage_in_its_own_language(stage: Stage) -> None:
    nehir = "Bir nehir, suyundan hiçbir şey kalmasa da adını tutar."
    text = f"## Su\n\n{nehir}\n\n## Taş\n\nBir dağ yavaş unutur."
    stage.write("rivers", title="Nehirler", lang="tr", text=text, asks="Ya siz ne tutarsınız?")
    thread = await rivers(stage)
    question = "Bir nehir, suyundan hiçbir şey kalmasa da neyi tutar?"
    page = await ask(stage.bora, thread, question)
    assert nehir in described(page)
    await stage.bora.click(page, custom_id=custom_id(page, "passage"))
    await stage.sandbox.until(lambda: custom_id(page, "passage") is None)

    async def find() -> Message | None:
        return next(iter(await shown_by(stage, thread)), None)

    shown: Message = await stage.sandbox.until(find)
    assert shown.content == f"**Bora** asked: {question}\n> {RIVERS}\n-# Rivers · Water"


async def test_passages_side_by_side_are_shown_together_as_long_as_both_are_there(
    stage: Stage,
) -> None:
    again = "None of its water stays, and still a river keeps its name."
    thread = await rivers(stage)
    await rewrite(stage, title="Rivers", text=f"{RIVERS}\n\n{again}")
    page = await ask(stage.ada, thread, KEEPS_WATER)
    assert f"> {RIVERS}\n> \n> {again}" in described(page)
    shown = await show(stage, stage.ada, thread)
    assert f"> {RIVERS}\n> \n> {again}" in shown.content
    await rewrite(stage, title="Rivers", text=RIVERS, asks="")
    refused = await stage.ada.click(page, label="Show it here")
    await stage.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content.startswith("The essay has changed since.")
