"""Message commands of moderators: *Hide* and *Link to question*, and who may."""

from __future__ import annotations

import pytest

from bot.sandbox import Answer, Channel, ControlError, Message, Person
from tests.journeys.stage import (
    KEEPS,
    MODERATES,
    Stage,
    command_open_to_all,
    custom_id,
    message_of,
    press,
    said,
)

GIVES = "What would you give away?"
HIDDEN = "select count(*) from responses where hidden_at is not null"
ACTS = "select act from audit order by id"
LINKED = "select question from responses_by_question where text = ?"


async def keeps(stage: Stage, who: Person, thread: Channel, text: str) -> Message:
    """Let somebody reply to the prompt; return the message once it is kept."""
    message = await who.say(thread, text, reply_to=await stage.prompt(thread))
    await stage.until_rows("select 1 from responses where text = ?", text)
    return message


async def until_said(stage: Stage, answer: Answer, text: str) -> None:
    """Wait until an answer that came as a change of the message says something."""
    await stage.sandbox.until(lambda: said(answer).startswith(text))


async def two_questions(stage: Stage) -> Channel:
    return await stage.publish(asks=f"{KEEPS}\n\n{GIVES}")


async def test_a_message_is_hidden_from_all_that_leaves_and_shown_again(stage: Stage) -> None:
    thread = await stage.publish()
    message = await keeps(stage, stage.ada, thread, "A drawer of keys.")
    done = await stage.mo.menu(message, "Hide")
    assert message_of(done).ephemeral
    assert "The message itself stays in Discord" in said(done)
    assert stage.kept() == {}
    listed = await stage.mo.command(stage.text, "responses", slug="maps")
    assert "A drawer of keys." not in said(listed)
    card = await stage.ada.command(stage.text, "privacy")
    assert "Kept of you: 1 here" in said(card)
    await stage.ada.edit(message, "A drawer of old keys.")
    await stage.until_rows("select 1 from responses where text = 'A drawer of old keys.'")
    await stage.restart()
    assert stage.kept() == {}
    assert said(await stage.mo.menu(message, "Hide")).startswith("Shown again")
    await stage.until_kept("A drawer of old keys.")
    assert stage.rows(ACTS) == [("hid a response",), ("showed a response again",)]


async def test_a_shown_answer_leaves_the_thread_and_comes_back(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "A drawer of keys.")
    hidden = await stage.mo.menu(shown, "Hide")
    await stage.until_hidden(thread, "A drawer of keys.")
    assert stage.kept() == {}
    await stage.restart()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    edited = await stage.ada.submit(opened, {"text": "A drawer of odd keys."})
    assert "not shown in the thread" in said(edited)
    assert stage.kept() == {}
    again = await press(stage.mo, message_of(hidden), "unhide")
    await until_said(stage, again, "Shown again")
    await stage.shown(thread, "A drawer of odd keys.")
    await stage.until_kept("A drawer of odd keys.")
    assert stage.rows(ACTS) == [("hid a response",), ("showed a response again",)]


async def test_what_is_no_response_is_not_hidden(stage: Stage) -> None:
    thread = await stage.publish()
    prompt = await stage.prompt(thread)
    assert said(await stage.mo.menu(prompt, "Hide")).startswith("Only a reader's response")
    assert said(await stage.mo.menu(prompt, "Link to question")).startswith("Only a reader's")
    elsewhere = await stage.ada.say(stage.text, "Hello.")
    assert said(await stage.mo.menu(elsewhere, "Hide")).startswith("Only a reader's response")
    assert stage.rows(ACTS) == []


@pytest.mark.parametrize("name", ["Hide", "Link to question"])
async def test_a_reader_is_neither_offered_it_nor_obeyed(stage: Stage, name: str) -> None:
    thread = await stage.publish()
    message = await keeps(stage, stage.ada, thread, "A drawer of keys.")
    with pytest.raises(ControlError):
        await stage.ada.menu(message, name)
    command_open_to_all(stage, name)
    assert said(await stage.ada.menu(message, name)).startswith("Only who may manage threads")
    assert stage.rows(HIDDEN) == [(0,)]


async def test_a_permission_that_is_taken_away_meanwhile_counts(stage: Stage) -> None:
    thread = await two_questions(stage)
    message = await keeps(stage, stage.ada, thread, "A drawer of keys.")
    asked = message_of(await stage.mo.menu(message, "Link to question"))
    shown = await stage.show_answer(stage.bora, thread, "Mine.")
    hidden = message_of(await stage.mo.menu(shown, "Hide"))
    await stage.mo.set_roles([])
    refused = await stage.mo.select(asked, ["0"])
    assert said(refused).startswith("Only who may manage threads")
    assert said(await press(stage.mo, hidden, "unhide")).startswith("Only who may manage threads")
    assert stage.rows(LINKED, "A drawer of keys.") == [(KEEPS,)]
    assert stage.rows(HIDDEN) == [(1,)]


