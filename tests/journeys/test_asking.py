"""Asking an essay: `/ask`, a mention in its thread, and what others see of it."""

from __future__ import annotations

from tests.journeys.stage import Stage


def named(stage: Stage) -> str:
    """What mentions the bot in a text."""
    assert stage.bot.user is not None
    return stage.bot.user.mention


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
