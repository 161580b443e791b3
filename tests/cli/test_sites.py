"""What is read of a site in a generator's manner is what that generator would build."""

import shutil
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.blog.generators import known
from bot.core.site import Generator
from tests.cli.conftest import Type

SITES = sorted(path.parent for path in Path(__file__).parents[1].glob("sites/*/expected.toml"))
RAW = ("{{", "{%", ":::", "[[", "%%", "import ", "<Box", "{#")
"""What no message may show of a generator's own signs."""

KEYS = ("path", "kind", "slug", "title", "date", "url", "draft", "questions")


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A copy of the site outside of any repository, and what is expected of it."""
    source: Path = request.param
    copy = Path(shutil.copytree(source, tmp_path / source.name))
    expected = tomllib.loads((copy / "expected.toml").read_text(encoding="utf-8"))
    return copy, expected


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name, indirect=True)
def test_what_is_read_is_what_the_generator_builds(
    type_in: Type, site: tuple[Path, dict[str, Any]]
) -> None:
    folder, expected = site
    checked = type_in("check", folder)
    assert (checked.out.splitlines(), checked.status) == (expected["check"], 0)
    posts = type_in("posts", "--json", folder).lines
    told = [{**post, "date": (post["date"] or "")[:10]} for post in posts]
    assert [{key: post[key] for key in KEYS if post[key]} for post in told] == expected["posts"]


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name, indirect=True)
def test_nothing_raw_is_shown_and_no_title_twice(
    type_in: Type, site: tuple[Path, dict[str, Any]]
) -> None:
    folder, expected = site
    shown = type_in("preview", "--json", folder)
    assert shown.status == 0
    titles = {post["path"]: post["title"] for post in expected["posts"]}
    for post in shown.lines:
        texts = [message["content"] for message in post["messages"]]
        assert not [sign for sign in RAW for text in texts if sign in text]
        assert not any(text.startswith(f"# {titles[post['path']]}") for text in texts)


def test_every_generator_has_a_site() -> None:
    names = {path.name for path in SITES}
    assert names == set(get_args(Generator)) - {""}
    assert known().keys() - {"left_out"} <= names


def test_every_site_says_what_it_is_in_three_lines() -> None:
    for path in SITES:
        lines = (path / "README.md").read_text(encoding="utf-8").splitlines()
        assert len([line for line in lines if line]) == 3
