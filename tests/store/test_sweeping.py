"""Which threads are read again, and what should stand in them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from discord.utils import time_snowflake

from bot.store.responses.collected import ThreadDeleted, collect
from bot.store.responses.sweeping import Expected, Sweep, due_for_sweep, expected_in_thread, swept

pytestmark = pytest.mark.encrypted_too


DAY = timedelta(days=1)


def due(world: Any, now: datetime, ready_at: datetime | None = None) -> list[Sweep]:
    return due_for_sweep(
        world.db, world.guild, since=now - 14 * DAY, ready_at=ready_at or now, now=now
    )


def hear(world: Any, said_at: datetime) -> int:
    """Let a thread's newest message be of that time; return the thread."""
    mark = time_snowflake(said_at)
    collect(world.db, [world.message(3000)], {world.first.thread: mark}, world.now)
    return int(world.first.thread)


def test_a_thread_in_which_something_was_said_is_read_once_after_each_ready(world: Any) -> None:
    now = world.now
    assert due(world, now) == []
    thread = hear(world, now)
    assert due(world, now) == [Sweep(thread, 0)]
    swept(world.db, thread, 5, 8, now)
    assert due(world, now) == []
    assert due(world, now + DAY, ready_at=now + DAY) == [Sweep(thread, 3)]
    assert due_for_sweep(world.db, 99, since=now, ready_at=now + DAY, now=now) == []


def test_a_thread_with_old_responses_alone_is_read_weekly(world: Any) -> None:
    now = world.now + 30 * DAY
    thread = hear(world, world.now)
    assert due(world, now) == [Sweep(thread, 0)]
    swept(world.db, thread, 1, 1, now)
    assert due(world, now + 6 * DAY) == []
    assert due(world, now + 8 * DAY) == [Sweep(thread, 0)]


def test_a_thread_that_is_gone_is_not_read_again(world: Any) -> None:
    hear(world, world.now)
    world.collect(ThreadDeleted(world.first.thread))
    assert due(world, world.now) == []


def test_what_should_stand_in_a_thread_is_ours_and_the_readers(world: Any) -> None:
    world.collect(world.message(3000))
    world.answer()
    expected = expected_in_thread(world.db, world.first.thread)
    assert expected == Expected(frozenset({3000, *world.first.asked_in}), frozenset())
    world.db.execute("update messages set deleted_at = 'x', deleted_because = 'event'")
    expected = expected_in_thread(world.db, world.first.thread)
    assert expected == Expected(frozenset({3000}), frozenset())
    world.db.execute("update messages set deleted_because = 'concluded'")
    expected = expected_in_thread(world.db, world.first.thread)
    assert expected == Expected(frozenset({3000}), frozenset(world.first.asked_in))
