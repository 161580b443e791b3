"""Whatever Discord shows wrongly: what a reader wrote goes only if it is gone."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.discussion import background
from bot.discussion.collecting import deletion_checks, sweep
from tests.journeys.stage import KEEPS, Stage, message_of

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message

ROUNDS = 8
SEEDS = range(3)

ABOUT_LISTS = ("empty", "short", "reordered", "repeated", "holes")
LIES = (
    *((kind, "history") for kind in ABOUT_LISTS),
    *((kind, "active") for kind in ("empty", "holes", "no_access", "server_error")),
    *((kind, "archived") for kind in ("empty", "holes", "no_access", "server_error")),
    *((kind, "history") for kind in ("no_access", "unknown_channel", "unknown_message")),
    ("unknown_guild", "history"),
    ("server_error", "history"),
    *((kind, "message") for kind in ("no_access", "unknown_channel", "unknown_guild")),
    ("server_error", "message"),
    *((kind, "channel") for kind in ("no_access", "unknown_message", "unknown_guild")),
    ("server_error", "channel"),
)
"""Kinds and subjects. A 10008 or 10003 for the very id that was asked for is no lie: Discord says
so, and nobody could know better.
"""


@pytest.fixture(autouse=True)
def no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(background, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(deletion_checks, "SECOND_CHECK", timedelta(milliseconds=20))
    monkeypatch.setattr(sweep, "PAUSE", 0.0)


async def standing(stage: Stage, thread: Channel) -> dict[int, str]:
    """Return what readers' messages stand in a thread, by id: the truth."""
    channel = stage.sandbox.state.channels[thread.id]
    every = channel.messages.after(0, 10_000)
    return {each.id: each.content for each in every if not each.author.bot and each.content}


def kept(stage: Stage) -> dict[int, str]:
    return dict(stage.rows("select source_id, text from responses where text <> ''"))


async def live(stage: Stage, thread: Channel, chance: random.Random, said: list[Message]) -> None:
    """Write, edit and delete, as readers do while nobody hears them."""
    for number in range(chance.randint(1, 6)):
        said.append(await stage.ada.say(thread, f"Words {len(said)}.{number}"))
    if len(said) > 3:
        message = chance.choice(said)
        await stage.ada.edit(message, f"Edited {chance.random()}")
    if len(said) > 5 and chance.random() < 0.5:
        await stage.ada.delete(said.pop(chance.randrange(len(said))))


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", SEEDS)
async def test_random_lies_about_what_there_is_delete_nothing_that_stands(
    stage: Stage, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # a story, not a secret
    thread = await stage.publish()
    said: list[Message] = []
    for number in range(ROUNDS):
        before = kept(stage)
        await stage.stop()
        await live(stage, thread, chance, said)
        if chance.random() < 0.3:
            await stage.put_to_sleep(thread)
        for each in range(chance.randint(1, 4)):
            kind, about = chance.choice(LIES)
            skip, times = chance.choice((0, 0, 1)), chance.choice((1, 2, 5))
            draw = seed * 1000 + number * 10 + each
            await stage.sandbox.answer_wrongly(kind, about, times=times, skip=skip, seed=draw)
        await stage.start()
        for _ in range(4):
            await stage.bot.discussion.sweeper.run()
            there = await standing(stage, thread)
            lost = {each for each in before if each in there} - kept(stage).keys()
            assert lost == set()
        await stage.sandbox.clear_faults()

        async def agrees() -> bool:
            await stage.bot.discussion.sweeper.run()
            return kept(stage) == await standing(stage, thread)

        await stage.sandbox.until(agrees)
    assert stage.rows("select 1 from messages where deleted_at is not null") == []
    assert stage.rows("select text from prompts where withdrawn_at is null") == [(KEEPS,)]
    assert stage.rows("select 1 from publications where over_at is not null") == []


async def test_what_was_concluded_gives_way_when_the_message_is_seen_again(stage: Stage) -> None:
    """Discord may be wrong for an id, too: then a delay is all that it costs."""
    thread, prompt = await stage.publish_and_ask()
    message = await stage.say_until_kept(stage.ada, thread, "Here I stand.", reply_to=prompt)
    await stage.stop()
    await stage.sandbox.answer_wrongly("empty", place=thread)
    await stage.sandbox.answer_wrongly("unknown_message", "message", times=100)
    bot = await stage.start()
    await bot.discussion.sweeper.run()
    because = stage.rows("select because from tombstones where source_id = ?", message.id)
    assert because == [("concluded",)]
    assert stage.kept() == {}
    withdrawn = "select 1 from prompts where withdrawn_at is not null"
    assert stage.rows(withdrawn)
    await stage.sandbox.clear_faults()
    bot = await stage.restart()
    await bot.discussion.sweeper.run()
    assert stage.kept() == {"Here I stand.": KEEPS}
    assert stage.rows("select 1 from tombstones") == []
    assert stage.rows(withdrawn) == []
    assert stage.rows("select 1 from messages where deleted_at is not null") == []


async def test_what_its_reader_deleted_or_asked_to_delete_never_gives_way(stage: Stage) -> None:
    thread = await stage.publish()
    deleted = await stage.ada.say(thread, "Deleted in Discord.")
    asked = await stage.bora.say(thread, "Deleted by privacy.")
    await stage.until_kept("Deleted in Discord.", "Deleted by privacy.")
    state = stage.sandbox.state.channels[thread.id]
    copy = state.messages.get(deleted.id)
    assert copy is not None
    await stage.ada.delete(deleted)
    await stage.until_kept("Deleted by privacy.")
    told = message_of(await stage.bora.command(stage.text, "privacy"))
    sure = message_of(await stage.bora.click(told, label="Buradakileri sil"))
    await stage.bora.click(sure, label="Buradakileri sil")
    await stage.until_kept()
    state.messages._by_id[copy.id] = copy  # as if history still had it
    state.messages._order.append(copy.id)
    state.messages._order.sort()
    await stage.restart()
    await stage.bot.discussion.sweeper.run()
    assert stage.kept() == {}
    ids = {row[0] for row in stage.rows("select source_id from tombstones")}
    assert ids == {deleted.id, asked.id}


async def test_many_that_are_out_of_sight_wait_for_a_second_look_and_moderators_hear_of_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion_checks, "MAX_FIRST_CHECK", 3)
    monkeypatch.setattr(deletion_checks, "SECOND_CHECK", timedelta(hours=1))
    notices = await stage.sandbox.channel(stage.guild, "moderators")
    thread = await stage.publish()
    await stage.mo.command(stage.text, "setup", channel=str(stage.text.id), notices=str(notices.id))
    said = [await stage.ada.say(thread, f"Words {number}") for number in range(6)]
    await stage.until_kept(*[f"Words {number}" for number in range(6)])
    await stage.stop()
    await stage.mo.delete_many(said)
    bot = await stage.start()
    await bot.discussion.sweeper.run()
    await bot.discussion.schedule.run()
    assert len(stage.kept()) == 6
    (notice,) = await stage.sandbox.messages_in(notices)
    assert f"<#{thread.id}>" in notice.content
    assert "6 messages" in notice.content
    await bot.discussion.sweeper.run()
    await bot.discussion.schedule.run()
    assert len(stage.kept()) == 6
    assert len(await stage.sandbox.messages_in(notices)) == 1
    with stage.writing() as db:
        db.execute("update absences set look_again_at = '2026-01-01T00:00:00.000+00:00'")
    await bot.discussion.sweeper.run()
    assert stage.kept() == {}
    assert stage.rows("select 1 from absences") == []


