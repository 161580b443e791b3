"""Answers that wait for a moderator: what is held, what is decided, and only once."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.core.custom_ids import digest
from bot.core.review import MOST_ANSWERS, MOST_OF_READER
from bot.store.audit import entries
from bot.store.desk.site import site_posts
from bot.store.responses import answers, review
from bot.store.responses.queries import of_reader
from bot.store.responses.standing import MAY_LEAVE, STANDS
from tests.store.conftest import GUILD

MO, MIA = 900, 901
LATER = timedelta(minutes=5)


@pytest.fixture
def approving(world: Any) -> Any:
    """The same world, where a moderator looks at every answer."""
    world.db.execute("update guilds set approval = 1")
    return world


def decide(world: Any, response: int, decision: Any = "approve", by: int = MO, **how: Any) -> Any:
    return review.decide(world.db, GUILD, response, decision, by, world.now, **how)


def shown(world: Any) -> list[int]:
    return [one.id for one in answers.shown_answers(world.db, world.first.publication)]


def acts(world: Any) -> list[tuple[str, int, int | None, str]]:
    found = entries(world.db, GUILD, 20)
    return [(one.act, one.actor_id, one.subject_id, one.detail) for one in found]


def test_an_answer_waits_until_it_is_approved(approving: Any) -> None:
    response = approving.answer()
    assert shown(approving) == []
    held = review.next_held(approving.db, GUILD)
    assert held is not None
    assert (held.id, held.question, held.text) == (response, "Is dreaming biological?", "I do")
    assert (held.essay, held.reader_name, held.because) == ("Dreams", "reader 500", "approval")
    approving.settle()
    assert decide(approving, response).outcome == "done"
    assert approving.unfinished() == [approving.first.publication]
    assert shown(approving) == [response]
    assert acts(approving) == [("approved an answer", MO, response, "")]
    assert review.next_held(approving.db, GUILD) is None


def test_a_declined_answer_stays_its_readers_and_goes_nowhere(approving: Any) -> None:
    response = approving.answer(may_quote=True)
    assert decide(approving, response, "decline").outcome == "done"
    assert shown(approving) == []
    (kept,) = of_reader(approving.db, 500)
    assert (kept.text, kept.shown) == ("I do", False)
    assert [quote for post in site_posts(approving.db) for quote in post.quotes] == []
    assert acts(approving) == [("declined an answer", MO, response, "")]


@pytest.mark.parametrize("second", ["approve", "decline"])
def test_the_first_decision_counts_and_the_second_hears_whose_it_was(
    approving: Any, second: str
) -> None:
    response = approving.answer()
    decide(approving, response, "decline")
    again = decide(approving, response, second, MIA)
    assert (again.outcome, again.by, again.as_) == ("before", MO, "decline")
    assert shown(approving) == []
    assert len(acts(approving)) == 1


def test_a_text_that_is_another_by_now_is_not_approved(approving: Any) -> None:
    response = approving.answer()
    seen = digest("I do")
    approving.answer(9001, "I do not", at=approving.now + LATER)
    assert decide(approving, response, seen=seen).outcome == "changed"
    assert shown(approving) == []
    assert decide(approving, response, seen=digest("I do not")).outcome == "done"


@pytest.mark.parametrize("act", ["withdraw", "forget", "hide", "private"])
def test_what_its_reader_or_a_moderator_took_away_does_not_wait(approving: Any, act: str) -> None:
    response, db = approving.answer(), approving.db
    if act == "withdraw":
        answers.withdraw(db, response, 500, approving.now)
    elif act == "forget":
        answers.forget_reader(db, 500, None, approving.now)
    elif act == "hide":
        db.execute("update responses set hidden_at = created_at")
    else:
        approving.answer(9001, shown=False, at=approving.now + LATER)
    assert review.crowd(db, GUILD) == (0, None, 0)
    assert review.next_held(db, GUILD) is None
    assert decide(approving, response).outcome == "gone"
    assert acts(approving) == []


def test_the_moderator_of_another_guild_decides_nothing(approving: Any) -> None:
    response = approving.answer()
    found = review.decide(approving.db, GUILD + 1, response, "approve", MO, approving.now)
    assert found.outcome == "gone"
    assert review.next_held(approving.db, GUILD + 1) is None
    assert review.approve_all(approving.db, GUILD + 1, MO, approving.now, approving.now) == []
    assert shown(approving) == []


def test_another_text_waits_again_and_the_same_does_not(approving: Any) -> None:
    response, at = approving.answer(), approving.now
    decide(approving, response)
    approving.answer(9001, may_quote=True, at=at + LATER)
    assert shown(approving) == [response]
    approving.answer(9002, "I do not", at=at + 2 * LATER)
    assert shown(approving) == []
    assert decide(approving, response, by=MIA).outcome == "done"


def test_turning_approval_off_releases_nothing_until_somebody_says_so(approving: Any) -> None:
    early, late = approving.answer(), approving.answer(9001, reader=501)
    approving.db.execute("update guilds set approval = 0")
    fresh = approving.answer(9002, reader=502)
    assert shown(approving) == [fresh]
    approving.answer(9003, "Later", reader=501, at=approving.now + LATER)
    # what nobody could have seen is not approved with the others
    assert review.approve_all(approving.db, GUILD, MO, approving.now, approving.now) == [early]
    assert shown(approving) == [early, fresh]
    assert acts(approving) == [("approved an answer", MO, None, "1")]
    held = review.next_held(approving.db, GUILD)
    assert held is not None
    assert held.id == late


def test_those_that_wait_are_gone_through_in_turn(approving: Any) -> None:
    ids = [approving.answer(9000 + each, reader=500 + each) for each in range(3)]
    other = approving.answer(9010, prompt=approving.second.prompts[0], reader=510)
    turn, at = [], 0
    for _ in range(5):
        held = review.next_held(approving.db, GUILD, at)
        assert held is not None
        turn.append((held.id, held.place))
        at = held.id
    assert turn == [(ids[0], 1), (ids[1], 2), (ids[2], 3), (other, 4), (ids[0], 1)]
    assert [(one.title, one.total) for one in review.by_essay(approving.db, GUILD)] == [
        ("Dreams", 3),
        ("Machines", 1),
    ]


def test_more_answers_within_a_minute_than_people_write_are_held(world: Any) -> None:
    ids = [world.answer(9000 + each, reader=500 + each) for each in range(MOST_ANSWERS + 4)]
    assert shown(world) == ids[:MOST_ANSWERS]
    assert review.crowd(world.db, GUILD) == (4, world.now, 4)
    assert acts(world) == [("held answers", 0, None, "4")]
    calm = world.answer(9500, reader=700, at=world.now + LATER)
    assert shown(world) == [*ids[:MOST_ANSWERS], calm]


def test_one_reader_alone_is_held_earlier(world: Any) -> None:
    prompts = [*world.first.prompts, *world.second.prompts]
    ids = [world.answer(9000 + each, prompt=prompt) for each, prompt in enumerate(prompts)]
    waiting = [row[0] for row in world.db.execute("select id from responses where review notnull")]
    assert waiting == ids[MOST_OF_READER:]
    other = world.answer(9100, reader=501)
    assert other in shown(world)


def test_editing_what_stands_in_the_thread_is_no_flood(world: Any) -> None:
    ids = [world.answer(9000 + each, reader=500 + each) for each in range(MOST_ANSWERS)]
    world.answer(9100, "Another", reader=500, at=world.now + timedelta(seconds=5))
    assert shown(world) == ids
    assert acts(world) == []


def test_answers_for_the_author_alone_are_no_flood(world: Any) -> None:
    for each in range(MOST_ANSWERS + 2):
        world.answer(9000 + each, reader=500 + each, shown=False)
    assert review.crowd(world.db, GUILD) == (0, None, 0)
    assert world.answer(9100, reader=600) in shown(world)


def test_what_may_not_be_shown_waits_for_nobody(approving: Any) -> None:
    response = approving.answer()
    answers.do_not_show(approving.db, response)
    assert review.crowd(approving.db, GUILD) == (0, None, 0)


STATES = list(
    product(
        (0, 1),
        (None, "2026-03-01T12:00:00.000+00:00"),
        (None, "waiting", "approved", "declined"),
        (0, 1),
    )
)
"""Every way for an answer to stand: wanted, hidden, reviewed, sealed."""

COUNTS = f"""
select (select count(*) from responses where {STANDS}), (select sum(shown) from all_responses),
  (select count(*) from responses where {MAY_LEAVE}), (select count(*) from quotable_responses)
"""  # noqa: S608  # no value in it


@pytest.mark.parametrize(("wanted", "hidden", "state", "sealed"), STATES)
def test_one_rule_says_what_stands_in_a_thread(
    approving: Any, wanted: int, hidden: str | None, state: str | None, sealed: int
) -> None:
    """The rule of the queries, of the publisher, and of the views in the file."""
    response = approving.answer(may_quote=True)
    approving.db.execute(
        "update responses set shown = ?, hidden_at = ?, review = ?, sealed = ?",
        [wanted, hidden, state, sealed],
    )
    is_open = hidden is None and state in {None, "approved"} and not sealed
    stands, quotable = int(bool(wanted) and is_open), int(is_open)
    counted = approving.db.execute(COUNTS).fetchone()
    assert counted == (stands, stands, quotable, quotable)
    assert len(shown(approving)) == stands
    found = answers.get_answer(approving.db, response)
    assert found is not None
    assert found.is_shown is bool(stands)
    quotes = [quote for post in site_posts(approving.db) for quote in post.quotes]
    assert len(quotes) == quotable
