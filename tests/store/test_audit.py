"""Every act is found again, newest first, in its guild alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store import audit
from bot.store.content.posts import record_posts
from bot.store.ledger import channels, publications
from bot.store.responses.highlights import toggle_shown
from tests.store.conftest import NOW, World

pytestmark = pytest.mark.encrypted_too


def test_acts_are_read_back_newest_first(world: World) -> None:
    first = audit.record_act(world.db, world.guild, 7, "closed a thread", NOW, subject_id=3)
    later = NOW + timedelta(minutes=1)
    second = audit.record_act(world.db, world.guild, 8, "set up", later, detail="pace: daily")
    read = audit.entries(world.db, world.guild, 10)
    assert [one.id for one in read] == [second, first]
    assert (read[0].actor_id, read[0].act, read[0].detail) == (8, "set up", "pace: daily")
    assert (read[1].subject_id, read[1].at) == (3, NOW)
    assert [one.id for one in audit.entries(world.db, world.guild, 10, second)] == [first]
    assert len(audit.entries(world.db, world.guild, 1)) == 1


def test_another_guild_reads_nothing(world: World) -> None:
    audit.record_act(world.db, world.guild, 7, "set up", NOW)
    assert audit.entries(world.db, world.guild + 1, 10) == []


def test_acts_are_found_by_who_and_by_kind(world: World) -> None:
    for actor, act in ((7, "set up"), (8, "set up"), (7, "closed a thread")):
        audit.record_act(world.db, world.guild, actor, act, NOW)  # type: ignore[arg-type]
    read = audit.entries
    assert len(read(world.db, world.guild, 9, actor_id=7)) == 2
    assert len(read(world.db, world.guild, 9, act="set up")) == 2
    assert len(read(world.db, world.guild, 9, actor_id=7, act="set up")) == 1
    everything = read(world.db, world.guild, 9)
    assert read(world.db, world.guild, 9, skip=2) == everything[2:]


def test_only_a_log_that_is_there_is_owed_an_act(world: World) -> None:
    audit.record_act(world.db, world.guild, 7, "set up", NOW)
    world.db.execute("update guilds set log_channel_id = 5")
    audit.record_act(world.db, world.guild, 7, "closed a thread", NOW)
    owed = world.db.execute("select act from audit where told_at is null").fetchall()
    assert owed == [("closed a thread",)]


def test_a_subject_leads_to_its_essay(world: World) -> None:
    world.collect(world.message(3000))
    response = world.answer()
    assert response
    world.show(response, 4000)
    [message] = world.db.execute("select id from responses where source_id = 3000").fetchone()
    subjects = {
        message: audit.Subject("Dreams", 1000, 3000),
        response: audit.Subject("Dreams", 1000, 4000),
        world.second.publication: audit.Subject("Machines", 2000, None),
        world.second.post.essay_id: audit.Subject("Machines", 2000, None),
    }
    for subject in (*subjects, 12345):
        audit.record_act(world.db, world.guild, 7, "set up", NOW, subject_id=subject)
    read = audit.entries(world.db, world.guild, 9)
    assert audit.subjects(world.db, world.guild, read) == subjects


def test_what_moderators_do_is_recorded_with_it(world: World) -> None:
    db = world.db
    post = replace(world.first.post, slug="third", essay="third", path="third.md", digest="3")
    [*_, third] = record_posts(db, [world.first.post, world.second.post, post], NOW).posts
    publication = publications.intend(db, world.channel, third, [], asked_by=7, now=NOW)
    publications.intend(db, world.channel, third, [], asked_by=7, now=NOW)
    world.collect(world.message(3000))
    toggle_shown(db, world.guild, 3000, 8, NOW)
    toggle_shown(db, world.guild, 3000, 8, NOW)
    hold = channels.hold(db, world.channel, [third.essay_id or 0], NOW)
    channels.decide(db, hold, "shelve", 9, NOW)
    channels.decide(db, hold, "start", 9, NOW)
    acts = {
        (one.actor_id, one.act, one.subject_id, one.detail)
        for one in audit.entries(db, world.guild, 9)
    }
    [response] = db.execute("select id from responses").fetchone()
    assert acts == {
        (7, "started a thread", publication, ""),
        (8, "highlighted a response", response, ""),
        (8, "removed a highlight", response, ""),
        (9, "decided about held essays", hold, "shelve: 1"),
    }
