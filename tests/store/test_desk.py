"""What the author's desk asks of the store: filters, highlights, visits, forms, names in quotes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.store.ledger import forms
from bot.store.ledger.channels import join_guild
from bot.store.responses.answers import answer_to, forget_reader
from bot.store.responses.highlights import shown_as, toggle_highlight
from bot.store.responses.queries import (
    Filter,
    listing,
    matching,
    newest,
    prompts_called,
    readers_called,
)
from bot.store.responses.readers import remember_nicknames
from bot.store.responses.visits import Visit, record_visit, unseen

pytestmark = pytest.mark.encrypted_too


MODERATOR = 900


@pytest.fixture
def said(world: Any) -> Any:
    """Two essays, three readers: an answer, a reply to a question, two plain messages."""
    first, second = world.first, world.second
    world.answer(9000, "Zekâ uyur", reader=500)
    world.collect(
        world.message(3000, "Sleep", reader=501, parent=first.asked_in[1]),
        world.message(3001, 'An owl, "awake"', reader=502),
        world.message(second.thread + 5, "Elsewhere", reader=500, thread=second.thread)._replace(
            created_at=world.now + timedelta(days=3)
        ),
    )
    return world


def texts(world: Any, **wanted: Any) -> set[str]:
    return {one.text for one in listing(world.db, Filter(**wanted))}


def test_each_filter_leaves_what_it_names(said: Any) -> None:
    everything = texts(said)
    assert everything == {"Zekâ uyur", "Sleep", 'An owl, "awake"', "Elsewhere"}
    first = said.first
    slug = first.post.slug
    assert texts(said, post=slug) == texts(said, post=f"en:{slug}") == everything - {"Elsewhere"}
    assert texts(said, essay_id=said.second.post.essay_id) == {"Elsewhere"}
    assert texts(said, guild_id=99) == set()
    assert texts(said, prompts=tuple(first.prompts[:1])) == {"Zekâ uyur"}
    assert texts(said, prompts=()) == set()
    assert texts(said, readers=(500,)) == {"Zekâ uyur", "Elsewhere"}
    assert texts(said, since=said.now + timedelta(days=1)) == {"Elsewhere"}
    assert texts(said, words="zeka") == {"Zekâ uyur"}
    assert texts(said, words='owl "AWAKE"', readers=(502,)) == {'An owl, "awake"'}
    assert texts(said, words="owl", readers=(500,)) == set()


@pytest.mark.parametrize(
    "words", ['"', "", "NEAR(", "a* OR b", "text:owl", "-", "\x00", "\ud800", "'; --"]
)
def test_any_words_can_be_searched(said: Any, words: str) -> None:
    assert texts(said, words=words) == set()


@pytest.mark.parametrize("wanted", [{}, {"words": "a"}, {"readers": (501,)}, {"ids": (1,)}])
def test_the_ids_that_match_are_those_of_what_is_listed(said: Any, wanted: Any) -> None:
    said.db.execute(
        "update responses set hidden_at = created_at where id = (select min(id) from responses)"
    )
    said.db.execute("update responses set text = '' where id = (select max(id) from responses)")
    listed = {one.id for one in listing(said.db, Filter(**wanted))}
    assert matching(said.db, Filter(**wanted)) == listed
    assert {one.id for one in listing(said.db, Filter(ids=tuple(listed)))} == listed


def visit(world: Any, now: datetime) -> Visit:
    """Look at what is new, and return what there was to see."""
    there = unseen(world.db, world.guild, MODERATOR)
    record_visit(world.db, world.guild, MODERATOR, there.until_id, now)
    return there


def test_what_is_new_is_what_was_kept_since(said: Any) -> None:
    before = visit(said, said.now)
    assert (before.after_id, before.last) == (0, None)
    assert before.until_id == newest(said.db, said.guild)
    said.collect(said.message(3002, "Late", reader=501))
    after = visit(said, said.now + timedelta(hours=1))
    assert after.after_id == before.until_id
    assert texts(said, after_id=after.after_id, until_id=after.until_id) == {"Late"}
    record_visit(said.db, said.guild, MODERATOR, before.until_id, said.now)  # came late
    again = visit(said, said.now + timedelta(hours=2))
    assert texts(said, after_id=again.after_id) == set()


def test_names_are_found_whatever_their_case_and_an_exact_one_comes_alone(said: Any) -> None:
    said.db.execute("update readers set name = 'Åda' where id = 500")
    said.db.execute("update readers set name = 'Adam' where id = 501")
    assert readers_called(said.db, "ADA") == (500,)
    assert readers_called(said.db, "da") == (500, 501)
    assert readers_called(said.db, "501") == (501,)
    assert readers_called(said.db, "") == readers_called(said.db, "nobody") == ()


def test_questions_are_found_by_their_words(said: Any) -> None:
    first, second = said.first, said.second
    assert prompts_called(said.db, "WHAT would you give up?") == (
        first.prompts[1],
        second.prompts[1],
    )
    assert first.prompts[0] in prompts_called(said.db, "?")
    assert prompts_called(said.db, "GIVE up", second.post.slug) == (second.prompts[1],)
    assert prompts_called(said.db, "give up", essay_id=first.post.essay_id) == (first.prompts[1],)
    assert prompts_called(said.db, "give up", "nothing") == ()


def test_a_highlight_comes_and_goes_and_ends_with_its_response(said: Any) -> None:
    answer = answer_to(said.db, said.first.prompts[0], 500)
    assert answer is not None
    said.show(answer.id, 7000)
    assert shown_as(said.db, 7000) == answer.id
    assert shown_as(said.db, 1) is None
    assert toggle_highlight(said.db, answer.id, MODERATOR, said.now)
    assert texts(said, highlighted=True) == {"Zekâ uyur"}
    assert [one.highlighted for one in listing(said.db) if one.id == answer.id] == [True]
    assert not toggle_highlight(said.db, answer.id, MODERATOR, said.now)
    assert texts(said, highlighted=True) == set()
    toggle_highlight(said.db, answer.id, MODERATOR, said.now)
    forget_reader(said.db, 500, None, said.now)
    assert said.db["highlights"].count == 0


def test_forms_are_counted_without_a_name(said: Any) -> None:
    for _ in range(2):
        forms.count_opened(said.db, said.first.prompts[0], said.now)
    forms.count_opened(said.db, 12345, said.now)
    rows = list(said.db["forms_opened"].rows)
    since = "2026-03-01T12:00:00.000+00:00"
    assert rows == [{"prompt_id": said.first.prompts[0], "count": 2, "since": since}]


def test_a_reader_chooses_whether_a_quote_bears_their_name(world: Any) -> None:
    world.answer(9000, may_quote=True, named=True)
    world.answer(9001, may_quote=True, named=False, at=world.now + timedelta(minutes=1))
    answer = answer_to(world.db, world.first.prompts[0], 500)
    assert answer is not None
    assert (answer.may_quote, answer.named) == (True, False)
    assert [row["named"] for row in world.db["consents"].rows] == [1, 0]
    world.answer(9002, may_quote=False, named=True, at=world.now + timedelta(minutes=2))
    (kept,) = listing(world.db)
    assert (kept.may_quote, kept.named) == (False, False)


def test_what_a_moderator_did_is_done_by_nobody_once_they_are_forgotten(said: Any) -> None:
    (one, *_) = listing(said.db)
    toggle_highlight(said.db, one.id, MODERATOR, said.now)
    visit(said, said.now)
    said.db.execute("update publications set asked_by = ?", [MODERATOR])
    forget_reader(said.db, MODERATOR, said.guild, said.now)
    assert [row["highlighted_by"] for row in said.db["highlights"].rows] == [0]
    assert said.db["author_visits"].count == 0
    assert {row["asked_by"] for row in said.db["publications"].rows} == {0}


def test_a_name_in_a_server_goes_with_what_was_written_there(said: Any) -> None:
    remember_nicknames(said.db, {(said.guild, 500): "Ada of the Readers"})
    join_guild(said.db, 11, "Others", said.now)
    said.db.execute("update responses set guild_id = 11 where text = 'Elsewhere'")
    forget_reader(said.db, 500, said.guild, said.now)
    assert texts(said) == {"Sleep", 'An owl, "awake"', "Elsewhere"}
    assert said.db["nicknames"].count == 0
