"""*Ask to quote*: a writer is asked once, silently, and alone can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.consent import VERSION
from bot.core.phrases import phrases
from bot.sandbox.state.permissions import Permission
from tests.journeys.stage import MODERATES, Stage, custom_id, message_of, press, said
from tests.journeys.test_choices import agree, card, refuse

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message

ASK = "Ask to quote"
SILENT = 1 << 12
"""Discord's flag of a message that notifies nobody."""

NOTED = "select granted, named, wording, named_wording, version from consents order by id desc"


async def kept_message(stage: Stage, text: str = "The tickets.") -> tuple[Channel, Message]:
    """Publish an essay, and let Ada write in its thread."""
    thread = await stage.publish()
    message = await stage.ada.say(thread, text)
    await stage.until_kept(text)
    return thread, message


async def questions(stage: Stage, thread: Channel) -> list[Message]:
    """Return the messages in which writers are asked."""
    found = await stage.sandbox.messages_in(thread)
    return [each for each in found if each.by_bot and custom_id(each, "quote")]


async def asked(stage: Stage, thread: Channel, message: Message) -> Message:
    """Let the moderator ask; return the question."""
    done = said(await stage.mo.menu(message, ASK))
    assert done.startswith("Its writer is asked, silently")
    (question,) = await questions(stage, thread)
    return question


async def until_removed(stage: Stage, question: Message) -> None:
    async def is_gone() -> bool:
        await stage.rounds.run()
        return question.deleted

    await stage.sandbox.until(is_gone)


