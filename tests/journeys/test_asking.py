"""Asking an essay: `/ask`, a mention in its thread, and what others see of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.discussion.asking.pace import MOST
from bot.sandbox.state.permissions import Permission
from tests.journeys.conftest import SILENT
from tests.journeys.stage import Stage, custom_id, message_of, said

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message, Person


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


RIVERS = "A river keeps its name though none of its water stays. We call that memory."
PARTS = f"""## Water

{RIVERS}

## Stone

A mountain forgets slowly: every winter takes a little of its edge.
"""


def described(message: Message) -> str:
    return str(message.embeds[0]["description"])


async def indexed(stage: Stage) -> None:
    await stage.sandbox.until(lambda: stage.bot.discussion.indexer.is_done)


async def rivers(stage: Stage) -> Channel:
    """Start a thread about rivers, in a site whose address is known."""
    stage.settings["site"] = "https://blog.example/"
    thread = await stage.publish("rivers", title="Rivers", text=PARTS)
    await indexed(stage)
    return thread


async def test_a_question_is_answered_privately_with_the_passage_and_its_place(
    stage: Stage,
) -> None:
    await rivers(stage)
    done = await stage.ada.command(stage.text, "ask", question="What does a river keep of water?")
    page = message_of(done)
    assert page.ephemeral
    assert page.embeds[0]["title"] == "Rivers"
    assert described(page).startswith(f"**Water**\n> {RIVERS}")
    assert page.embeds[0]["url"].startswith("https://blog.example/rivers/#:~:text=A%20river")
    assert page.buttons == ["Show it here", "Read it there", "Read"]


async def ask(who: Person, place: Channel, question: str, **options: object) -> Message:
    """Ask, and return the private answer."""
    page = message_of(await who.command(place, "ask", question=question, **options))
    assert page.ephemeral
    return page


KEEPS_WATER = "What does a river keep of its water?"


async def shown_by(stage: Stage, thread: Channel) -> list[Message]:
    """Return the messages in a thread that show a passage."""
    found = await stage.sandbox.messages_in(thread)
    return [each for each in found if each.by_bot and "asked" in each.content]


async def show(stage: Stage, who: Person, thread: Channel, question: str = KEEPS_WATER) -> Message:
    """Ask in a thread and show the answer there; return the message that shows it."""
    page = await ask(who, thread, question)
    await who.click(page, label="Show it here")
    await stage.sandbox.until(lambda: "Show it here" not in page.buttons)

    async def find() -> Message | None:
        found = await shown_by(stage, thread)
        return found[-1] if found else None

    message: Message = await stage.sandbox.until(find)
    return message


async def test_what_the_essay_does_not_say_is_not_guessed(stage: Stage) -> None:
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, "Which mountain has a zeppelin?")
    assert page.content == (
        "The essay does not say. The nearest that it comes to is “Stone”, in **Rivers**."
    )
    assert page.buttons == ["Read it there", "Read"]
    other = await ask(stage.ada, thread, "Who flies a zeppelin?", essay="*")
    assert other.content == "The blog does not say."
    none = await ask(stage.ada, thread, "?!")
    assert none.content.startswith("Ask in a few words")


async def test_the_threads_essay_is_asked_unless_another_or_all_are_named(stage: Stage) -> None:
    stage.write("seas", title="Seas", date="2026-02-01", text="A sea keeps every river's salt.")
    thread = await rivers(stage)
    question = "Which sea keeps salt?"
    assert (await ask(stage.ada, thread, question)).content.startswith("The essay does not say.")
    for options in ({"essay": "*"}, {"essay": "the whole blog"}, {"essay": "seas"}):
        page = await ask(stage.ada, thread, question, **options)
        assert page.embeds[0]["title"] == "Seas"
    assert (await ask(stage.ada, stage.text, question)).embeds[0]["title"] == "Seas"
    offered = await stage.ada.complete(thread, "ask", "essay", "")
    assert offered == [("The whole blog", "*"), ("Rivers", "en:rivers"), ("Seas", "en:seas")]
    offered = await stage.ada.complete(thread, "ask", "essay", "se")
    assert offered == [("Seas", "en:seas")]


async def test_what_is_not_public_is_never_quoted(stage: Stage) -> None:
    stage.write("draft", text="A sea keeps every river's salt.", draft="true")
    stage.write("later", text="A sea keeps every river's salt.", date="2126-01-01")
    stage.write("gone", text="A sea keeps every river's salt.", expiryDate="2026-03-02")
    (stage.content / "_index.md").write_text("A sea keeps every river's salt.\n", encoding="utf-8")
    await rivers(stage)
    for slug in ("draft", "later", "gone"):
        refused = await ask(stage.ada, stage.text, "Which sea keeps salt?", essay=slug)
        assert refused.embeds == []
        assert "salt" not in refused.content
    page = await ask(stage.ada, stage.text, "Which sea keeps salt?")
    assert page.content.startswith("The blog does not say.")


async def test_what_moderators_withdrew_is_not_quoted_there(stage: Stage) -> None:
    thread = await rivers(stage)
    page = await ask(stage.ada, thread, KEEPS_WATER)
    await stage.mo.command(stage.text, "publish withdraw", slug="rivers")
    refused = await stage.ada.click(page, label="Show it here")
    await stage.sandbox.until(lambda: refused.followups)
    assert refused.followups[0].content == ("Not shown: this thread is locked.")
    asked = await ask(stage.ada, stage.text, KEEPS_WATER)
    assert asked.content == "The blog does not say."
    asked = await ask(stage.ada, stage.text, KEEPS_WATER, essay="rivers")
    assert asked.content.startswith("That is no essay that can be read on the blog now.")


async def test_a_reader_is_answered_in_their_language_where_the_translation_has_it(
    stage: Stage,
) -> None:
    nehir = "Bir nehir, suyundan hiçbir şey kalmasa da adını tutar."
    dag = "Bir dağ yavaş unutur."
    text = f"## Su\n\n{nehir}\n\n## Taş\n\n{dag}"
    stage.write("rivers", title="Nehirler", lang="tr", text=text, asks="Ya siz ne tutarsınız?")
    await rivers(stage)
    page = await ask(stage.bora, stage.text, KEEPS_WATER)
    assert page.embeds[0]["title"] == "Nehirler"
    assert described(page).startswith(f"**Su**\n> {nehir}")
    assert "English" in page.buttons
    found = await ask(stage.ada, stage.text, "Hangi nehir adını tutar?")
    assert found.embeds[0]["title"] == "Rivers"
    stage.write("rivers", title="Nehirler", lang="tr", text=nehir, asks="Ya siz ne tutarsınız?")
    await stage.rounds.run()
    await stage.sandbox.until(lambda: stage.bot.discussion.indexer.is_done)
    page = await ask(stage.bora, stage.text, KEEPS_WATER)
    assert page.embeds[0]["title"] == "Rivers"
    assert "Türkçe" in page.buttons


async def test_what_readers_said_is_shown_to_who_can_read_it(stage: Stage) -> None:
    thread = await rivers(stage)
    message = await stage.bora.say(thread, "My river kept a *shoe*.")
    await stage.mo.say(thread, "I like it.")
    await stage.until_kept("My river kept a *shoe*.", "I like it.")
    page = await ask(stage.ada, stage.text, KEEPS_WATER)
    assert r"### What readers said" in described(page)
    assert r"> My river kept a \*shoe\*." in described(page)
    assert f"/{thread.id}/{message.id})" in described(page)
    assert "I like it." not in described(page)
    lobby = await stage.sandbox.channel(stage.guild, "lobby")
    await stage.sandbox.allow(stage.text, stage.ada.id, deny=int(Permission.VIEW_CHANNEL))
    page = await ask(stage.ada, lobby, KEEPS_WATER)
    assert page.embeds[0]["title"] == "Rivers"
    assert "shoe" not in described(page)
    await stage.sandbox.allow(stage.text, stage.ada.id)
    await stage.mo.menu(message, "Hide")
    page = await ask(stage.ada, lobby, KEEPS_WATER)
    assert "shoe" not in described(page)


async def test_an_answer_that_nobody_sees_is_quoted_to_nobody(stage: Stage) -> None:
    thread = await rivers(stage)
    prompt = await stage.prompt(thread)
    await stage.answer(stage.bora, prompt, "My river kept a shoe.", show=False)
    page = await ask(stage.ada, thread, KEEPS_WATER)
    assert "shoe" not in described(page)
    await stage.answer(stage.bora, prompt, "My river kept a shoe.", show=True)
    await stage.until_rows("select 1 from messages where response_id > 0 and message_id > 0")
    page = await ask(stage.ada, thread, KEEPS_WATER)
    assert "shoe" in described(page)


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
    assert said(refused).startswith("Yalnızca") or said(refused).startswith("Only who asked")
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
    stage.write("rivers", title="Rivers", text="A river forgets its water.")
    await stage.rounds.run()
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


async def test_who_asks_much_at_once_is_told_to_wait(stage: Stage) -> None:
    thread = await rivers(stage)
    for _ in range(MOST):
        await ask(stage.ada, thread, KEEPS_WATER)
    refused = await ask(stage.ada, thread, KEEPS_WATER)
    assert refused.content.startswith("You have asked much within a minute.")
    assert (await ask(stage.bora, thread, KEEPS_WATER)).embeds


async def test_while_essays_are_read_it_says_how_many_are_left(stage: Stage) -> None:
    thread = await rivers(stage)
    with stage.writing() as db:
        db.execute("update indexed_posts set digest = 'of another time'")
    stage.bot.discussion.indexer._done = None
    page = await ask(stage.ada, thread, KEEPS_WATER)
    assert page.content == (
        "The essays are still being read so that they can be asked: one is left of 1. Ask again "
        "in a moment."
    )


async def offered_to(stage: Stage, place: Channel) -> Message:
    """Wait for the reply to a question; return it."""

    async def find() -> Message | None:
        found = await stage.sandbox.messages_in(place)
        return next((each for each in found if "Show the answer" in each.buttons), None)

    message: Message = await stage.sandbox.until(find)
    return message


@pytest.mark.parametrize("has_intent", [True, False])
async def test_a_mention_is_replied_to_with_an_answer_for_who_asked(
    stage: Stage, *, has_intent: bool
) -> None:
    if not has_intent:
        await stage.sandbox.post("set_intents", privileged=0)
        stage.settings["message_content"] = False
    thread = await rivers(stage)
    question = await stage.ada.say(thread, f"{named(stage)} what does a river keep of its water?")
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
    text = f"{named(stage)} what does a river keep of its water?"
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
