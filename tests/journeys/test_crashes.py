"""Whatever dies between two steps: one essay, one thread, each message once."""

from __future__ import annotations

import asyncio
import functools
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from bot.store.ledger import messages, progress
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from bot.client import AfterwordBot
    from bot.sandbox import Channel

LEDGER = {progress.record}
DEATHS = 12
WAITS = "select 1 from publications where waiting_for is not null"
DONE = "select 1 from publications where settled <> ''"


class Death:
    """Lets a bot get no further than a certain write to the ledger."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        number: int,
        *,
        before: bool,
        writes: set[Any] = LEDGER,
    ) -> None:
        self.came = asyncio.Event()
        self._writes = writes
        self._patch = patch
        self._left = number
        self._before = before

    def wait_for(self, bot: AfterwordBot) -> None:
        """Lie in wait in a bot's store."""
        write = bot.store.write

        async def write_or_die(function: Any, *args: Any, **kwargs: Any) -> Any:
            written = {function, *(part.func for part in parts(args))}
            is_awaited = bool(written & self._writes)
            self._left -= is_awaited
            dies = is_awaited and self._left == 0
            if dies and self._before:
                await self._die()
            result = await write(function, *args, **kwargs)
            if dies:
                await self._die()
            return result

        self._patch.setattr(bot.store, "write", write_or_die)

    async def _die(self) -> None:
        self.came.set()
        await asyncio.Event().wait()


def parts(args: Any) -> list[functools.partial[Any]]:
    """Return what is written together."""
    lists = (each for each in args if isinstance(each, list))
    return [part for each in lists for part in each if isinstance(part, functools.partial)]


@pytest.mark.parametrize("place", ["text", "forum"])
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_a_bot_that_dies_around_every_write_ends_with_one_thread(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, place: str, *, before: bool
) -> None:
    channel: Channel = getattr(stage, place)
    stage.settings["channel"] = channel.id
    stage.write("maps", asks="What do you keep?\n\nWho decides what a map may leave out?")
    for number in range(1, DEATHS + 1):
        death = Death(monkeypatch, number % 3 + 1, before=before)
        await stage.start(death.wait_for)
        await stage.sandbox.until(functools.partial(is_over, stage, death))
        is_done = bool(stage.rows(DONE))
        await stage.stop()
        if is_done:
            break
    await stage.start()
    await assert_complete(stage, channel)


@pytest.mark.parametrize("place", ["text", "forum"])
@pytest.mark.parametrize("path", [r"/messages$", r"/threads$"])
async def test_an_answer_of_discord_that_never_comes_doubles_nothing(
    stage: Stage, place: str, path: str
) -> None:
    channel: Channel = getattr(stage, place)
    stage.settings["channel"] = channel.id
    stage.write("maps", asks="What do you keep?\n\nWho decides what a map may leave out?")
    await stage.sandbox.fault("drop_after_commit", method="POST", path=path, times=2)
    bot = await stage.start()
    for _ in range(3):
        await stage.sandbox.until(lambda: stage.rows(f"{WAITS} or settled <> ''"))
        await bot.schedule.run()  # as it does each minute
    await assert_complete(stage, channel)
    assert stage.sandbox.faults.happened["drop_after_commit"] > 0


async def test_a_server_error_after_a_forum_post_was_made_doubles_nothing(stage: Stage) -> None:
    stage.settings["channel"] = stage.forum.id
    stage.write("maps", asks="What do you keep?\n\nWho decides what a map may leave out?")
    await stage.sandbox.fault("error_after_commit", method="POST", path=r"/threads$", status=502)
    bot = await stage.start()
    await stage.sandbox.until(lambda: stage.rows(WAITS))
    await bot.schedule.run()
    await assert_complete(stage, stage.forum)


async def test_a_failure_that_came_before_anything_was_made_is_tried_again(stage: Stage) -> None:
    stage.settings["channel"] = stage.forum.id
    stage.write("maps", asks="What do you keep?\n\nWho decides what a map may leave out?")
    await stage.sandbox.fault("error_before_commit", method="POST", path=r"/threads$", status=503)
    bot = await stage.start()
    await stage.sandbox.until(lambda: stage.rows(WAITS))
    await bot.schedule.run()
    await assert_complete(stage, stage.forum)


async def test_a_lock_that_was_never_confirmed_is_undone_when_the_essay_returns(
    stage: Stage,
) -> None:
    stage.write("maps")
    bot = await stage.start()
    thread = await stage.thread()
    stage.write("maps", draft="true")
    await stage.sandbox.fault("drop_after_commit", method="PATCH", path=rf"/channels/{thread.id}$")
    await bot.blog.update()
    await bot.schedule.run()
    assert stage.sandbox.faults.happened["drop_after_commit"] == 1
    stage.write("maps")
    await bot.blog.update()
    for _ in range(3):
        await bot.schedule.run()
    assert not (await stage.thread()).locked


async def test_what_was_removed_before_a_death_is_sent_again_when_it_is_wanted_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.settings |= {"channel": stage.forum.id, "recheck": 0}  # a sweep may find it out, or not
    long = "\n\n".join(f"Paragraph {number}. {'It goes on. ' * 60}" for number in range(5))
    stage.write("maps", text=long)
    bot = await stage.start()
    thread = await stage.thread(stage.forum)
    before = [each.content for each in await stage.bot_says(thread)]
    death = Death(monkeypatch, 1, before=True, writes={messages.removed})
    death.wait_for(bot)
    await stage.sandbox.post("event_fault", kind="delay", seconds=60, times=50)
    stage.write("maps", text="Short.")
    await death.came.wait()
    await stage.stop()
    stage.write("maps", text=long)
    bot = await stage.start()
    await stage.thread(stage.forum)
    assert sorted(each.content for each in await stage.bot_says(thread)) == sorted(before)


def is_over(stage: Stage, death: Death) -> bool:
    """Return whether the bot has died, or has nothing left to die of."""
    return death.came.is_set() or bool(stage.rows(DONE))


async def assert_complete(stage: Stage, channel: Channel) -> None:
    """Check that there is one thread with each message once, and the ledger knows them."""
    thread = await stage.thread(channel)
    texts = Counter(one.content for one in await stage.bot_says(thread))
    assert set(texts.values()) == {1}
    assert len(texts) == 3
    assert stage.rows("select count(*) from publications") == [(1,)]
    found = {one.id for one in await stage.bot_says(thread)} | {thread.id}
    assert {row[0] for row in stage.rows("select message_id from messages")} == found
    if channel.id == stage.text.id:
        assert [one.id for one in await stage.sandbox.messages_in(channel)] == [thread.id]
