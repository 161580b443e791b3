"""What a moderator hid leaves nowhere, and stays hidden until a moderator shows it again."""

from datetime import timedelta

import pytest

from bot.store import audit
from bot.store.ledger.messages import seen_again
from bot.store.responses import hiding, queries
from bot.store.responses.answers import forget_reader, shown_answers
from bot.store.responses.collected import Deleted, ThreadDeleted, bury
from tests.store.conftest import NOW, World

MO = 77


def texts(world: World) -> list[str]:
    return [one.text for one in queries.listing(world.db)]


def acts(world: World) -> list[tuple[int, str, int | None]]:
    return [(e.actor_id, e.act, e.subject_id) for e in audit.entries(world.db, world.guild, 9)]


def test_a_message_is_hidden_and_shown_again(world: World) -> None:
    world.collect(world.message(3000, "mine"), world.message(3001, "other"))
    hidden = hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    assert hidden is not None
    assert (hidden.is_answer, hidden.is_hidden) == (False, True)
    assert texts(world) == ["other"]
    assert [one.hidden for one in queries.of_reader(world.db, 500)] == [True, False]
    shown = hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    assert shown is not None
    assert not shown.is_hidden
    assert texts(world) == ["mine", "other"]
    assert acts(world) == [
        (MO, "showed a response again", hidden.id),
        (MO, "hid a response", hidden.id),
    ]


def test_an_answer_that_is_hidden_is_not_to_be_shown(world: World) -> None:
    response = world.answer()
    assert response
    world.show(response, 4000)
    world.settle()
    hidden = hiding.toggle_shown(world.db, world.guild, 4000, MO, NOW)
    assert hidden == hiding.Hidden(
        response, world.first.publication, is_answer=True, is_hidden=True
    )
    assert shown_answers(world.db, world.first.publication) == []
    assert world.unfinished() == [world.first.publication]
    assert hiding.show_again(world.db, world.guild, response, MO, NOW)
    assert [one.id for one in shown_answers(world.db, world.first.publication)] == [response]
    assert hiding.show_again(world.db, world.guild, response, MO, NOW) is None


@pytest.mark.parametrize("message", [1000, 1001, 12345])
def test_what_is_no_response_is_not_hidden(world: World, message: int) -> None:
    assert hiding.toggle_shown(world.db, world.guild, message, MO, NOW) is None
    assert acts(world) == []


def test_another_guild_hides_nothing(world: World) -> None:
    world.collect(world.message(3000, "mine"))
    assert hiding.toggle_shown(world.db, world.guild + 1, 3000, MO, NOW) is None
    [(response,)] = world.db.execute("select id from responses").fetchall()
    hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    assert hiding.show_again(world.db, world.guild + 1, response, MO, NOW) is None
    assert texts(world) == []


def test_an_edit_and_reading_it_again_leave_it_hidden(world: World) -> None:
    world.collect(world.message(3000, "mine"))
    hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    world.collect(world.message(3000, "mine, again", edited=5), world.message(3000, "mine"))
    assert texts(world) == []


def test_a_deletion_that_was_only_concluded_leaves_it_hidden(world: World) -> None:
    world.collect(world.message(3000, "mine"), world.message(3001, "other"))
    hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    bury(world.db, [3000, 3001], NOW, "concluded")
    world.collect(world.message(3000, "mine"), world.message(3001, "other"))
    assert texts(world) == ["other"]
    assert hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    assert sorted(texts(world)) == ["mine", "other"]


def test_a_deletion_for_certain_keeps_nothing_of_it(world: World) -> None:
    world.collect(world.message(3000, "mine"))
    hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    world.collect(Deleted(3000))
    [(hidden_at,)] = world.db.execute("select was_hidden_at from tombstones").fetchall()
    assert hidden_at is None


def test_a_message_of_ours_that_is_seen_again_stays_hidden_if_a_moderator_hid_it(
    world: World,
) -> None:
    response = world.answer()
    assert response
    world.show(response, 4000)
    world.collect(Deleted(4000, "concluded"))
    hiding.toggle_shown(world.db, world.guild, 4000, MO, NOW)
    seen_again(world.db, 4000)
    assert texts(world) == []


def test_a_ban_hides_the_shown_answers_of_one_reader_in_one_guild(world: World) -> None:
    mine = world.answer(9000, "shown")
    world.answer(9001, "private", prompt=world.first.prompts[1], shown=False)
    world.answer(9002, "of another", reader=501)
    world.collect(world.message(3000, "a message"))
    assert hiding.take_down(world.db, world.guild + 1, 500, NOW) == []
    assert [one.id for one in hiding.take_down(world.db, world.guild, 500, NOW)] == [mine]
    assert hiding.take_down(world.db, world.guild, 500, NOW) == []
    assert sorted(texts(world)) == ["a message", "of another", "private"]
    [told] = audit.entries(world.db, world.guild, 9)
    assert (told.actor_id, told.act, told.detail) == (0, "took answers down", "1")
    later = NOW + timedelta(minutes=1)
    assert mine
    assert hiding.show_again(world.db, world.guild, mine, MO, later)


def test_a_moderator_who_is_forgotten_leaves_it_hidden(world: World) -> None:
    world.collect(world.message(3000, "mine"))
    hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    forget_reader(world.db, MO, None, NOW)
    assert texts(world) == []
    assert [who for who, *_ in acts(world)] == [0]
    assert world.db.execute("select hidden_by from responses").fetchall() == [(0,)]


def test_a_thread_that_counted_as_deleted_keeps_what_was_hidden(world: World) -> None:
    world.collect(world.message(3000, "mine"))
    hiding.toggle_shown(world.db, world.guild, 3000, MO, NOW)
    world.collect(ThreadDeleted(world.first.thread, "concluded"))
    world.db.execute("update threads set deleted_at = null, deleted_because = null")
    world.collect(world.message(3000, "mine"))
    assert world.db.table("responses").count == 1
    assert texts(world) == []
