"""A folder's fingerprint is another one when what it holds is, and else the same."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.blog.files import fingerprint as module
from bot.blog.files.fingerprint import fingerprint
from bot.blog.site.configuration import read_site
from tests.blog.conftest import write
from tests.blog.folder_swaps import INSIDE, REPLACED, Swap, point

FILES = {
    "hugo.toml": "title = 'A'\n",
    "config/_default/params.toml": "a = 1\n",
    "content/posts/a.md": "# A\n",
    "content/posts/b.md": "# B\n",
    "content/posts/a.txt": "",
    "static/a.md": "",
}


def touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def replace_by_one_of_the_same_time_and_size(path: Path) -> None:
    new = path.with_name("new")
    shutil.copy2(path, new)
    new.replace(path)


CHANGES: list[Callable[[Path], object]] = [
    lambda root: (root / "content/posts/c.md").write_text("# C\n"),
    lambda root: (root / "content/posts/a.md").write_text("# AA\n"),
    lambda root: (root / "content/posts/a.md").unlink(),
    lambda root: (root / "content/posts/a.md").rename(root / "content/posts/z.md"),
    lambda root: (root / "content/posts").rename(root / "content/essays"),
    lambda root: touch(root / "content/posts/a.md"),
    lambda root: replace_by_one_of_the_same_time_and_size(root / "content/posts/a.md"),
    lambda root: point(root / "content/posts/a.md", "b.md"),
    lambda root: point(root / "content/posts/c.md", "nowhere.md"),
    lambda root: (root / "hugo.toml").write_text("title = 'AA'\n"),
    lambda root: (root / "config/_default/params.toml").write_text("a = 11\n"),
    lambda root: (root / "config/_default/menus.toml").write_text("a = 1\n"),
    shutil.rmtree,
]


@pytest.mark.parametrize("change", CHANGES)
def test_it_changes_with_names_times_and_sizes(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    root = tmp_path / "blog"
    write(root, FILES)
    site, _ = read_site(root)
    before = fingerprint(root, site)
    change(root)
    assert fingerprint(root, site) != before


@pytest.mark.parametrize("build", [*REPLACED, *INSIDE])
def test_it_changes_with_whatever_takes_the_place_of_the_folder(
    tmp_path: Path, build: Callable[[Path], tuple[Path, Swap]]
) -> None:
    root, swap = build(tmp_path)
    site, _ = read_site(root)
    before = fingerprint(root, site)
    swap()
    assert fingerprint(root, site) != before


def test_it_stays_the_same_whatever_else_changes(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    site, _ = read_site(tmp_path)
    before = fingerprint(tmp_path, site)
    assert fingerprint(tmp_path, site) == before
    write(tmp_path, {"content/posts/a.txt": "Text.", "static/b.md": "", "README": ""})
    assert fingerprint(tmp_path, site) == before


def test_no_file_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FILES)
    site, _ = read_site(tmp_path)

    def refused(*_args: object, **_options: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr("builtins.open", refused)
    assert fingerprint(tmp_path, site)


def test_a_folder_that_goes_while_it_is_looked_at_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "blog", FILES)
    site, _ = read_site(tmp_path / "blog")

    def goes(*_args: object) -> list[str]:
        shutil.rmtree(tmp_path / "blog")
        return ["content/posts/a.md"]

    monkeypatch.setattr(module, "candidates", goes)
    assert fingerprint(tmp_path / "blog", site) == 0
