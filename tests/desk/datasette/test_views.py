"""What the views of the desk say about the same responses."""

from typing import Any

import pytest

from bot.core.publishing.publication import Kind
from bot.desk.datasette.columns import described_views
from bot.store.audit import record_act
from bot.store.ledger import forms, messages
from bot.store.responses import hiding
from bot.store.responses.answers import forget_reader
from bot.store.responses.collected import Deleted, ThreadDeleted
from bot.store.responses.highlights import toggle_shown
from tests.desk.datasette.conftest import (
    HAL,
    HIDDEN,
    MODERATOR,
    NORA,
    OWL,
    VIEWS_OF_WORDS,
    ZENOBIA,
    Said,
    answer,
)
from tests.store.conftest import NOW, written


def rows(said: Said, view: str, where: str = "true", **values: Any) -> list[dict[str, Any]]:
    return list(said.db.query(f"select * from {view} where {where}", values))  # noqa: S608  # ours


def one(said: Said, view: str, where: str = "true", **values: Any) -> dict[str, Any]:
    (row,) = rows(said, view, where, **values)
    return row


def test_a_response_is_shown_with_how_it_stands(said: Said) -> None:
    owl = one(said, "all_responses", "id = :id", id=str(said.owl))
    assert owl == {
        "post": "dreams",
        "lang": "en",
        "title": "Dreams",
        "question": None,
        "reader_name": "Nick Nightjar",
        "text": "An owl in the attic",
        "created_at": "2026-03-01T12:00:00.000+00:00",
        "edited_at": None,
        "source": "message",
        "shown": 1,
        "hidden": 0,
        "may_quote": 0,
        "named": 0,
        "highlighted": 1,
        "url": f"https://discord.com/channels/10/1000/{OWL}",
        "guild": "10",
        "thread": "1000",
        "reader": str(ZENOBIA),
        "id": str(said.owl),
    }
    hidden = one(said, "all_responses", "hidden")
    assert (hidden["text"], hidden["shown"], hidden["url"]) == (HIDDEN, 0, None)
    named = one(said, "all_responses", "named")
    assert (named["reader_name"], named["may_quote"]) == ("Named Nora", 1)


def test_only_the_last_word_about_a_quote_counts(said: Said) -> None:
    assert {row["name"] for row in rows(said, "quotable_responses")} == {None, "Named Nora"}
    answer(said.world, OWL + 20, NORA, "Named Nora", "Quote me by name", named=False)
    assert {row["name"] for row in rows(said, "quotable_responses")} == {None}
    said.db.execute("update consents set granted = 0 where response_id = ?", [said.named])
    assert [row["text"] for row in rows(said, "quotable_responses")] == ["Quote me without"]
    assert rows(said, "all_responses", "named or may_quote and text like '%name'") == []


def test_a_question_is_counted_without_what_is_hidden(said: Said) -> None:
    prompts = said.world.first.prompts
    forms.count_opened(said.db, prompts[0], NOW)
    first = one(said, "asked_questions", "id = :id", id=str(prompts[0]))
    assert first["url"] == f"https://discord.com/channels/10/1000/{said.world.first.asked_in[0]}"
    del first["url"]
    assert first == {
        "post": "dreams",
        "lang": "en",
        "title": "Dreams",
        "question": "Is dreaming biological?",
        "position": 1,
        "questions": 2,
        "generic": 0,
        "asked_at": "2026-03-01T12:00:00.000+00:00",
        "still_asked": 1,
        "responses": 2,
        "readers": 2,
        "forms_opened": 1,
        "first_response_at": "2026-03-01T12:00:00.000+00:00",
        "guild": "10",
        "thread": "1000",
        "id": str(prompts[0]),
    }
    second = one(said, "asked_questions", "id = :id", id=str(prompts[1]))
    assert (second["position"], second["responses"], second["forms_opened"]) == (2, 0, 0)


def test_a_question_that_is_asked_no_more_says_so(said: Said) -> None:
    prompts, asked_in = said.world.first.prompts, said.world.first.asked_in
    said.world.collect(Deleted(asked_in[1]))
    withdrawn = one(said, "asked_questions", "id = :id", id=str(prompts[1]))
    assert (withdrawn["still_asked"], withdrawn["url"]) == (
        0,
        "https://discord.com/channels/10/1000",
    )
    said.db.execute("update prompts set retired_at = 'now' where id = ?", [prompts[0]])
    retired = one(said, "asked_questions", "id = :id", id=str(prompts[0]))
    assert (retired["still_asked"], retired["position"], retired["questions"]) == (0, 1, 2)
    left = one(said, "asked_questions", "id = :id", id=str(prompts[1]))
    assert (left["position"], left["questions"]) == (1, 1)


def test_our_own_invitation_is_no_question(said: Said) -> None:
    said.db.execute("update prompts set is_ours = 1")
    for view in ("asked_questions", "all_responses", "quotable_responses", "moderator_acts"):
        assert {row["question"] for row in rows(said, view)} == {None}


