"""What is older than a server keeps it is deleted, and stays so."""

from datetime import timedelta

import pytest

from bot.store.audit import entries
from bot.store.file import scrubbing
from bot.store.responses import retention
from bot.store.responses.collected import save
from tests.store.conftest import NOW, World

LATER = NOW + timedelta(days=30)


def texts(world: World) -> list[str]:
    return [row[0] for row in world.db.execute("select text from responses order by source_id")]


def keep(world: World, number: int, days: float) -> None:
    """Keep a message of so many days before `LATER`."""
    message = world.message(number, f"{days} days")
    save(world.db, [message._replace(created_at=LATER - timedelta(days=days))])


def test_only_what_is_old_goes_and_nothing_brings_it_back(world: World) -> None:
    keep(world, 3000, 10.01)
    keep(world, 3001, 9.99)
    world.settle()
    done = retention.delete_old(world.db, world.guild, 10, LATER)
    assert (texts(world), done.is_last) == (["9.99 days"], True)
    keep(world, 3000, 10.01)
    assert texts(world) == ["9.99 days"]
    assert world.unfinished() == [world.first.publication], "a shown answer has to be taken out"
    assert world.db.execute("select because from erasures").fetchall() == [("retention",)]
    assert scrubbing.debt(world.db) is not None


def test_a_run_is_one_act_however_many_batches_it_takes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(5):
        keep(world, 3000 + number, 20)
    entry, is_last = None, False
    while not is_last:
        done = retention.delete_old(world.db, world.guild, 10, LATER, entry)
        entry, is_last = done.entry_id, done.is_last
    [act] = entries(world.db, world.guild, 9)
    assert (act.act, act.detail, act.actor_id) == ("deleted old responses", "5", 0)
    assert retention.delete_old(world.db, world.guild, 10, LATER).entry_id is None


def test_an_act_that_was_told_is_not_changed(world: World) -> None:
    keep(world, 3000, 20)
    first = retention.delete_old(world.db, world.guild, 10, LATER).entry_id
    world.db.execute("update audit set attempted_after = 1")
    keep(world, 3001, 20)
    second = retention.delete_old(world.db, world.guild, 10, LATER, first).entry_id
    assert second != first
    assert [one.detail for one in entries(world.db, world.guild, 9)] == ["1", "1"]


def test_a_guild_without_a_period_keeps_everything(world: World) -> None:
    assert retention.periods(world.db) == {}
    world.db.execute("update guilds set retention_days = 10")
    assert retention.periods(world.db) == {world.guild: 10}
    keep(world, 3000, 20)
    retention.delete_old(world.db, world.guild + 1, 10, LATER)
    assert texts(world) == ["20 days"]


def test_old_drafts_go_with_it(world: World) -> None:
    for reader, days in ((500, 11), (501, 9)):
        saved = (LATER - timedelta(days=days)).isoformat()
        values = [reader, world.first.prompts[0], "begun", saved]
        world.db.execute("insert into drafts values (?, ?, ?, ?)", values)
    retention.delete_old(world.db, world.guild, 10, LATER)
    assert world.db.execute("select reader_id from drafts").fetchall() == [(501,)]
    assert scrubbing.debt(world.db) is not None, "their words have to leave every corner, too"
