"""The ledger in the database: publications, messages, prompts and threads."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.post import Prompt, Question
from bot.core.publishing.obstacles import Obstacle
from bot.core.publishing.publication import Key, Kind, Wait
from bot.store import threads
from bot.store.ledger import channels, messages, prompts, publications
from bot.store.responses.collected import save
from bot.store.responses.queries import Filter, listing

pytestmark = pytest.mark.encrypted_too


STARTER: Key = (Kind.STARTER, 0)


def test_an_essay_keeps_its_one_publication_in_a_channel(world: Any) -> None:
    again = publications.intend(
        world.db, world.channel, world.first.post, [], asked_by=7, now=world.now
    )
    assert again == world.first.publication
    assert publications.post_of(world.db, again) == world.first.post.id
    assert publications.post_of(world.db, 77) is None
    assert publications.get_publication(world.db, 77) is None


def test_a_refused_message_is_not_in_doubt_and_a_confirmed_one_stays_so(world: Any) -> None:
    key, known = (Kind.BODY, 0), (Kind.PROMPT, 0)
    messages.attempt(world.db, world.first.publication, key, "d", world.now)
    for one in (key, known):
        messages.not_sent(world.db, world.first.publication, one)
    ledger = world.ledger()
    refused, confirmed = ledger.find(key), ledger.find(known)
    assert not refused.attempted
    assert confirmed.message_id == world.first.asked_in[0]
    messages.forget_message(world.db, world.first.publication, known)
    messages.forget_message(world.db, world.first.publication, key)
    assert [sent.key for sent in world.ledger().messages] == [known, (Kind.PROMPT, 1), STARTER]


def test_a_message_that_is_gone_keeps_the_time_it_went(world: Any) -> None:
    asked_in = world.first.asked_in[0]
    for now in (world.now, world.now.replace(year=2027)):
        messages.gone(world.db, [asked_in, 77], now, "event")
    rows = world.db.execute("select deleted_at from messages where deleted_at is not null")
    assert rows.fetchall() == [("2026-03-01T12:00:00.000+00:00",)]


def test_what_waits_says_so_once_and_stops_when_its_thread_is_there(world: Any) -> None:
    publication = world.first.publication
    obstacle = Obstacle("refused", needs_person=True, values=(("status", "400"), ("code", "1")))
    waits = Wait("no access", obstacle)
    assert publications.wait_for(world.db, publication, waits)
    assert not publications.wait_for(world.db, publication, waits)
    known = publications.Waiting("en:dreams", "no access", obstacle)
    assert publications.waiting(world.db) == [known]
    assert publications.waiting(world.db, world.guild) == [known]
    assert publications.waiting(world.db, 99) == []
    assert publications.wait_for(world.db, publication, None)
    publications.wait_for(world.db, publication, Wait("again"))
    publications.record_thread(world.db, publication, world.guild, 1000, world.now)
    assert publications.waiting(world.db) == []


def test_a_publication_is_unfinished_until_it_is_settled_with_its_file(world: Any) -> None:
    db, first, second = world.db, world.first, world.second
    both = [first.publication, second.publication]
    assert world.unfinished() == both
    world.settle()
    assert world.unfinished() == []
    db.execute("update posts set digest = 'edited' where id = ?", [first.post.id])
    publications.wait_for(db, second.publication, Wait("archived"))
    assert world.unfinished() == both
    publications.end(db, first.publication, "its channel is gone", world.now)
    assert world.unfinished() == both[1:]
    assert publications.unfinished(db, 99) == []


def test_what_happens_while_the_publisher_works_is_not_taken_for_done(world: Any) -> None:
    db, one = world.db, world.first
    publications.begin(db, world.second.publication)
    publications.settle(db, world.second.publication, world.second.post.digest)
    ledger = publications.begin(db, one.publication)
    assert ledger == publications.get_publication(db, one.publication)
    publications.unsettle(db, one.publication)
    publications.settle(db, one.publication, one.post.digest)
    assert world.unfinished() == [one.publication]
    assert publications.begin(db, 77) is None


def test_an_expired_post_is_taken_up_until_its_thread_is_locked(world: Any) -> None:
    db = world.db
    world.settle()
    publications.unsettle_expired(db, [world.first.post.id])
    assert world.unfinished() == [world.first.publication]
    world.settle()
    publications.locked(db, world.first.publication, is_locked=True)
    publications.unsettle_expired(db, [world.first.post.id])
    assert world.unfinished() == []


def test_a_threads_name_tags_and_lock_are_remembered(world: Any) -> None:
    publications.described(world.db, world.first.publication, "Düşler", ("uyku", "ai"))
    publications.locked(world.db, world.first.publication, is_locked=True)
    ledger = world.ledger()
    assert (ledger.title, ledger.tags, ledger.is_locked) == ("Düşler", ("uyku", "ai"), True)


def test_the_first_reason_for_an_end_keeps_its_time(world: Any) -> None:
    publications.end(world.db, world.first.publication, "first", world.now)
    publications.end(world.db, world.first.publication, "second", world.now.replace(year=2027))
    (row,) = world.db.query("select * from publications where over_at is not null")
    assert row["over_at"] == "2026-03-01T12:00:00.000+00:00"


def test_places_say_where_essays_are_discussed_in_a_guild(world: Any) -> None:
    first, second = world.first, world.second
    save(world.db, [world.message(3000), world.message(3001)])
    world.db.execute("update responses set hidden_at = 'x' where source_id = 3001")
    essays = [first.post.essay_id, second.post.essay_id, 77]
    found = threads.in_guild(world.db, world.guild, essays)
    assert found[first.post.essay_id] == threads.Place(
        publication_id=first.publication,
        channel_id=world.channel,
        essay_id=first.post.essay_id,
        post_id=first.post.id,
        thread_id=first.thread,
        responses=1,
    )
    assert set(found) == set(essays[:2])
    assert threads.in_guild(world.db, 99, essays) == {}
    assert threads.in_guild(world.db, world.guild, []) == {}


def test_the_channel_in_use_comes_before_one_that_was_left(world: Any) -> None:
    channel = channels.Channel(21, world.guild, is_forum=True, lang="en", pace="each", body="auto")
    channels.use_channel(world.db, channel, world.now)
    essay = world.first.post.essay_id
    assert threads.in_guild(world.db, world.guild, [essay])[essay].channel_id == world.channel
    publications.intend(world.db, 21, world.first.post, [], asked_by=None, now=world.now)
    assert threads.in_guild(world.db, world.guild, [essay])[essay].channel_id == 21


def test_a_place_counts_the_essays_responses_in_all_its_threads_of_the_guild(world: Any) -> None:
    first, essay = world.first, world.first.post.essay_id
    save(world.db, [world.message(3000), world.message(3001)])
    save(world.db, [world.message(3002, thread=world.second.thread)])
    here = channels.Channel(21, world.guild, is_forum=True, lang="en", pace="each", body="auto")
    channels.use_channel(world.db, here, world.now)
    moved = publications.intend(world.db, 21, first.post, [], asked_by=None, now=world.now)
    publications.record_thread(world.db, moved, world.guild, 9000, world.now)
    assert threads.in_guild(world.db, world.guild, [essay])[essay].responses == 2
    save(world.db, [world.message(9001, thread=9000)])
    place = threads.in_guild(world.db, world.guild, [essay])[essay]
    assert (place.publication_id, place.responses) == (moved, 3)
    channels.join_guild(world.db, 11, "Others", world.now)
    there = replace(here, id=31, guild_id=11)
    channels.use_channel(world.db, there, world.now)
    publications.intend(world.db, 31, first.post, [], asked_by=None, now=world.now)
    assert threads.in_guild(world.db, 11, [essay])[essay].responses == 0
    assert len(listing(world.db, Filter(essay_id=essay, guild_id=world.guild))) == 3


def test_threads_know_their_channel_and_language(world: Any) -> None:
    first, second = world.first.thread, world.second.thread
    assert threads.threads(world.db) == {
        first: (world.first.publication, world.guild, 20),
        second: (world.second.publication, world.guild, 20),
    }
    known = threads.languages(world.db)
    assert (known[first], known[world.channel]) == ("en", "en")


def prompts_of(*texts: str) -> list[Prompt]:
    return [Prompt((Question(text),)) for text in texts]


def test_a_prompt_keeps_its_id_and_place_and_a_new_one_takes_neither(world: Any) -> None:
    db, publication = world.db, world.first.publication
    first, second = prompts.asked(db, publication)
    new = prompts_of("Who else?", "What would you give up tomorrow?")
    kept, fresh_one = prompts.record_prompts(db, publication, world.first.post, new, world.now)
    assert (kept.id, kept.position, kept.text) == (second.id, 1, new[1].text)
    assert (fresh_one.position, fresh_one.text) == (2, "Who else?")
    assert fresh_one.id not in {first.id, second.id}
    retired = prompts.get_prompt(db, first.id)
    assert retired is not None
    assert retired.text == "Is dreaming biological?"
    assert prompts.get_prompt(db, 77) is None


def test_a_prompt_knows_the_questions_it_asks(world: Any) -> None:
    query = "select count(*) from prompt_questions join questions on questions.id = question_id"
    assert world.db.execute(query).fetchone() == (4,)
    ours = [Prompt((Question("What do you make of it?"),), is_ours=True)]
    post = replace(world.first.post, id=None)
    (invitation,) = prompts.record_prompts(world.db, world.first.publication, post, ours, world.now)
    assert invitation.is_ours
    assert world.db.execute(query).fetchone() == (4,)


def test_a_prompt_whose_message_is_deleted_is_not_asked_but_keeps_its_replies(world: Any) -> None:
    db, asked_in = world.db, world.first.asked_in[0]
    save(db, [world.message(3000, parent=asked_in)])
    world.settle()
    for now in (world.now, world.now.replace(year=2027)):
        prompts.withdrawn_by_deletion(db, asked_in, now)
    assert [prompt.id for prompt in prompts.asked(db, world.first.publication)] == [
        world.first.prompts[1]
    ]
    first, _ = prompts.living(db, world.first.publication)
    assert first.is_withdrawn
    assert prompts.withdrawn(db) == [("posts/dreams.md", "Is dreaming biological?")]
    assert world.unfinished() == [world.first.publication]
    assert db.execute("select prompt_id from responses").fetchone() == (world.first.prompts[0],)
    prompts.withdrawn_by_deletion(db, world.first.thread, world.now)
    assert len(prompts.asked(db, world.first.publication)) == 1
