"""What readers write in a thread, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import Channel
from bot.sandbox.actions import messages
from bot.sandbox.actions.drafts import Draft
from tests.journeys.stage import KEEPS, Stage

if TYPE_CHECKING:
    import pytest


async def test_a_plain_message_is_kept_and_belongs_to_no_question(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "I kept the tickets.")
    assert stage.kept() == {"I kept the tickets.": None}
    (row,) = stage.rows("select source, reader_name, edited_at from responses_by_question")
    assert row == ("message", "Ada", None)


async def test_a_reply_to_the_prompt_belongs_to_its_question(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.say_until_kept(stage.ada, thread, "The tickets.", reply_to=prompt)
    assert stage.kept() == {"The tickets.": KEEPS}


async def test_a_reply_to_a_reply_belongs_to_the_same_question(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    first = await stage.ada.say(thread, "The tickets.", reply_to=prompt)
    second = await stage.bora.say(thread, "Mine too.", reply_to=first)
    await stage.ada.say(thread, "Really?", reply_to=second)
    await stage.until_kept("The tickets.", "Mine too.", "Really?")
    assert set(stage.kept().values()) == {KEEPS}


async def test_a_reply_to_the_essay_or_to_chatter_belongs_to_no_question(stage: Stage) -> None:
    thread = await stage.publish()
    body = (await stage.bot_says(thread))[0]
    await stage.ada.say(thread, "Well put.", reply_to=body)
    chatter = await stage.ada.say(thread, "Who drew the header?")
    await stage.bora.say(thread, "Iris did.", reply_to=chatter)
    await stage.until_kept("Well put.", "Who drew the header?", "Iris did.")
    assert set(stage.kept().values()) == {None}


async def test_replies_that_come_in_the_wrong_order_find_their_question(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.sandbox.post("event_fault", kind="shuffle", times=4)
    last = await stage.ada.say(thread, "One.", reply_to=prompt)
    for text in ("Two.", "Three.", "Four."):
        last = await stage.bora.say(thread, text, reply_to=last)
    await stage.until_kept("One.", "Two.", "Three.", "Four.")
    await stage.sandbox.until(lambda: set(stage.kept().values()) == {KEEPS})


async def test_an_edit_is_followed_and_an_event_that_comes_again_changes_nothing(
    stage: Stage,
) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.sandbox.post("event_fault", kind="duplicate", times=3, copies=2)
    message = await stage.ada.say(thread, "The tickets.", reply_to=prompt)
    await stage.ada.edit(message, "The tickets, and the maps.")
    await stage.until_kept("The tickets, and the maps.")
    assert stage.rows("select count(*) from responses where edited_at is not null") == [(1,)]
    assert stage.kept() == {"The tickets, and the maps.": KEEPS}


async def test_edits_that_overtake_each_other_end_at_the_newest(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.sandbox.post("event_fault", kind="shuffle", times=6)
    message = await stage.ada.say(thread, "Draft 0")
    for number in range(1, 6):
        await stage.sandbox.post("advance", seconds=1)
        await stage.ada.edit(message, f"Draft {number}")
    await stage.until_kept("Draft 5")
    await stage.ada.say(thread, "The end.")
    await stage.until_kept("Draft 5", "The end.")


async def test_a_deletion_is_followed(stage: Stage) -> None:
    thread = await stage.publish()
    one = await stage.ada.say(thread, "I regret this.")
    await stage.ada.say(thread, "Not this.")
    await stage.until_kept("I regret this.", "Not this.")
    await stage.ada.delete(one)
    await stage.until_kept("Not this.")
    assert stage.rows("select source_id from tombstones") == [(one.id,)]
    assert stage.rows("select count(*) from responses_fts where text match 'regret'") == [(0,)]


async def test_a_deletion_that_comes_before_its_message_wins(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.sandbox.post("event_fault", kind="delay", seconds=0.2)
    message = await stage.ada.say(thread, "I regret this.")
    await stage.ada.delete(message)
    await stage.until_rows("select 1 from tombstones")
    await stage.ada.say(thread, "Not this.")
    happened = stage.sandbox.faults.happened
    await stage.sandbox.until(lambda: happened["delay"] and stage.rows("select 1 from responses"))
    await stage.restart()  # a second way in which it could come back
    await stage.until_kept("Not this.")


async def test_a_moderator_who_deletes_many_is_followed(stage: Stage) -> None:
    thread = await stage.publish()
    spam = [await stage.ada.say(thread, f"Buy {number}") for number in range(3)]
    await stage.bora.say(thread, "Not me.")
    await stage.until_kept("Buy 0", "Buy 1", "Buy 2", "Not me.")
    await stage.mo.delete_many(spam)
    await stage.until_kept("Not me.")


async def test_a_deleted_thread_takes_its_responses_with_it(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.say_until_kept(stage.ada, thread, "The tickets.", reply_to=prompt)
    await stage.mo.delete_thread(thread)
    await stage.until_kept()
    assert stage.rows("select count(*) from readers") == [(0,)]


async def test_a_deleted_channel_takes_the_responses_of_its_threads(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.say_until_kept(stage.ada, thread, "The tickets.")
    await stage.sandbox.post("delete_channel", channel=str(stage.text.id))
    await stage.until_kept()
    over = "select over_because from publications"
    assert stage.rows(over) == [("its thread was deleted",)]


async def test_what_no_reader_wrote_is_not_kept(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    elsewhere = await stage.ada.say(stage.text, "Said elsewhere.")
    await stage.ada.forward(elsewhere, thread)
    await stage.mo.pin(prompt)
    await say_as_a_machine(stage, thread, "I am a bot.")
    await stage.say_until_kept(stage.ada, thread, "I am a reader.")
    kinds = {one.type for one in await stage.sandbox.messages_in(thread)}
    assert kinds > {0}  # Discord's own notices were there
    assert stage.rows("select count(*) from responses") == [(1,)]


async def test_words_that_a_proxy_bot_posts_again_are_kept_by_neither_message(
    stage: Stage,
) -> None:
    thread, prompt = await stage.publish_and_ask()
    own = await stage.say_until_kept(stage.ada, thread, "We drew it twice.")
    await say_as_a_machine(stage, thread, "We drew it twice.")
    await stage.mo.delete(own)  # as PluralKit and Tupperbox do with what they replace
    await stage.until_kept()
    assert stage.rows("select source_id from tombstones") == [(own.id,)]
    await stage.answer(stage.ada, prompt, "We drew it twice.")  # as the README advises
    await stage.until_kept("We drew it twice.")


async def test_what_is_written_outside_the_threads_is_not_kept(stage: Stage) -> None:
    thread = await stage.publish()
    other = await stage.sandbox.channel(stage.guild, "lounge")
    await stage.ada.say(other, "Said elsewhere.")
    await stage.ada.say(stage.text, "Said above the thread.")
    await stage.say_until_kept(stage.ada, thread, "Said in the thread.")


async def test_a_burst_is_kept_whole(stage: Stage) -> None:
    thread = await stage.publish()
    texts = [f"Message {number}" for number in range(300)]
    await stage.ada.say_all(thread, texts)
    await stage.until_kept(*texts)


async def say_as_a_machine(stage: Stage, thread: Channel, text: str) -> None:
    """Let another bot write in a thread."""
    machine = await stage.sandbox.member(stage.guild, "Machine")
    state = stage.sandbox.state
    member = state.member(state.guild(stage.guild.id), machine.id)
    member.user.bot = True
    messages.send(state, member, state.channel(thread.id), Draft(content=text))


async def test_a_message_that_cannot_be_taken_ends_nothing(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await stage.publish()
    take = stage.bot.at_once["message"]

    def choke(_message: object) -> None:
        raise ValueError("zebra")

    stage.bot.at_once["message"] = choke
    heard = stage.bot.loop.create_task(stage.bot.wait_for("message"))
    await stage.ada.say(thread, "The tickets.")
    assert (await heard).content == "The tickets."
    assert "A fault in message" in caplog.text
    stage.bot.at_once["message"] = take
    await stage.ada.say(thread, "The stubs.")
    await stage.until_rows("select 1 from responses where text = 'The stubs.'")


async def test_words_that_are_edited_away_beside_a_picture_are_not_kept(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    message = await stage.ada.say(thread, "Look at this.", reply_to=prompt, files=["map.png"])
    await stage.bora.say(thread, "I see.", reply_to=message)
    await stage.until_kept("Look at this.", "I see.")
    await stage.ada.edit(message, "")
    await stage.until_kept("I see.")
    assert stage.kept() == {"I see.": KEEPS}
    assert "Look" not in str(stage.rows("select * from responses"))
    await stage.ada.edit(message, "Look again.")
    await stage.until_kept("Look again.", "I see.")
    await stage.stop()
    await stage.ada.edit(message, "")
    await stage.start()
    await stage.bot.discussion.sweeper.run()
    await stage.until_kept("I see.")


async def test_a_picture_without_words_is_nothing_to_keep(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.ada.say(thread, "", files=["map.png"])
    await stage.say_until_kept(stage.ada, thread, "Words.")
    assert stage.rows("select count(*) from responses") == [(1,)]


async def test_a_name_in_a_server_is_kept_through_history_which_does_not_say_it(
    stage: Stage,
) -> None:
    """Discord gives a nickname with live messages alone (docs/discord-facts.md#nicknames)."""
    thread, prompt = await stage.publish_and_ask()
    await stage.ada.set_nick("Lovelace")
    await stage.answer(stage.ada, prompt, "The engine.")
    await stage.ada.say(thread, "And the notes.")
    await stage.until_kept("The engine.", "And the notes.")
    shown = await stage.shown(thread, "The engine.")
    assert "**Lovelace**" in shown.content
    await stage.stop()
    await stage.ada.say(thread, "Meanwhile.")
    stage.sandbox.requests.clear()
    bot = await stage.start()
    await stage.until_kept("The engine.", "And the notes.", "Meanwhile.")
    await bot.discussion.sweeper.run()
    await bot.discussion.schedule.run()
    names = stage.rows("select distinct reader_name from responses_by_question")
    assert names == [("Lovelace",)]
    assert not [each for each in stage.sandbox.requests if each.method == "PATCH"]
    await stage.ada.set_nick(None)
    await stage.ada.say(thread, "Without it.")
    await stage.sandbox.until(
        lambda: stage.rows("select distinct reader_name from responses_by_question") == [("Ada",)]
    )


async def test_a_name_in_one_server_is_not_shown_in_another(stage: Stage) -> None:
    other = await stage.sandbox.guild("Elsewhere")
    channel = await stage.sandbox.channel(other, "essays")
    manager = await stage.sandbox.member(other, "Mo", permissions=1 << 5 | 1 << 34)
    thread = await stage.publish()
    await manager.command(channel, "setup", channel=str(channel.id))
    there = await stage.thread(channel)
    guest = await stage.sandbox.post("add_member", guild=str(other.id), user=str(stage.ada.id))
    assert guest["user"]["id"] == str(stage.ada.id)
    await stage.ada.set_nick("Lovelace")
    await stage.ada.say(thread, "Here.")
    await stage.ada.say(there, "There.")
    await stage.until_kept("Here.", "There.")
    names = dict(stage.rows("select text, reader_name from responses_by_question"))
    assert names == {"Here.": "Lovelace", "There.": "Ada"}
