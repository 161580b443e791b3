"""`export --site`: a post's file names what reads well with it, as its index was left."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.blog.indexed import indexed_post
from bot.core.reading.posts import Reading
from bot.store.content.posts import record_posts
from bot.store.content.readings import Kept, save_readings
from bot.store.passages.index import index_posts
from tests.cli.conftest import Ran, Type
from tests.desk.site.conftest import new_world
from tests.store.conftest import NOW, World

TEXTS = {
    "dreams": "Whoever dreams of a barometer wakes up, and it rains upon the moor.",
    "machines": "No machine dreams; a barometer only falls before it rains.",
    "gardens": "A garden on the moor wants a fence against the goat.",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with new_world(tmp_path / "kept.db") as made:
        yield made


def index(world: World, **changes: Any) -> None:
    """Record and index three essays as a bot would, and write the files of their texts."""
    first = world.first.post
    posts = [
        replace(first, slug=slug, essay=slug, path=f"posts/{slug}.md", title=slug.title(),
                digest=slug, url=f"https://essays.example.org/{slug}/",
                **(changes if slug == "machines" else {}))
        for slug in TEXTS
    ]  # fmt: skip
    with world.db.atomic():
        stored = record_posts(world.db, posts, NOW).posts
        kept = {
            post.path: Kept(1, 1, number, Reading(post, "")) for number, post in enumerate(stored)
        }
        save_readings(world.db, "code", kept, ())
        index_posts(world.db, [indexed_post(post, TEXTS[post.slug]) for post in stored])
    for post in stored:
        file = world.path.parent / "content" / post.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {post.title}\n---\n{TEXTS[post.slug]}\n")


def export(type_in: Type, world: World, *options: str) -> Ran:
    site = world.path.parent / "site"
    site.mkdir(exist_ok=True)
    return type_in("export", "--site", site, "--database", world.path, *options)


def file_of(world: World, ending: str = "json") -> str:
    return (world.path.parent / f"site/data/afterword/en/dreams.{ending}").read_text()


def test_a_file_names_what_reads_well_with_its_post_and_why(type_in: Type, world: World) -> None:
    index(world)
    export(type_in, world)
    first, *others = json.loads(file_of(world))["related"]
    assert first == {
        "post": "machines",
        "title": "Machines",
        "url": "https://essays.example.org/machines/",
        "because": first["because"],
    }
    assert {"barometer", "rains"} < {*first["because"]}
    assert [one["post"] for one in others] == ["gardens"]


def test_without_the_files_of_the_essays_only_what_titles_say_ties(
    type_in: Type, world: World
) -> None:
    index(world)
    (world.path.parent / "content").rename(world.path.parent / "elsewhere")
    export(type_in, world)
    assert json.loads(file_of(world))["related"][0]["because"] == ["Dreams"]


def test_yaml_says_the_same_and_a_second_run_changes_nothing(type_in: Type, world: World) -> None:
    index(world)
    export(type_in, world)
    in_json = json.loads(file_of(world))
    assert export(type_in, world).out.startswith("Nothing has changed")
    export(type_in, world, "--yaml")
    assert yaml.safe_load(file_of(world, "yaml")) == in_json


@pytest.mark.parametrize(
    "hidden", [{"draft": True}, {"publish": NOW + timedelta(days=36_500)}, {"expires": NOW}]
)
def test_what_readers_cannot_see_is_not_named(
    type_in: Type, world: World, hidden: dict[str, Any]
) -> None:
    index(world, **hidden)
    export(type_in, world)
    assert "machines" not in {one["post"] for one in json.loads(file_of(world))["related"]}


def test_a_damaged_reading_leaves_its_post_out(type_in: Type, world: World) -> None:
    index(world)
    world.db.execute("update readings set size = 2 where path = 'posts/machines.md'")
    export(type_in, world)
    assert "machines" not in {one["post"] for one in json.loads(file_of(world))["related"]}


def test_an_export_without_an_index_names_nothing(type_in: Type, world: World) -> None:
    export(type_in, world)
    assert json.loads(file_of(world))["related"] == []
