"""Answers through a button: one a reader and prompt, consent, withdrawal, hiding."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlite_utils import Database

from bot.core.publishing.publication import Kind, Wait
from bot.store import progress
from bot.store.ledger import messages, publications
from bot.store.ledger.publications import unfinished
from bot.store.responses import answers
from bot.store.responses.collected import Deleted, ThreadDeleted, collect
from bot.store.responses.queries import listing, of_reader

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WORDING = "May be quoted on the blog"


def settle(db: Database, publication: int, digest: str) -> None:
    """Work on a publication, and find nothing left to do."""
    progress.load(db, publication)
    progress.finish(db, publication, None, None, digest, NOW)


def give(
    world: Any,
    source: int = 9000,
    *,
    reader: int = 500,
    prompt: int | None = None,
    may_quote: bool = False,
) -> int | None:
    return answers.save_answer(
        world.db,
        world.message(source, "I do", reader=reader),
        prompt or world.first.prompts[0],
        shown=True,
        may_quote=may_quote,
        wording=WORDING,
    )


def show(world: Any, response: int, message_id: int) -> None:
    key = (Kind.ANSWER, response)
    messages.attempt(
        world.db,
        world.first.publication,
        key,
        "digest",
        world.now,
        prompt_id=world.first.prompts[0],
        response_id=response,
    )
    messages.sent(world.db, world.first.publication, {key: message_id}, world.now)


def test_an_answer_is_kept_with_its_question_and_read_back(world: Any) -> None:
    response = give(world, may_quote=True)
    assert response is not None
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
    response = give(world, may_quote=True)
    later = world.message(9001, "No")._replace(created_at=world.now + timedelta(hours=1))
    for number, may_quote in enumerate((True, False)):
        assert response == answers.save_answer(
            world.db,
            later._replace(source_id=9001 + number),
            world.first.prompts[0],
            shown=False,
            may_quote=may_quote,
            wording=WORDING,
        )
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
    collect(world.db, [ThreadDeleted(world.first.thread)], {}, world.now)
    assert give(world) is None
    assert give(world, prompt=77) is None
    assert world.db.table("readers").count == 0


def test_each_reader_has_an_answer_of_their_own(world: Any) -> None:
    assert give(world) != give(world, 9001, reader=501)
    assert len(answers.shown_answers(world.db, world.first.publication)) == 2


def test_an_answer_is_withdrawn_by_its_reader_alone(world: Any) -> None:
    response = give(world, may_quote=True)
    assert response is not None
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
    response = give(world) if act != "answer" else 0
    assert response is not None
    for discussion in (world.first, world.second):
        settle(world.db, discussion.publication, discussion.post.digest)
    assert unfinished(world.db, world.guild) == []
    match act:
        case "answer":
            give(world)
        case "hide":
            answers.do_not_show(world.db, response)
        case "withdraw":
            answers.withdraw(world.db, response, 500, world.now)
        case "forget":
            answers.forget_reader(world.db, 500, None, world.now)
    assert unfinished(world.db, world.guild) == [world.first.publication]


def test_one_answer_is_settled_alone_and_nothing_else_is_taken_for_done_with_it(world: Any) -> None:
    db, publication = world.db, world.first.publication
    for discussion in (world.first, world.second):
        settle(db, discussion.publication, discussion.post.digest)
    one, other = give(world), give(world, 9001, reader=501)
    assert one is not None
    assert other is not None
    loaded = progress.load_answer(db, publication, one)
    assert loaded is not None
    assert [answer.id for answer in loaded.answers] == [one]
    assert [sent.kind for sent in loaded.publication.messages] == [Kind.STARTER]
    progress.finish_answer(db, publication, one, None)
    assert unfinished(db, world.guild) == [publication]
    assert progress.finish_answer(db, publication, other, Wait("the thread sleeps"))
    assert unfinished(db, world.guild) == [publication]
    settle(db, publication, world.first.post.digest)
    assert unfinished(db, world.guild) == []
    publications.end(db, publication, "its thread was deleted", world.now)
    assert progress.load_answer(db, publication, one) is None


def test_a_shown_answer_that_a_moderator_deletes_is_hidden_from_the_author_alone(
    world: Any,
) -> None:
    response = give(world)
    assert response is not None
    show(world, response, 1600)
    (kept,) = listing(world.db)
    assert kept.url == f"https://discord.com/channels/10/{world.first.thread}/1600"
    collect(world.db, [Deleted(1600)], {}, world.now)
    assert listing(world.db) == []
    assert [kept.text for kept in of_reader(world.db, 500)] == ["I do"]
    answer = answers.get_answer(world.db, response)
    assert answer is not None
    assert not answer.is_shown
    assert answers.shown_answers(world.db, world.first.publication) == []


def test_an_answer_that_its_reader_no_longer_shows_stays_with_the_author(world: Any) -> None:
    response = give(world)
    assert response is not None
    show(world, response, 1600)
    answers.do_not_show(world.db, response)
    collect(world.db, [Deleted(1600)], {}, world.now)
    (kept,) = listing(world.db)
    assert (kept.text, kept.url) == ("I do", None)


def test_an_answer_that_is_shown_again_has_one_row_and_its_newest_address(world: Any) -> None:
    response = give(world)
    assert response is not None
    show(world, response, 1600)
    messages.gone(world.db, [1600], world.now, "event")
    world.db.execute("update responses set hidden_at = null")
    world.db.execute("update messages set position = 0 where message_id = 1600")
    show(world, response, 1601)
    (kept,) = listing(world.db)
    assert kept.url == f"https://discord.com/channels/10/{world.first.thread}/1601"


def test_a_readers_last_words_are_what_others_could_see(world: Any) -> None:
    thread = world.first.thread
    assert answers.last_words(world.db, thread, 500, 0) is None
    collect(world.db, [world.message(3000)], {}, world.now)
    later = world.message(9000)._replace(created_at=world.now + timedelta(hours=1))
    response = answers.save_answer(
        world.db, later, world.first.prompts[0], shown=True, may_quote=False, wording=WORDING
    )
    assert response is not None
    first, second = world.now, world.now + timedelta(hours=1)
    assert answers.last_words(world.db, thread, 500, 0) == second
    assert answers.last_words(world.db, thread, 500, response) == first
    answers.do_not_show(world.db, response)
    assert answers.last_words(world.db, thread, 500, 0) == first
