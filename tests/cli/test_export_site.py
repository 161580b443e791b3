"""`export --site`: files where the site's build finds them, and the build itself."""

import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from bot.store.responses.answers import forget_reader
from tests.cli.conftest import Ran, Type
from tests.desk.site.conftest import new_world, quotable, three_unnamed
from tests.store.conftest import World

DREAMS, MACHINES = "data/afterword/en/dreams.json", "data/afterword/en/machines.json"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with new_world(tmp_path / "kept.db") as made:
        quotable(made, 500, "Mine", by="Ada")
        three_unnamed(made)
        yield made


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


class Export:
    """Types the command about a database and a site."""

    def __init__(self, type_in: Type, world: World, site: Path) -> None:
        self._type = type_in
        self._given = ("--site", site, "--database", world.path)
        self.site = site

    def __call__(self, *options: str | Path) -> Ran:
        return self._type("export", *self._given, *options)

    def files(self) -> dict[str, bytes]:
        found = sorted(path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def export(type_in: Type, world: World, site: Path) -> Export:
    return Export(type_in, world, site)


def test_a_file_for_each_post_is_written_and_a_second_run_writes_nothing(export: Export) -> None:
    ran = export()
    assert (ran.status, ran.out, ran.err) == (
        0,
        "2 files written, 0 removed; 0 are as they were.\n",
        "",
    )
    assert list(export.files()) == [DREAMS, MACHINES]
    dreams = json.loads(export.files()[DREAMS])
    assert (dreams["total"], dreams["questions"][0]["responses"][0]["by"]) == (4, "Ada")
    before = {path: path.stat() for path in export.site.rglob("*")}
    assert export().out == "Nothing has changed: 2 files are as they were.\n"
    assert {path: path.stat() for path in export.site.rglob("*")} == before


def test_yaml_takes_the_place_of_json_and_says_the_same(export: Export) -> None:
    export()
    in_json = json.loads(export.files()[DREAMS])
    assert export("--yaml").out == "2 files written, 2 removed; 0 are as they were.\n"
    files = export.files()
    assert list(files) == [DREAMS.replace("json", "yaml"), MACHINES.replace("json", "yaml")]
    assert yaml.safe_load(files[DREAMS.replace("json", "yaml")]) == in_json
    export()
    assert list(export.files()) == [DREAMS, MACHINES]


@pytest.mark.parametrize(
    ("config", "data", "feed"),
    [
        ("hugo.toml", "data", "static/"),
        ("_config.yml", "_data", ""),
        ("astro.config.mjs", "data", "public/"),
        ("eleventy.config.js", "data", ""),
        ("nothing.txt", "data", ""),
    ],
)
def test_files_go_where_each_generator_looks_for_them(
    export: Export, config: str, data: str, feed: str
) -> None:
    (export.site / config).write_text("")
    assert export("--feed").status == 0
    assert set(export.files()) == {
        config,
        f"{data}/afterword/en/dreams.json",
        f"{data}/afterword/en/machines.json",
        f"{feed}afterword.atom",
        f"{feed}afterword.json",
    }


def test_what_lies_where_another_generator_looked_is_removed(export: Export) -> None:
    export("--feed")
    (export.site / "_config.yml").write_text("source: src")
    export("--feed")
    assert set(export.files()) == {
        "_config.yml", "src/_data/afterword/en/dreams.json", "src/_data/afterword/en/machines.json",
        "src/afterword.atom", "src/afterword.json",
    }  # fmt: skip


def test_copies_that_a_build_made_are_left_alone(export: Export) -> None:
    (export.site / "hugo.toml").write_text("")
    assert export("--feed", "--then", "cp -r static public").status == 0
    before = export.files()
    assert "public/afterword.atom" in before
    assert export("--feed", "--then", "false").status == 0
    assert export.files() == before


def test_a_feed_that_is_not_asked_for_any_more_is_removed(export: Export) -> None:
    (export.site / "hugo.toml").write_text("baseURL = 'https://essays.example.org/'")
    export("--feed")
    feed = ET.fromstring(export.files()["static/afterword.atom"])  # noqa: S314  # ours
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 4
    export()
    assert not [name for name in export.files() if "static" in name]


@pytest.mark.parametrize("options", [(), ("--yaml",), ("--feed",)])
def test_what_is_taken_back_is_in_no_file_of_the_next_export(
    export: Export, world: World, options: tuple[str, ...]
) -> None:
    export(*options)
    assert any(b"Mine" in data for data in export.files().values())
    with world.db.atomic():
        forget_reader(world.db, 500, None, world.now)
        forget_reader(world.db, 600, None, world.now)
    assert export(*options).status == 0
    assert not [
        name
        for name, data in export.files().items()
        if any(word in data for word in (b"Mine", b"Ada", b"First", b"Second"))
    ]


@pytest.mark.parametrize("options", [(), ("--yaml",), ("--yaml", "--feed"), ("--feed",)])
def test_a_purge_prunes_the_files_in_the_form_that_they_have(
    export: Export, type_in: Type, world: World, options: tuple[str, ...]
) -> None:
    export(*options)
    before = set(export.files())
    forget_reader(world.db, 500, None, world.now)
    world.db.conn.commit()
    purge = ("purge", "--database", world.path, "--json", "--site", export.site)
    ran = type_in(*purge)
    assert (ran.status, len(ran.lines)) == (0, 1)
    files = export.files()
    assert set(files) <= before
    assert not any(b"Mine" in data for data in files.values())
    assert export(*options).out.startswith("Nothing has changed")
    for path in files:
        (export.site / path).unlink()
    assert "was written by `afterword export --site`" in type_in(*purge).err


def test_slugs_that_are_paths_stay_in_the_folder(
    export: Export, world: World, tmp_path: Path
) -> None:
    world.db.execute("update posts set slug = '../../../../out' where slug = 'dreams'")
    world.db.execute("update posts set slug = 'CON', lang = '..' where slug = 'machines'")
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(export.site)}
    assert export().status == 0
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(export.site)}
    assert {path for path in after - before if "kept.db" not in path.name} == set()
    slugs = {json.loads(data)["post"] for data in export.files().values()}
    assert slugs == {"../../../../out", "CON"}
    assert all(name.startswith("data/afterword/") for name in export.files())


