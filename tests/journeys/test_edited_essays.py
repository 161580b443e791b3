"""What happens to a thread when its essay changes, is renamed, or is taken back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.discussion.publishing import publisher
from bot.sandbox import Channel
from tests.journeys.stage import KEEPS, Stage, custom_id

CHANGING = {"POST", "PATCH", "PUT", "DELETE"}
LONG = "\n\n".join(f"Paragraph {number}. " + "It goes on and on. " * 40 for number in range(6))


async def changed(stage: Stage) -> None:
    """Read the folder again, as the watcher would have the bot do, and do what follows."""
    await stage.bot.blog.update()
    await stage.bot.discussion.schedule.run()


@pytest.fixture(params=["text", "forum"])
def channel(stage: Stage, request: pytest.FixtureRequest) -> Channel:
    place: Channel = getattr(stage, request.param)
    return place


async def test_a_changed_essay_is_changed_in_place(stage: Stage, channel: Channel) -> None:
    before = await stage.publish(title="Maps", text="As it was.", tags=["Maps"], channel=channel)
    messages = [each.id for each in await stage.bot_says(before)]
    stage.write("maps", title="Better maps", text="As it is.", tags=["Memory"])
    await changed(stage)
    after = await stage.thread(channel)
    assert (after.id, after.name) == (before.id, "Better maps")
    assert [each.id for each in await stage.bot_says(after)] == messages
    assert "As it is." in (await stage.bot_says(after))[0].content
    if channel.is_forum:
        assert after.applied_tags == [stage.forum.tags["memory"]]


async def test_a_reworded_question_keeps_its_responses(stage: Stage) -> None:
    thread = await stage.publish(asks="Is dreaming biological for you?")
    await stage.say_until_kept(stage.ada, thread, "It is.", reply_to=await stage.prompt(thread))
    stage.write("maps", asks="Is dreaming fundamentally biological for you?")
    await changed(stage)
    prompt = await stage.prompt(thread)
    assert prompt.content == "**Is dreaming fundamentally biological for you?**"
    assert stage.kept() == {"It is.": "Is dreaming fundamentally biological for you?"}


async def test_a_body_that_outgrows_its_messages_goes_on_below_with_a_link(
    stage: Stage,
) -> None:
    thread = await stage.publish(text="Short.", channel=stage.forum)
    await stage.ada.say(thread, "Short and good.")
    stage.write("maps", text=LONG)
    await changed(stage)
    first, prompt, *rest = await stage.bot_says(thread)
    link = next(each for each in first.components if each.get("url"))
    assert prompt.content == f"**{KEEPS}**"
    assert link["url"].endswith(f"/{thread.id}/{rest[0].id}")
    stage.write("maps", text="Short again.")
    await changed(stage)
    first, prompt = await stage.bot_says(thread)
    assert "Short again." in first.content
    assert first.buttons == []


async def test_a_renamed_file_and_a_changed_slug_start_no_second_thread(stage: Stage) -> None:
    path = stage.write("maps", title="Maps")
    await stage.start()
    thread = await stage.thread()
    path.rename(path.with_name("atlas.md"))
    await changed(stage)
    path.with_name("atlas.md").unlink()
    stage.write("atlas", title="Maps", aliases='["/maps/"]')
    await changed(stage)
    assert [each.id for each in await stage.threads(stage.text)] == [thread.id]
    assert not (await stage.thread()).locked


@pytest.mark.parametrize("what_stays", ["title and date", "text"])
async def test_a_file_that_is_renamed_and_changed_in_one_push_keeps_its_thread(
    stage: Stage, what_stays: str
) -> None:
    path = stage.write("maps", title="Maps")
    thread = await stage.publish(
        "other", date="2026-01-01", text="The others have a text of their own."
    )
    await stage.say_until_kept(
        stage.ada, thread, "I liked it.", reply_to=await stage.prompt(thread)
    )
    path.unlink()
    if what_stays == "text":
        stage.write("atlas", title="Atlases", date="2026-03-02")
    else:
        stage.write("atlas", title="Maps", text="The first paragraph says what there is to tell.")
    await changed(stage)
    (after,) = await stage.threads(stage.text)
    assert (after.id, after.locked) == (thread.id, False)
    assert stage.kept() == {"I liked it.": KEEPS}
    assert stage.rows("select count(*) from posts where removed_at is not null") == [(0,)]


async def test_an_upgrade_edits_no_message(stage: Stage) -> None:
    await stage.publish(channel=stage.forum)
    await stage.stop()
    with closing(sqlite3.connect(stage.database)) as db:
        db.execute("update readings set made_by = 'older code'")
        db.execute("update posts set body_digest = ''")
        db.commit()
    settled = stage.rows("select settled from publications")
    before = len([one for one in stage.sandbox.requests if one.method in CHANGING])
    bot = await stage.start()
    await bot.discussion.schedule.run()
    assert stage.rows("select count(*) from posts where body_digest = ''") == [(0,)]
    assert len([one for one in stage.sandbox.requests if one.method in CHANGING]) == before
    assert stage.rows("select settled from publications") == settled


async def test_an_essay_that_was_taken_back_says_so_and_its_responses_stay(
    stage: Stage, channel: Channel
) -> None:
    path = stage.write("maps", title="Maps", text="Regretted.")
    thread = await stage.publish("other", channel=channel)
    await stage.say_until_kept(
        stage.ada, thread, "I liked it.", reply_to=await stage.prompt(thread)
    )
    path.unlink() if "Maps" in thread.name else (stage.content / "other.md").unlink()
    await changed(stage)
    starter = await stage.starter(await stage.thread(channel))
    assert "taken this essay back" in starter.content
    assert starter.embeds == []
    assert await stage.bot_says(thread) == []
    assert (await stage.thread(channel)).locked
    assert list(stage.kept()) == ["I liked it."]


async def test_an_essay_that_comes_back_is_open_again(stage: Stage) -> None:
    thread = await stage.publish(text="Here.")
    stage.write("maps", text="Here.", draft="true")
    await changed(stage)
    assert (await stage.thread()).locked
    stage.write("maps", text="Here again.")
    await changed(stage)
    assert not (await stage.thread()).locked
    body, prompt = await stage.bot_says(thread)
    assert "Here again." in body.content
    assert custom_id(prompt, "answer")


async def test_a_taken_back_essay_is_cleared_from_an_archived_thread_too(stage: Stage) -> None:
    thread = await stage.publish(text="Regretted.", channel=stage.forum)
    await stage.put_to_sleep(thread)
    stage.write("maps", text="Regretted.", draft="true")
    await changed(stage)
    thread = await stage.thread(stage.forum)
    assert thread.locked
    assert await stage.bot_says(thread) == []


async def test_a_changed_essay_waits_until_its_archived_thread_wakes(stage: Stage) -> None:
    thread = await stage.publish(title="Maps", text="As it was.", channel=stage.forum)
    await stage.put_to_sleep(thread)
    stage.write("maps", title="Maps and more", text="As it is.")
    await changed(stage)
    assert "As it was." in (await stage.bot_says(thread))[0].content
    await stage.say_until_kept(stage.ada, thread, "Good morning.")
    await changed(stage)
    thread = await stage.thread(stage.forum)
    assert thread.name == "Maps and more"
    assert "As it is." in (await stage.bot_says(thread))[0].content


async def test_a_deleted_question_is_asked_no_more_and_its_responses_stay(stage: Stage) -> None:
    thread = await stage.publish(asks=f"{KEEPS}\n\nShould a machine be obliged to forget you?")
    prompt = await stage.prompt(thread)
    await stage.say_until_kept(stage.ada, thread, "A drawer of keys.", reply_to=prompt)
    await stage.mo.delete(prompt)
    await stage.until_rows("select 1 from prompts where withdrawn_at <> ''")
    await changed(stage)
    starter = await stage.starter(await stage.thread())
    assert KEEPS not in starter.content
    assert "obliged to forget" in starter.content
    assert stage.kept() == {"A drawer of keys.": KEEPS}
    gone = "select 1 from messages where kind = 'prompt' and deleted_at is not null"
    assert stage.rows(gone)
    assert KEEPS not in [each.content.strip("*") for each in await stage.bot_says(thread)]


async def test_many_that_vanish_at_once_are_left_alone(stage: Stage) -> None:
    for number in range(12):
        stage.write(f"essay-{number}")
    await stage.start()
    thread = await stage.thread()
    for path in stage.content.glob("*.md"):
        path.unlink()
    stage.write("a-new-one", date="2026-01-01")
    await changed(stage)
    found = await stage.sandbox.threads_in(stage.text)
    assert not next(each for each in found if each.id == thread.id).locked


async def test_a_lost_database_finds_its_threads_and_all_that_was_said(
    stage: Stage, channel: Channel
) -> None:
    thread = await stage.publish(title="Maps", channel=channel)
    prompt = await stage.prompt(thread)
    await stage.ada.say(thread, "A reply.", reply_to=prompt)
    await stage.answer(stage.bora, prompt, "An *answer* to https://example.org/a_b.")
    await stage.shown(thread, "https://example.org/a_b")
    await stage.until_kept("A reply.", "An *answer* to https://example.org/a_b.")
    before = [each.id for each in await stage.bot_says(thread)]
    await stage.stop()
    stage.lose_database()
    bot = await stage.start()
    async with asyncio.timeout(30):
        while not stage.rows("select 1 from channels where opened_at is not null"):
            await bot.discussion.schedule.run()
    await bot.discussion.collector.settle()
    assert (await stage.thread(channel)).id == thread.id
    assert sorted(stage.kept()) == ["A reply.", "An *answer* to https://example.org/a_b."]
    assert set(stage.kept().values()) == {KEEPS}
    assert [each.id for each in await stage.bot_says(thread)] == before


async def test_a_change_that_arrives_late_does_not_undo_the_newer_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "ARRIVAL_SECONDS", 1.0)
    thread = await stage.publish(description="The first words.")
    await stage.sandbox.fault("dropped_and_late", method="PATCH", path="/messages/", seconds=0.5)
    stage.write("maps", description="The second words.")
    await stage.until_rows("select 1 from publications where waiting_for is not null")
    stage.write("maps", description="The third words.")
    await stage.until_rows("select 1 from publications where settled not in ('', 'again')")
    assert "The third words." in (await stage.starter(thread)).content
    await stage.sandbox.post("clear_faults")  # what is late arrives now at the latest
    assert "The third words." in (await stage.starter(thread)).content


async def test_an_essay_that_is_taken_back_before_it_began_rests_until_it_is_back(
    stage: Stage,
) -> None:
    await stage.sandbox.change_channel(stage.forum, flags=1 << 4)  # a tag is required
    stage.settings["channel"] = stage.forum.id
    stage.write("maps")
    await stage.start()
    await stage.until_rows("select 1 from publications where waiting_for is not null")
    stage.write("maps", draft="true")
    await stage.until_rows(
        "select 1 from publications join posts on posts.id = post_id "
        "where settled = digest and waiting_for is null"
    )
    await stage.sandbox.change_channel(stage.forum, flags=0)
    await stage.rounds.run()
    assert await stage.sandbox.threads_in(stage.forum) == []
    stage.write("maps")
    await stage.thread(stage.forum)
