"""The dream journal: what is recorded once, and what goes with a response."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest

from bot.core.connection import Connection, End
from bot.core.dreams import MOST_KEPT
from bot.store import audit
from bot.store.desk.report import material
from bot.store.dreams import decisions, journal, messages, nights, second_questions
from bot.store.responses.answers import forget_reader
from bot.store.responses.collected import Deleted
from tests.store.conftest import FIRST, SECOND, World, written

NIGHT = date(2026, 3, 1)
MO = 77
REFUSED = """
insert into consents (response_id, purpose, granted, wording, given_at)
  select id, 'quote', 0, '', '' from responses
"""


@pytest.fixture
def pair(world: World) -> Connection:
    """Two responses to two essays, by two people."""
    world.collect(written(5001, "The ferry.", reader=500, thread=FIRST))
    world.collect(written(5002, "A ferry road.", reader=501, thread=SECOND))
    rows = world.db.execute(
        "select post_id, responses.id from responses join publications "
        "on publications.id = publication_id order by source_id"
    ).fetchall()
    (a_post, a), (b_post, b) = rows
    return Connection("pair", End(a_post, a, None), End(b_post, b, None), ("ferry",), None, 1.0)


def record(world: World, *found: Connection, night: date = NIGHT, drafts: int = 3) -> list[int]:
    assert nights.begin(world.db, world.guild, night, world.now)
    return nights.record(world.db, world.guild, night, found, drafts, world.now)


def test_a_night_is_recorded_once(world: World, pair: Connection) -> None:
    assert nights.open_guilds(world.db, NIGHT) == [world.guild]
    [number] = record(world, pair)
    assert nights.open_guilds(world.db, NIGHT) == []
    assert not nights.begin(world.db, world.guild, NIGHT, world.now)
    assert nights.record(world.db, world.guild, NIGHT, [pair], 3, world.now) == []
    found = journal.get(world.db, number)
    assert found is not None
    assert (found.night, found.because, found.stands) == (NIGHT, ("ferry",), True)
    assert (found.a.text, found.b.text) == ("The ferry.", "A ferry road.")
    assert (found.a.end, found.b.end) == (pair.a, pair.b)


def test_a_night_that_was_cut_short_is_begun_once_more_and_no_oftener(world: World) -> None:
    for _ in range(nights.MOST_BEGUN):
        assert nights.begin(world.db, world.guild, NIGHT, world.now)
    assert not nights.begin(world.db, world.guild, NIGHT, world.now)
    assert nights.open_guilds(world.db, NIGHT) == []


def test_a_fault_ends_a_night(world: World, pair: Connection) -> None:
    nights.begin(world.db, world.guild, NIGHT, world.now)
    nights.fail(world.db, world.guild, NIGHT, "WorkError", world.now)
    assert nights.open_guilds(world.db, NIGHT) == []
    assert nights.record(world.db, world.guild, NIGHT, [pair], 3, world.now) == []


def test_a_guild_that_turned_dreams_off_or_was_left_has_no_night(world: World) -> None:
    world.db.execute("update guilds set dreams = 0")
    assert nights.open_guilds(world.db, NIGHT) == []
    world.db.execute("update guilds set dreams = 1, left_at = 'now'")
    assert nights.open_guilds(world.db, NIGHT) == []


def test_there_is_something_new_only_since_the_last_night(world: World, pair: Connection) -> None:
    day = world.now.date()
    assert not nights.has_new(world.db, world.guild, day - timedelta(days=9), UTC)
    assert nights.has_new(world.db, world.guild, day, UTC)
    record(world, pair, night=day)
    assert not nights.has_new(world.db, world.guild, day + timedelta(days=1), UTC)


def test_a_pair_is_not_recorded_again_even_after_its_rows_are_gone(
    world: World, pair: Connection
) -> None:
    record(world, pair)
    turned = pair._replace(a=pair.b, b=pair.a)
    assert record(world, turned, night=NIGHT + timedelta(days=1)) == []
    world.db.execute("delete from connections")
    assert record(world, pair, night=NIGHT + timedelta(days=2)) == []


def test_no_night_keeps_more_than_the_best_and_offers_more_than_three(
    world: World, pair: Connection
) -> None:
    many = [pair._replace(b=End(pair.b.post_id, None, number)) for number in range(MOST_KEPT + 9)]
    assert len(record(world, *many)) == MOST_KEPT
    assert len(messages.stale(world.db)) == 3


def test_a_response_that_is_hidden_or_gone_is_in_no_connection(
    world: World, pair: Connection
) -> None:
    world.db.execute("update responses set hidden_at = 'now' where id = ?", [pair.a.response_id])
    assert record(world, pair) == []
    gone = pair._replace(a=End(pair.a.post_id, 12345, None))
    assert record(world, gone, night=NIGHT + timedelta(days=1)) == []


@pytest.mark.parametrize("how", ["delete", "forget"])
def test_a_connection_goes_with_its_response_and_its_messages_lose_the_words(
    world: World, pair: Connection, how: str
) -> None:
    [number] = record(world, pair)
    assert decisions.decide(world.db, number, "asked", MO, world.now) == "done"
    for message in messages.stale(world.db):
        messages.sent(world.db, message.id, message.id + 1, world.now)
        messages.settle(world.db, message, "d")
    assert messages.stale(world.db) == []
    if how == "delete":
        world.collect(Deleted(5001))
    else:
        forget_reader(world.db, 500, world.guild, world.now)
    assert journal.get(world.db, number) is None
    assert {one.role for one in messages.stale(world.db)} == {"draft", "a", "b"}


@pytest.mark.parametrize(
    "change",
    [
        "update responses set text = 'else'",
        "update responses set hidden_at = 'now'",
        REFUSED,
    ],
)
def test_whatever_changes_what_may_be_shown_reaches_its_messages(
    world: World, pair: Connection, change: str
) -> None:
    record(world, pair)
    [message] = messages.stale(world.db)
    messages.settle(world.db, message, "d")
    world.db.execute(change)
    assert [one.role for one in messages.stale(world.db)] == ["draft"]


def test_a_word_that_is_edited_out_ties_nothing_any_more(world: World, pair: Connection) -> None:
    [number] = record(world, pair._replace(because=("ferry", "road")))
    world.collect(written(5002, "A way.", reader=501, thread=SECOND, edited=5))
    found = journal.get(world.db, number)
    assert found is not None
    assert found.because == ("ferry",)  # which stands in the other
    world.db.execute("update responses set text = 'x' where id = ?", [pair.a.response_id])
    assert world.db.execute("select because from connections").fetchall() == [("[]",)]


def test_a_change_that_changes_nothing_makes_nothing_stale(world: World, pair: Connection) -> None:
    record(world, pair)
    [message] = messages.stale(world.db)
    messages.settle(world.db, message, "d")
    world.db.execute("update responses set text = text, hidden_at = hidden_at")
    assert messages.stale(world.db) == []


def test_the_triggers_find_their_rows_by_an_index(world: World) -> None:
    for column in ("a_response_id", "b_response_id", "through_response_id"):
        plan = world.db.execute(
            f"explain query plan select id from connections where {column} = 5"  # noqa: S608  # our own names
        ).fetchall()
        assert "USING" in plan[0][3]
        assert plan[0][3].startswith("SEARCH")
    update = "explain query plan update dream_messages set stale = 1 where connection_id in (5, 6)"
    assert world.db.execute(update).fetchall()[0][3].startswith("SEARCH")


def test_what_happens_while_a_message_is_composed_is_not_missed(
    world: World, pair: Connection
) -> None:
    record(world, pair)
    [message] = messages.stale(world.db)
    world.db.execute("update responses set text = 'else'")
    messages.settle(world.db, message, "d")
    assert len(messages.stale(world.db)) == 1


def test_a_decision_is_made_once_and_written_down(world: World, pair: Connection) -> None:
    [number] = record(world, pair)
    assert decisions.decide(world.db, number, "dismissed", MO, world.now) == "done"
    before = decisions.decide(world.db, number, "asked", 78, world.now)
    assert isinstance(before, journal.Found)
    assert (before.decision, before.decided_by) == ("dismissed", MO)
    [entry] = audit.entries(world.db, world.guild, 9)
    assert (entry.act, entry.actor_id, entry.subject_id) == ("dismissed a connection", MO, number)
    assert decisions.decide(world.db, 999, "asked", MO, world.now) == "gone"


def test_nothing_is_asked_about_what_is_hidden(world: World, pair: Connection) -> None:
    [number] = record(world, pair)
    world.db.execute("update responses set hidden_at = 'now' where id = ?", [pair.b.response_id])
    assert decisions.decide(world.db, number, "asked", MO, world.now) == "gone"


def test_an_essay_that_is_left_out_is_in_no_connection_any_more(
    world: World, pair: Connection
) -> None:
    [number] = record(world, pair)
    assert decisions.decide(world.db, number, "never_b", MO, world.now) == "done"
    other = pair._replace(a=End(pair.a.post_id, None, 4))
    assert record(world, other, night=NIGHT + timedelta(days=1)) == []


def silence(world: World, monkeypatch: pytest.MonkeyPatch, left: int) -> None:
    """Let all threads be silent for long, one of them by its id left alone."""
    world.db.execute("update publications set started_at = '2026-01-01T00:00:00.000+00:00'")
    name = "bot.store.dreams.second_questions.is_left_alone"
    monkeypatch.setattr(name, lambda publication: publication == left)


def test_silent_threads_fill_what_connections_leave(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(world, monkeypatch, world.first.publication)
    record(world, drafts=1)
    rows = "select publication_id, prompt_id, decision from second_questions order by id"
    assert sorted(world.db.execute(rows).fetchall()) == sorted(
        [
            (world.first.publication, world.first.prompts[0], "left_alone"),
            (world.second.publication, world.second.prompts[0], None),
        ]
    )
    [draft] = messages.stale(world.db)
    assert draft.second_id is not None
    record(world, night=NIGHT + timedelta(days=1))
    assert len(messages.stale(world.db)) == 1  # once a thread


def test_without_room_no_thread_is_noted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    silence(world, monkeypatch, 0)
    record(world, drafts=0)
    assert world.db.execute("select 1 from second_questions").fetchall() == []


def test_a_thread_in_which_somebody_wrote_lately_is_not_silent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(world, monkeypatch, 0)
    world.collect(written(5001, "Lately.", thread=FIRST))
    record(world)
    rows = world.db.execute("select publication_id from second_questions").fetchall()
    assert rows == [(world.second.publication,)]


def test_a_prompt_with_an_answer_is_not_offered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(world, monkeypatch, 0)
    world.answer(at=world.now - timedelta(days=20))
    record(world)
    rows = dict(world.db.execute("select publication_id, prompt_id from second_questions"))
    assert rows[world.first.publication] == world.first.prompts[1]


def test_a_prompt_is_decided_about_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    silence(world, monkeypatch, world.second.publication)
    record(world)
    [draft] = messages.stale(world.db)
    number = draft.second_id or 0
    assert second_questions.decide(world.db, number, "asked", MO, world.now) == "done"
    before = second_questions.decide(world.db, number, "dismissed", 78, world.now)
    assert isinstance(before, second_questions.Second)
    assert (before.decision, before.decided_by) == ("asked", MO)
    assert {one.role for one in messages.stale(world.db)} == {"draft", "again"}


def test_the_report_has_the_journal_as_far_as_it_may_quote_it(
    world: World, pair: Connection
) -> None:
    record(world, pair)
    [dreamt] = material(world.db).dreams.connections
    assert (dreamt.a.response, dreamt.b.response) == (pair.a.response_id, pair.b.response_id)
    assert dreamt.because == ("ferry",)
    world.db.execute("update responses set hidden_at = 'now' where id = ?", [pair.b.response_id])
    assert material(world.db).dreams.connections == ()


def test_a_connection_reaches_the_thread_of_an_essay_s_own_passage(
    world: World, pair: Connection
) -> None:
    passage = pair._replace(b=End(pair.b.post_id, None, 2))
    [number] = record(world, passage)
    found: Any = journal.get(world.db, number)
    assert found.b.text is None
    assert found.b.thread.id == SECOND