COUNTING = """
import pathlib, sys
file = pathlib.Path('built')
file.write_text(file.read_text() + '.' if file.exists() else '.')
sys.exit({})
"""


def building(status: str = "0") -> tuple[str, str]:
    """Return options that build a site, counting how often, with an exit status."""
    return "--then", f'"{sys.executable}" -c "{COUNTING.format(status)}"'


def builds(export: Export) -> int:
    built = export.site / "built"
    return len(built.read_text()) if built.exists() else 0


def test_the_build_runs_in_the_sites_folder_only_if_something_changed(
    export: Export, world: World
) -> None:
    assert export(*building()).status == 0
    assert builds(export) == 1
    export(*building())
    assert builds(export) == 1
    forget_reader(world.db, 500, None, world.now)
    export(*building())
    assert builds(export) == 2
    assert set(export.files()) == {"built", DREAMS, MACHINES}


def test_a_build_that_failed_passes_its_status_on_and_runs_again(export: Export) -> None:
    assert export(*building("7")).status == 7
    assert export(*building("9")).status == 9
    assert export(*building()).status == 0
    assert export(*building()).status == 0
    assert builds(export) == 3


def test_no_shell_reads_the_command(export: Export) -> None:
    ran = export("--then", f'"{sys.executable}" -c pass; touch reached')
    assert ran.status == 0
    assert not (export.site / "reached").exists()


def test_a_command_that_is_ended_by_a_signal_fails(export: Export) -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert export("--then", f'"{sys.executable}" -c "{code}"').status == 128 + 15


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("no-such-program --now", "no-such-program cannot be run"),
        ("'unclosed", "--then cannot be read"),
        ("  ", "--then is empty"),
    ],
)
def test_a_command_that_cannot_run_is_told_in_a_sentence(
    export: Export, command: str, sentence: str
) -> None:
    ran = export("--then", command)
    assert (ran.status, sentence in ran.err) == (2, True)
    assert export(*building()).status == 0
    assert builds(export) == 1


@pytest.mark.parametrize(
    "options",
    [(), ("--site", ".", "--all", "x"), ("--all", "x", "--feed"), ("--all", "x", "--then", "y"),
     ("--all", "x", "--yaml"), ("--site", "nowhere")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    type_in: Type, world: World, options: tuple[str, ...]
) -> None:
    ran = type_in("export", "--database", world.path, *options)
    assert (ran.status, ran.out) == (2, "")


def test_errors_are_sentences_and_change_nothing(export: Export, type_in: Type) -> None:
    ran = type_in("export", "--site", export.site, "--database", "missing.db")
    assert (ran.status, "There is no database at" in ran.err) == (2, True)
    (export.site / "data").write_text("")
    ran = export(*building())
    assert (ran.status, "cannot be brought up to date" in ran.err) == (2, True)
    assert list(export.files()) == ["data"] or builds(export) == 0


def test_a_database_that_cannot_be_written_is_enough(export: Export, world: World) -> None:
    world.db.execute("pragma wal_checkpoint(truncate)")
    world.path.chmod(stat.S_IRUSR)
    before = world.path.read_bytes()
    assert export().status == 0
    assert world.path.read_bytes() == before
