"""Sealed answers: kept, opened on their day in the order of writing, never hidden again."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.custom_ids import minted_at
from bot.core.post import Prompt, Question
from bot.core.publishing.sealing import OPEN
from bot.store.desk.site import site_posts
from bot.store.ledger.prompts import Asked, get_prompt, record_prompts
from bot.store.responses import answers, review, sealing
from tests.store.conftest import GUILD

DAY = timedelta(days=1)


def prompt(world: Any) -> Asked:
    found = get_prompt(world.db, world.first.prompts[0])
    assert found is not None
    return found


def seal(world: Any, sealed: datetime | int | None, at: datetime | None = None) -> None:
    """Have the essay's file say until when answers wait."""
    post = replace(world.first.post, sealed=sealed)
    wanted = [Prompt((question,)) for question in post.questions]
    record_prompts(world.db, world.first.publication, post, wanted, at or world.now)


def shown(world: Any) -> list[int]:
    return [one.id for one in answers.shown_answers(world.db, world.first.publication)]


def opened(world: Any, at: datetime) -> list[int]:
    """Open what is due, once what was to be shown before is shown."""
    world.settle()
    return sealing.open_due(world.db, at)


def test_answers_wait_for_their_day_and_are_opened_in_the_order_of_writing(world: Any) -> None:
    until = world.now + DAY
    seal(world, until)
    assert prompt(world).seal.until == until
    ids = [world.answer(9000 + each, reader=500 + each) for each in range(3)]
    private = world.answer(9010, reader=510, shown=False)
    assert shown(world) == []
    assert opened(world, until - timedelta(seconds=1)) == []
    assert opened(world, until) == ids
    assert shown(world) == ids
    assert world.unfinished() == [world.first.publication]
    assert prompt(world).seal.until is None
    assert opened(world, until) == []
    found = answers.get_answer(world.db, private)
    assert found is not None
    assert found.sealed_until is None


def test_many_are_opened_a_few_at_a_time_and_an_answer_in_between_is_shown(world: Any) -> None:
    until = world.now + DAY
    seal(world, until)
    count = sealing.AT_ONCE + 5
    ids = [world.answer(9000 + each, reader=500 + each) for each in range(count)]
    assert review.crowd(world.db, GUILD).total == 0  # sealed answers are no flood
    assert opened(world, until) == ids[: sealing.AT_ONCE]
    late = world.answer(9900, reader=990, at=until + timedelta(seconds=1))
    assert late in shown(world)
    assert opened(world, until) == ids[sealing.AT_ONCE :]
    assert len(shown(world)) == count + 1


def test_what_was_opened_before_is_shown_first(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 1)
    until = world.now + DAY
    seal(world, until)
    first, second = world.answer(), world.answer(9001, reader=501)
    assert opened(world, until) == [first]
    assert sealing.open_due(world.db, until) == []
    assert opened(world, until) == [second]


def test_what_was_shown_is_never_hidden_again(world: Any) -> None:
    early = world.answer()
    seal(world, world.now + DAY)
    late = world.answer(9001, reader=501)
    assert shown(world) == [early]
    world.answer(9002, "Another", reader=500, at=world.now + timedelta(minutes=5))
    assert shown(world) == [early]
    opened(world, world.now + DAY)
    seal(world, world.now + 9 * DAY, world.now + DAY)
    assert shown(world) == [early, late]
    newest = world.answer(9003, reader=503, at=world.now + 2 * DAY)
    assert newest not in shown(world)


def test_a_day_that_is_moved_counts(world: Any) -> None:
    seal(world, world.now + DAY)
    response = world.answer()
    seal(world, world.now + 5 * DAY)
    assert opened(world, world.now + 2 * DAY) == []
    seal(world, world.now + 3 * DAY, world.now + 2 * DAY)
    assert opened(world, world.now + 3 * DAY) == [response]


def test_a_day_that_is_taken_back_opens_at_once(world: Any) -> None:
    seal(world, world.now + DAY)
    response = world.answer()
    at = world.now + timedelta(hours=1)
    seal(world, None, at)
    assert opened(world, at) == [response]
    assert prompt(world).seal == OPEN


def test_a_channels_days_are_for_what_is_asked_from_then_on(world: Any) -> None:
    world.db.execute("update channels set sealed_days = 7")
    assert world.answer() in shown(world)
    post = world.first.post
    wanted = [*post.questions, Question("What else?")]
    prompts = [Prompt((question,)) for question in wanted]
    asked = record_prompts(world.db, world.first.publication, post, prompts, world.now)
    assert [one.seal.until is None for one in asked] == [True, True, False]
    assert asked[2].seal.until == minted_at(asked[2].id) + 7 * DAY


def test_approval_is_asked_for_before_and_still_holds_after(world: Any) -> None:
    world.db.execute("update guilds set approval = 1")
    until = world.now + DAY
    seal(world, until)
    first, second = world.answer(), world.answer(9001, reader=501)
    review.decide(world.db, GUILD, first, "approve", 900, world.now)
    assert shown(world) == []
    assert opened(world, until) == [first]
    assert shown(world) == [first]
    review.decide(world.db, GUILD, second, "approve", 900, until)
    assert shown(world) == [first, second]


def test_nothing_of_it_is_quoted_before_its_day(world: Any) -> None:
    until = world.now + DAY
    seal(world, until)
    world.answer(may_quote=True)
    assert [one for post in site_posts(world.db) for one in post.quotes] == []
    opened(world, until)
    assert [one.text for post in site_posts(world.db) for one in post.quotes] == ["I do"]


@pytest.mark.parametrize(
    "change",
    [
        "update publications set locked = 1",
        "update publications set over_at = 'then'",
    ],
)
def test_what_is_taken_back_or_out_of_reach_stays_sealed(world: Any, change: str) -> None:
    until = world.now + DAY
    seal(world, until)
    world.answer()
    world.db.execute(change)
    assert opened(world, until) == []
    assert prompt(world).seal.until == until


def test_a_sealed_answer_is_its_readers_to_edit_and_to_withdraw(world: Any) -> None:
    until = world.now + DAY
    seal(world, until)
    response = world.answer()
    world.answer(9001, "Another", at=world.now + timedelta(hours=1))
    found = answers.get_answer(world.db, response)
    assert found is not None
    assert (found.text, found.is_wanted, found.sealed_until) == ("Another", True, until)
    answers.withdraw(world.db, response, 500, world.now)
    assert opened(world, until) == []
