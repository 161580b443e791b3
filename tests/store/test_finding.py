"""What readers find: open questions, and only such responses as stand before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.search_words import search_words
from bot.store.finding.open_questions import open_questions
from bot.store.finding.search import Search, as_query, search
from bot.store.times import to_text
from tests.store.conftest import CHANNEL, GUILD, NOW, SECOND, World, undone


def found(world: World, typed: str, *, channels: tuple[int, ...] = (CHANNEL,)) -> list[str]:
    wanted = Search(GUILD, channels, search_words(typed))
    hits, count = search(world.db, wanted, 0, 100)
    assert len(hits) == count
    return [hit.excerpt for hit in hits]


def asked(world: World) -> list[tuple[str, str, int]]:
    questions = open_questions(world.db, GUILD, [CHANNEL])
    return [(one.title, one.text, one.answers) for one in questions]


BIOLOGICAL, GIVE_UP = "Is dreaming biological?", "What would you give up?"


def test_the_least_answered_questions_come_first_then_the_newest(world: World) -> None:
    world.answer(prompt=world.second.prompts[0], reader=1)
    world.answer(9001, prompt=world.first.prompts[1], reader=1)
    world.answer(9002, prompt=world.first.prompts[1], reader=2)
    assert asked(world) == [
        ("Machines", GIVE_UP, 0),
        ("Dreams", BIOLOGICAL, 0),
        ("Machines", BIOLOGICAL, 1),
        ("Dreams", GIVE_UP, 2),
    ]


@pytest.mark.parametrize(
    "change",
    [
        "update prompts set retired_at = 'then'",
        "update prompts set withdrawn_at = 'then'",
        "update prompts set is_ours = 1",
        "update threads set deleted_at = 'then'",
        "update publications set over_at = 'then'",
        "update publications set locked = 1",
        "update publications set lock_choice = 'locked'",
        "update posts set removed_at = 'then'",
    ],
)
def test_what_is_not_asked_any_more_is_not_open(world: World, change: str) -> None:
    world.db.execute(change)
    assert asked(world) == []


def test_questions_of_other_channels_and_guilds_are_not_open_here(world: World) -> None:
    assert open_questions(world.db, GUILD, []) == []
    assert open_questions(world.db, GUILD + 1, [CHANNEL]) == []


def test_answers_that_were_hidden_or_declined_are_not_counted(world: World) -> None:
    hidden, declined = world.answer(reader=1), world.answer(9001, reader=2)
    world.answer(9002, reader=3)
    world.db.execute("update responses set hidden_at = 'then' where id = ?", [hidden])
    world.db.execute("update responses set review = 'declined' where id = ?", [declined])
    counts = {one.prompt_id: one.answers for one in open_questions(world.db, GUILD, [CHANNEL])}
    assert counts[world.first.prompts[0]] == 1


def test_a_message_that_stands_in_a_thread_is_found(world: World) -> None:
    world.collect(world.message(5000, "The river remembers its old course"))
    [hit], count = search(world.db, Search(GUILD, (CHANNEL,), ("river",)), 0, 10)
    assert count == 1
    assert (hit.title, hit.created_at) == ("Dreams", NOW)
    assert hit.url == f"https://discord.com/channels/{GUILD}/{world.first.thread}/5000"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Işık evin içinde", "ışık"),
        ("Işık evin içinde", "isik"),
        ("Işık evin içinde", "IŞIK içinde"),
        ("ışıklar söner", "isik"),
        ("Überfluß und Mangel", "uberfluß"),
        ("Crème brûlée", "creme BRULEE"),
        ("the maps are folded", "map fold"),
        ("a cafe\u0301 here", "café"),
    ],
)
def test_case_accents_dots_and_endings_make_no_difference(
    world: World, text: str, typed: str
) -> None:
    world.collect(world.message(5000, text))
    assert found(world, typed) == [text]


def test_all_words_have_to_be_there_and_short_ones_whole(world: World) -> None:
    world.collect(world.message(5000, "an ox in a field"), world.message(5001, "oxen in a field"))
    assert found(world, "field ox") == ["an ox in a field"]
    assert found(world, "field horse") == []


def test_an_answer_is_found_only_where_it_is_shown(world: World) -> None:
    response = world.answer(text="a secret garden")
    assert found(world, "garden") == []  # kept, and not shown yet
    world.show(response or 0, 7000)
    [hit], _ = search(world.db, Search(GUILD, (CHANNEL,), ("garden",)), 0, 10)
    assert hit.url.endswith(f"/{world.first.thread}/7000")
    world.db.execute("update messages set deleted_at = 'then' where message_id = 7000")
    assert found(world, "garden") == []


@pytest.mark.parametrize(
    "change",
    [
        "update responses set hidden_at = 'then'",
        "update responses set shown = 0",
        "update responses set review = 'waiting'",
        "update responses set review = 'declined'",
        "update threads set deleted_at = 'then'",
        "update responses set sealed = 1",
    ],
)
def test_what_may_not_be_shown_is_not_found(world: World, change: str) -> None:
    world.show(world.answer(text="a secret garden") or 0, 7000)
    assert found(world, "garden") == ["a secret garden"]
    world.db.execute(change)
    assert found(world, "garden") == []


def test_what_is_approved_or_no_longer_sealed_is_found(world: World) -> None:
    world.show(world.answer(text="a secret garden") or 0, 7000)
    world.db.execute("update responses set review = 'approved'")
    world.db.execute("update prompts set sealed_until = ?", [to_text(NOW)])
    assert found(world, "garden") == ["a secret garden"]


def test_nothing_is_found_in_channels_out_of_sight_or_in_another_guild(world: World) -> None:
    world.collect(world.message(5000, "a river"))
    assert found(world, "river", channels=()) == []
    assert found(world, "river", channels=(CHANNEL + 1,)) == []
    elsewhere = Search(GUILD + 1, (CHANNEL,), ("river",))
    assert search(world.db, elsewhere, 0, 10) == ([], 0)


def test_pages_follow_each_other_newest_first(world: World) -> None:
    world.collect(*(world.message(5000 + number, f"river {number}") for number in range(5)))
    wanted = Search(GUILD, (CHANNEL,), ("river",))
    pages = [search(world.db, wanted, start, 2) for start in (-1, 1, 3, 5)]
    assert [[hit.excerpt for hit in hits] for hits, _ in pages] == [
        ["river 4"],
        ["river 3", "river 2"],
        ["river 1", "river 0"],
        [],
    ]
    assert {count for _, count in pages} == {5}


def test_an_excerpt_shows_the_words_in_a_long_text(world: World) -> None:
    world.collect(world.message(5000, "before " * 200 + "river" + " after" * 200, thread=SECOND))
    [excerpt] = found(world, "river")
    assert "river" in excerpt
    assert len(excerpt) < 400


@given(typed=st.text(max_size=100))
def test_any_text_is_a_safe_query(shared_world: World, typed: str) -> None:
    with undone(shared_world.db):
        shared_world.collect(shared_world.message(5000, "a river"))
        found(shared_world, typed)


@given(typed=st.text(min_size=1, max_size=40))
def test_whatever_was_written_is_found_by_its_own_words(shared_world: World, typed: str) -> None:
    words = search_words(typed)
    with undone(shared_world.db):
        shared_world.collect(shared_world.message(5000, typed))
        if words and typed.isalpha() and typed.isascii():
            assert found(shared_world, typed) == [typed]


@pytest.mark.parametrize("typed", ['"', "NEAR(", "a* OR b", "^x", "-", "col:umn", "NOT", "'; --"])
def test_what_full_text_queries_mean_by_signs_is_only_text(world: World, typed: str) -> None:
    world.collect(world.message(5000, "only a river"))
    assert found(world, typed) == []


def test_no_words_are_no_query(world: World) -> None:
    assert as_query(()) == ""
    assert search(world.db, Search(GUILD, (CHANNEL,), ()), 0, 10) == ([], 0)
