"""`export --site`: files of a site that change only when what may be quoted does."""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.terminal.site_folder import BUILD_DUE
from bot.store.file.database import open_database
from bot.store.responses.answers import forget_reader
from tests.cli.conftest import Type
from tests.store.conftest import NOW, build_world

FILE = Path("data/afterword/en/dreams.json")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Any]:
    path = tmp_path / "world.db"
    with closing(open_database(path)) as db:
        with db.atomic():
            built = build_world(db, path)
            built.answer(9000, "I do", may_quote=True, named=True)
        yield built


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def export(type_in: Type, world: Any, site: Path) -> Type:
    """Types `export --site` about them."""
    return lambda *more: type_in("export", "--site", site, "--database", world.path, *more)


def files(site: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(site)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_each_post_gets_a_file_and_the_second_time_nothing_is_written(
    export: Type, site: Path
) -> None:
    first = export("--feed")
    assert (first.status, first.err) == (0, "")
    data = json.loads((site / FILE).read_text())
    assert (data["post"], data["total"]) == ("dreams", 1)
    before = files(site)
    assert (
        set(before)
        == {
            "data/afterword/en/dreams.json",
            "data/afterword/en/memory.json",
            "afterword.atom",
            "afterword.json",
        }
        or len(before) == 4
    )
    second = export("--feed")
    assert second.out.startswith("0 files written, 0 removed, 4 as they were")
    assert files(site) == before


def test_what_is_taken_back_is_taken_out_and_what_is_not_ours_stays(
    export: Type, world: Any, site: Path
) -> None:
    export()
    theirs = site / "data/afterword/en/notes.json"
    theirs.write_text('{"mine": 1}')
    (site / "data/afterword/en/.dreams.json.unfinished").write_text("I do")
    forget_reader(world.db, 500, None, NOW)
    world.db.execute("update posts set removed_at = 'now' where slug = 'dreams'")
    world.db.conn.commit()
    assert export().status == 0
    assert not (site / FILE).exists()
    assert theirs.read_text() == '{"mine": 1}'
    assert all(b"I do" not in content for content, _ in files(site).values())


def test_yaml_takes_the_place_of_json(export: Type, site: Path) -> None:
    export()
    export("--yaml")
    data = yaml.safe_load((site / FILE.with_suffix(".yaml")).read_text())
    assert data["questions"][0]["responses"][0]["by"] == "reader 500"
    assert not (site / FILE).exists()


def test_jekyll_reads_its_own_folder(export: Type, site: Path) -> None:
    (site / "_config.yml").write_text("title: x")
    export()
    assert (site / "_data/afterword/en/dreams.json").is_file()


@pytest.mark.parametrize(
    ("there", "folder"), [("hugo.toml", "static"), ("astro.config.mjs", "public"), ("x", ".")]
)
def test_feeds_stand_where_the_site_serves_files(
    export: Type, site: Path, there: str, folder: str
) -> None:
    (site / there).write_text("")
    export("--feed")
    assert (site / folder / "afterword.atom").is_file()


def test_a_slug_that_is_a_path_stays_in_the_folder(
    export: Type, world: Any, site: Path, tmp_path: Path
) -> None:
    world.db.execute("update posts set slug = '../../../../out' where slug = 'dreams'")
    world.db.conn.commit()
    assert export().status == 0
    assert not list(tmp_path.glob("out*"))
    assert (site / "data/afterword/en/%2E.%2F..%2F..%2F..%2Fout.json").is_file()


def test_a_link_that_leads_out_of_the_site_is_refused(
    export: Type, site: Path, tmp_path: Path
) -> None:
    (site / "data").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (site / "data/afterword").symlink_to(tmp_path / "elsewhere")
    ran = export()
    assert ran.status == 2
    assert "leads out of" in ran.err
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_site_is_built_when_something_changed_and_only_then(
    export: Type, world: Any, site: Path
) -> None:
    build = "touch built"
    export("--then", build)
    assert (site / "built").exists()
    (site / "built").unlink()
    assert export("--then", build).status == 0
    assert not (site / "built").exists()
    forget_reader(world.db, 500, None, NOW)
    world.db.conn.commit()
    export("--then", build)
    assert (site / "built").exists()
    assert not (site / BUILD_DUE).exists()


def test_a_build_that_failed_is_run_again(export: Type, site: Path) -> None:
    failed = export("--then", "false")
    assert failed.status == 2
    assert "“false” ended with status 1" in failed.err
    assert export("--then", "touch built").out.startswith("0 files written")
    assert (site / "built").exists()


@pytest.mark.parametrize("command", ["no-such-program", "", "'"])
def test_a_command_that_cannot_be_run_is_a_sentence(export: Type, command: str) -> None:
    ran = export("--then", command)
    assert ran.status == 2
    assert "cannot be run" in ran.err


@pytest.mark.parametrize("asked", [[], ["--all", "x", "--site", "."], ["--all", "x", "--yaml"]])
def test_one_thing_is_exported_at_a_time(type_in: Type, asked: list[str]) -> None:
    assert type_in("export", *asked).status == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_that_cannot_be_written_is_a_sentence(export: Type, site: Path) -> None:
    site.chmod(0o500)
    ran = export()
    assert ran.status == 2
    assert "cannot be written" in ran.err
    site.chmod(0o700)


def test_a_full_place_is_a_sentence(export: Type, site: Path) -> None:
    (site / "data").write_text("a file where a folder has to be")
    ran = export()
    assert ran.status == 2
    assert "get the right to do so" in ran.err
