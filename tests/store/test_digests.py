"""What the ledger knows of digests: where one ends the next begins, and none is told twice."""

from datetime import timedelta
from typing import Any

import pytest

from bot.store.ledger import channels, digests, notices
from bot.store.ledger.notices import Notice
from bot.store.responses.highlights import toggle_highlight
from bot.store.responses.queries import listing, newest

pytestmark = pytest.mark.encrypted_too


MODERATOR = 900
HOUR = timedelta(hours=1)


def turn(world: Any, how: str, hours: int = 0) -> None:
    """Choose with `/setup` how often a digest comes."""
    before = channels.get_guild(world.db, world.guild).digest
    world.db.execute("update guilds set digest = ? where id = ?", [how, world.guild])
    digests.switch(world.db, world.guild, before, world.now + hours * HOUR)


def told(world: Any, hours: int = 0) -> Any:
    return digests.last(world.db, world.guild, world.now + hours * HOUR)


def happened(world: Any, hours: int = 0) -> bool:
    now = world.now + hours * HOUR
    last = digests.last(world.db, world.guild, now)
    assert last is not None
    return digests.has_news(world.db, world.guild, last, now)


def intend(world: Any, hours: int = 0) -> Any:
    return digests.intend(world.db, world.guild, 20, 555, world.now + hours * HOUR)


def test_the_first_digest_begins_when_it_is_turned_on(world: Any) -> None:
    world.answer(9000, "Before")
    assert digests.situations(world.db, world.now) == []
    turn(world, "daily")
    (situation,) = digests.situations(world.db, world.now)
    assert situation.guild.digest == "daily"
    before = newest(world.db)
    assert situation.last == (before, world.now)
    assert situation.intent is None
    assert not happened(world, 1)
    world.answer(9001, "After", reader=501)
    assert happened(world, 1)
    intent = intend(world, 1)
    assert (intent.after_id, intent.until_id) == (before, newest(world.db))
    assert (intent.after, intent.until) == (world.now, world.now + HOUR)
    assert (intent.channel_id, intent.attempted_after) == (20, 555)


def test_what_was_told_is_not_told_again(world: Any) -> None:
    turn(world, "weekly")
    world.answer(9000, "One")
    intent = intend(world, 1)
    assert digests.pending(world.db, world.guild) == intent
    assert told(world, 2) == (0, world.now)  # until it is concluded
    notices.raise_notice(
        world.db, Notice(digests.notice_key(world.guild), world.guild, "It waits."), world.now
    )
    digests.conclude(world.db, intent, 777, world.now + HOUR)
    assert notices.standing(world.db) == []
    assert digests.pending(world.db, world.guild) is None
    assert told(world, 2) == (newest(world.db), world.now + HOUR)
    assert not happened(world, 2)
    assert world.db.execute("select max(message_id) from digests").fetchone() == (777,)


def test_an_intent_that_is_forgotten_leaves_its_news_to_the_next(world: Any) -> None:
    turn(world, "daily")
    world.answer(9000, "One")
    first = intend(world, 1)
    digests.forget(world.db, first)
    assert digests.pending(world.db, world.guild) is None
    second = intend(world, 2)
    assert (second.after_id, second.until_id) == (first.after_id, first.until_id)
    digests.conclude(world.db, second, 777, world.now + 2 * HOUR)
    digests.forget(world.db, second)  # too late: it was sent
    assert told(world, 3).until_id == newest(world.db)


def test_a_highlight_is_news_until_the_next_digest(world: Any) -> None:
    world.answer(9000, "One")
    turn(world, "daily")
    (one,) = listing(world.db)
    toggle_highlight(world.db, one.id, MODERATOR, world.now + HOUR)
    assert happened(world, 2)
    intent = intend(world, 2)
    assert intent.after < world.now + HOUR <= intent.until
    digests.conclude(world.db, intent, 777, world.now + 2 * HOUR)
    assert not happened(world, 3)


def test_what_is_hidden_or_said_elsewhere_is_no_news(world: Any) -> None:
    turn(world, "daily")
    hidden = world.answer(9000, "One")
    toggle_highlight(world.db, hidden, MODERATOR, world.now + HOUR)
    world.db.execute("update responses set hidden_at = 'then'")
    assert not happened(world, 2)
    world.db.execute("update responses set hidden_at = null")
    assert happened(world, 2)
    channels.join_guild(world.db, 77, "Elsewhere", world.now)
    assert not digests.has_news(world.db, 77, digests.Told(0, world.now), world.now)


def test_to_turn_it_off_and_on_forgets_what_was_said_meanwhile(world: Any) -> None:
    turn(world, "daily")
    world.answer(9000, "One")
    intend(world, 1)
    turn(world, "off", 2)
    assert digests.pending(world.db, world.guild) is None
    assert digests.situations(world.db, world.now) == []
    world.answer(9001, "Two", reader=501)
    turn(world, "weekly", 3)
    assert told(world, 4) == (newest(world.db), world.now + 3 * HOUR)
    world.answer(9002, "Three", reader=502)
    turn(world, "daily", 5)
    assert happened(world, 6)


def test_a_guild_that_was_left_is_told_nothing(world: Any) -> None:
    turn(world, "daily")
    channels.leave_guild(world.db, world.guild, world.now)
    assert digests.situations(world.db, world.now) == []


def test_a_digest_that_a_wrong_clock_dated_in_the_future_holds_none_up(world: Any) -> None:
    turn(world, "daily", 24 * 365)
    assert told(world) == (0, None)
    answer = world.answer(9000, "One")
    toggle_highlight(world.db, answer, MODERATOR, world.now)
    intent = intend(world, 1)
    assert (intent.after, intent.until) == (world.now + HOUR, world.now + HOUR)
    digests.conclude(world.db, intent, 777, world.now + HOUR)
    assert told(world, 2) == (newest(world.db), world.now + HOUR)
