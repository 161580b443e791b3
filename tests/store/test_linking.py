"""A moderator's word about which question a response answers outlives whatever is read again."""

import pytest

from bot.store import audit
from bot.store.responses import linking
from bot.store.responses.answers import get_answer, shown_answers
from bot.store.responses.collected import Deleted, bury
from tests.store.conftest import NOW, World

MO = 77


def links(world: World) -> dict[int, int | None]:
    return dict(world.db.execute("select source_id, prompt_id from responses").fetchall())


def choose(world: World, message: int, prompt: int) -> linking.Outcome:
    found = linking.linkable(world.db, world.guild, message)
    assert found is not None
    return linking.link_response(world.db, world.guild, found.id, prompt, MO, NOW)


def test_a_missing_link_is_made_and_its_replies_follow(world: World) -> None:
    world.collect(
        world.message(3000), world.message(3001, parent=3000), world.message(3002, parent=3001)
    )
    first, second = world.first.prompts
    assert choose(world, 3001, second).linked == "linked"
    assert links(world) == {3000: None, 3001: second, 3002: second}
    assert choose(world, 3000, first).linked == "linked"
    assert links(world) == {3000: first, 3001: second, 3002: second}
    [newest, _] = audit.entries(world.db, world.guild, 9)
    assert (newest.actor_id, newest.act) == (MO, "linked a response")


def test_a_wrong_link_is_mended_and_reading_again_does_not_undo_it(world: World) -> None:
    first, second = world.first.prompts
    told = [
        world.message(3000, parent=world.first.asked_in[0]),
        world.message(3001, parent=3000),
        world.message(3002, parent=3001),
    ]
    world.collect(*told)
    assert set(links(world).values()) == {first}
    choose(world, 3000, second)
    for one in told:
        world.collect(one)
    world.collect(*told, world.message(3003, parent=3000))
    assert set(links(world).values()) == {second}


def test_a_response_that_answers_none_stays_so_with_its_replies(world: World) -> None:
    told = [world.message(3000, parent=world.first.asked_in[0]), world.message(3001, parent=3000)]
    world.collect(*told)
    choose(world, 3000, linking.NONE)
    world.collect(*told)
    world.collect(told[0])
    world.collect(world.message(3002, parent=3000), world.message(3003, parent=3001))
    assert links(world) == dict.fromkeys((3000, 3001, 3002, 3003))


def test_a_link_goes_through_deleted_replies(world: World) -> None:
    world.collect(world.message(3000), world.message(3001, parent=3000), Deleted(3001))
    choose(world, 3000, world.first.prompts[0])
    world.collect(world.message(3002, parent=3001))
    assert links(world) == {3000: world.first.prompts[0], 3002: world.first.prompts[0]}


@pytest.mark.parametrize("none", [True, False])
def test_a_deletion_that_was_only_concluded_keeps_the_choice(world: World, *, none: bool) -> None:
    second = linking.NONE if none else world.first.prompts[1]
    told = world.message(3000, parent=world.first.asked_in[0])
    world.collect(told)
    choose(world, 3000, second)
    bury(world.db, [3000], NOW, "concluded")
    world.collect(world.message(3001, parent=3000))
    world.collect(told)
    assert links(world) == {3000: second or None, 3001: second or None}
    world.collect(told)
    assert links(world) == {3000: second or None, 3001: second or None}


def test_an_answer_moves_to_another_question_with_its_replies(world: World) -> None:
    first, second = world.first.prompts
    response = world.answer(prompt=first)
    assert response
    world.show(response, 4000)
    world.collect(world.message(3000, parent=4000))
    assert choose(world, 4000, second) == linking.Outcome("linked", world.first.publication)
    [shown] = shown_answers(world.db, world.first.publication)
    assert (shown.prompt_id, shown.question) == (second, "What would you give up?")
    world.collect(world.message(3001, parent=4000))
    assert links(world) == {9000: second, 3000: second, 3001: second}
    assert world.db.execute("select count(*) from pending_answers").fetchone()[0] > 0


def test_an_answer_always_answers_something_and_one_question_once(world: World) -> None:
    first, second = world.first.prompts
    response, other = world.answer(9000, prompt=first), world.answer(9001, prompt=second)
    assert response
    assert other
    world.show(response, 4000)
    assert choose(world, 4000, linking.NONE).linked == "gone"
    assert choose(world, 4000, second).linked == "taken"
    still = get_answer(world.db, response)
    assert still
    assert still.prompt_id == first
    assert audit.entries(world.db, world.guild, 9) == []


def test_a_question_of_another_thread_or_a_response_of_another_guild_is_refused(
    world: World,
) -> None:
    world.collect(world.message(3000))
    assert choose(world, 3000, world.second.prompts[0]).linked == "gone"
    assert choose(world, 3000, 12345).linked == "gone"
    found = linking.linkable(world.db, world.guild, 3000)
    assert found
    prompt = world.first.prompts[0]
    other = world.guild + 1
    assert linking.link_response(world.db, other, found.id, prompt, MO, NOW).linked == "gone"
    assert linking.linkable(world.db, other, 3000) is None
    assert links(world) == {3000: None}


def test_what_is_offered_are_the_questions_of_the_thread_and_the_one_it_has(world: World) -> None:
    world.collect(world.message(3000, parent=world.first.asked_in[0]))
    world.db.execute("update prompts set retired_at = 'x' where id = ?", [world.first.prompts[0]])
    found = linking.linkable(world.db, world.guild, 3000)
    assert found
    assert [one.id for one in found.prompts] == [world.first.prompts[1], world.first.prompts[0]]
    assert found.prompt_id == world.first.prompts[0]
    assert not found.is_answer


def test_a_parent_that_comes_late_does_not_undo_that_a_reply_answers_none(world: World) -> None:
    world.collect(world.message(3001, parent=3000), world.message(3002, parent=3001))
    choose(world, 3001, linking.NONE)
    world.collect(world.message(3000, parent=world.first.asked_in[0]))
    assert links(world) == {3000: world.first.prompts[0], 3001: None, 3002: None}


def test_nor_does_it_once_that_reply_is_deleted(world: World) -> None:
    world.collect(world.message(3001, parent=3000))
    choose(world, 3001, linking.NONE)
    world.collect(Deleted(3001))
    world.collect(world.message(3000, parent=world.first.asked_in[0]))
    world.collect(world.message(3002, parent=3001))
    assert links(world) == {3000: world.first.prompts[0], 3002: None}
