"""Asking for a thread: each reader counts once, few times a day, and nobody is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.post import Post
from bot.store.content.posts import record_posts
from bot.store.keyed_hash import reader_digest
from bot.store.ledger import thread_requests
from bot.store.ledger.thread_requests import DAY, MOST_A_DAY, Request
from tests.store.conftest import CHANNEL, GUILD, NOW, World

READER = 7_654_321_987_654_321


@pytest.fixture
def essays(world: World) -> list[int]:
    """Five essays on the shelf of a guild in which readers may ask."""
    world.db.execute("update guilds set requests = 1")
    shelved = [
        Post(path=f"{n}.md", lang="en", slug=f"s{n}", title=f"S {n}", essay=f"s{n}", digest=f"d{n}")
        for n in range(5)
    ]
    known = [world.first.post, world.second.post]
    recorded = record_posts(world.db, [*known, *shelved], NOW).posts
    return [post.essay_id or 0 for post in recorded[2:]]


def pending(world: World) -> list[tuple[int, int]]:
    return [(one.essay_id, one.readers) for one in thread_requests.unsettled(world.db)]


def only(world: World) -> Request:
    [request] = thread_requests.unsettled(world.db)
    return request


def test_each_reader_counts_once(world: World, essays: list[int]) -> None:
    ask = thread_requests.ask
    assert ask(world.db, CHANNEL, essays[0], 1, NOW) == ("counted", 1)
    assert ask(world.db, CHANNEL, essays[0], 1, NOW) == ("known", 1)
    assert ask(world.db, CHANNEL, essays[0], 2, NOW) == ("counted", 2)
    assert thread_requests.counts(world.db, GUILD) == {essays[0]: 2}
    assert thread_requests.counts(world.db, GUILD + 1) == {}
    assert pending(world) == [(essays[0], 2)]


def test_a_reader_asks_for_few_a_day(world: World, essays: list[int]) -> None:
    ask = thread_requests.ask
    for essay in essays[:MOST_A_DAY]:
        assert ask(world.db, CHANNEL, essay, 1, NOW)[0] == "counted"
    assert ask(world.db, CHANNEL, essays[3], 1, NOW) == ("enough", 0)
    assert ask(world.db, CHANNEL, essays[3], 2, NOW) == ("counted", 1)
    tomorrow = NOW + DAY + timedelta(seconds=1)
    assert ask(world.db, CHANNEL, essays[3], 1, tomorrow) == ("counted", 2)


@pytest.mark.parametrize(
    "change", ["update guilds set requests = 0", "update channels set closed_at = 'then'"]
)
def test_nobody_can_ask_where_it_is_not_wanted(
    world: World, essays: list[int], change: str
) -> None:
    world.db.execute(change)
    assert thread_requests.ask(world.db, CHANNEL, essays[0], 1, NOW) == ("closed", 0)
    assert pending(world) == []


def test_nobody_can_ask_for_what_is_discussed(world: World, essays: list[int]) -> None:
    del essays
    essay = world.first.post.essay_id or 0
    assert thread_requests.ask(world.db, CHANNEL, essay, 1, NOW) == ("started", 0)


def test_the_file_does_not_name_who_asked(world: World, essays: list[int]) -> None:
    with world.db.atomic():
        thread_requests.ask(world.db, CHANNEL, essays[0], READER, NOW)
    world.db.execute("pragma wal_checkpoint(truncate)")
    for table in ("thread_requests", "request_notices", "notes"):
        for row in world.db.query(f"select * from {table}"):  # noqa: S608  # of this test
            assert str(READER) not in str(row)
    data = world.path.read_bytes()
    assert str(READER).encode() not in data
    assert READER.to_bytes(8, "big") not in data


def test_a_hash_is_of_one_guild_and_one_key(world: World) -> None:
    first = reader_digest(world.db, "thread requests", 1, READER)
    assert reader_digest(world.db, "thread requests", 1, READER) == first
    assert reader_digest(world.db, "thread requests", 2, READER) != first
    world.db.execute("delete from notes")
    assert reader_digest(world.db, "thread requests", 1, READER) != first


def test_putting_off_is_written_down_once(world: World, essays: list[int]) -> None:
    thread_requests.ask(world.db, CHANNEL, essays[0], 1, NOW)
    for _ in range(2):
        thread_requests.put_off(world.db, only(world), 77, "s0", NOW)
    assert only(world).is_decided
    acts = "select actor_id, act, subject_id, detail from audit"
    assert world.db.execute(acts).fetchall() == [(77, "put off a thread", essays[0], "s0")]
    thread_requests.settle(world.db, only(world).id, NOW)
    assert thread_requests.ask(world.db, CHANNEL, essays[0], 2, NOW) == ("counted", 2)
    assert pending(world) == []


def test_a_guild_that_was_left_is_told_nothing(world: World, essays: list[int]) -> None:
    thread_requests.ask(world.db, CHANNEL, essays[0], 1, NOW)
    world.db.execute("update guilds set left_at = 'then'")
    assert pending(world) == []
