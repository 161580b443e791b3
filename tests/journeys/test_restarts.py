"""What a restart, a new session or a dropped connection may not change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.stage import KEEPS, Stage, message_of, press, said


async def test_a_button_from_before_a_restart_works_after_it(stage: Stage) -> None:
    thread = await stage.publish(tags=["Memory"])
    prompt = await stage.prompt(thread)
    card = message_of(await stage.ada.command(stage.text, "post", slug="maps"))
    listed = message_of(await stage.ada.command(stage.text, "tag", tag="memory"))
    shown = await stage.show_answer(stage.ada, thread, "The tickets.")
    await stage.restart()
    assert (await press(stage.bora, prompt, "answer")).modal is not None
    assert (await press(stage.ada, card, "answer")).modal is not None
    assert (await press(stage.ada, shown, "edit")).modal is not None
    assert "The first paragraph" in said(await stage.ada.click(card, label="Read"))
    value = next(each["options"][0]["value"] for each in listed.components if "options" in each)
    assert message_of(await stage.ada.select(listed, [value])).embeds
    await press(stage.ada, shown, "withdraw")
    await stage.sandbox.until(lambda: shown.deleted)


async def test_a_form_opened_before_a_restart_can_be_sent_after_it(stage: Stage) -> None:
    thread = await stage.publish()
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    await stage.restart()
    told = said(await stage.ada.submit(opened, {"text": "I took my time."}))
    assert told == "Kept for the author, and shown in the thread."
    await stage.shown(thread, "I took my time.")
    assert stage.kept() == {"I took my time.": KEEPS}


async def test_a_form_that_stays_open_is_not_kept_in_memory(stage: Stage) -> None:
    stage.write("maps")
    bot = await stage.start()
    prompt = await stage.prompt(await stage.thread())
    for _ in range(3):
        await press(stage.ada, prompt, "answer")
    assert bot._connection._view_store._modals == {}
    assert len(bot._connection._view_store._synced_message_views) == 0


async def test_what_was_written_while_the_bot_was_down_is_found(stage: Stage) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.say_until_kept(stage.ada, thread, "Before.")
    await stage.stop()
    first = await stage.ada.say(thread, "Meanwhile.", reply_to=prompt)
    await stage.bora.say(thread, "Me too.", reply_to=first)
    await stage.start()
    await stage.until_kept("Before.", "Meanwhile.", "Me too.")
    assert stage.kept()["Me too."] == KEEPS


async def test_what_was_written_in_a_thread_that_is_archived_by_now_is_found(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    await stage.stop()
    await stage.ada.say(thread, "Meanwhile.")
    await stage.put_to_sleep(thread)
    await stage.start()
    await stage.until_kept("Meanwhile.")


async def test_what_was_edited_and_deleted_while_the_bot_was_down_is_followed(
    stage: Stage,
) -> None:
    thread = await stage.publish()
    edited = await stage.ada.say(thread, "A first thought.")
    deleted = await stage.bora.say(thread, "I regret this.")
    await stage.until_kept("A first thought.", "I regret this.")
    await stage.stop()
    await stage.ada.edit(edited, "A second thought.")
    await stage.bora.delete(deleted)
    await stage.start()
    await stage.until_kept("A second thought.")


async def test_a_restart_posts_nothing_and_sends_no_commands_again(stage: Stage) -> None:
    thread = await stage.publish()
    messages = [one.id for one in await stage.sandbox.messages_in(thread)]
    before = stage.sandbox.requests.counts.copy()
    bot = await stage.restart()
    await bot.discussion.schedule.run()
    assert [one.id for one in await stage.sandbox.messages_in(thread)] == messages
    new = stage.sandbox.requests.counts - before
    assert not [route for route in new if not route.startswith("GET")]


async def test_a_second_session_doubles_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.write("maps")
    bot = await stage.start()
    monkeypatch.setattr(bot, "before_identify_hook", do_not_wait)
    thread = await stage.thread()
    await stage.say_until_kept(stage.ada, thread, "Once.")
    sessions = len(await stage.sandbox.messages_in(thread))
    ready_again = bot.loop.create_task(bot.wait_for("ready"))
    await stage.sandbox.post("gateway", what="invalidate")
    await stage.ada.say(thread, "Between two sessions.")
    await ready_again
    await stage.until_kept("Once.", "Between two sessions.")
    await stage.bora.say(thread, "And after.")
    await stage.until_kept("Once.", "Between two sessions.", "And after.")
    assert len(await stage.sandbox.messages_in(thread)) == sessions + 2
    assert len(await stage.sandbox.threads_in(stage.text)) == 1


async def test_a_dropped_connection_loses_nothing(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.sandbox.post("gateway", what="drop")
    await stage.say_until_kept(stage.ada, thread, "Did you hear that?")


async def test_an_answer_given_as_the_bot_stops_is_shown_when_it_is_back(stage: Stage) -> None:
    thread = await stage.publish()
    await stage.sandbox.fault("drop_after_commit", method="POST", path=r"/messages$", times=1)
    await stage.answer(stage.ada, await stage.prompt(thread), "The tickets.")
    await stage.sandbox.until(lambda: stage.sandbox.faults.happened["drop_after_commit"])
    await stage.restart()
    await stage.thread()
    shown = [one for one in await stage.bot_says(thread) if "The tickets." in one.content]
    assert len(shown) == 1


async def test_a_channel_of_the_setting_is_used_although_its_server_came_a_moment_ago(
    stage: Stage,
) -> None:
    """A server that was out of reach may come between two looks at what there is."""
    bot = await stage.start()
    with stage.writing() as db:
        db.execute("delete from notes where key = 'AFTERWORD_CHANNEL'")
        db.executescript("delete from channels; delete from guilds;")
    cog: Any = bot.get_cog("Publishing")
    await cog.guilds.use_setting()
    assert stage.rows("select id from channels") == [(stage.text.id,)]


async def do_not_wait(_shard: int | None, *, initial: bool) -> None:
    """Identify again at once; discord.py leaves Discord five seconds."""
    assert not initial