async def test_a_thread_that_was_taken_for_deleted_comes_back_with_all_that_was_said(
    stage: Stage,
) -> None:
    thread, prompt = await stage.publish_and_ask()
    await stage.ada.say(thread, "Here I stand.", reply_to=prompt)
    await stage.answer(stage.bora, prompt, "So do I.", show=True)
    await stage.shown(thread, "So do I.")
    await stage.until_kept("Here I stand.", "So do I.")
    await stage.stop()
    for about in ("history", "channel"):
        await stage.sandbox.answer_wrongly("unknown_channel", about, place=thread, times=100)
    bot = await stage.start()
    await bot.discussion.sweeper.run()
    await stage.until_kept()
    assert stage.rows("select over_because from publications") == [("its thread was deleted",)]
    await stage.sandbox.clear_faults()
    shown = await stage.shown(thread, "So do I.")
    await stage.put_to_sleep(thread)
    await stage.ada.say(thread, "It wakes.")
    await stage.until_kept("Here I stand.", "So do I.", "It wakes.")
    assert stage.kept()["Here I stand."] == KEEPS
    assert stage.kept()["So do I."] == KEEPS
    assert stage.rows("select over_at from publications") == [(None,)]
    await bot.discussion.schedule.run()
    assert (await stage.shown(thread, "So do I.")).id == shown.id
    assert len(await stage.sandbox.threads_in(stage.text)) == 1


async def test_a_thread_that_is_read_again_from_its_beginning_is_not_read_once_more(
    stage: Stage,
) -> None:
    thread, _ = await stage.publish_and_ask()
    await stage.say_until_kept(stage.ada, thread, "Here I stand.")
    seen = "select seen_id from threads"
    before = stage.rows(seen)
    collector = stage.bot.discussion.collector
    collector.delete_thread(thread.id, "concluded")
    await collector.settle()
    collector.tracked.report_existing([thread.id])
    await stage.until_kept("Here I stand.")
    await stage.until_rows("select 1 from threads where deleted_at is null and seen_id > id")
    assert stage.rows(seen) >= before
