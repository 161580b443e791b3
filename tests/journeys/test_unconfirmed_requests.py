"""Messages that Discord took without our hearing of it, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.discussion.publishing import publisher
from tests.journeys.stage import Stage, custom_id, message_of, press, said

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message

WORDS = "The tickets, and a map."


@pytest.fixture(autouse=True)
def nothing_is_on_its_way_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher, "ARRIVAL_SECONDS", 0.1)


async def with_a_shown_answer_in_doubt(stage: Stage) -> tuple[Channel, Message]:
    """Let Discord show an answer and not confirm it; return the thread and what it shows."""
    thread, prompt = await stage.publish_and_ask()
    path = f"/channels/{thread.id}/messages$"
    opened = await press(stage.ada, prompt, "answer")
    await stage.sandbox.fault("drop_after_commit", method="POST", path=path)
    await stage.sandbox.fault("error_before_commit", method="GET", path="/messages", times=1000)
    await stage.ada.submit(opened, {"text": WORDS})
    shown = await stage.shown(thread, WORDS)
    assert stage.rows("select message_id from messages where kind = 'answer'") == [(None,)]
    return thread, shown


async def shows(stage: Stage, thread: Channel) -> bool:
    return any(WORDS in each.content for each in await stage.bot_says(thread))


async def test_what_is_withdrawn_in_doubt_goes_from_the_thread_and_its_reader_knows_when(
    stage: Stage,
) -> None:
    thread, shown = await with_a_shown_answer_in_doubt(stage)
    told = said(await press(stage.ada, shown, "withdraw"))
    assert "no longer kept, and its message in the thread goes within minutes" in told
    assert WORDS in told
    assert stage.kept() == {}
    assert stage.rows("select text from responses") == []
    await stage.sandbox.post("clear_faults")
    await stage.bot.discussion.schedule.run()
    await stage.until_hidden(thread, WORDS)
    assert stage.rows("select 1 from messages where kind = 'answer'") == []


async def test_the_doubt_outlives_a_restart(stage: Stage) -> None:
    thread, shown = await with_a_shown_answer_in_doubt(stage)
    await press(stage.ada, shown, "withdraw")
    await stage.stop()
    assert await shows(stage, thread)
    await stage.sandbox.post("clear_faults")
    await stage.start()
    await stage.until_hidden(thread, WORDS)


async def test_delete_mine_reaches_an_answer_in_doubt(stage: Stage) -> None:
    thread, _ = await with_a_shown_answer_in_doubt(stage)
    told = message_of(await stage.ada.command(stage.text, "privacy"))
    sure = message_of(await stage.ada.click(told, label="Delete mine everywhere"))
    await stage.ada.click(sure, label="Delete mine everywhere")
    await stage.sandbox.post("clear_faults")
    await stage.restart()
    await stage.until_hidden(thread, WORDS)
    assert stage.rows("select text from responses") == []


async def test_an_answer_in_doubt_that_is_edited_is_shown_once(stage: Stage) -> None:
    thread, _ = await with_a_shown_answer_in_doubt(stage)
    opened = await press(stage.ada, await stage.prompt(thread), "answer")
    await stage.ada.submit(opened, {"text": "Something else."})
    await stage.sandbox.post("clear_faults")
    await stage.restart()
    await stage.shown(thread, "Something else.")
    shown = [each for each in await stage.bot_says(thread) if custom_id(each, "withdraw")]
    assert len(shown) == 1


async def test_an_answer_without_doubt_is_withdrawn_and_gone_at_once(stage: Stage) -> None:
    thread = await stage.publish()
    shown = await stage.show_answer(stage.ada, thread, WORDS)
    assert said(await press(stage.ada, shown, "withdraw")).startswith("Withdrawn: nothing of it")
    assert not await shows(stage, thread)


@pytest.mark.parametrize("chatter", [300, 10_000])
async def test_a_starter_without_its_confirmation_is_found_however_much_came_after(
    stage: Stage, chatter: int
) -> None:
    await stage.sandbox.fault("drop_after_commit", method="POST", path="/messages$")
    stage.write("maps")
    await stage.start()
    await stage.sandbox.until(lambda: stage.sandbox.messages_in(stage.text))
    await stage.stop()
    texts = [f"Small talk, {number}." for number in range(chatter)]
    for start in range(0, chatter, 1000):
        await stage.ada.say_all(stage.text, texts[start : start + 1000])
    stage.sandbox.state.nonces.clear()  # their time is over (docs/discord-facts.md#nonces)
    await stage.start()
    await stage.thread()
    state = stage.sandbox.state
    ours = [
        each for each in state.channels[stage.text.id].messages.after(0, 20_000) if each.author.bot
    ]
    assert len([each for each in ours if each.type == 0]) == 1


async def test_a_look_that_shows_nothing_without_the_right_to_read_sends_nothing(
    stage: Stage,
) -> None:
    """An empty page of history proves nothing (docs/discord-facts.md#reading-history)."""
    await stage.sandbox.fault("drop_after_commit", method="POST", path="/messages$")
    stage.write("maps")
    bot = await stage.start()
    await stage.sandbox.until(lambda: stage.sandbox.messages_in(stage.text))
    stage.sandbox.state.nonces.clear()
    bot.at_once.pop("guild_channel_update")
    bot._connection.parsers["CHANNEL_UPDATE"] = lambda _data: None  # an event that never comes
    history = 1 << 16
    await stage.sandbox.deny_bot(stage.text, history)
    await bot.discussion.schedule.run()
    assert "Read Message History" in stage.rows("select waiting_for from publications")[0][0]
    await stage.sandbox.deny_bot(stage.text, 0)
    await bot.discussion.schedule.run()
    await stage.thread()
    assert len(await stage.sandbox.messages_in(stage.text)) == 1


async def test_a_forum_post_without_its_confirmation_is_found_in_a_long_archive(
    stage: Stage,
) -> None:
    stage.settings["channel"] = stage.forum.id
    await stage.sandbox.fault("drop_after_commit", method="POST", path="/threads$")
    stage.write("maps")
    await stage.start()
    (ours,) = await stage.sandbox.until(lambda: stage.sandbox.threads_in(stage.forum))
    await stage.stop()
    others = await stage.ada.start_all(stage.forum, [f"Post {number}" for number in range(230)])
    for each in (ours.id, *others):
        await stage.put_to_sleep(each)
    await stage.start()

    async def is_known() -> bool:
        return stage.rows("select thread_id from publications") == [(ours.id,)]

    await stage.sandbox.until(is_known)
    posts = await stage.sandbox.threads_in(stage.forum)
    assert [each.id for each in posts if each.name == "Maps"] == [ours.id]


async def test_an_answer_in_doubt_is_found_in_a_thread_that_went_on_for_long(stage: Stage) -> None:
    thread, _ = await with_a_shown_answer_in_doubt(stage)
    await stage.stop()
    await stage.bora.say_all(thread, [f"Small talk, {number}." for number in range(1500)])
    stage.sandbox.state.nonces.clear()
    await stage.sandbox.post("clear_faults")
    await stage.start()
    await stage.until_rows("select 1 from messages where kind = 'answer' and message_id > 0")
    every = stage.sandbox.state.channels[thread.id].messages.after(0, 20_000)
    assert len([each for each in every if WORDS in each.content and each.author.bot]) == 1


@pytest.mark.parametrize("is_forum", [False, True])
async def test_threads_of_a_lost_database_are_found_however_old_they_are(
    stage: Stage, *, is_forum: bool
) -> None:
    channel = stage.forum if is_forum else stage.text
    stage.settings |= {"channel": channel.id, "first_run": 2}
    for slug in ("maps", "clocks"):
        stage.write(slug)
    await stage.start()
    ours = await stage.threads(channel, 2)
    await stage.stop()
    stage.lose_database()
    if is_forum:
        others = await stage.ada.start_all(channel, [f"Post {n}" for n in range(230)])
    else:
        await stage.ada.say_all(channel, [f"Small talk, {n}." for n in range(6000)])
        others = []
    for each in (*(one.id for one in ours), *others):
        await stage.mo.archive(each)
    await stage.start()
    await stage.sandbox.until(
        lambda: stage.rows("select count(thread_id) from publications") == [(2,)]
    )
    known = {row[0] for row in stage.rows("select thread_id from publications")}
    assert known == {each.id for each in ours}
    named = [each.name for each in await stage.sandbox.threads_in(channel)]
    assert sorted(name for name in named if not name.startswith("Post")) == ["Clocks", "Maps"]
