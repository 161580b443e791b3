"""What a moderator decides about an essay beats its file until the text of that changes."""

from dataclasses import replace

import pytest

from bot.core.post import Post
from bot.core.publishing.publication import Wait
from bot.store import audit
from bot.store.content.posts import record_posts
from bot.store.ledger import channels, decisions, notices, planning, publications
from bot.store.ledger.notices import Notice
from bot.store.responses.answers import forget_reader
from tests.store.conftest import NOW, World

MO = 77


def record(world: World, *others: Post) -> list[Post]:
    return list(record_posts(world.db, [world.first.post, world.second.post, *others], NOW).posts)


@pytest.fixture
def third(world: World) -> Post:
    post = Post(
        path="posts/third.md",
        lang="en",
        slug="third",
        title="The Third",
        essay="third",
        date=NOW,
        digest="d3",
        body_digest="b3",
    )
    return record(world, post)[-1]


def essay(world: World, name: str) -> decisions.Essay:
    found = decisions.named(world.db, world.channel, name)
    assert found is not None
    return found


def known(world: World) -> frozenset[int]:
    [situation] = planning.agenda(world.db, [world.guild]).channels
    return situation.known


def test_a_skipped_essay_is_not_due_until_its_text_changes(world: World, third: Post) -> None:
    assert third.essay_id not in known(world)
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    assert third.essay_id in known(world)
    record(world, replace(third, digest="other", title="A new title"))
    assert third.essay_id in known(world)
    record(world, replace(third, digest="another", body_digest="new text"))
    assert third.essay_id not in known(world)
    [act] = audit.entries(world.db, world.guild, 9)
    assert (act.actor_id, act.act, act.subject_id) == (MO, "skipped an essay", third.essay_id)
    assert act.detail == "en:third"


def test_a_decision_is_lifted_by_a_retry(world: World, third: Post) -> None:
    decisions.decide(world.db, world.channel, essay(world, "#" + str(third.id)), "skip", MO, NOW)
    skipped = essay(world, "The third")
    assert skipped.decision == "skip"
    decisions.retry(world.db, world.channel, skipped, MO, NOW)
    assert third.essay_id not in known(world)
    acts = [one.act for one in audit.entries(world.db, world.guild, 9)]
    assert sorted(acts) == ["retried an essay", "skipped an essay"]


def test_what_is_skipped_is_no_longer_held(world: World, third: Post) -> None:
    first = world.first.post.essay_id or 0
    hold = channels.hold(world.db, world.channel, [third.essay_id or 0, first], NOW)
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    held = channels.decide(world.db, hold, "start", MO, NOW)
    assert held is not None
    assert held.essays == (first,)


def test_a_withdrawn_thread_is_to_be_worked_on(world: World) -> None:
    world.settle()
    assert world.unfinished() == []
    decisions.decide(world.db, world.channel, essay(world, "dreams"), "withdraw", MO, NOW)
    assert world.unfinished() == [world.first.publication]
    assert decisions.decision_on(world.db, world.first.publication) == "withdraw"
    assert decisions.decision_on(world.db, world.second.publication) is None
    changed = replace(world.first.post, digest="new", body_digest="new")
    record_posts(world.db, [changed, world.second.post], NOW)
    assert decisions.decision_on(world.db, world.first.publication) is None


def test_a_publication_that_is_skipped_before_it_begins_rests(world: World, third: Post) -> None:
    world.settle()
    made = publications.intend(world.db, world.channel, third, [], asked_by=None, now=NOW)
    assert world.unfinished() == [made]
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    assert world.unfinished() == []
    decisions.retry(world.db, world.channel, essay(world, "third"), MO, NOW)
    assert world.unfinished() == [made]


def test_who_starts_a_skipped_essay_lifts_that(world: World, third: Post) -> None:
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    made = publications.intend(world.db, world.channel, third, [], asked_by=MO, now=NOW)
    assert decisions.decision_on(world.db, made) is None
    assert made in world.unfinished()


def test_what_waits_and_is_skipped_waits_for_nothing(world: World, third: Post) -> None:
    made = publications.intend(world.db, world.channel, third, [], asked_by=None, now=NOW)
    publications.wait_for(world.db, made, Wait("No access."))
    notice = Notice(publications.notice_key(made), world.guild, "No access.")
    notices.raise_notice(world.db, notice, NOW)
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    assert publications.waiting(world.db) == []
    assert notices.standing(world.db) == []


def test_what_was_due_by_itself_starts_at_a_moderators_word_if_it_had_not_begun(
    world: World, third: Post
) -> None:
    made = publications.intend(world.db, world.channel, third, [], asked_by=None, now=NOW)
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    for _ in range(2):
        same = publications.intend(world.db, world.channel, third, [], asked_by=MO, now=NOW)
        assert same == made
    assert decisions.decision_on(world.db, made) is None
    assert made in world.unfinished()
    assert made not in publications.not_begun(world.db, world.channel)
    acts = [one.act for one in audit.entries(world.db, world.guild, 9)]
    assert sorted(acts) == ["skipped an essay", "started a thread"]


def test_a_translation_that_changes_leaves_the_decision_alone(world: World, third: Post) -> None:
    other = replace(
        third, id=None, essay_id=None, path="posts/third.tr.md", lang="tr", body_digest="tr"
    )
    record(world, third, other)
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    record(world, third, replace(other, digest="new", body_digest="new"))
    assert third.essay_id in known(world)


def test_essays_are_named_as_people_name_them(world: World, third: Post) -> None:
    for name in ("third", "en:third", "the THIRD", f"#{third.id}"):
        assert essay(world, name).id == third.essay_id
    assert decisions.named(world.db, world.channel, "nothing") is None
    first = essay(world, "dreams")
    assert (first.publication_id, first.thread_id) == (world.first.publication, world.first.thread)
    assert not first.is_over


def test_a_moderator_who_is_forgotten_leaves_the_decision(world: World, third: Post) -> None:
    decisions.decide(world.db, world.channel, essay(world, "third"), "skip", MO, NOW)
    forget_reader(world.db, MO, None, NOW)
    found = decisions.decided_essays(world.db, world.channel)
    assert {key: value[:2] for key, value in found.items()} == {third.essay_id: ("skip", 0)}