def test_a_discussion_is_summed_up(said: Said) -> None:
    first = one(said, "essay_discussions", "post = 'dreams'")
    counted = ("questions", "responses", "readers", "answers", "highlighted", "over_at")
    assert [first[name] for name in counted] == [2, 3, 3, 2, 1, None]
    assert first["url"] == "https://discord.com/channels/10/1000"
    second = one(said, "essay_discussions", "post = 'machines'")
    assert (second["responses"], second["first_response_at"]) == (0, None)
    assert len(rows(said, "essay_discussions")) == 2  # one is intended, and has no thread yet


def test_what_moderators_did_is_told_once_each(said: Said) -> None:
    said.world.collect(
        Deleted(said.world.first.asked_in[1]), ThreadDeleted(said.world.second.thread)
    )
    acts = {row["act"]: row for row in rows(said, "moderator_acts")}
    assert len(acts) == len(rows(said, "moderator_acts")) == 6
    who = {act for act, row in acts.items() if row["who"] == str(MODERATOR)}
    assert who == {"started a thread", "shelved a held essay", "highlighted a response"}
    assert acts["shelved a held essay"]["post"] == "held"
    assert acts["hid an answer"]["response"] == str(said.hidden)
    assert acts["deleted a question"]["question"] == "What would you give up?"
    assert acts["deleted a thread"]["post"] == "machines"
    forget_reader(said.db, MODERATOR, None, NOW)
    assert {row["who"] for row in rows(said, "moderator_acts")} == {None}
    assert one(said, "highlighted_responses")["highlighted_by"] is None


def test_what_the_audit_has_is_not_told_twice(said: Said) -> None:
    before = {row["act"] for row in rows(said, "moderator_acts")}
    hiding.toggle_shown(said.db, said.world.guild, OWL, MODERATOR, NOW)
    toggle_shown(said.db, said.world.guild, OWL, MODERATOR, NOW)
    toggle_shown(said.db, said.world.guild, OWL, MODERATOR, NOW)
    essay = said.world.second.post.essay_id
    record_act(
        said.db, 10, MODERATOR, "skipped an essay", NOW, subject_id=essay, detail="en:machines"
    )
    record_act(said.db, 10, MODERATOR, "set up", NOW, detail="pace: daily")
    acts = [row["act"] for row in rows(said, "moderator_acts")]
    new = ["hid a response", "removed a highlight", "skipped an essay", "set up"]
    assert sorted(acts) == sorted([*before, *new])
    hidden = one(said, "moderator_acts", "act = 'hid a response'")
    assert (hidden["post"], hidden["response"]) == ("dreams", str(said.owl))
    assert (hidden["who"], hidden["thread"], hidden["guild"]) == (str(MODERATOR), "1000", "10")
    skipped = one(said, "moderator_acts", "act = 'skipped an essay'")
    assert (skipped["post"], skipped["thread"]) == ("machines", None)
    assert one(said, "moderator_acts", "act = 'set up'")["detail"] == "pace: daily"


def test_a_held_essay_is_named_in_the_language_of_its_channel(said: Said) -> None:
    db = said.db
    db.execute(
        "insert into posts (id, essay_id, path, lang, slug, key, aliases, title, digest, "
        "first_seen_at) select 1, essay_id, 'held.tr.md', 'tr', 'tutulan', key, '[]', 'Tutulan', "
        "digest, first_seen_at from posts where slug = 'held'"
    )
    assert one(said, "moderator_acts", "act like 'shelved%'")["post"] == "held"
    db.execute("update channels set lang = 'tr'")
    assert one(said, "moderator_acts", "act like 'shelved%'")["post"] == "tutulan"


def test_a_reader_who_is_forgotten_is_in_no_view(said: Said) -> None:
    for reader in (ZENOBIA, NORA, HAL):
        forget_reader(said.db, reader, None, NOW)
    for view in described_views():
        said_there = str(rows(said, view))
        for secret in ("Zenobia", "Nora", HIDDEN, str(ZENOBIA), str(NORA), str(HAL)):
            assert secret not in said_there


@pytest.mark.parametrize("view", [one for one in described_views() if one not in VIEWS_OF_WORDS])
def test_ids_are_text_and_nothing_is_shown_without_words(said: Said, view: str) -> None:
    said.world.collect(written(OWL + 30, "first", reader=NORA))
    said.world.collect(written(OWL + 30, "", reader=NORA, edited=1))
    key = (Kind.ANSWER, said.quiet)
    messages.attempt(said.db, said.world.first.publication, key, "d", NOW, response_id=said.quiet)
    messages.sent(said.db, said.world.first.publication, {key: OWL + 40}, NOW)
    found = rows(said, view)
    assert found
    for row in found:
        for column in {"id", "guild", "thread", "reader", "who", "response"} & set(row):
            assert row[column] is None or isinstance(row[column], str)
        assert row.get("text") != ""
