"""Writing a publication back into a database that was lost."""

from dataclasses import replace
from typing import Any

from bot.core.publishing.publication import Kind
from bot.store.content.posts import record_posts
from bot.store.ledger.prompts import asked
from bot.store.ledger.publications import get_publication
from bot.store.recovery import Found, FoundAnswer, FoundPrompt, recover
from bot.store.responses.collected import marks, save
from bot.store.responses.queries import Filter, listing


def lost(world: Any) -> tuple[Any, Found]:
    """Return an essay that the database knows and its thread that it does not."""
    fresh = replace(world.first.post, path="c.md", slug="c", essay="c", title="C", digest="c")
    known = [world.first.post, world.second.post]
    post = record_posts(world.db, [*known, fresh], world.now).posts[2]
    answer = FoundAnswer(72, 71, 5003, 600, "Ada", "I do", world.now)
    found = Found(
        publication_id=70,
        thread_id=5000,
        starter_id=5000,
        started_at=world.now,
        bodies=[5001],
        prompts=[FoundPrompt(71, 5002, "Is dreaming biological?")],
        answers=[answer, replace(answer, response_id=73, prompt_id=99, message_id=5004)],
    )
    return post, found


def test_a_lost_publication_is_written_back_with_its_messages(world: Any) -> None:
    post, found = lost(world)
    assert recover(world.db, world.channel, world.guild, post, found, world.now)
    ledger = world.ledger(70)
    assert ledger.thread_id == 5000
    assert {sent.key: (sent.message_id, sent.digest) for sent in ledger.messages} == {
        (Kind.STARTER, 0): (5000, ""),
        (Kind.BODY, 0): (5001, ""),
        (Kind.PROMPT, 0): (5002, ""),
        (Kind.ANSWER, 72): (5003, ""),
    }
    assert marks(world.db, world.guild)[5000] == 5000
    assert 70 in world.unfinished()
    assert [(prompt.id, prompt.position) for prompt in asked(world.db, 70)] == [(71, 0)]


def test_recovered_answers_and_replies_know_their_question(world: Any) -> None:
    post, found = lost(world)
    recover(world.db, world.channel, world.guild, post, found, world.now)
    save(world.db, [world.message(5010, parent=5003, thread=5000)])
    (answer, reply) = listing(world.db, Filter(essay_id=post.essay_id))
    assert (answer.text, answer.source, answer.reader_name) == ("I do", "answer", "Ada")
    assert answer.url == "https://discord.com/channels/10/5000/5003"
    assert reply.question == answer.question == "Is dreaming biological?"


def test_a_publication_that_is_known_is_left_as_it_is(world: Any) -> None:
    post, found = lost(world)
    assert recover(world.db, world.channel, world.guild, post, found, world.now)
    assert not recover(world.db, world.channel, world.guild, post, found, world.now)
    other = replace(found, publication_id=90, thread_id=9000)
    assert not recover(world.db, world.channel, world.guild, post, other, world.now)
    assert get_publication(world.db, 90) is None