async def test_a_moderator_of_another_server_changes_nothing_here(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "A drawer of keys.")
    hidden = message_of(await stage.mo.menu(shown, "Hide"))
    await stage.until_hidden(thread, "A drawer of keys.")
    other = await stage.sandbox.guild("Elsewhere")
    place = await stage.sandbox.channel(other, "essays")
    zed = await stage.sandbox.member(other, "Zed", permissions=MODERATES.value)
    await stage.until_rows("select 1 from guilds where id = ?", other.id)
    message = await zed.say(place, "Mine.")
    found = custom_id(hidden, "unhide")
    assert found is not None
    response = int(found.rsplit(":", 1)[-1])
    responses = stage.bot.discussion.responses
    assert await responses.show_again(other.id, response, zed.id) is None
    assert await responses.link(other.id, response, 0, zed.id) == "gone"
    assert said(await zed.menu(message, "Hide")).startswith("Only a reader's response")
    assert stage.rows(HIDDEN) == [(1,)]


async def test_a_wrong_link_is_mended_and_catching_up_does_not_undo_it(stage: Stage) -> None:
    thread = await two_questions(stage)
    message = await keeps(stage, stage.ada, thread, "A drawer of keys.")
    await stage.bora.say(thread, "Me too.", reply_to=message)
    await stage.until_rows(LINKED, "Me too.")
    asked = message_of(await stage.mo.menu(message, "Link to question"))
    assert asked.ephemeral
    assert f"Now it answers: *{KEEPS}*" in asked.content
    assert asked.options == [KEEPS, GIVES, "It answers none of them"]
    await stage.restart()
    [(second,)] = stage.rows("select id from prompts where text = ?", GIVES)
    done = await stage.mo.select(asked, [str(second)])
    await until_said(stage, done, f"Linked: it answers “{GIVES}”, and so do the replies to it.")
    assert stage.kept() == {"A drawer of keys.": GIVES, "Me too.": GIVES}
    with stage.writing() as db:
        db.execute("update threads set seen_id = id")
    await stage.stop()
    await stage.bora.say(thread, "Later.", reply_to=message)
    await stage.start()
    await stage.until_kept("A drawer of keys.", "Me too.", "Later.")
    assert set(stage.kept().values()) == {GIVES}
    assert stage.rows(ACTS) == [("linked a response",)]


async def test_a_response_may_answer_none_of_them(stage: Stage) -> None:
    thread = await stage.publish()
    message = await keeps(stage, stage.ada, thread, "Nice header.")
    asked = message_of(await stage.mo.menu(message, "Link to question"))
    await until_said(stage, await stage.mo.select(asked, ["0"]), "Unlinked")
    await stage.bora.say(thread, "I drew it.", reply_to=message)
    await stage.until_kept("Nice header.", "I drew it.")
    assert stage.kept() == {"Nice header.": None, "I drew it.": None}


async def test_a_shown_answer_quotes_the_question_that_it_is_moved_to(stage: Stage) -> None:
    thread = await two_questions(stage)
    shown = await stage.show_answer(stage.ada, thread, "My maps.")
    asked = message_of(await stage.mo.menu(shown, "Link to question"))
    assert asked.options == [KEEPS, GIVES]
    [(second,)] = stage.rows("select id from prompts where text = ?", GIVES)
    await stage.mo.select(asked, [str(second)])
    await stage.shown(thread, f"> {GIVES}")
    assert stage.kept() == {"My maps.": GIVES}


async def test_a_question_that_is_answered_already_is_not_answered_twice(stage: Stage) -> None:
    thread = await two_questions(stage)
    first = await stage.show_answer(stage.ada, thread, "My keys.")
    second = next(each for each in await stage.bot_says(thread) if GIVES in each.content)
    await stage.answer(stage.ada, second, "My maps.")
    asked = message_of(await stage.mo.menu(first, "Link to question"))
    [(prompt,)] = stage.rows("select id from prompts where text = ?", GIVES)
    taken = await stage.mo.select(asked, [str(prompt)])
    await until_said(stage, taken, "Its writer has another answer")
    assert stage.kept() == {"My keys.": KEEPS, "My maps.": GIVES}
