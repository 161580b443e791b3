"""Answers through a button: one a reader and prompt, consent, withdrawal, hiding."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.core.publishing.publication import Kind, Wait
from bot.store import progress
from bot.store.ledger import messages, publications
from bot.store.responses import answers
from bot.store.responses.collected import Deleted, ThreadDeleted
from bot.store.responses.queries import listing, of_reader
from tests.store.conftest import WORDING

pytestmark = pytest.mark.encrypted_too


HOUR = timedelta(hours=1)


def test_an_answer_is_kept_with_its_question_and_read_back(world: Any) -> None:
    response = world.answer(may_quote=True)
    answer = answers.get_answer(world.db, response)
    assert answer == answers.Answer(
        id=response,
        publication_id=world.first.publication,
        prompt_id=world.first.prompts[0],
        question="Is dreaming biological?",
        reader_id=500,
        reader_name="reader 500",
        text="I do",
        is_shown=True,
        may_quote=True,
    )
    assert answers.answer_to(world.db, world.first.prompts[0], 500) == answer
    assert answers.answer_to(world.db, world.first.prompts[1], 500) is None
    assert answers.shown_answers(world.db, world.first.publication) == [answer]
    (kept,) = listing(world.db)
    assert (kept.source, kept.question, kept.url) == ("answer", "Is dreaming biological?", None)


def test_a_second_answer_edits_the_first_and_keeps_each_consent_with_its_date(world: Any) -> None:
    response = world.answer(may_quote=True)
    later = world.now + HOUR
    for source, may_quote in ((9001, True), (9002, False)):
        again = world.answer(source, "No", shown=False, may_quote=may_quote, at=later)
        assert again == response
    (row,) = world.db.query("select * from responses")
    assert (row["text"], row["shown"], row["source_id"]) == ("No", 0, 9000)
    assert row["edited_at"] == "2026-03-01T13:00:00.000+00:00"
    consents = world.db.execute("select granted, given_at, wording from consents order by id")
    assert consents.fetchall() == [
        (1, "2026-03-01T12:00:00.000+00:00", WORDING),
        (0, "2026-03-01T13:00:00.000+00:00", WORDING),
    ]
    assert answers.shown_answers(world.db, world.first.publication) == []


def test_an_answer_needs_a_thread_that_is_there(world: Any) -> None:
    world.collect(ThreadDeleted(world.first.thread))
    assert world.answer() is None
    assert world.answer(prompt=77) is None
    assert world.db.table("readers").count == 0


def test_each_reader_has_an_answer_of_their_own(world: Any) -> None:
    assert world.answer() != world.answer(9001, reader=501)
    assert len(answers.shown_answers(world.db, world.first.publication)) == 2


def test_an_answer_is_withdrawn_by_its_reader_alone(world: Any) -> None:
    response = world.answer(may_quote=True)
    assert answers.withdraw(world.db, response, 501, world.now) is None
    withdrawn = answers.withdraw(world.db, response, 500, world.now)
    assert withdrawn is not None
    assert (withdrawn.answer.text, withdrawn.stands) == ("I do", False)
    assert answers.withdraw(world.db, response, 500, world.now) is None
    assert answers.get_answer(world.db, response) is None
    assert world.db.table("consents").count == 0
    assert world.db.table("tombstones").get(9000)


@pytest.mark.parametrize("act", ["answer", "hide", "withdraw", "forget"])
def test_every_change_to_an_answer_lets_its_publication_go_on(world: Any, act: str) -> None:
    response = world.answer() if act != "answer" else 0
    world.settle()
    assert world.unfinished() == []
    {
        "answer": world.answer,
        "hide": partial(answers.do_not_show, world.db, response),
        "withdraw": partial(answers.withdraw, world.db, response, 500, world.now),
        "forget": partial(answers.forget_reader, world.db, 500, None, world.now),
    }[act]()
    assert world.unfinished() == [world.first.publication]


def test_one_answer_is_settled_alone_and_nothing_else_is_taken_for_done_with_it(world: Any) -> None:
    db, publication = world.db, world.first.publication
    world.settle()
    one, other = world.answer(), world.answer(9001, reader=501)
    loaded = progress.load_answer(db, publication, one)
    assert loaded is not None
    assert [answer.id for answer in loaded.answers] == [one]
    assert [sent.kind for sent in loaded.publication.messages] == [Kind.STARTER]
    progress.finish_answer(db, loaded, None)
    assert world.unfinished() == [publication]
    second = progress.load_answer(db, publication, other)
    assert second is not None
    assert progress.finish_answer(db, second, Wait("the thread sleeps"))
    assert world.unfinished() == [publication]
    progress.load(db, publication)
    progress.finish(db, publication, None, None, world.first.post.digest, world.now)
    assert world.unfinished() == []
    publications.end(db, publication, "its thread was deleted", world.now)
    assert progress.load_answer(db, publication, one) is None


@pytest.mark.parametrize("act", ["edit", "hide", "withdraw"])
def test_what_changes_while_an_answer_is_shown_stays_pending(world: Any, act: str) -> None:
    db, publication = world.db, world.first.publication
    world.settle()
    response = world.answer()
    loaded = progress.load_answer(db, publication, response)
    assert loaded is not None
    match act:
        case "edit":
            world.answer(9002)
        case "hide":
            answers.do_not_show(db, response)
        case "withdraw":
            answers.withdraw(db, response, 500, world.now)
    progress.finish_answer(db, loaded, None)
    assert world.unfinished() == [publication]
    again = progress.load_answer(db, publication, response)
    assert again is not None
    progress.finish_answer(db, again, None)
    assert world.unfinished() == []


def test_a_shown_answer_that_a_moderator_deletes_stays_its_readers_alone(world: Any) -> None:
    response = world.answer()
    world.show(response, 1600)
    (kept,) = listing(world.db)
    assert kept.url == f"https://discord.com/channels/10/{world.first.thread}/1600"
    world.collect(Deleted(1600))
    assert listing(world.db) == []
    assert [kept.text for kept in of_reader(world.db, 500)] == ["I do"]
    answer = answers.get_answer(world.db, response)
    assert answer is not None
    assert not answer.is_shown
    assert answers.shown_answers(world.db, world.first.publication) == []


def test_an_answer_that_its_reader_no_longer_shows_stays_with_the_author(world: Any) -> None:
    response = world.answer()
    world.show(response, 1600)
    answers.do_not_show(world.db, response)
    world.collect(Deleted(1600))
    (kept,) = listing(world.db)
    assert (kept.text, kept.url) == ("I do", None)


def test_an_answer_that_is_shown_again_has_one_row_and_its_newest_address(world: Any) -> None:
    response = world.answer()
    world.show(response, 1600)
    messages.gone(world.db, [1600], world.now, "event")
    world.db.execute("update responses set hidden_at = null")
    world.db.execute("update messages set position = 0 where message_id = 1600")
    world.show(response, 1601)
    (kept,) = listing(world.db)
    assert kept.url == f"https://discord.com/channels/10/{world.first.thread}/1601"


def test_a_readers_last_words_are_what_others_could_see(world: Any) -> None:
    thread = world.first.thread
    assert answers.last_words(world.db, thread, 500, 0) is None
    world.collect(world.message(3000))
    first, second = world.now, world.now + HOUR
    response = world.answer(at=second)
    assert answers.last_words(world.db, thread, 500, 0) == second
    assert answers.last_words(world.db, thread, 500, response) == first
    answers.do_not_show(world.db, response)
    assert answers.last_words(world.db, thread, 500, 0) == first


def test_an_answer_that_was_removed_before_we_knew_its_message_is_hidden_too(world: Any) -> None:
    response = world.answer()
    publication, key = world.first.publication, (Kind.ANSWER, response)
    messages.attempt(world.db, publication, key, "d", world.now, response_id=response)
    messages.never_seen(world.db, publication, key, world.now)
    [(hidden,)] = world.db.execute(
        "select hidden_at is not null from responses where id = ?", [response]
    )
    assert hidden
    answer = answers.get_answer(world.db, response)
    assert answer is not None
    assert not answer.is_shown
    assert answer.text == "I do"
