"""A cut of the blog is withdrawn when it is confirmed: exactly what was shown, and nothing else."""

from dataclasses import replace

import pytest

from bot.core.post import Post
from bot.store import audit
from bot.store.content.posts import count_missing, record_posts
from bot.store.ledger import channels, cuts, notices, publications
from bot.store.ledger.cuts import confirm_cut, pending_cut
from bot.store.ledger.notices import Notice
from tests.store.conftest import NOW, World

MO = 77


def posts(count: int) -> list[Post]:
    return [
        Post(path=f"p{n}.md", lang="en", slug=f"p{n}", title=f"P {n}", essay=f"p{n}", digest=f"{n}")
        for n in range(count)
    ]


@pytest.fixture
def blog(world: World) -> list[Post]:
    """Twenty posts and two that have threads, all of which are missing but fifteen."""
    others = posts(20)
    everything = [world.first.post, world.second.post, *others]
    record_posts(world.db, everything, NOW)
    world.settle()
    assert pending_cut(world.db) is None
    record_posts(world.db, others[:15], NOW)
    return everything


def removed(world: World) -> set[str]:
    rows = world.db.execute("select slug from posts where removed_at is not null")
    return {row[0] for row in rows}


GONE = {"dreams", "machines", "p15", "p16", "p17", "p18", "p19"}


def test_a_confirmed_cut_withdraws_exactly_what_is_missing(world: World, blog: list[Post]) -> None:
    del blog
    cut = pending_cut(world.db)
    assert cut is not None
    assert {post.name for post in cut.posts} == {f"en:{slug}" for slug in GONE}
    assert (cut.left, set(cut.guilds)) == (15, {world.guild})
    assert world.unfinished() == []
    confirmed = confirm_cut(world.db, NOW, cut=cut.digest, guild_id=world.guild, by=MO)
    assert confirmed == cut
    assert removed(world) == GONE
    assert count_missing(world.db) == 0
    assert world.unfinished() == [world.first.publication, world.second.publication]
    [act] = audit.entries(world.db, world.guild, 9)
    assert (act.actor_id, act.act, act.detail) == (MO, "confirmed a cut", "7")
    assert confirm_cut(world.db, NOW, cut=cut.digest, guild_id=world.guild, by=MO) is None


def test_another_set_is_another_cut(world: World, blog: list[Post]) -> None:
    cut = pending_cut(world.db)
    assert cut is not None
    record_posts(world.db, [*blog[:1], *blog[2:17]], NOW)  # one came back
    assert confirm_cut(world.db, NOW, cut=cut.digest, guild_id=world.guild, by=MO) is None
    assert removed(world) == set()
    now = pending_cut(world.db)
    assert now is not None
    assert {post.name for post in cut.posts} - {post.name for post in now.posts} == {"en:dreams"}
    assert confirm_cut(world.db, NOW, cut=now.digest, guild_id=world.guild, by=MO) == now
    assert removed(world) == GONE - {"dreams"}


def test_where_other_servers_have_threads_of_them_the_operator_decides(
    world: World, blog: list[Post]
) -> None:
    del blog
    other = channels.Channel(21, 11, is_forum=False, lang="en", pace="each", body="auto")
    channels.join_guild(world.db, 11, "Others", NOW)
    channels.use_channel(world.db, other, NOW)
    publications.intend(world.db, 21, world.first.post, [], asked_by=None, now=NOW)
    cut = pending_cut(world.db)
    assert cut is not None
    assert not cut.is_of(world.guild)
    assert cuts.digest_of(cuts.notice_key(world.guild, cut)) is None
    assert confirm_cut(world.db, NOW, cut=cut.digest, guild_id=world.guild, by=MO) is None
    assert removed(world) == set()
    assert confirm_cut(world.db, NOW) == cut
    assert removed(world) == GONE
    for guild in (world.guild, 11):
        assert [one.actor_id for one in audit.entries(world.db, guild, 9)] == [0]


def test_a_guild_that_was_left_is_not_asked(world: World, blog: list[Post]) -> None:
    del blog
    cut = pending_cut(world.db)
    assert cut is not None
    channels.leave_guild(world.db, world.guild, NOW)
    now = pending_cut(world.db)
    assert now is not None
    assert now.guilds == frozenset()
    assert now.is_of(12345)


def test_a_file_that_comes_back_as_it_was_goes_on_with_its_thread(
    world: World, blog: list[Post]
) -> None:
    confirm_cut(world.db, NOW)
    world.settle()
    assert world.unfinished() == []
    record_posts(world.db, blog, NOW)
    assert removed(world) == set()
    assert world.unfinished() == [world.first.publication, world.second.publication]


def test_moderators_are_asked_about_the_cut_that_there_is(world: World, blog: list[Post]) -> None:
    cut = pending_cut(world.db)
    assert cut is not None
    first = Notice(cuts.notice_key(world.guild, cut), world.guild, "Seven are gone.")
    cuts.ask_about(world.db, [first], NOW)
    notices.told(world.db, first, NOW)
    cuts.ask_about(world.db, [first], NOW)
    assert notices.untold(world.db) == []
    assert cuts.digest_of(first.key) == cut.digest
    record_posts(world.db, [*blog[:1], *blog[2:17]], NOW)
    now = pending_cut(world.db)
    assert now is not None
    second = replace(first, key=cuts.notice_key(world.guild, now), text="Six are gone.")
    cuts.ask_about(world.db, [second], NOW)
    assert notices.untold(world.db) == [second]
    assert notices.standing(world.db) == [second]
    cuts.ask_about(world.db, [], NOW)
    assert notices.standing(world.db) == []
    assert cuts.digest_of("publication 5") is None
