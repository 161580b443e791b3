"""Guilds, channels, shelves and holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest

from bot.core.post import Post, Prompt
from bot.core.publishing.due import RHYTHMS, Plan, plan_next
from bot.core.snowflakes import first_id_at
from bot.store.content.posts import record_posts
from bot.store.ledger import channels, publications
from bot.store.ledger.channels import Channel, Guild, Hold, Pace
from bot.store.ledger.planning import record_plan
from bot.store.times import from_text, to_text

pytestmark = pytest.mark.encrypted_too


FORUM = Channel(21, 10, is_forum=True, lang="tr", pace="daily", body="full")


def test_a_guild_that_comes_back_keeps_all_it_had(world: Any) -> None:
    channels.set_up(world.db, FORUM, "Readers", world.now, author_role_id=5)
    channels.leave_guild(world.db, world.guild, world.now)
    assert channels.channels(world.db) == []
    channels.join_guild(world.db, world.guild, "Readers again", world.now)
    assert channels.channels(world.db) == [FORUM]
    assert channels.get_guild(world.db, world.guild) == Guild(world.guild, 5, None)


def test_what_is_not_given_stays_as_it_was(world: Any) -> None:
    channels.set_up(world.db, FORUM, "Readers", world.now, author_role_id=5)
    channels.set_up(world.db, FORUM, "Readers", world.now, notices_channel_id=6)
    channels.set_up(world.db, FORUM, "Readers", world.now, digest="weekly", digest_channel_id=7)
    channels.set_up(world.db, FORUM, "Readers", world.now)
    assert channels.get_guild(world.db, world.guild) == Guild(world.guild, 5, 6, "weekly", 7)
    assert channels.get_guild(world.db, 99) == Guild(99)


def test_a_guild_uses_one_channel_at_a_time(world: Any) -> None:
    channels.use_channel(world.db, FORUM, world.now)
    assert channels.channels(world.db, world.guild) == [FORUM]
    (row,) = world.db.query("select * from channels where closed_at is not null")
    assert (row["id"], row["closed_at"]) == (world.channel, to_text(world.now))
    first = channels.get_channel(world.db, world.channel)
    assert first is not None
    channels.use_channel(world.db, replace(first, pace="weekly"), world.now)
    assert channels.channels(world.db) == [replace(first, pace="weekly")]
    assert channels.channels(world.db, 99) == []
    assert channels.get_channel(world.db, 99) is None


def test_setting_up_records_guild_and_channel_together(world: Any) -> None:
    other = replace(FORUM, id=31, guild_id=11)
    channels.set_up(world.db, other, "Others", world.now, author_role_id=7, notices_channel_id=8)
    assert channels.channels(world.db, 11) == [other]
    assert channels.get_guild(world.db, 11) == Guild(11, 7, 8)


def test_a_first_run_is_decided_once(world: Any) -> None:
    for now in (world.now, world.now + timedelta(days=1)):
        channels.open_channel(world.db, world.channel, now)
    (channel,) = channels.channels(world.db)
    assert channel.is_open
    (row,) = world.db.query("select opened_at from channels")
    assert row["opened_at"] == to_text(world.now)


def essays_of(world: Any, *slugs: str) -> list[Any]:
    fresh = [
        replace(world.first.post, path=f"{slug}.md", slug=slug, essay=slug, title=slug, digest=slug)
        for slug in slugs
    ]
    posts = record_posts(world.db, [world.first.post, world.second.post, *fresh], world.now).posts
    return list(posts[2:])


def test_what_was_published_shelved_or_held_is_not_new(world: Any) -> None:
    shelved, held, new = (post.essay_id for post in essays_of(world, "c", "d", "e"))
    channels.shelve(world.db, world.channel, [shelved, shelved], world.now)
    hold = channels.hold(world.db, world.channel, [held], world.now)
    known = channels.known_essays(world.db, world.channel)
    published = {world.first.post.essay_id, world.second.post.essay_id}
    assert known == published | {shelved, held}
    assert new not in known
    channels.decide(world.db, hold, "start", 7, world.now)
    assert channels.known_essays(world.db, world.channel) == published | {shelved}
    assert channels.known_essays(world.db, 99) == set()


def test_the_shelf_counts_what_can_still_be_started(world: Any) -> None:
    first, second, third = essays_of(world, "c", "d", "e")
    everything = [first.essay_id, second.essay_id, third.essay_id, world.first.post.essay_id]
    channels.shelve(world.db, world.channel, everything, world.now)
    assert channels.shelf_size(world.db, world.channel) == 3
    world.db.execute("update posts set removed_at = 'x' where id = ?", [third.id])
    publications.intend(world.db, world.channel, first, [], asked_by=7, now=world.now)
    assert channels.shelf_size(world.db, world.channel) == 1


def test_the_shelf_counts_the_essays_in_its_channels_language(world: Any) -> None:
    first = replace(world.first.post, path="c.md", slug="c", essay="c", title="c", digest="c")
    second = replace(first, path="d.md", slug="d", essay="d", title="d", digest="d")
    in_both = replace(first, path="c.tr.md", lang="tr", slug="c-tr", digest="c tr")
    only_tr = replace(first, path="e.tr.md", lang="tr", slug="e", essay="e", digest="e tr")
    known = [world.first.post, world.second.post]
    posts = record_posts(world.db, [*known, first, second, in_both, only_tr], world.now).posts
    channels.shelve(world.db, world.channel, {one.essay_id or 0 for one in posts}, world.now)
    assert channels.shelf_size(world.db, world.channel) == 2
    (used,) = channels.channels(world.db)
    channels.use_channel(world.db, replace(used, lang="tr"), world.now)
    assert channels.shelf_size(world.db, world.channel) == 2
    channels.use_channel(world.db, replace(used, lang="de"), world.now)
    assert channels.shelf_size(world.db, world.channel) == 0


def test_starts_are_those_that_nobody_asked_for_newest_first(world: Any) -> None:
    due, wanted = essays_of(world, "c", "d")
    later = world.now + timedelta(hours=3)
    start_threads_at(world, world.now + timedelta(seconds=2))
    publications.intend(world.db, world.channel, due, [], asked_by=None, now=later)
    publications.intend(world.db, world.channel, wanted, [], asked_by=7, now=later)
    expected = [later, world.now, world.now]
    assert channels.starts(world.db, world.channel, world.now) == expected
    assert channels.starts(world.db, world.channel, later) == expected
    assert channels.starts(world.db, world.channel)[-1] == world.now


def test_a_start_that_a_clock_ahead_recorded_is_as_old_as_its_thread(world: Any) -> None:
    truly = world.now - timedelta(days=400)
    start_threads_at(world, truly)
    early, late = world.now - timedelta(hours=1), world.now
    assert channels.starts(world.db, world.channel, early) == [world.now, world.now]
    assert channels.starts(world.db, world.channel, late) == [truly, truly]


@pytest.mark.parametrize("pace", sorted(RHYTHMS))
def test_a_channel_never_stops_though_a_clock_was_ahead_for_weeks(world: Any, pace: Pace) -> None:
    """Each day of a month one was started, forty days ahead; the truth is told since then."""
    posts = essays_of(world, *(f"essay-{number}" for number in range(100)))
    waiting = iter(posts)
    start_threads_at(world, world.now - timedelta(days=400))
    world.db.execute("update publications set intended_at = '2020-01-01T00:00:00.000+00:00'")

    def start(now: datetime, *, ahead: timedelta) -> None:
        made = publications.intend(
            world.db, world.channel, next(waiting), [], asked_by=None, now=now + ahead
        )
        world.db.execute(
            "update publications set thread_id = ? where id = ?", [first_id_at(now), made]
        )

    now = world.now
    for _ in range(30):
        start(now, ahead=timedelta(days=40))
        now += timedelta(days=1)
    began: list[datetime] = []
    for _ in range(90 * 24):
        now += timedelta(hours=1)
        plan = plan_next([post_due(now)], pace, channels.starts(world.db, world.channel, now), now)
        if plan.start and len(began) < 60:
            start(now, ahead=timedelta())
            began.append(now)
    longest = max(later - earlier for earlier, later in pairwise(began))
    assert longest <= RHYTHMS[pace].period


def post_due(now: datetime) -> Post:
    return Post("x.md", "en", "x", "X", "x", date=now, essay_id=1)


def start_threads_at(world: Any, moment: datetime) -> None:
    """Let the two threads that there are have started at a moment, by Discord's clock."""
    for number, each in enumerate((world.first, world.second)):
        world.db.execute(
            "update publications set thread_id = ? where id = ?",
            [first_id_at(moment) + number, each.publication],
        )


