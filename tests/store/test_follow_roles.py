"""Roles to follow: intended, made, mentioned by what starts afterwards, and forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.core.post import Post
from bot.store.content.posts import record_posts
from bot.store.ledger import follow_roles, publications
from bot.store.ledger.follow_roles import MOST_MENTIONED, Kind
from tests.store.conftest import CHANNEL, GUILD, NOW, World


def make(world: World, kind: Kind, name: str, role_id: int) -> None:
    role, _ = follow_roles.intend(world.db, GUILD, kind, name, 7, NOW)
    follow_roles.made(world.db, role, role_id, 7, NOW)


def started(world: World, **fields: object) -> int:
    post = Post(path="n.md", lang="en", slug="n", title="N", essay="n", digest="n")
    known = [world.first.post, world.second.post]
    post = replace(post, **fields)  # type: ignore[arg-type]
    recorded = record_posts(world.db, [*known, post], NOW).posts[-1]
    return publications.intend(world.db, CHANNEL, recorded, [], asked_by=None, now=NOW)


def test_an_intent_is_known_the_second_time(world: World) -> None:
    first, is_new = follow_roles.intend(world.db, GUILD, "tag", "Öl", 7, NOW)
    again, is_again_new = follow_roles.intend(world.db, GUILD, "tag", "ol", 8, NOW)
    assert (is_new, is_again_new) == (True, False)
    assert first == again
    assert first.role_id is None
    assert first.is_for("tag", "OL")
    assert not first.is_for("author", "OL")


def test_what_starts_mentions_its_tags_then_its_authors(world: World) -> None:
    make(world, "author", "Ada", 3)
    make(world, "tag", "maps", 2)
    make(world, "tag", "ada", 4)
    follow_roles.intend(world.db, GUILD, "tag", "ink", 7, NOW)  # not made yet
    publication = started(world, tags=("Ink", "Maps"), authors=("ADA",))
    assert publications.followers(world.db, publication) == (2, 3)


def test_a_role_made_later_changes_nothing_and_a_forgotten_one_goes(world: World) -> None:
    make(world, "tag", "maps", 2)
    publication = started(world, tags=("maps", "ink"))
    make(world, "tag", "ink", 3)
    assert publications.followers(world.db, publication) == (2,)
    follow_roles.forget(world.db, GUILD, [2])
    assert publications.followers(world.db, publication) == ()
    assert [one.name for one in follow_roles.roles(world.db, GUILD)] == ["ink"]


def test_only_so_many_roles_are_mentioned(world: World) -> None:
    tags = tuple(f"tag {number}" for number in range(MOST_MENTIONED + 5))
    for number, tag in enumerate(tags):
        make(world, "tag", tag, 100 + number)
    publication = started(world, tags=tags)
    expected = tuple(100 + number for number in range(MOST_MENTIONED))
    assert publications.followers(world.db, publication) == expected


def test_roles_are_of_one_guild(world: World) -> None:
    make(world, "tag", "maps", 2)
    assert follow_roles.roles(world.db, GUILD + 1) == []
    follow_roles.forget(world.db, GUILD + 1, [2])
    assert len(follow_roles.roles(world.db, GUILD)) == 1
