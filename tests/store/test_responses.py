"""Capturing what readers wrote, one event at a time."""

import sqlite3
from itertools import permutations
from typing import Any

import pytest

from bot.core.publishing.publication import Kind
from bot.store.ledger import messages
from bot.store.reply_links import link_replies
from bot.store.responses.answers import forget_reader
from bot.store.responses.collected import Deleted, ThreadDeleted, bury, collect, marks, save
from bot.store.responses.queries import listing
from bot.store.threads import threads

pytestmark = pytest.mark.encrypted_too


def links(world: Any) -> dict[int, int | None]:
    return dict(world.db.execute("select source_id, prompt_id from responses order by source_id"))


def texts(world: Any) -> list[str]:
    return [row[0] for row in world.db.execute("select text from responses order by source_id")]


def test_a_plain_message_is_kept_without_a_question(world: Any) -> None:
    save(world.db, [world.message(3000)])
    (row,) = world.db.query("select * from responses")
    assert row["source"] == "message"
    assert row["prompt_id"] is None
    assert row["publication_id"] == world.first.publication
    assert row["created_at"] == "2026-03-01T12:00:00.000+00:00"
    assert row["edited_at"] is None


def test_a_reply_to_a_question_answers_it_and_so_does_a_reply_to_the_reply(world: Any) -> None:
    save(world.db, [world.message(3000, parent=world.first.asked_in[1])])
    save(world.db, [world.message(3001, parent=3000)])
    assert links(world) == dict.fromkeys((3000, 3001), world.first.prompts[1])
    assert {row[0] for row in world.db.execute("select source from responses")} == {"reply"}


def test_replies_that_came_before_their_parents_are_linked_when_these_come(world: Any) -> None:
    save(world.db, [world.message(3002, parent=3001)])
    save(world.db, [world.message(3001, parent=3000)])
    assert links(world) == {3001: None, 3002: None}
    save(world.db, [world.message(3000, parent=world.first.asked_in[0])])
    assert set(links(world).values()) == {world.first.prompts[0]}


def test_a_reply_to_the_starter_or_to_a_body_message_answers_no_question(world: Any) -> None:
    key = (Kind.BODY, 0)
    messages.attempt(world.db, world.first.publication, key, "d", world.now)
    messages.sent(world.db, world.first.publication, {key: 1500}, world.now)
    save(world.db, [world.message(3000, parent=world.first.thread)])
    save(world.db, [world.message(3001, parent=1500)])
    assert links(world) == {3000: None, 3001: None}


def test_a_reply_links_to_no_question_of_another_thread(world: Any) -> None:
    save(world.db, [world.message(3001, parent=3000)])
    save(world.db, [world.message(3000, parent=world.second.asked_in[0])])
    save(world.db, [world.message(3002, parent=3003)])
    save(
        world.db,
        [world.message(3003, parent=world.second.asked_in[0], thread=world.second.thread)],
    )
    save(world.db, [world.message(3004, parent=3003)])
    found = links(world)
    assert found.pop(3003) == world.second.prompts[0]
    assert set(found.values()) == {None}


def test_replies_to_a_shown_answer_are_linked_to_its_question(world: Any) -> None:
    key = (Kind.ANSWER, 1)
    prompt = world.first.prompts[1]
    save(world.db, [world.message(3000, parent=1600)])
    messages.attempt(
        world.db, world.first.publication, key, "d", world.now, prompt_id=prompt, response_id=None
    )
    assert links(world) == {3000: None}
    messages.sent(world.db, world.first.publication, {key: 1600}, world.now)
    save(world.db, [world.message(3001, parent=1600)])
    assert links(world) == {3000: prompt, 3001: prompt}


def test_an_attempt_for_another_prompt_takes_the_place_of_the_first(world: Any) -> None:
    key = (Kind.PROMPT, 7)
    for prompt in world.first.prompts:
        messages.attempt(world.db, world.first.publication, key, "d", world.now, prompt_id=prompt)
    messages.sent(world.db, world.first.publication, {key: 1700}, world.now)
    save(world.db, [world.message(3000, parent=1700)])
    assert links(world) == {3000: world.first.prompts[1]}


def test_links_pass_through_a_message_that_was_deleted(world: Any) -> None:
    save(world.db, [world.message(3000, parent=world.first.asked_in[0])])
    bury(world.db, [3000], world.now, "event")
    bury(world.db, [3000], world.now, "event")
    save(world.db, [world.message(3001, parent=3000)])
    assert links(world) == {3001: world.first.prompts[0]}


def test_a_link_that_is_known_is_not_changed(world: Any) -> None:
    save(world.db, [world.message(3000, parent=world.first.asked_in[0])])
    save(world.db, [world.message(3001, parent=3000)])
    link_replies(world.db, 3000, world.first.prompts[1])
    assert links(world)[3001] == world.first.prompts[0]