async def test_a_writer_is_asked_silently_and_alone_can_answer(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    question = await asked(stage, thread, message)
    assert question.raw["message_reference"]["message_id"] == str(message.id)
    assert question.raw["flags"] & SILENT
    assert question.raw["mentions"] == []
    assert "Ada" not in question.content
    assert "tickets" not in question.content
    assert question.buttons == ["Yes, by name", "Yes, without name", "No"]
    for other in (stage.bora, stage.mo):
        refused = message_of(await other.click(question, label=question.buttons[0]))
        assert refused.ephemeral
    assert said(await stage.mo.click(question, label="No")).startswith("Only the writer")
    assert stage.rows("select 1 from consents") == []
    done = message_of(await stage.ada.click(question, label="Yes, without name"))
    assert done.ephemeral
    assert done.content.startswith("Noted: **Yes, without name**.")
    assert "Change my choices" in done.content
    wording = "May this response be quoted on the blog? Only its writer can answer, and nobody is"
    [(granted, named, read, label, version)] = stage.rows(NOTED)
    assert (granted, named, label, version) == (1, 0, "Yes, without name", VERSION)
    assert read.startswith(wording)
    await stage.sandbox.until(lambda: question.deleted)
    assert stage.rows("select text, name from quotable_responses") == [("The tickets.", None)]
    assert stage.rows("select act, actor_id from audit") == [
        ("asked to quote a response", stage.mo.id)
    ]
    await stage.ada.edit(message, "The tickets, all of them.")
    await stage.until_kept("The tickets, all of them.")
    assert len(stage.rows("select 1 from quotable_responses")) == 1  # it stays with the response
    found = await card(stage, stage.ada)
    assert "One response of yours in this server may be quoted now." in found.content
    await stage.ada.click(found, label="Withdraw all quotes of mine here")
    assert stage.rows("select 1 from quotable_responses") == []


async def test_a_writer_is_asked_about_a_shown_answer_too(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, "An answer.")
    assert stage.rows("select granted from consents") == [(0,)]  # the form asked, and it was a no
    question = await asked(stage, thread, shown)
    assert question.raw["message_reference"]["message_id"] == str(shown.id)
    done = said(await stage.ada.click(question, label=question.buttons[0]))
    assert done.startswith("Noted: **Yes, by name**.")
    assert stage.rows("select name from quotable_responses") == [("Ada",)]


async def test_nobody_is_asked_twice_nor_about_what_may_be_quoted(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    question = await asked(stage, thread, message)
    assert said(await stage.mo.menu(message, ASK)).startswith("Its writer was asked before.")
    await stage.ada.click(question, label="No")
    await stage.sandbox.until(lambda: question.deleted)
    assert said(await stage.mo.menu(message, ASK)).startswith("Its writer was asked before.")
    assert await questions(stage, thread) == []
    quoted, _ = await stage.answer(
        stage.bora, await stage.prompt(thread), "Quote me.", quote=True, named=False
    )
    assert quoted
    shown = await stage.shown(thread, "Quote me.")
    assert said(await stage.mo.menu(shown, ASK)).startswith("Its writer has agreed already")
    nothing = "Only a reader's response in an essay's thread can be quoted"
    prompt = await stage.prompt(thread)
    assert said(await stage.mo.menu(prompt, ASK)).startswith(nothing)
    lobby = await stage.sandbox.channel(stage.guild, "lobby")
    outside = await stage.ada.say(lobby, "Elsewhere.")
    assert said(await stage.mo.menu(outside, ASK)).startswith(nothing)
    await refuse(stage, stage.ada)
    assert said(await stage.mo.menu(message, ASK)).startswith(nothing)
    await agree(stage, stage.ada)
    assert said(await stage.mo.menu(message, ASK)).startswith(nothing)


async def test_who_may_ask_is_checked_at_the_moment(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    sentence = "Only authors and moderators can ask"
    assert said(await stage.ada.menu(message, ASK)).startswith(sentence)
    assert said(await stage.bora.menu(message, ASK)) == phrases("tr").only_askers
    role = await stage.sandbox.post(
        "create_role", guild=str(stage.guild.id), name="M", permissions=str(MODERATES.value)
    )
    iris = await stage.sandbox.member(stage.guild, "Iris", roles=[int(role["id"])])
    await iris.set_roles([])  # taken away before the command is used
    assert said(await iris.menu(message, ASK)).startswith(sentence)
    author = await stage.sandbox.post("create_role", guild=str(stage.guild.id), name="Author")
    place = str(stage.text.id)
    await stage.mo.command(stage.text, "setup", channel=place, author=str(author["id"]))
    await iris.set_roles([int(author["id"])])
    assert said(await iris.menu(message, ASK)).startswith("Its writer is asked")
    assert len(await questions(stage, thread)) == 1


async def test_another_server_s_moderator_asks_nobody_here(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    other = await stage.sandbox.guild("Elsewhere")
    lobby = await stage.sandbox.channel(other, "lobby")
    owner = await stage.sandbox.member(other, "Olga", permissions=8)
    theirs = await owner.say(lobby, "A message.")
    nothing = "Only a reader's response in an essay's thread can be quoted"
    assert said(await owner.menu(theirs, ASK)).startswith(nothing)
    question = await asked(stage, thread, message)
    raw = await stage.sandbox.post("add_member", guild=str(stage.guild.id), user=str(owner.id))
    olga_here = type(owner)(stage.sandbox, raw)
    refused = said(await olga_here.click(question, label="No"))
    assert refused.startswith("Only the writer of that response")


async def test_where_the_bot_may_not_write_a_sentence_says_what_to_allow(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    await stage.sandbox.deny_bot(stage.text, int(Permission.SEND_MESSAGES_IN_THREADS))
    refused = said(await stage.mo.menu(message, ASK))
    assert "Send Messages in Threads" in refused
    assert stage.rows("select 1 from quote_requests") == []
    assert stage.rows("select 1 from audit where act like 'asked%'") == []
    await stage.sandbox.deny_bot(stage.text, 0)
    await asked(stage, thread, message)


async def test_what_discord_refuses_can_be_asked_again(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    path = f"/channels/{thread.id}/messages$"
    await stage.sandbox.refuse(200000, method="POST", path=path)
    assert said(await stage.mo.menu(message, ASK)).startswith("AutoMod blocks a message")
    assert stage.rows("select 1 from quote_requests") == []
    await asked(stage, thread, message)


async def test_the_buttons_work_after_a_restart(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    question = await asked(stage, thread, message)
    await stage.restart()
    done = said(await stage.ada.click(question, label="Yes, by name"))
    assert done.startswith("Noted: **Yes, by name**.")
    await stage.sandbox.until(lambda: question.deleted)


@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before_commit"])
async def test_a_question_in_doubt_is_looked_for_and_stands_once(stage: Stage, fault: str) -> None:
    thread, message = await kept_message(stage)
    path = f"/channels/{thread.id}/messages$"
    await stage.sandbox.fault(fault, method="POST", path=path, times=10)
    told = said(await stage.mo.menu(message, ASK))
    assert told.startswith("Discord did not confirm it.")
    assert stage.rows("select sent_at from quote_requests") == [(None,)]
    await stage.sandbox.clear_faults()
    stage.sandbox.state.nonces.clear()  # Discord remembers them for minutes only
    await stage.restart()
    await stage.until_rows("select 1 from quote_requests where sent_at is not null")
    await stage.rounds.run()
    (question,) = await questions(stage, thread)
    assert len(stage.rows("select 1 from audit where act like 'asked%'")) == 1
    assert said(await stage.ada.click(question, label="No")).startswith("Noted: **No**.")
    await stage.sandbox.until(lambda: question.deleted)


async def test_an_answer_may_come_before_the_question_is_recorded(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    question = await asked(stage, thread, message)
    with stage.writing() as db:  # as if the bot had died between sending and writing
        db.execute("update quote_requests set message_id = null, sent_at = null")
        db.execute("delete from audit")
    done = said(await stage.ada.click(question, label="Yes, by name"))
    assert done.startswith("Noted: **Yes, by name**.")
    await stage.sandbox.until(lambda: question.deleted)
    assert len(stage.rows("select 1 from audit where act like 'asked%'")) == 1
    await stage.rounds.run()
    assert await questions(stage, thread) == []


@pytest.mark.parametrize("way", ["deleted", "refused", "forgotten"])
async def test_the_question_goes_with_its_response(stage: Stage, way: str) -> None:
    thread, message = await kept_message(stage)
    question = await asked(stage, thread, message)
    if way == "deleted":
        await stage.ada.delete(message)
        await stage.until_kept()
        pressed = said(await stage.ada.click(question, label="Yes, by name"))
        assert pressed.startswith("That response is not kept any more")
    elif way == "refused":
        await refuse(stage, stage.ada)
    else:
        told = message_of(await stage.ada.command(stage.text, "privacy"))
        sure = message_of(await stage.ada.click(told, label="Delete mine here"))
        await stage.ada.click(sure, label="Delete mine here")
    await until_removed(stage, question)
    assert stage.rows("select 1 from consents") == []
    assert stage.rows("select 1 from quote_requests") == []


async def test_a_question_that_a_moderator_deleted_is_not_asked_again(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    question = await asked(stage, thread, message)
    await stage.mo.delete(question)
    await stage.restart()
    await stage.rounds.run()
    assert await questions(stage, thread) == []
    assert said(await stage.mo.menu(message, ASK)).startswith("Its writer was asked before.")


async def test_a_command_that_comes_twice_asks_once(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    done = await stage.mo.menu(message, ASK)
    await stage.sandbox.deliver_again(done)
    await stage.rounds.run()
    assert len(await questions(stage, thread)) == 1


async def test_the_question_of_a_lost_database_goes_when_it_is_answered(stage: Stage) -> None:
    thread, message = await kept_message(stage)
    question = await asked(stage, thread, message)
    await stage.stop()
    stage.lose_database()
    await stage.start()
    await stage.until_kept("The tickets.")
    refused = said(await stage.ada.click(question, label="No"))  # its database is lost
    assert refused.startswith("That response is not kept any more")
    await stage.sandbox.until(lambda: question.deleted)
    pressed = await press(stage.ada, await stage.prompt(thread), "answer")
    assert pressed.modal is not None
