"""A clock that was wrong and is put right stops nothing in silence."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord

from bot.discussion.background import PeriodicTask
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    import pytest

DAY = 86_400.0
ALIVE = "select value from notes where key = 'alive'"


async def test_the_bot_wakes_though_its_clock_is_put_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As discord.py sees it: the moment until which it sleeps is a day away all of a sudden."""
    seconds_until = discord.utils.compute_timedelta

    def put_back(moment: datetime) -> float:
        return seconds_until(moment) + DAY

    monkeypatch.setattr(discord.utils, "compute_timedelta", put_back)
    await stage.publish()
    tick = stage.rounds.tick
    tick.change_interval(seconds=0.01)
    tick.cancel()
    await stage.sandbox.until(lambda: not tick.is_running())
    tick.start()
    signs = set(stage.rows(ALIVE))

    def is_awake() -> bool:
        signs.update(stage.rows(ALIVE))
        return len(signs) > 8  # a change of the content wakes it too, once or twice

    await stage.sandbox.until(is_awake)


async def test_what_was_heard_is_never_heard_from_the_future(stage: Stage) -> None:
    """Else moderators would read that a thread cannot be read since next year."""
    await stage.publish()
    await stage.until_rows("select 1 from notes where key = 'alive'")
    await stage.stop()
    with stage.writing() as db:
        db.execute("update notes set value = '2999-01-01T00:00:00.000+00:00' where key = 'alive'")
    bot = stage.make_bot()
    await bot.login(stage.sandbox.token)
    received_until = bot.discussion.collector.tracked.received_until
    assert received_until is not None
    assert received_until <= datetime.now(UTC)


async def test_a_fault_does_not_end_the_repeating(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    done = asyncio.Event()
    times = 0

    async def work() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise ZeroDivisionError
        done.set()

    task = PeriodicTask(work, seconds=0.0, name="work")
    assert not task.is_running()
    task.start()
    task.start()
    async with asyncio.timeout(30):
        await done.wait()
    assert task.is_running()
    assert [one.getMessage() for one in caplog.records] == ["A fault in work; it is tried again"]
    task.cancel()
    assert not task.is_running()
    task.cancel()