def test_the_newest_edit_wins_in_any_order(world: Any) -> None:
    for text, edited in (("second", 2), ("first", 1), ("original", None), ("second", 2)):
        save(world.db, [world.message(3000, text, edited=edited)])
    assert texts(world) == ["second"]


def test_words_that_were_edited_away_are_gone_in_any_order(world: Any) -> None:
    for versions in permutations((("words", None), ("more words", 1), ("", 2))):
        world.db.execute("delete from responses")
        for text, edited in versions:
            save(world.db, [world.message(3000, text, edited=edited)])
        assert texts(world) == [""]
        assert listing(world.db) == []
    save(world.db, [world.message(3000, "back", edited=3)])
    assert [one.text for one in listing(world.db)] == ["back"]


def test_a_message_that_never_had_words_is_nothing(world: Any) -> None:
    save(world.db, [world.message(3001, "")])
    assert texts(world) == []


def test_what_was_deleted_does_not_come_back(world: Any) -> None:
    world.collect(Deleted(3000), world.message(3000), world.message(3000, edited=5))
    world.collect(world.message(3001), Deleted(3001), world.message(3001))
    assert texts(world) == []
    assert world.db.table("readers").count == 0
    (row,) = world.db.query("select * from tombstones where source_id = 3001")
    assert row == {
        "source_id": 3001,
        "parent_id": None,
        "prompt_id": None,
        "deleted_at": "2026-03-01T12:00:00.000+00:00",
        "because": "event",
        "was_linked": 0,
        "was_hidden_at": None,
    }


def test_a_reader_is_forgotten_with_the_last_word(world: Any) -> None:
    world.collect(world.message(3000), world.message(3001, reader=501))
    world.collect(world.message(3002), Deleted(3002), Deleted(3001))
    assert [row["id"] for row in world.db.query("select * from readers")] == [500]


def test_nothing_is_kept_of_a_thread_that_is_gone_or_not_ours(world: Any) -> None:
    world.collect(world.message(3000), world.message(3001, thread=77))
    assert texts(world) == ["hello"]
    world.collect(ThreadDeleted(world.first.thread), world.message(3002))
    assert texts(world) == []
    assert threads(world.db).keys() == {world.second.thread}
    assert world.ledger().is_over
    world.collect(ThreadDeleted(88))


def test_marks_only_go_forward_in_the_same_transaction(world: Any) -> None:
    first, second = world.first.thread, world.second.thread
    assert marks(world.db, world.guild) == {first: first, second: second}
    collect(world.db, [], {first: 5000, 77: 1}, world.now)
    collect(world.db, [], {first: 4000}, world.now)
    assert marks(world.db, world.guild) == {first: 5000, second: second}
    assert marks(world.db, 99) == {}
    with pytest.raises(sqlite3.IntegrityError), world.db.atomic():
        collect(world.db, [world.message(3000, reader=None)], {first: 6000}, world.now)
    assert marks(world.db, world.guild)[first] == 5000
    assert texts(world) == []


def test_a_deleted_prompt_message_stays_a_question_for_the_replies_to_it(world: Any) -> None:
    asked_in = world.first.asked_in[0]
    world.collect(Deleted(asked_in), world.message(3000, parent=asked_in))
    assert links(world) == {3000: world.first.prompts[0]}
    assert [sent.deleted for sent in world.ledger().messages] == [True, False, False]


def test_a_reader_goes_by_the_newest_name(world: Any) -> None:
    save(world.db, [world.message(3000)])
    world.db.execute("update readers set name = 'before'")
    save(world.db, [world.message(3001)])
    assert [row["name"] for row in world.db.query("select * from readers")] == ["reader 500"]


@pytest.mark.parametrize("text", ["[1]", "👩‍👩‍👧 \u202e \ufeff", "x" * 4000, "'\"; --", "\r\n\t"])
def test_every_text_is_kept_as_it_was_written(world: Any, text: str) -> None:
    world.collect(world.message(3000, text))
    assert texts(world) == [text]


def test_one_broken_text_does_not_keep_the_others_from_the_disk(world: Any) -> None:
    batch = [world.message(3000, "half \ud83d"), world.message(3001, "nul \0"), world.message(3002)]
    world.collect(*batch)
    assert texts(world) == ["half ?", "nul \ufffd", "hello"]


def test_a_forgotten_reader_stays_forgotten_in_one_guild_or_everywhere(world: Any) -> None:
    batch = [world.message(3000), world.message(3001, thread=world.second.thread)]
    world.collect(*batch, world.message(3002, reader=501))
    assert forget_reader(world.db, 500, 99, world.now) == []
    forgotten = forget_reader(world.db, 500, world.guild, world.now)
    assert sorted(forgotten) == [world.first.publication, world.second.publication]
    world.collect(*batch)
    assert [row["reader_id"] for row in world.db.query("select * from responses")] == [501]
    assert [row["id"] for row in world.db.query("select * from readers")] == [501]
    assert forget_reader(world.db, 501, None, world.now) == [world.first.publication]
