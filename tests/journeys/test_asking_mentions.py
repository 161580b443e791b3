"""A question that mentions the bot: no response, and answered to who asked alone."""

from __future__ import annotations

import pytest

from bot.sandbox.state.permissions import Permission
from tests.journeys.asking import (
    KEEPS_WATER,
    RIVERS,
    ask,
    described,
    named,
    offered_to,
    rivers,
    show,
)
from tests.journeys.conftest import SILENT
from tests.journeys.stage import Stage, message_of, said


async def test_a_question_to_the_bot_is_no_response(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.ada.say(thread, f"{named(stage)} why does it speak of paragraphs?", reply_to=prompt)
    await stage.ada.say(thread, f"I ask {named(stage)} nothing, and keep maps.")
    await stage.until_kept(f"I ask {named(stage)} nothing, and keep maps.")


async def test_an_edit_makes_a_response_of_a_question_and_a_question_of_a_response(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    message = await stage.say_until_kept(stage.ada, thread, "I keep maps.")
    await stage.ada.edit(message, f"{named(stage)} what does it say about maps?")
    await stage.until_rows("select 1 from responses where text = ''")
    await stage.ada.edit(message, "I keep many maps.")
    await stage.until_kept("I keep many maps.")
    assert stage.rows("select count(*) from responses") == [(1,)]


@pytest.mark.parametrize("has_intent", [True, False])
async def test_a_mention_is_replied_to_with_an_answer_for_who_asked(
    stage: Stage, *, has_intent: bool
) -> None:
    if not has_intent:
        await stage.sandbox.post("set_intents", privileged=0)
        stage.settings["message_content"] = False
    thread = await rivers(stage)
    question = await stage.ada.say(thread, f"{named(stage)} {KEEPS_WATER}")
    reply = await offered_to(stage, thread)
    assert reply.raw["message_reference"]["message_id"] == str(question.id)
    assert reply.raw["mentions"] == []
    assert reply.flags & SILENT
    refused = await stage.mo.click(reply, label="Show the answer")
    assert said(refused).startswith("Only who asked can see this answer.")
    await stage.restart()
    page = message_of(await stage.ada.click(reply, label="Show the answer"))
    assert page.ephemeral
    await stage.sandbox.until(lambda: page.embeds)
    assert RIVERS in described(page)
    assert stage.rows("select * from responses") == []
    await stage.ada.delete(question)
    gone = await stage.ada.click(reply, label="Show the answer")
    await stage.sandbox.until(lambda: "The question was deleted" in said(gone))
    await stage.ada.click(reply, label="Take away")
    await stage.sandbox.until(lambda: reply.deleted)


async def test_a_question_is_asked_in_reply_to_a_starter_too(stage: Stage) -> None:
    thread = await rivers(stage)
    starter = await stage.starter(thread)
    await stage.ada.say(stage.text, f"{named(stage)} why rivers?", mention=False)
    text = f"{named(stage)} {KEEPS_WATER}"
    await stage.ada.say(stage.text, text, reply_to=starter, mention=False)
    reply = await offered_to(stage, stage.text)
    page = message_of(await stage.ada.click(reply, label="Show the answer"))
    await stage.sandbox.until(lambda: page.embeds)
    assert RIVERS in described(page)
    found = await stage.sandbox.messages_in(stage.text)
    assert len([each for each in found if "Show the answer" in each.buttons]) == 1


async def test_no_question_is_logged_or_stored(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, "Who plays the xylophone?")
    assert page.content.startswith("The essay does not say.")
    question = "What does a rIVER kEEP of its water?"
    shown = await show(stage, stage.ada, thread, question)
    assert "rIVER kEEP" in shown.content
    await stage.ada.say(thread, f"{named(stage)} who plays the xylophone?")
    reply = await offered_to(stage, thread)
    await stage.ada.click(reply, label="Show the answer")
    await stage.stop()
    files = b"".join(path.read_bytes() for path in stage.database.parent.glob("afterword.db*"))
    for word in ("xylophone", "rIVER", "kEEP"):
        assert word not in caplog.text
        assert word.encode() not in files


async def test_a_question_that_is_told_of_twice_has_one_reply(stage: Stage) -> None:
    thread = await rivers(stage)
    await stage.sandbox.event_fault("duplicate", "MESSAGE_CREATE", times=4)
    await stage.ada.say(thread, f"{named(stage)} what does a river keep?")
    await offered_to(stage, thread)
    await stage.say_until_kept(stage.bora, thread, "After it.")
    bodies = [each.body for each in stage.sandbox.requests if isinstance(each.body, dict)]
    assert len([each for each in bodies if str(each.get("nonce")).startswith("awask")]) == 1


async def test_where_the_bot_may_not_write_a_question_has_no_reply(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot.discussion.asking")
    thread = await rivers(stage)
    await stage.sandbox.deny_bot(stage.text, int(Permission.SEND_MESSAGES_IN_THREADS))
    await stage.ada.say(thread, f"{named(stage)} what does a river keep?")
    await stage.sandbox.until(lambda: "A question could not be replied to" in caplog.text)
    assert "Traceback" not in caplog.text


async def test_a_lost_database_takes_none_of_it_for_a_part_of_the_essay(stage: Stage) -> None:
    thread = await rivers(stage)
    shown = await show(stage, stage.ada, thread)
    await stage.ada.say(thread, f"{named(stage)} what does a river keep?")
    reply = await offered_to(stage, thread)
    before = (shown.content, reply.content)
    await stage.stop()
    stage.lose_database()
    await stage.start()
    assert (await stage.thread()).id == thread.id
    kinds = "select message_id from messages where message_id in (?, ?)"
    assert stage.rows(kinds, shown.id, reply.id) == []
    assert (shown.content, reply.content) == before
    assert not shown.deleted
    assert not reply.deleted