def test_a_hold_is_asked_about_and_decided_once(world: Any) -> None:
    first, second = (post.essay_id for post in essays_of(world, "c", "d"))
    hold = channels.hold(world.db, world.channel, [second, first], world.now)
    essays = tuple(sorted([first, second]))
    assert channels.holds(world.db, world.channel) == [
        Hold(hold, world.channel, essays, is_asked=False)
    ]
    channels.asked_about(world.db, hold, 555)
    decided = channels.decide(world.db, hold, "shelve", 7, world.now)
    assert decided == Hold(hold, world.channel, essays, is_asked=True)
    assert channels.decide(world.db, hold, "start", 8, world.now) is None
    assert channels.holds(world.db, world.channel) == []
    assert channels.shelf_size(world.db, world.channel) == 2


def test_a_hold_is_decided_where_its_channel_is_used(world: Any) -> None:
    (post,) = essays_of(world, "c")
    hold = channels.hold(world.db, world.channel, [post.essay_id], world.now)
    with pytest.raises(LookupError):  # another guild's moderator
        channels.decide(world.db, hold, "start", 7, world.now, guild_id=world.guild + 1)
    channels.close_channel(world.db, world.channel, world.now)
    with pytest.raises(LookupError):
        channels.decide(world.db, hold, "start", 7, world.now, guild_id=world.guild)
    assert len(channels.holds(world.db, world.channel)) == 1


def test_a_plan_is_recorded_whole(world: Any) -> None:
    start, shelve, hold = essays_of(world, "c", "d", "e")
    plan = Plan(start=(start,), shelve=(shelve,), hold=(hold,))
    prompts = {start: [Prompt(start.questions)]}
    (publication,) = record_plan(world.db, world.channel, plan, prompts, world.now)
    assert publications.post_of(world.db, publication) == start.id
    assert channels.shelf_size(world.db, world.channel) == 1
    assert [one.essays for one in channels.holds(world.db, world.channel)] == [(hold.essay_id,)]
    assert record_plan(world.db, world.channel, Plan(), {}, world.now) == []
    assert len(channels.holds(world.db, world.channel)) == 1


def test_times_are_kept_in_utc_and_sort_as_they_read() -> None:
    east = datetime(2026, 3, 1, 2, 30, tzinfo=timezone(timedelta(hours=3)))
    assert to_text(east) == "2026-02-28T23:30:00.000+00:00"
    assert from_text(to_text(east)) == east
    moments = [datetime(2026, 3, 1, 9, 59, 59, ms, tzinfo=UTC) for ms in (999_000, 0, 5_000)]
    assert sorted(map(to_text, moments)) == [to_text(moment) for moment in sorted(moments)]
